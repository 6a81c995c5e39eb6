"""The page and the text part: the same words, whole addresses, nothing alive that a contributor wrote."""

import html
import re
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise

import html5lib
import pytest
from conftest import Golden
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from small_issue import DAY, EVERYONE, PARTNERS, SETTINGS, TEMPLATES, edition, everything, issue, item

from bulletin.colours import contrast, palette
from bulletin.compose import compose
from bulletin.errors import BulletinError
from bulletin.model.edition import Edition
from bulletin.model.issue import Item

HOSTILE = st.text(max_size=80) | st.lists(
    st.sampled_from(
        [
            "<script>",
            "<img src=x onerror=y>",
            "&lt;b&gt;",
            '"',
            "'",
            "](javascript:x)",
            "[a",
            "{{ x }}",
            "{% x %}",
            "\n",
            "# ",
            "-->",
            "]]>",
            "<!--[if mso]>",
            "https://x.example/a",
            'style="a; b"',
            "\x00",
            "\u202e",
        ]
    ),
    max_size=8,
).map("".join)
URLS = st.from_regex(
    r"https?://[a-z]{1,9}\.example(:80)?/[\w/.~%+=&?,:@!$-]{0,90}[\w/=-]",
    fullmatch=True,
    alphabet=st.characters(codec="ascii"),
)


def hrefs(page: str) -> set[str]:
    return {html.unescape(url) for url in re.findall(r'href="([^"]*)"', page)}


def elements(page: str) -> list[tuple[str, dict[str, str]]]:
    return [
        (e.tag, e.attrib)
        for e in html5lib.parse(page, namespaceHTMLElements=False).iter()
        if isinstance(e.tag, str)
    ]


def whole_lines(text: str) -> set[str]:
    return {line.strip() for line in text.splitlines()}


@pytest.mark.parametrize("of", [EVERYONE, PARTNERS], ids=lambda of: of.name)
def test_an_edition_is_as_it_was(golden: Golden, of: object) -> None:
    found = compose(issue(*everything(), introduction="Good *news*."), of, SETTINGS, DAY, TEMPLATES)
    golden.check(f"small-{found.name}.html", found.html.encode())
    golden.check(f"small-{found.name}.txt", found.text.encode())


def test_two_builds_are_the_same_to_the_byte() -> None:
    assert edition(*everything()) == edition(*everything())


@settings(max_examples=40, deadline=None)
@given(st.lists(URLS, min_size=1, max_size=4))
def test_every_address_is_whole_in_both_parts(urls: list[str]) -> None:
    assume(not any("%" in re.sub("%[0-9a-f]{2}", "", url, flags=re.IGNORECASE) for url in urls))
    assume(not any(re.search("&[a-z]+;|&amp", url, re.IGNORECASE) for url in urls))
    words = " and ".join(urls)
    found = edition(
        item("bare", text=f"See {words} now."),
        item("linked", text=" ".join(f"[here](<{url}>)" for url in urls)),
        item(
            "listed", text="\n".join(f"- {url}" for url in urls), where=words, contact=urls[0], link=urls[-1]
        ),
    )
    assert set(urls) <= hrefs(found.html)
    assert set(urls) <= whole_lines(found.text)


@settings(max_examples=60, deadline=None)
@given(HOSTILE, HOSTILE, HOSTILE)
def test_nothing_a_contributor_writes_comes_alive(title: str, text: str, other: str) -> None:
    wrong = item(
        "x", title=title, text=text, summary=other, contact=other, organisation=title, where=text, link=other
    )
    found = edition(wrong, introduction=text)
    tags = elements(found.html)
    assert not {"script", "img", "iframe", "b"} & {tag for tag, _ in tags}
    assert not [name for _, attributes in tags for name in attributes if name.startswith("on")]
    assert all(
        re.match(r"https?:|mailto:|tel:|#", a["href"]) for tag, a in tags if tag == "a" and "href" in a
    )


@settings(max_examples=60, deadline=None)
@given(HOSTILE, HOSTILE)
def test_the_text_is_72_columns_wide_and_outlook_can_join_nothing(title: str, text: str) -> None:
    lines = edition(item("x", title=title, text=text, contact=text)).text.split("\n")
    for line, after in pairwise(lines):
        assert len(line) <= 72 or "://" in line or "@" in line
        if len(line) >= 40 and not re.search(r"[.?!:]$", line):
            assert not re.match(
                r"\s?([-*\u2022\u2013]\s|\d+(\.\d+)*[.)]\s|\[\d+\]\s|[=\-~_]{3,}|https?://)", after
            )


def test_the_page_says_what_language_an_item_is_in() -> None:
    page = edition(*everything()).html
    assert '<div lang="cy">' in page
    assert '<a href="#bore-coffi" lang="cy"' in page
    assert '<div lang="ar" dir="rtl">' in edition(item("a", language="Arabic")).html


def test_a_passage_from_right_to_left_is_set_in_from_the_right() -> None:
    passage = "- a\n\n> b\n\n|c|\n|-|\n|d|"
    page = edition(item("a", language="Arabic", text=passage), item("b", text=passage)).html
    for tag, right, left in (
        ("ul", "margin:0 24px 14px 0", "margin:0 0 14px 24px"),
        ("blockquote", "margin:0 20px 14px 0", "margin:0 0 14px 20px"),
        ("td", "padding:8px 0 8px 10px", "padding:8px 10px 8px 0"),
    ):
        assert [page.count(f'<{tag} style="{one}') for one in (right, left)] == [1, 1 + (tag == "ul")]


def test_lines_typed_as_they_are_to_stand_are_no_wider_in_outlook() -> None:
    page = edition(item("a", text="```\nOne\n  <b>two  three\n```")).html
    assert "<code>One<br>\u00a0 &lt;b&gt;two\u00a0 three</code>" in page
    assert "<pre" not in page


def test_a_summary_of_one_paragraph_is_that_paragraph() -> None:
    page = edition(item("a", summary="One."), item("b", summary="Two.\n\n- three")).html
    assert '<p style="margin:0 0 14px;font-weight:bold">One.</p>' in page
    assert '<div style="font-weight:bold"><p style="margin:0 0 14px">Two.</p>' in page


def test_the_page_has_one_presentation_table_and_real_headings() -> None:
    tags = elements(edition(*everything()).html)
    tables = [attributes.get("role") for tag, attributes in tags if tag == "table"]
    levels = [int(tag[1]) for tag, _ in tags if re.fullmatch("h[1-6]", tag)]
    assert tables.count("presentation") == 1
    assert levels[0] == 1
    assert all(after <= level + 1 for level, after in pairwise(levels))


def test_every_jump_has_somewhere_to_land_by_name_and_by_id() -> None:
    tags = elements(edition(*everything()).html)
    wanted = {
        attributes["href"][1:]
        for tag, attributes in tags
        if tag == "a" and attributes.get("href", "")[:1] == "#"
    }
    assert wanted <= {attributes.get("id") for _, attributes in tags}
    assert wanted <= {attributes.get("name") for _, attributes in tags}


def test_nothing_is_fetched_and_nobody_is_tracked() -> None:
    page = edition(*everything()).html
    assert not re.search(r"<(?:img|link|script|iframe)\b|@import|url\(", page)
    assert "utm_" not in page


def test_dark_colours_outlive_the_inlining() -> None:
    page = edition(item("a")).html
    assert page.count("<style>") == 4  # three sheets, and one that only Outlook for Windows sees
    assert "!important" in page.split("prefers-color-scheme: dark")[1].split("</style>")[0]
    assert "[data-ogsc]" in page
    assert "!important" not in page.split("<body")[1]


@pytest.mark.parametrize("colour", ["#1d5c4f", "#000000", "#ffff00", "#7f7f7f", "#c8102e"])
def test_any_brand_colour_can_be_read(colour: str) -> None:
    found = palette(colour)
    assert contrast(found.band, "#ffffff") >= 4.5
    assert min(contrast(found.link, found.tint), contrast(found.link, "#ffffff")) >= 4.5
    assert min(contrast(found.dark_link, found.dark_tint), contrast(found.dark_link, "#1b2225")) >= 4.5
    assert contrast("#8a3200", found.tint) >= 4.5


def test_a_colour_that_is_none_is_refused() -> None:
    with pytest.raises(BulletinError, match="rrggbb"):
        edition(item("a"), settings=SETTINGS._replace(style=SETTINGS.style._replace(colour="red; x:y")))


def composed_with(text: str) -> Edition:
    return compose(issue(item("a")), EVERYONE, SETTINGS, DAY, {**TEMPLATES, "email.html": text})


def test_an_officer_s_template_takes_the_shipped_one_s_place() -> None:
    assert "<p>Mine, issue 14</p>" in composed_with("<p>Mine, issue {{ layout.number }}</p>").html


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("\n{{ layout.titel }}", "line 2: .*titel"),
        ("\n\n{% if %}", "line 3: "),
        ("{{ layout.title|shout }}", "shout"),
        ("{% include 'gone.html' %}", "gone.html"),
        ("{{ 1 / 0 }}", "line 1: division by zero"),
        ("{{ ''.__class__.__mro__ }}", "unsafe"),
    ],
)
def test_a_template_s_fault_is_named_with_its_line(text: str, words: str) -> None:
    with pytest.raises(BulletinError, match=words) as fault:
        composed_with(text)
    assert "template" in fault.value.detail
    assert fault.value.hint


def test_an_empty_issue_is_still_a_page_and_a_text() -> None:
    found = edition()
    assert "<h1" in found.html
    assert found.text.startswith("Avon Partnership\n")


def sixty(words: Item) -> list[Item]:
    return [replace(words, id=f"i{n}", title=f"Story {n}") for n in range(60)]


def test_a_long_issue_stays_under_what_gmail_clips() -> None:
    story = item(
        "a",
        text="Forty words of news. " * 10,
        link="https://www.avon.example/news/story",
        contact="Jo, jo@avon.example",
    )
    assert len(edition(*sixty(story)).html.encode()) < 80_000


def test_composing_loads_nothing_that_could_fetch() -> None:
    code = "import sys; from bulletin.render.inline import inlined; inlined('<p>x</p>'); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"requests", "urllib3"} & set(done.stdout.split())
