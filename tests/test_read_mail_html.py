"""E-mail in HTML: layout taken out, data kept, addresses freed, nothing that could act."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from letters import draft, html_mail, notes, read

from bulletin.collect.mailfile.links import real_target, unwrap_links

SAFE = "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.wrenshire.example%2Ffree__trees%3Fa%3D1&data=05%7C01"


def test_a_table_that_only_places_things_becomes_paragraphs() -> None:
    html = (
        "<table width=100%><tr><td><table><tr><td><h2>Grants</h2><p>Up to £500.</p></td><td>"
        "Ask by post.</td></tr></table></td></tr></table>"
    )
    assert draft(html_mail(html)).text == "## Grants\n\nUp to £500.\n\nAsk by post."


@pytest.mark.parametrize(
    "rows",
    [
        "<tr><th>Day</th><th>Place</th></tr><tr><td>Monday</td><td>Depot</td></tr>",
        (
            "<tr><td>Day</td><td>Place</td></tr><tr><td>Monday</td><td>Depot</td></tr><tr><td>"
            "Tuesday</td><td>Hall</td></tr>"
        ),
    ],
    ids=["headed", "three equal rows"],
)
def test_a_table_of_data_stays_one(rows: str) -> None:
    assert "| Monday | Depot |" in draft(html_mail(f"<p>When:</p><table>{rows}</table>")).text


def test_the_form_in_a_table_is_read() -> None:
    rows = (
        "<tr><td><b>Title:</b></td><td>Carols</td></tr><tr><td>When</td><td>9 December 2026"
        "</td></tr><tr><td>Link</td><td><a href='https://x.example/a_b'>our page</a></td>"
        "</tr><tr><td>Details</td><td><p>Sing.</p><p>Eat.</p></td></tr><tr><td>Parking</td>"
        "<td>None</td></tr>"
    )
    found = draft(html_mail(f"<p>Hi Meera,</p><p>Our item:</p><table>{rows}</table>", subject="Item"))
    assert {name: found.labels[name] for name in ("title", "when", "link")} == {
        "title": "Carols",
        "when": "9 December 2026",
        "link": "https://x.example/a_b",
    }
    assert found.text == "Sing.\n\nEat.\n\n**Parking**\n\nNone"


def test_the_form_in_bold_lines_is_read() -> None:
    found = draft(
        html_mail(
            "<div><b>Title:</b> Carols</div><div><b>When: </b>9 December</div><div><br></div><div>Sing.</div>"
        )
    )
    assert (found.labels["title"], found.labels["when"], found.text) == ("Carols", "9 December", "Sing.")


def test_words_bullets_are_a_list() -> None:
    html = (
        "<p class=MsoListParagraph>·<span>&nbsp;&nbsp;&nbsp; </span>hedging</p><p>o<span>"
        "&nbsp;&nbsp;&nbsp;</span>fruit</p>"
    )
    assert re.sub(r"\n+", "\n", draft(html_mail(html)).text) == "- hedging\n- fruit"


def test_a_wrapped_link_is_unwrapped_and_said() -> None:
    data = html_mail(f'<p>Ask <a href="{SAFE.replace("&", "&amp;")}">here</a>.</p>')
    assert draft(data).text == "Ask [here](<https://www.wrenshire.example/free__trees?a=1>)."
    assert "1 link freed from a mail gateway's address" in notes(data)


@pytest.mark.parametrize(
    ("wrapped", "target"),
    [
        (SAFE, "https://www.wrenshire.example/free__trees?a=1"),
        ("https://urldefense.com/v3/__https://x.example/a__;!!abc!xyz$", "https://x.example/a"),
        ("https://urldefense.proofpoint.com/v2/url?u=https-3A__x.example_a&d=1", "https://x.example/a"),
        ("https://www.google.com/url?q=https://x.example/a&sa=D", "https://x.example/a"),
    ],
)
def test_gateways_addresses_are_undone(wrapped: str, target: str) -> None:
    assert real_target(wrapped) == target
    assert unwrap_links(f"Ask ({wrapped}).")[0].startswith(f"Ask ({target}")


@pytest.mark.parametrize("inside", ["javascript:alert(1)", "file:///etc/passwd", "//x", "https://a b", ""])
def test_a_wrapped_address_that_is_none_stays_wrapped(inside: str) -> None:
    wrapped = f"https://a.safelinks.protection.outlook.com/?url={inside.replace(' ', '%20')}"
    assert real_target(wrapped) == wrapped


def test_hidden_words_and_pictures_are_said() -> None:
    data = html_mail(
        '<div style="display:none">Read me first</div><p>Come.</p>'
        '<a href="https://x.example/"><img alt="Book now" src="https://t.example/p.gif"></a>'
        '<img src="https://t.example/1.gif" width=1>'
    )
    assert draft(data).text == "Come.\n\n[Book now](<https://x.example/>)"
    assert "text the e-mail hides was cut: Read me first" in notes(data)
    assert "2 pictures in the text left behind" in notes(data)


def test_a_rule_divides_and_is_not_printed() -> None:
    assert draft(html_mail("<p>One.</p><hr><p>Two.</p>")).text == "One.\n\nTwo."


def test_preformatted_lines_keep_their_breaks() -> None:
    assert re.split(r"\s*\n", draft(html_mail("<pre>One\nTwo</pre>")).text) == ["One", "Two"]


def test_nothing_that_could_act_is_left() -> None:
    html = (
        "<p>Our <a href='javascript:alert(1)'>news</a> <a href='data:text/html,x'>two</a> "
        "<a href=' vbscript:x'>three</a> <a href='file:///x'>four</a><script>alert(1)"
        "</script><img src=x onerror=alert(1)> &lt;img src=x onerror=alert(1)&gt; "
        "[x](javascript:alert(1))</p>"
    )
    found = draft(html_mail(html)).text
    assert re.search(r"\]\(<?(?!https?:|mailto:|tel:)", found.replace("\\]", "")) is None
    assert "<img" not in found.replace("\\<", "")
    assert all(word in found for word in ("news", "two", "three", "four"))


TAGS = st.sampled_from(
    [
        "<table>",
        "</table>",
        "<tr>",
        "<td>",
        "</td>",
        "<th>",
        "<p>",
        "</p>",
        "<div style='display:none'>",
        "<div class=gmail_signature>",
        "</div>",
        "<a href='https://x.example'>",
        "</a>",
        "<img alt=x>",
        "<hr>",
        "<pre>",
        "<ul><li>",
        "<blockquote>",
        "Title",
        "words of ours",
        "&amp;",
        "< ",
        "<b>",
        "From: Jo",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(TAGS, max_size=20))
def test_any_html_gives_a_reading_that_loses_no_word(parts: list[str]) -> None:
    reading = read(html_mail("".join(parts)))
    said = " ".join(
        [
            *(one.text for one in reading.drafts),
            *reading.notes,
            reading.why,
            *(v for one in reading.drafts for v in one.labels.values()),
        ]
    )
    assert "words of ours" not in parts or "words" in said


def test_raised_and_lowered_figures_stay_what_they_are() -> None:
    html = "<p>10 m<sup>2</sup>, CO<sub style='x'> 2 </sub>, 4<sup>th</sup> of May, x<sup>\u22121</sup></p>"
    assert draft(html_mail(html)).text == "10 m\u00b2, CO\u2082, 4th of May, x\u207b\u00b9"
