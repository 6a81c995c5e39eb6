"""HTML of partners: the same words come out as Markdown, and nothing that could do harm."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin.collect.readers.page import read_page
from bulletin.collect.words.html import html_to_markdown
from bulletin.markdown import links, plain, to_html
from bulletin.model.contribution import FileOutcome


def words(html: str) -> str:
    """Give the words that HTML ends up as, a line for each block."""
    return plain(html_to_markdown(html))


def labels(html: str) -> dict[str, str]:
    (draft,) = read_page("a.html", html.encode()).drafts
    return dict(draft.labels)


@pytest.mark.parametrize(
    "text",
    [
        "<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "# not a heading", "- no list", "+ none",
        "1. no list", "12) none", "> no quote", "a | b", "| a | b |", "===", "---", "***", "___", "~~~",
        "```",
        "*a* _b_ __c__ `d`", "[a](https://x.example)", "[a]: https://b", "![a](b)", "&copy; &#35; &lt;",
        "\\*", "\\",
        "5 * 3 * 2", "snake_case_word", "<https://x>", "AT&T", "Title: none", "a\\", "C:\\dir\\", "|---|",
        "$x$", "^a^",
        "   indented", "\u201cquoted\u201d", "10% ~ 20%", "<!-- no comment -->", "Wow!", "jo@x.example",
        "{{ 7*7 }}",
    ],
)  # fmt: skip
def test_text_stays_text(text: str) -> None:
    page = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    shown = plain(html_to_markdown(f"<p>A</p><p>{page}</p>"))

    assert shown == f"A\n{' '.join(text.split())}".replace("https://", "")  # a bare address is shown short


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<dl><dt>A</dt><dd>B</dd></dl>", "A\nB"),
        ("<section>A</section><section>B</section>", "A\nB"),
        ("<address>A</address>B", "A\nB"),
        ("<form><p>A</p></form>", "A"),
        ("A<hr>B", "A\nB"),
        ("<pre>A\n  B</pre>", "A B"),
        ("<b>A <i>B <p>C", "A B\nC"),
        ("un<b>der</b>stand <i>a</i>b <b>x</b>, y", "understand ab x, y"),
        ("<b>A</b><b>B</b> <i>C</i><b>D</b>", "AB CD"),
        ("a<b>\u201cb\u201d</b>c <b>(d)</b>e", "a\u201cb\u201dc (d)e"),
        ("<b> </b>A<b></b>", "A"),
        ("<h1>A</h1><h2>B</h2>C", "A\nB\nC"),
        ("<ul><li>A<ul><li>B</li></ul></li><li>C</li></ul>D", "A\nB\nC\nD"),
        ("<ol><li>A<ul><li>B</ul><li>C</ol>", "A\nB\nC"),
        ("<blockquote>A<p>B</p></blockquote>C", "A\nB\nC"),
        ("A&nbsp;B&#8239;C&thinsp;D", "A B C D"),
        ("Wow!<a href='https://x.example'>here</a>", "Wow!here"),
        ("A<!-- no --><script>no</script><style>no</style>B", "AB"),
    ],
)
def test_the_words_come_through_one_block_a_line(html: str, shown: str) -> None:
    assert words(html) == shown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("it is <b>bold</b> and <em>slanted</em>.", "it is **bold** and *slanted*."),
        ("<p>High Street<br>Kingsbrook</p>", "High Street  \nKingsbrook"),
        ("<h2><a href='https://x.example'>A</a></h2>", "## [A](<https://x.example>)"),
        ("<ul><li>A<ul><li>B</ul><li>C</ul>", "- A\n    - B\n- C"),
        ("<ol start=3><li>A<li>B</ol>", "3. A\n4. B"),
        ("<p>\u00b7&nbsp;&nbsp; A</p><p>\u00b7 B</p>", "- A\n\n- B"),
        ("<table><tr><th>A<th>B<tr><td>1<td>2|3</table>", "| A | B |\n| --- | --- |\n| 1 | 2\\|3 |"),
        ("<table><tr><td>A<td>B<tr><td>1</table>", "A\n\nB\n\n1"),
        ("<table><tr><td><p>A</p><p>B</p></td></tr></table>", "A\n\nB"),
        ("<table><tr><td><table><tr><td>A<td>B</table></td><td>C</table>", "| A | B |\n| --- | --- |\n\nC"),
        (
            "<table><tr><td>https://x.example/a|b<td>C</table>",
            "| <https://x.example/a\\|b> | C |\n| --- | --- |",
        ),
    ],
)
def test_what_html_means_is_kept_as_markdown(html: str, markdown: str) -> None:
    assert html_to_markdown(html) == markdown


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("https://x.example/a__b_c*d", "https://x.example/a__b_c*d"),
        ("https://x.example/a b(c)", "https://x.example/a%20b(c)"),
        ("https://x.example/?a=1&b=2&amp;c=3&copy=4", "https://x.example/?a=1&b=2&c=3&copy=4"),
        ("mailto:jo@x.example", "mailto:jo@x.example"),
        ("tel:01632960001", "tel:01632960001"),
    ],
)
def test_a_link_leads_where_it_led(href: str, url: str) -> None:
    assert [(link.text, link.url) for link in links(html_to_markdown(f'<a href="{href}">he[r]e</a>'))] == [
        ("he[r]e", url)
    ]


@pytest.mark.parametrize(
    "href",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "data:text/html,x",
    "//evil.example",
     "/local", "vbscript:x", "file:///etc/passwd", "&#106;avascript:alert(1)",
     "https://x.example/" + "a" * 3000],
)  # fmt: skip
def test_a_link_that_leads_astray_leaves_its_words_alone(href: str) -> None:
    markdown = html_to_markdown(f'<p>A <a href="{href}">here</a></p>')

    assert (markdown, links(markdown)) == ("A here", ())


def test_a_link_round_blocks_is_a_link_in_each() -> None:
    markdown = html_to_markdown("<a href='https://x.example'><h2>A</h2><p>B</p></a>")

    assert markdown == "## [A](<https://x.example>)\n\n[B](<https://x.example>)"


def test_labels_on_a_page_are_plain_words_and_whole_addresses() -> None:
    html = (
        "<p><b>Title:</b> Fish &amp; <i>chips</i> * now<br>Link: https://x.example/a__b<br>"
        "Contact: <a href='mailto:jo@x.example'>Jo</a>, jo_e@x.example<br>"
        "Summary: 5*3*2<br>When: 4 December 2026</p><p>Words.</p>"
    )

    assert labels(html) == {
        "title": "Fish & chips * now",
        "link": "https://x.example/a__b",
        "contact": "Jo, jo_e@x.example",
        "summary": "5\\*3\\*2",
        "when": "4 December 2026",
    }


@pytest.mark.parametrize(
    "value",
    ["https://x.example/a__b", "<a href='https://x.example/a__b'>here</a>",
     "<a href='https://x.example/a__b'>https://x.example/a__b</a>"],
)  # fmt: skip
def test_a_link_label_has_the_address_and_no_more(value: str) -> None:
    assert labels(f"<p>Link: {value}<br>Title: A</p>")["link"] == "https://x.example/a__b"


def test_a_table_of_labels_and_values_is_labels() -> None:
    html = (
        "<table><tr><td><p><b>Title</b></p><td>Library<tr><td>When:<td><p>4 December 2026</p></table>Words."
    )
    (draft,) = read_page("a.html", html.encode()).drafts

    assert (draft.labels, draft.text) == ({"title": "Library", "when": "4 December 2026"}, "Words.")


@pytest.mark.parametrize("end", ["&#10;", "&#13;", "&#x2028;", "&#x85;", "&#11;", "<br >", "&#x1e;"])
def test_a_title_can_never_begin_a_second_label(end: str) -> None:
    html = f"<title>Library{end}Hold: x</title><p>Words.</p>"
    (draft,) = read_page("a.html", html.encode()).drafts

    assert list(draft.labels) == ["title"]
    assert "\n" not in draft.labels["title"]


def test_what_is_left_behind_is_said() -> None:
    html = "<nav>Home</nav><img src=a><p onclick='x()'>Words.</p><iframe src=x></iframe><script>x()</script>"
    reading = read_page("a.html", html.encode())

    assert reading.why == (
        "its scripts were left behind; its menu was left behind; something embedded was left behind; "
        "1 picture left behind"
    )


def test_nothing_invisible_or_reversing_comes_through() -> None:
    assert words("<p>a&#x202e;b&#8203;c&#x1b;d&#xad;e\ue05f</p>") == "abcde"


HOSTILE = {
    "div": "<div>" * 200_000, "bold": "<b>a" * 250_000, "tables": "<table><tr><td>" * 60_000,
    "lists": "<ul><li>a" * 100_000,
    "fonts": "".join(f"<font a={n}>" for n in range(500)) + "<p>x" * 20_000,
    "links": "<a href='https://x.example'>" * 30_000,
    "long link": f"<a href='https://x.example/{'a' * 500_000}'>" + "<p>x" * 20_000,
    "url": "http://x" + ")" * 1_000_000,
    "ampersands": "&" * 500_000, "lines": "\n" * 500_000, "verbatim": "<pre>" + "\n" * 500_000,
    "titles": "<title" * 100_000,
    "comments": "<!--" * 200_000, "attributes": "<a " + "x=" * 300_000, "blanks": "a" + " " * 500_000 + "b",
    "quotes": "<blockquote>" * 29_000, "nested": "<ul><li>a" * 14_000,
}  # fmt: skip


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE)
def test_no_page_takes_the_machine_down(html: str) -> None:
    start = time.process_time()
    reading = read_page("a.html", html.encode())

    assert time.process_time() - start < 20
    assert sum(len(draft.text) for draft in reading.drafts) < 10 * len(html) + 1000


def test_a_page_of_too_many_tags_is_not_read() -> None:
    reading = read_page("a.html", b"<br>" * 30_001)

    assert (reading.outcome, "30,001 tags" in reading.why) == (FileOutcome.NOT_READ, True)


LETTERS = "aZ\u00e9\u56fe*_`~#>+-=|[]()!<&\\.:;'\"/@{}$ \n\t1"
TEXT = st.text(st.sampled_from(LETTERS), max_size=12)
TAGS = st.sampled_from(
    ["p", "b", "i", "em", "a href='https://x.example'", "ul", "li", "ol", "h2", "td", "table", "tr", "div",
     "br", "blockquote", "dl", "dt", "dd", "span", "pre", "section", "th"]
)  # fmt: skip
ESCAPED = TEXT.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;"))
ENDS = TAGS.map(lambda tag: f"</{tag.split()[0]}>")
PAGES = st.lists(st.one_of(TAGS.map(lambda tag: f"<{tag}>"), ENDS, ESCAPED)).map("".join)


def letters(text: str) -> list[str]:
    """Give a text's letters and digits, which no Markdown may eat; a list's numbers are its own."""
    return sorted(letter for letter in text if letter.isalnum() and not letter.isdigit())


@given(PAGES)
@settings(max_examples=150, deadline=None)
def test_words_in_are_words_out_whatever_the_tags(html: str) -> None:
    meant = re.sub(r"<[^>]*>", " ", html).replace("&lt;", "<").replace("&amp;", "&")
    shown = words(html).replace("x.example", "")

    assert letters(shown) == letters(meant)


@given(TEXT)
@settings(max_examples=150, deadline=None)
def test_a_paragraph_s_text_comes_out_letter_by_letter(text: str) -> None:
    page = text.replace("&", "&amp;").replace("<", "&lt;")

    assert words(f"<p>a</p><p>{page}</p>") == " ".join(("a\n" + " ".join(text.split())).split(" ")).rstrip(
        "\n"
    )


@given(PAGES)
@settings(max_examples=50, deadline=None)
def test_what_a_page_becomes_has_no_live_tags_of_its_own(html: str) -> None:
    shown = to_html(html_to_markdown(html), heading=2)

    assert not re.search(r"(?i)<(?:script|img|iframe|style|form|svg)|\son\w+=|javascript:", shown)
