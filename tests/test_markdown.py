"""Contributed Markdown is hostile, and comes out whole, safe and readable."""

import html
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bulletin.markdown import (
    Link,
    clean,
    images,
    links,
    literal,
    plain,
    public_url,
    to_html,
    to_inline_html,
    to_text,
    wrap,
)
from bulletin.model.picture import Figure

TEXTS = st.text(st.characters(codec="utf-8"), max_size=300) | st.lists(
    st.sampled_from(
        [
            "# ",
            "**",
            "_",
            "`",
            "[a](",
            "https://x.example/a_b__c",
            ")",
            "<script>",
            "|a|b|\n|-|-|\n|1|",
            "- ",
            "\n",
            "> ",
            "&lt;",
            "![",
            "www.x.example",
            "a@b.example",
            "    ",
            "1. ",
            "\\",
            "word ",
            "\u202e",
            "\x85",
        ],
    ),
    max_size=40,
).map("".join)


@pytest.mark.parametrize(
    ("markdown", "wanted"),
    [
        pytest.param("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>", id="HTML-is-words"),
        pytest.param("[a](javascript:x)", "<p>a</p>", id="a-script-link-keeps-its-words"),
        pytest.param("[a](//evil.test/x)", "<p>a</p>", id="so-does-one-without-a-scheme"),
        pytest.param("[a](page.html)", "<p>a</p>", id="so-does-a-relative-one"),
        pytest.param(
            "[a](https://pay.example@evil.test/)",
            '<p><a href="https://evil.test/">a</a></p>',
            id="nobody-logs-in",
        ),
        pytest.param(
            "[https://bank.example](https://evil.test/x)",
            '<p><a href="https://evil.test/x">evil.test/x</a></p>',
            id="a-link-shows-where-it-goes",
        ),
        pytest.param(
            "![A bus](https://evil.test/p.gif)", "<p>[Picture: A bus]</p>", id="no-picture-is-fetched"
        ),
        pytest.param("![](p.gif)", "<p></p>", id="nor-announced-without-words"),
        pytest.param("#\n\nText", "<p>Text</p>", id="an-empty-heading-is-none"),
        pytest.param("&lt;i&gt; &amp;copy;", "<p>&lt;i&gt; &amp;copy;</p>", id="entities-do-not-come-alive"),
        pytest.param("a\u202eb\u200bc\x85d", "<p>abcd</p>", id="nothing-unseen-stays"),
        pytest.param(
            "Ask a@b.example.", '<p>Ask <a href="mailto:a@b.example">a@b.example</a>.</p>', id="e-mail"
        ),
    ],
)
def test_what_becomes_of_it_in_html(markdown: str, wanted: str) -> None:
    assert to_html(markdown, heading=3) == wanted


@pytest.mark.parametrize(
    ("levels", "wanted"),
    [
        ([1, 2, 3], [4, 5, 6]),
        ([3, 3], [4, 4]),
        ([1, 3, 6], [4, 5, 6]),
        ([3, 1, 2, 4], [4, 4, 5, 6]),
        ([1, 4, 2], [4, 5, 5]),
    ],
)
def test_headings_are_demoted_without_a_gap(levels: list[int], wanted: list[int]) -> None:
    page = to_html("\n\n".join(f"{'#' * level} h" for level in levels), heading=4)
    assert [int(level) for level in re.findall(r"<h(\d)>", page)] == wanted


def test_a_picture_we_carry_is_shown_with_its_width() -> None:
    bus = Figure("bus.jpg", "cid:bus.jpg", "", 560, 420)
    shown = to_html("![A bus](bus.jpg)", heading=3, pictures={"bus.jpg": bus})
    assert shown == '<p><img src="cid:bus.jpg" alt="A bus" width="560" height="420"></p>'


def test_a_table_has_headings_with_a_scope_and_no_empty_ones() -> None:
    page = to_html("|A||\n|-|-|\n|1|2|", heading=3)
    assert '<th scope="col">A</th><td></td>' in page


def table(*rows: str) -> str:
    head, *rest = (f"|{row}|\n" for row in rows)
    return "".join([head, f"|{'---|' * (head.count('|') - 1)}\n", *rest])


def test_a_table_too_wide_for_a_small_screen_becomes_records_as_in_the_text_part() -> None:
    wide = table("Place|" * 8 + "Day", "Town Hall|" + "|" * 7 + "[Friday](https://a.example)")
    page = to_html(wide, heading=3, title="Halls", fits=True)
    assert page == (
        "<p>Table: Halls</p>\n<p><strong>Place: Town Hall</strong><br>"
        'Day: <a href="https://a.example">Friday</a></p>'
    )
    assert to_text(wide, title="Halls").lines == (
        "  Table: Halls", "", "  Place: Town Hall", "  Day: Friday [1]",
    )  # fmt: skip
    assert "<table>" in to_html(wide, heading=3)


@pytest.mark.parametrize(
    ("rows", "is_wide"),
    [
        (("Stop|Mon to Fri|Sat", "Market Place|9:05am|10:05am"), False),
        (("Day|What happens", f"Wednesday|{'We talk it all over. ' * 40}"), False),
        (("Neighbourhood|Wednesday|Consultation",), True),
        (("|" * 12, "a|" * 12), True),
        (("Where|See", "Town Hall|https://www.council.example/a-long-path/of-a-page"), True),
        (("|", "![The old bridge](bridge.jpg)|b"), True),
    ],
)
def test_a_table_is_wide_where_its_longest_words_and_pictures_are(rows: tuple[str], is_wide: bool) -> None:
    shown = {"bridge.jpg": Figure("bridge.jpg", "cid:bridge.jpg", "", 568, 284)}
    page = to_html(table(*rows), heading=3, pictures=shown, fits=True)
    assert ("<table" not in page) is is_wide


def test_a_list_leaves_a_table_less_room() -> None:
    rows = "| Stop | Mon to Fri | Sat |\n  |---|---|---|\n  | Market | 9:05am | 10:05am |"
    assert "<table>" not in to_html(f"- {rows}", heading=3, fits=True)


def test_rows_without_headings_are_records_without_a_strong_line() -> None:
    bare = to_html(table("|" * 11, "Friday|Hall|" * 6, "|" * 11), heading=3, title="x", fits=True)
    assert bare == f"<p>{'<br>'.join(['Friday', 'Hall'] * 6)}</p>"


def test_headings_alone_are_said_in_both_parts() -> None:
    alone = table("Stop|Mon")
    assert to_text(alone).lines == ("  Stop", "  Mon")
    assert to_html(table("Stop|" * 12), heading=3, fits=True).startswith("<p>Stop<br>Stop")


def test_a_long_heading_over_many_rows_is_said_once() -> None:
    heavy = table("h" * 2_000, *["a"] * 3_000)
    assert len("".join(to_text(heavy).lines)) < 30_000
    assert to_html(heavy, heading=3, fits=True).count("h" * 2_000) == 1


def test_a_table_without_headings_only_lays_words_out() -> None:
    page = to_html("|||\n|-|-|\n|When|4pm|\n", heading=3, title="Tea")
    assert page.startswith('<table role="presentation">\n<tbody><tr><td>When</td>')
    assert "caption" not in page
    assert "Table" not in "".join(to_text("|||\n|-|-|\n|When|4pm|\n", title="Tea").lines)


@pytest.mark.parametrize(
    "url",
    [
        "https://x.example/__init__/a_b_*c*d",
        "https://x.example/wiki/A_(b)",
        "http://x.example/?a=1&copy=2&b=%20c#d",
        "https://x.example/a[1]~b;c,d'e",
        "https://x.example:8443",
    ],
)
def test_a_bare_address_survives_markdown(url: str) -> None:
    assert to_html(f"See {url}, or ({url}).", heading=3).count(f'href="{html.escape(url, quote=False)}"') == 2
    assert links(f"See {url}.") == (Link(url, url, 1),)
    assert to_text(f"See {url}.").links[0].url == url


def test_links_tell_their_line_and_even_those_nobody_may_follow() -> None:
    found = links("One\n[two](two.html)\n\n- <https://x.example/>\n\nwww.y.example")
    assert [(link.text, link.url, link.line) for link in found] == [
        ("two", "two.html", 2),
        ("https://x.example/", "https://x.example/", 4),
        ("https://www.y.example", "https://www.y.example", 6),
    ]


def test_pictures_tell_their_line() -> None:
    assert [(p.alt, p.src, p.line) for p in images("a\n\n![A *bus*](b.png)")] == [("A bus", "b.png", 3)]


def test_plain_words_have_no_marks() -> None:
    assert plain("# Top\n\nSome **bold** [link](https://x.example)\n\n- one\n\n|A|\n|-|\n|b|") == (
        "Top\nSome bold link\none\nA\nb"
    )


def test_the_text_has_bullets_records_notes_and_numbered_headings() -> None:
    source = (
        "## How\n\nSee [the form](https://x.example/f).\n\n- one\n\n1. first\n\n|Bus|Every|\n|-|-|\n|12|hour|"
    )
    found = to_text(source, number="2.1")
    assert list(found.lines) == [
        "2.1.1 How", "", "See the form [1].", "", "  - one", "", "  1. first", "",
        "  Bus: 12", "  Every: hour",
    ]  # fmt: skip
    assert [(link.text, link.url) for link in found.links] == [("the form", "https://x.example/f")]


def test_an_e_mail_address_that_is_there_to_read_needs_no_note() -> None:
    found = to_text("Write to a@b.example or [Jo](mailto:jo@b.example?subject=Hello).")
    assert found.lines == ("Write to a@b.example or Jo [1].",)


def test_a_line_the_author_broke_cannot_be_joined() -> None:
    assert to_text("The Old Town Hall in the Market Square at\\\nHigh Street").lines[1] == "  High Street"


@given(TEXTS)
@example("- - - a")
@example("> > > > > > > > > > > > deep")
@example("1986\\. A year")
def test_no_line_of_text_is_too_long_or_ends_in_a_space(markdown: str) -> None:
    for line in to_text(markdown, number="10.12").lines:
        assert len(line) <= 72 or "://" in line or "@" in line
        assert line == line.rstrip()


@given(TEXTS)
def test_no_tag_but_ours_comes_out(markdown: str) -> None:
    page = to_html(markdown, heading=4) + to_inline_html(markdown)
    tags = set(re.findall(r"<(?!/)([^\s>]+)", page))
    assert tags <= {
        "p",
        "a",
        "br",
        "strong",
        "em",
        "ul",
        "ol",
        "li",
        "blockquote",
        "h4",
        "h5",
        "h6",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "code",
        "pre",
        "hr",
    }
    assert all(public_url(html.unescape(url)) for url in re.findall(r'href="([^"]*)"', page))


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=60))
def test_plain_words_made_literal_read_as_they_do(words: str) -> None:
    if not links(literal(words)):
        assert plain(literal(words)) == clean(words)


@given(st.lists(st.sampled_from(["word", "-", "1.", "[2]", "===", "a" * 90, "https://x.example/a"])))
def test_no_wrapped_line_starts_like_something_new(words: list[str]) -> None:
    for line in wrap(" ".join(["start", *words]))[1:]:
        assert not re.match(r"(?:[-*]|\d+\.|\[\d+\]) |===|https://", line)


def test_joiners_stay_where_they_spell_words() -> None:
    persian = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
    assert clean(persian) == persian
    assert clean("pass\u200dword") == "password"
