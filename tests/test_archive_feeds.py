"""The feeds: Atom with everything in it, and one calendar of all that is to come."""

from dataclasses import replace
from datetime import UTC, date, datetime

import html5lib
import pytest
from archive_sample import SETTINGS, issue, item, page, pages, site, templates
from icalendar import Calendar
from lxml import etree

from bulletin.archive import Page
from bulletin.dates import read_when
from bulletin.settings.values import Settings, Site

ATOM = {"a": "http://www.w3.org/2005/Atom"}
OWN = "https://bulletin.avonbridge.example"
PUBLISHED = SETTINGS._replace(site=Site(OWN))


# What RFC 4287 asks of a feed like ours, as RELAX NG.
GRAMMAR = """
<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="http://www.w3.org/2005/Atom"
  datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
<start><element name="feed"><attribute name="xml:lang"><data type="language"/></attribute><interleave>
  <ref name="named"/><optional><element name="subtitle"><text/></element></optional><ref name="author"/>
  <oneOrMore><ref name="link"/></oneOrMore>
  <zeroOrMore><element name="entry"><attribute name="xml:lang"><data type="language"/></attribute><interleave>
    <ref name="named"/><element name="published"><ref name="moment"/></element><ref name="link"/>
    <optional><element name="summary"><text/></element></optional>
    <element name="content"><attribute name="type"><value>html</value></attribute><text/></element>
  </interleave></element></zeroOrMore>
</interleave></element></start>
<define name="named"><interleave>
  <element name="id"><data type="anyURI"><param name="pattern">tag:[^,]+,[0-9]{4}:.+</param></data></element>
  <element name="title"><data type="string"><param name="minLength">1</param></data></element>
  <element name="updated"><ref name="moment"/></element>
</interleave></define>
<define name="moment"><data type="dateTime"><param name="pattern">.+T.+(Z|[+-].+)</param></data></define>
<define name="author"><element name="author"><element name="name"><text/></element></element></define>
<define name="link"><element name="link"><attribute name="rel"/><attribute name="type"/>
  <attribute name="href"><data type="anyURI"/></attribute></element></define>
</grammar>"""


def feed(settings: Settings = SETTINGS, *some: Page) -> etree._Element:
    return etree.fromstring(site(some or pages(settings), settings, templates())["feed.xml"])


def calendar(*some: Page) -> Calendar:
    return Calendar.from_ical(site(some or pages(), SETTINGS, templates())["calendar.ics"])


def test_a_feed_has_what_rfc_4287_asks_for() -> None:
    root = feed()
    for one in (root, *root.findall("a:entry", ATOM)):
        assert [len(one.findall(f"a:{name}", ATOM)) for name in ("id", "title", "updated")] == [1, 1, 1]
        updated = datetime.fromisoformat(one.findtext("a:updated", namespaces=ATOM))
        assert updated.tzinfo == UTC
    assert root.findtext("a:author/a:name", namespaces=ATOM) == "Avonbridge Partnership"
    assert [one.get("rel") for one in root.findall("a:link", ATOM)] == ["self", "alternate"]


@pytest.mark.parametrize("settings", [SETTINGS, PUBLISHED], ids=["nowhere", "published"])
def test_a_feed_is_as_the_grammar_says(settings: Settings) -> None:
    grammar = etree.RelaxNG(etree.fromstring(GRAMMAR))
    grammar.assertValid(feed(settings))
    grammar.assertValid(etree.fromstring(site([], settings, templates())["feed.xml"]))


def test_the_ids_of_a_feed_are_tags_that_stay() -> None:
    ids = [one.text for one in feed(PUBLISHED).iter("{http://www.w3.org/2005/Atom}id")]
    assert ids == [one.text for one in feed().iter("{http://www.w3.org/2005/Atom}id")]
    assert ids[:2] == ["tag:avonbridge.example,2026:bulletin", "tag:avonbridge.example,2026:bulletin/2026-11"]
    assert len(set(ids)) == 3


def test_an_issue_is_whole_in_the_feed_and_its_hostile_words_are_words() -> None:
    content = feed().findtext("a:entry/a:content", namespaces=ATOM)
    shown = html5lib.parseFragment(content, namespaceHTMLElements=False)
    said = " ".join(" ".join(shown.itertext()).split())
    assert "Voluntary groups may apply. The LSP decides. Who may apply parishes clubs" in said
    assert "<script>alert(1)</script><img src=x" in said
    assert not {one.tag for one in shown.iter()} & {"script", "img", "style", "iframe"}


@pytest.mark.parametrize(("settings", "start"), [(SETTINGS, "2026-11/"), (PUBLISHED, f"{OWN}/2026-11/")])
def test_addresses_are_absolute_only_where_the_site_has_one(settings: Settings, start: str) -> None:
    root = feed(settings)
    content = root.findtext("a:entry/a:content", namespaces=ATOM)
    shown = html5lib.parseFragment(content, namespaceHTMLElements=False)
    found = [one.get("href") for one in shown.iter("a")]
    assert root.find("a:entry/a:link", ATOM).get("href") in (f"{start}index.html", start)
    assert {f"{start}items/plan/index.html", f"{start}calendar/gathering.ics", f"{start}index.html#plan"} <= {
        *found
    }


def test_an_approval_after_the_day_of_an_issue_counts_as_a_change() -> None:
    again = replace(pages()[1], approved=datetime(2026, 12, 1, 8, tzinfo=UTC))
    assert feed(SETTINGS, again).findtext("a:updated", namespaces=ATOM) == "2026-12-01T08:00:00Z"


def test_the_calendar_has_everything_to_come_once_and_nothing_that_is_over() -> None:
    found = [str(event["summary"]) for event in calendar().walk("VEVENT")]
    assert found == [
        "Closing date: Police survey",
        "Joint Christmas gathering",
        "Closing date: Local Plan: have your say",
    ]


def test_the_calendar_is_one_that_programs_can_subscribe_to() -> None:
    whole = calendar()
    assert (whole["version"], str(whole["x-wr-calname"])) == ("2.0", "Communicate: Avonbridge Partnership")
    assert len(whole.walk("VTIMEZONE")) == 1
    uids = [str(event["uid"]) for event in whole.walk("VEVENT")]
    assert "gathering.2026-11@avonbridge.example" in uids
    assert len(set(uids)) == len(uids)


def test_lines_of_the_calendar_are_short_and_end_as_they_must() -> None:
    name = "Bröschüre, der Nachbarschaft; " * 5
    long = SETTINGS._replace(partnership=SETTINGS.partnership._replace(name=name))
    data = site(pages(), long, templates())["calendar.ics"]
    assert max(map(len, data.split(b"\r\n"))) <= 75
    assert data.count(b"\n") == data.count(b"\r\n")
    unfolded = data.replace(b"\r\n ", b"").decode()
    assert "\r\nNAME:Communicate: Bröschüre\\, der Nachbarschaft\\; Bröschüre\\, der" in unfolded


def test_a_long_event_is_to_come_until_its_last_day() -> None:
    august = date(2026, 8, 27)
    show = item("show", "events", "An exhibition", when=read_when("1 September to 4 December 2026", august))
    weekly = item(
        "walk", "events", "A walk", when=read_when("Tuesday 1 September 2026, 10am to 11am", august)
    )
    old = page(issue("2026-08", 13, august, show, weekly))
    found = [str(event["summary"]) for event in calendar(old, pages()[1]).walk("VEVENT")]
    assert "An exhibition" in found
    assert "A walk" not in found


def test_a_calendar_without_dates_is_one_still() -> None:
    data = site([], SETTINGS, templates())["calendar.ics"]
    assert Calendar.from_ical(data).walk("VEVENT") == []
