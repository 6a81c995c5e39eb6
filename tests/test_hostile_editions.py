"""Whatever contributors and settings say, an edition has the tags, styles and events it would have had."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, time
from xml.etree import ElementTree as ET

import html5lib
import pytest
from archive_sample import site, templates
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from small_issue import CORE, DAY, EVERYONE, SECTIONS, SETTINGS, issue, item, on

from bulletin.archive import Page
from bulletin.compose import compose, lay_out
from bulletin.markdown import clean_line, public_url
from bulletin.model.edition import Edition
from bulletin.model.issue import Issue, Item
from bulletin.model.partnership import Section
from bulletin.settings.values import EditionSettings, Settings, Site

TEMPLATES = templates()
TOKENS = [
    "<", ">", '"', "'", "&", "&lt;", "&#60;", "`", "\\", "/", "=", ";", ",", ":", "|", "*", "_", "[", "](",
    ")", "!", "#", "\n", "\n\n", "\r\n", "\t", "    ", "---", "===", "- ", "1. ", "> ", "```\n",
    "{{ 7*7 }}", "{% raw %}", "{#", "#}", "]]>", "-->", "<!--", "<!--[if mso]>", "<![endif]-->",
    "<![endif]", "</style>", "<style>", "</title>", "</td></table>", "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>", "<a href=javascript:x>", 'onclick="x"', "style=x", "javascript:",
    "data:text/html,x", "https://a.example/", "https://u:p@evil.test/", "//evil.test", "www.b.example",
    "mailto:a@b.example?bcc=c@d.example", "a@b.example", "BEGIN:VEVENT", "END:VEVENT",
    "\r\nATTACH:file:///etc/passwd", "\r\nBcc: e@f.example", "=?utf-8?q?=0D=0ABcc:?=", "$(x)", "%0d%0a",
    "\\n", "\\,", "\x00", "\x07", "\x1b[31m", "\x85", "\x9b", "\u202e", "\u2066", "\u200b", "\u200d",
    "\u2028", "\ufeff", "\u0301" * 9, "\U000e0041", "&#x202e;", "&#27;", "word", "Ordinary words.", "£",
    "É", "\u05d0", "\U0001f468\u200d\U0001f469", ":root{color:red}", "url(x)", "*/", "/*",
]  # fmt: skip
WORDS = st.lists(st.sampled_from(TOKENS), min_size=1, max_size=7).map("".join)
WORST = "".join(TOKENS)

_TAGS = """
    html head meta title style body div table tbody thead tr td th caption p h1 h2 h3 h4 h5 h6 strong em a ul
    ol li br hr blockquote code pre span
"""
_ATTRIBUTES = """
    align border cellpadding cellspacing charset class content dir href id lang name role scope start style
    width
"""
_OF_THE_SITE = "header main nav footer section article time dl dt dd link"
_SAID_OF_THE_SITE = "aria-label aria-labelledby aria-current datetime http-equiv property rel title type"
_OF_THE_SEARCH = "script form label input button"
_SAID_OF_THE_SEARCH = "autocomplete data-years defer for hidden src spellcheck"
_PROPERTIES = "UID DTSTAMP SEQUENCE SUMMARY DTSTART DTEND LOCATION DESCRIPTION URL TRANSP"
TAGS = set(_TAGS.split())
ATTRIBUTES = set(_ATTRIBUTES.split())
SITE_TAGS = TAGS | set(_OF_THE_SITE.split())
SITE_ATTRIBUTES = ATTRIBUTES | set(_SAID_OF_THE_SITE.split())
SEARCH_TAGS = SITE_TAGS | set(_OF_THE_SEARCH.split())
SEARCH_ATTRIBUTES = SITE_ATTRIBUTES | set(_SAID_OF_THE_SEARCH.split())
PROPERTIES = set(_PROPERTIES.split())
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u2028-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e001f]"
)


def wrong(words: str, other: str) -> tuple[Item, ...]:
    """Give an event, a consultation and a story that say it in every label."""
    said = {"title": words, "text": other, "summary": words, "link": other, "contact": words, "where": other}
    more = {"organisation": words, "area": other, "image": words, "alt": other, "section_words": words}
    return (
        item("event", "events", when=on(date(2026, 12, 1), time(10))._replace(words=words), **said, **more),
        item("survey", "consultations", closes=on(date(2026, 12, 3))._replace(words=other), **said, **more),
        item("story", "successes", language=words, **said, **more),
    )


def settings_saying(words: str) -> Settings:
    """Give the officer's own settings with the words wherever text may stand."""
    us = SETTINGS.partnership._replace(
        name=words,
        title=words,
        strapline=words,
        contact=words,
        website=f"https://a.example/{words}",
        language=words,
    )
    body = CORE._replace(name=words, about=words, contact=words)
    sections = tuple(Section(one.id, words, one.kind) for one in SECTIONS.values())
    acronyms = {"LSP": words, words: words}
    own = Site(f"https://archive.example/{words}")
    return SETTINGS._replace(partnership=us, bodies=(body,), sections=sections, acronyms=acronyms, site=own)


def composed(whole: Issue, own: Settings = SETTINGS, heading: str = "", subject: str = "") -> Edition:
    return compose(whole, EditionSettings("everyone", heading=heading, subject=subject), own, DAY, TEMPLATES)


def elements(page: str) -> Iterator[ET.Element]:
    return (
        one for one in html5lib.parse(page, namespaceHTMLElements=False).iter() if isinstance(one.tag, str)
    )


def comments(page: str) -> list[str]:
    return [one.text or "" for one in html5lib.parse(page).iter() if not isinstance(one.tag, str)]


def is_ours(page: str, tags: set[str], attributes: set[str]) -> None:
    """Assert that a page holds what a harmless one may hold, and leads where a bulletin may lead."""
    for element in elements(page):
        assert element.tag in tags
        assert set(element.attrib) <= attributes, ET.tostring(element)
        href = element.get("href", "#")
        relative = re.match(r"#|[a-z0-9._/-]+(?:#[a-z0-9_-]+)?$", href)
        assert relative or public_url(href) == href, href
    assert not UNSEEN.search(page)


HARMLESS = composed(issue(*wrong("Plain words", "More words")))
STYLES = [one.text for one in elements(HARMLESS.html) if one.tag == "style"]


@settings(max_examples=40, deadline=None)
@given(WORDS, WORDS)
@example(WORST, WORST)
def test_an_edition_has_our_tags_our_styles_and_our_comments_alone(words: str, other: str) -> None:
    page = composed(
        issue(*wrong(words, other), introduction=other), heading=words, subject=f"{words} {{number}}"
    ).html
    is_ours(page, TAGS, ATTRIBUTES)
    assert [one.text for one in elements(page) if one.tag == "style"] == STYLES
    assert comments(page) == comments(HARMLESS.html)
    assert page.count("<![endif]") == HARMLESS.html.count("<![endif]")
    assert page.count("<!--") == HARMLESS.html.count("<!--")


@settings(max_examples=20, deadline=None)
@given(WORDS)
@example(WORST)
def test_nor_do_the_settings_bring_others(words: str) -> None:
    found = composed(issue(*wrong("a", "b LSP")), settings_saying(words))
    is_ours(found.html, TAGS, ATTRIBUTES)
    assert [one.text for one in elements(found.html) if one.tag == "style"] == STYLES
    assert comments(found.html) == comments(HARMLESS.html)
    assert not UNSEEN.search(found.text + found.subject)


@settings(max_examples=40, deadline=None)
@given(WORDS, WORDS)
@example(WORST, WORST)
def test_the_text_part_and_the_subject_hold_nothing_unseen(words: str, other: str) -> None:
    found = composed(
        issue(*wrong(words, other), introduction=words), heading=other, subject=f"{{name}} {words}"
    )
    assert not UNSEEN.search(found.text)
    assert not UNSEEN.search(found.subject)
    assert "\n" not in found.subject
    assert "49" not in found.text + found.subject


@settings(max_examples=60, deadline=None)
@given(WORDS, WORDS)
@example(WORST, WORST)
def test_a_calendar_file_holds_one_event_with_the_title_it_was_given(words: str, other: str) -> None:
    files = {file.name: file.data for file in composed(issue(*wrong(words, other))).calendar}
    assert set(files) == {"event.ics", "survey_deadline.ics"}
    for name, data in files.items():
        calendar = Calendar.from_ical(data)
        (event,) = calendar.walk("VEVENT")
        title = clean_line(words) or name.partition(".")[0].partition("_")[0]
        assert event["SUMMARY"] == (f"Closing date: {title}" if name.startswith("survey") else title)
        assert Counter(part.name for part in calendar.walk()) <= Counter(
            ["VCALENDAR", "VTIMEZONE", "DAYLIGHT", "STANDARD", "VEVENT"]
        )
        assert set(event) <= PROPERTIES


@settings(max_examples=10, deadline=None)
@given(WORDS, WORDS)
@example(WORST, WORST)
def test_the_archive_holds_no_more_than_that(words: str, other: str) -> None:
    whole, own = issue(*wrong(words, other), introduction=other), settings_saying(words)
    page = Page(whole.id, composed(whole, own), lay_out(whole, EVERYONE, own, DAY))
    for name, data in site((page,), own, TEMPLATES).items():
        if name == "search/index.html":
            is_ours(data.decode(), SEARCH_TAGS, SEARCH_ATTRIBUTES)
        elif name.endswith(".html"):
            is_ours(data.decode(), SITE_TAGS, SITE_ATTRIBUTES)
        assert re.fullmatch(r"[a-z0-9._/-]+", name)


@pytest.mark.parametrize(
    "name", ["section-events", "section-dates", "section-other", "Section events", "_main"]
)
def test_no_item_takes_the_place_of_a_section(name: str) -> None:
    page = composed(issue(item(name, "events", when=on(date(2026, 12, 1))), item("a", "events"))).html
    ids = [element.get("id") for element in elements(page) if element.get("id")]
    assert len(ids) == len(set(ids))


def test_two_calendar_files_never_have_one_name() -> None:
    pair = (item("bus", closes=on(date(2026, 12, 3))), item("bus-deadline", when=on(date(2026, 12, 3))))
    names = [file.name for file in composed(issue(*pair)).calendar]
    assert len(names) == len(set(names)) == 2


def test_the_first_stories_may_stand_in_the_officers_subject() -> None:
    found = composed(
        issue(item("a", title="A {title}"), item("b", title="B")), subject="{title} {number}: {stories}"
    )
    assert found.subject == "Communicate 14: A {title}; B"
