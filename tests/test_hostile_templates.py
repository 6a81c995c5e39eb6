"""A template that an officer has spoilt is named with its line, whatever is wrong; it opens no door."""

import re
from time import monotonic

import pytest
from small_issue import DAY, EVERYONE, SETTINGS, TEMPLATES, everything, issue

from bulletin.compose import compose
from bulletin.errors import BulletinError
from bulletin.model.edition import Edition

DOUBLED = "\n{{% set n = namespace(s='x') %}}{{% for i in range(60) %}}{{% set n.s = {} %}}{{% endfor %}}"
TWICE = "\n{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}"
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
    "a wide word": '\n{{ "%999999999d"|format(1) }}',
    "a wide column": '\n{{ "{:>999999999}".format(1) }}',
    "a width beside it": '\n{{ "%*d"|format(10 ** 9, 1) }}',
    "a width by %": '\n{{ "%999999999d" % 1 }}',
    "a width inside a width": '\n{{ "{:>{w}}".format(1, w=10 ** 9) }}',
    "a centred word": '\n{{ "a"|center(10 ** 9) }}',
    "a padded word": '\n{{ "a".ljust(10 ** 9) }}',
    "zeros": '\n{{ "a".zfill(10 ** 9) }}',
    "tabs": '\n{{ "\\t".expandtabs(10 ** 9) }}',
    "bytes": '\n{{ (1).to_bytes(10 ** 9, "big") }}',
    "slices": "\n{{ [1]|slice(10 ** 8)|list }}",
    "a word for each letter": '\n{{ ("x" * 99999)|replace("x", "y" * 99999) }}',
    "letters turned": '\n{{ ("x" * 99999).translate({120: "y" * 99999}) }}',
    "a margin": "\n{{ [1]|tojson(indent=10 ** 9) }}",
    "a long break": '\n{{ ("a b " * 20000)|wordwrap(1, wrapstring="x" * 99999) }}',
    "a word doubled": DOUBLED.format("n.s ~ n.s"),
    "a word added": DOUBLED.format("n.s + n.s"),
    "a list in a list": "\n{% set a = [1] %}" + "{% set a = [a, a] %}" * 60 + "{{ a }}",
    "a passage in a passage": "\n{% set a %}x{% endset %}"
    + "{% set a %}{{ a }}{{ a }}{% endset %}" * 60
    + "{{ a }}",
    "loops over letters": '\n{% for a in "x" * 99999 %}{% for b in "x" * 99999 %}{% endfor %}{% endfor %}',
    "a macro that calls itself twice": TWICE,
    "a large number": "\n{{ 9 ** 90 ** 90 }}",
    "words times words": '\n{{ "word " * ("20000"|wrap) }}',
    "chance": "\n{{ [1, 2]|random }}",
    "class": "\n{{ layout.__class__ }}",
    "classes": '\n{{ "".__class__.__mro__[1].__subclasses__() }}',
    "class by filter": '\n{{ layout|attr("__class__") }}',
    "class by format": '\n{{ "{0.__class__}".format(layout) }}',
    "globals": "\n{{ cycler.__init__.__globals__ }}",
    "changing a value": '\n{% set list = ["a"] %}{{ list.append("b") }}',
}


LONGEST = 5
"""Seconds a spoilt template may take on a busy machine; one without limits takes minutes."""


def composed(**changed: str) -> Edition:
    own = {name.replace("_", "."): text for name, text in changed.items()}
    return compose(issue(*everything()), EVERYONE, SETTINGS, DAY, {**TEMPLATES, **own})


@pytest.mark.parametrize("source", WRONG.values(), ids=WRONG)
def test_a_fault_is_told_with_its_file_and_line(source: str) -> None:
    began = monotonic()
    with pytest.raises(BulletinError) as caught:
        composed(email_html=source)
    assert monotonic() - began < LONGEST
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


def test_an_ordinary_template_may_do_what_templates_do() -> None:
    does = (
        '{% for e in layout.entries %}{{ loop.index }}/{{ loop.length }} {{ "%03d"|format(loop.index) }} '
        "{{ e.title|upper|truncate(20) }}{{ e.label.replace('a', 'b') ~ '!' }}{% endfor %}"
        "{% set kept %}{{ layout.title|center(40) }}{% endset %}{{ kept }}{{ [1, 2]|join(', ') }}"
        "{{ layout.groups|map(attribute='heading')|list|length }}{{ 'a' + 'b' }}{{ 7 * 6 }}{{ 2 ** 8 }}"
    )
    assert composed(email_txt=does).text.rstrip().endswith("ab42256")


def test_contributed_words_are_never_a_template() -> None:
    assert "{{ 7 * 7 }}" in composed().html
    assert "{{ 7 * 7 }}" in composed().text
