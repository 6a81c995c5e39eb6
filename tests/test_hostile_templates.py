"""A template that an officer has spoilt is named with its line, whatever is wrong; it opens no door."""

import re

import pytest
from small_issue import DAY, EVERYONE, SETTINGS, TEMPLATES, everything, issue

from bulletin.compose import compose
from bulletin.errors import BulletinError
from bulletin.model.edition import Edition

WRONG = {
    "syntax": "\n{% if %}",
    "an end too many": "\n{% endfor %}",
    "unknown tag": "\n{% run %}",
    "unknown filter": "\n{{ layout.title|shout }}",
    "unknown name": "\n{{ subtitle }}",
    "unknown field": "\n{{ layout.subtitle }}",
    "division": "\n{{ 1 / 0 }}",
    "sum": '\n{{ 1 + "a" }}',
    "call": "\n{{ layout.title() }}",
    "level of a heading": '\n{{ "# a"|html("three") }}',
    "impossible level": '\n{{ "# a"|html(9) }}',
    "too many arguments": '\n{{ "a"|html(1, 2, 3) }}',
    "missing include": '\n{% include "footer.html" %}',
    "include from above": '\n{% include "../../etc/passwd" %}',
    "itself": '\n{% include "email.html" %}',
    "a parent of its own": '\n{% extends "email.html" %}',
    "a macro without end": "\n{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "a loop without end": "\n{% for n in range(10**9) %}x{% endfor %}",
    "loops in loops": "\n{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}",
    "a power": "\n{{ 10 ** 10000 ** 2 }}",
    "a long word": '\n{{ "x" * 10 ** 10 }}',
    "a long list": "\n{{ 10 ** 9 * [1] }}",
    "class": "\n{{ layout.__class__ }}",
    "classes": '\n{{ "".__class__.__mro__[1].__subclasses__() }}',
    "class by filter": '\n{{ layout|attr("__class__") }}',
    "class by format": '\n{{ "{0.__class__}".format(layout) }}',
    "globals": "\n{{ cycler.__init__.__globals__ }}",
    "changing a value": '\n{% set list = ["a"] %}{{ list.append("b") }}',
}


def composed(**changed: str) -> Edition:
    own = {name.replace("_", "."): text for name, text in changed.items()}
    return compose(issue(*everything()), EVERYONE, SETTINGS, DAY, {**TEMPLATES, **own})


@pytest.mark.parametrize("source", WRONG.values(), ids=WRONG)
def test_a_fault_is_told_with_its_file_and_line(source: str) -> None:
    with pytest.raises(BulletinError) as caught:
        composed(email_html=source)
    assert re.search(r"email\.html.*line 2", caught.value.detail), caught.value.detail
    assert caught.value.hint
    assert "0x" not in caught.value.detail


@pytest.mark.parametrize("name", ["email_txt", "email_css", "email-dark_css"])
def test_so_is_one_in_another_template(name: str) -> None:
    with pytest.raises(BulletinError, match=rf"{name.replace('_', '.')} cannot be used: line 3"):
        composed(**{name: "\n\n{{ colours.nothing }}"})


@pytest.mark.parametrize(
    "changed",
    [
        {"email_html": ""},
        {"email_html": "<!-- never closed"},
        {"email_html": '<?xml version="1.0" encoding="utf-8"?><html></html>'},
        {"email_css": "@media screen { @media print { p { color: red } } }"},
    ],
    ids=["empty", "comment", "xml", "rules in rules"],
)
def test_a_page_or_a_sheet_that_cannot_be_put_together_is_no_traceback(changed: dict[str, str]) -> None:
    with pytest.raises(BulletinError, match=r"email\.css .*email\.html"):
        composed(**changed)


@pytest.mark.parametrize(
    "sheet", ["}}} {", "p { color: } q {", "/*", "p::: { x", "@import url(https://evil.test/x);"]
)
def test_a_sheet_with_mistakes_loses_rules_and_no_words(sheet: str) -> None:
    page = composed(email_css=sheet).html
    assert "Carols &amp; mince pies" in page
    assert "evil.test" not in page


@pytest.mark.parametrize(
    "source",
    [
        '{{ "a"|wrap(1, 2) }}',
        '{{ 3|wrap("  ", none) }}',
        '{{ "a"|underlined(3) }}',
        '{{ "# a"|block(7) }}',
        '{{ "a"|record(none, 5) }}',
        "{{ layout|address }}{{ none|block }}",
    ],
)
def test_the_filters_of_the_text_part_take_anything(source: str) -> None:
    assert isinstance(composed(email_txt=source).text, str)


def test_one_rendering_does_not_use_up_what_the_next_may_count() -> None:
    counting = "{% for n in range(60000) %}{% endfor %}ok"
    assert composed(email_txt=counting).text == composed(email_txt=counting + " ").text == "ok\n"


def test_contributed_words_are_never_a_template() -> None:
    assert "{{ 7 * 7 }}" in composed().html
    assert "{{ 7 * 7 }}" in composed().text
