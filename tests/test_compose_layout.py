"""What an edition says around and about its items."""

import re
from datetime import date, time, timedelta
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_issue import (
    CORE,
    COUNCIL,
    DAY,
    EVERYONE,
    NORTH,
    PARTNERS,
    SETTINGS,
    edition,
    everything,
    issue,
    item,
    on,
)

from bulletin.compose.language import direction
from bulletin.compose.layout import lay_out
from bulletin.languages import language_tag
from bulletin.model.edition import Entry, Layout
from bulletin.model.issue import Item, When
from bulletin.model.partnership import Share
from bulletin.settings.values import EditionSettings, Site

NOWHERE = SETTINGS._replace(site=Site())


def layout(*items: Item, **values: object) -> Layout:
    return lay_out(issue(*items, **values), EVERYONE, SETTINGS, DAY)


def entry(found: Item) -> Entry:
    (only,) = lay_out(issue(found), PARTNERS, SETTINGS, DAY).entries
    return only


@pytest.mark.parametrize(
    ("days", "words"), [(0, "Closes today"), (1, "Closes tomorrow"), (22, "22 days left")]
)
def test_a_consultation_says_how_long_it_stays_open(days: int, words: str) -> None:
    assert entry(item("c", "consultations", closes=on(DAY + timedelta(days=days)))).notice == (words,)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (Share.PARTNERS, "For partners only: please pass it on to no one else, nor publish it"),
        (Share.NO, "For you to read only: please do not publish this or pass it on"),
    ],
)
def test_what_may_not_travel_everywhere_says_how_far_it_may(share: Share, words: str) -> None:
    assert entry(item("p", share=share)).notice == (words,)


def test_facts_are_in_house_style_and_what_is_uncertain_as_it_was_written() -> None:
    found = entry(item("e", when=on(date(2026, 12, 9), time(17, 30), time(19, 30)), opens=When("in spring")))
    assert [(fact.name, fact.value) for fact in found.facts] == [
        ("When", "Wednesday 9 December 2026, 5:30pm to 7:30pm"),
        ("Opens", "in spring"),
    ]


def test_every_link_says_where_it_goes_and_no_two_the_same() -> None:
    twins = [item(name, title="Twins", link=f"https://x.example/{name}") for name in ("one", "two")]
    labels = [found.label for found in layout(*twins).entries]
    assert labels == ["Twins (1.1)", "Twins (1.2)"]


def test_a_link_the_text_already_has_is_not_repeated() -> None:
    assert entry(item("a", text="[Minutes](https://x.example/m)", link="https://x.example/m")).ways == ()


def test_a_link_that_is_no_address_is_shown_as_it_was_written() -> None:
    assert [fact.value for fact in entry(item("a", link="see the noticeboard")).facts] == [
        "see the noticeboard"
    ]
    assert entry(item("a", link="www.x.example/a")).ways[0].url == "https://www.x.example/a"


def test_a_summary_the_text_begins_with_is_said_once() -> None:
    assert entry(item("a", summary="It opens.", text="It **opens**. More.")).summary == ""
    assert entry(item("a", summary="It opens.", text="More.")).summary == "It opens."


def test_the_dates_are_those_to_come_of_every_section_with_closing_dates() -> None:
    rows = next(group.dates for group in layout(*everything()).groups if group.dates)
    assert [(row.label, row.what, row.day.day) for row in rows] == [
        ("Police survey", "Closing date", 27),
        ("Bore coffi yn y neuadd", "", 1),
        ("Winter market", "", 5),
        ("Carols & mince pies", "", 9),
        ("Bus review", "Closing date", 8),
    ]


def test_dates_without_a_section_of_events_have_a_place_of_their_own() -> None:
    groups = layout(item("a", when=on(date(2026, 12, 1)))).groups
    assert [group.heading for group in groups] == ["Key messages", "Dates for your diary"]
    assert groups[1].caption == "Events and closing dates, the soonest first"


def test_a_day_gone_by_is_in_no_table() -> None:
    assert all(not group.dates for group in layout(item("a", when=on(date(2026, 11, 12)))).groups)


def test_the_table_tells_the_next_time_of_what_repeats() -> None:
    club = item("club", "events", when=When("every Tuesday, 10am", repeats="every Tuesday"))
    (row,) = layout(club).groups[0].dates
    assert (row.day, row.when) == (date(2026, 12, 1), "every Tuesday, 10am")


def test_acronyms_are_those_used_as_whole_words() -> None:
    assert [fact.name for fact in layout(item("a", text="Three LSPs met. SCABS did not.")).acronyms] == [
        "LSP"
    ]


def test_who_s_who_has_our_bodies_and_those_with_an_item() -> None:
    assert [who.name for who in layout(item("a")).bodies] == [CORE.name, NORTH.name]
    assert [who.name for who in layout(item("a", body=COUNCIL)).bodies] == [
        CORE.name,
        NORTH.name,
        COUNCIL.name,
    ]


def test_the_next_meeting_closes_the_loop() -> None:
    assert [(fact.name, fact.value) for fact in layout().ahead] == [
        ("Next Core Group meeting", "Thursday 11 February 2027"),
        ("Summaries for it are due by", "Monday 1 February 2027"),
    ]


def test_the_footer_says_why_how_to_leave_whom_to_ask_how_to_contribute_and_that_nobody_is_tracked() -> None:
    why, leave, ask, news, *rest = (note.heading for note in layout().footer)
    assert (why, leave, ask) == ("Why you get this", "How to leave", "Who to ask")
    assert (news, *rest) == ("Send us your news", "Pass it on", "Nobody is tracked")


def test_the_way_out_holds_no_token_and_acts_on_its_writer() -> None:
    leave = layout().footer[1].text
    assert "(mailto:leave@avon.example?subject=Leave Communicate)" in unquote(leave)
    assert "passed this copy on" in leave.replace("\n", " ")


@given(st.lists(st.text(min_size=0, max_size=200), max_size=5))
def test_the_preheader_has_35_to_140_characters_and_the_subject_no_more_than_78(titles: list[str]) -> None:
    found = layout(*(item(f"i{n}", title=title) for n, title in enumerate(titles)))
    assert 35 <= len(found.preheader) <= 140
    assert len(found.subject) <= 78
    assert not re.search("[\x00-\x1f\x7f-\x9f]", found.subject + found.preheader)


def test_the_subject_names_the_leading_stories() -> None:
    first, second, third = (item(name, title=name.title()) for name in ("buses", "homes", "fairs"))
    assert layout(first, second, third).subject == "Communicate issue 14: Buses; Homes"
    assert layout(first, second, third, order=("fairs",)).subject == "Communicate issue 14: Fairs; Buses"


def test_the_officer_s_own_subject_is_filled_in() -> None:
    of = EditionSettings("clerks", "Parish clerks", subject="{title} {number}, {month} {year}: {name} {odd}")
    assert edition(item("a"), of=of).subject == "Communicate 14, November 2026: Parish clerks {odd}"


def test_calendar_files_are_linked_where_there_is_a_site() -> None:
    found = lay_out(issue(*everything()), EVERYONE, SETTINGS, DAY).entries
    urls = [way.url for one in found for way in one.ways if "calendar" in way.url]
    assert "https://archive.avon.example/2026-11/calendar/carols.ics" in urls
    assert "https://archive.avon.example/2026-11/calendar/buses_deadline.ics" in urls


def test_without_a_site_they_are_attached_and_the_words_say_so() -> None:
    found = edition(*everything(), settings=NOWHERE)
    assert "carols.ics, attached to this e-mail" in found.text
    assert "archive" not in found.html


def test_an_event_only_partners_may_see_is_not_linked_to_a_public_site() -> None:
    assert entry(item("a", "events", share=Share.PARTNERS, when=on(date(2026, 12, 1)))).ways == ()


def test_anchors_are_ascii_and_nobody_else_s() -> None:
    found = layout(item("Café & bar"), item("cafe-bar"), item("日本"), item("section-other"))
    anchors = [one.anchor for one in found.entries]
    assert anchors == ["cafe-bar-73caaa1f", "cafe-bar", "item-c7b7cdcc", "section-other-2"]


def test_an_anchor_is_the_same_whatever_else_an_edition_holds() -> None:
    long = "a-bus-for-everybody-who-lives-in-the-villages"
    twins = (item(f"{long}-west"), item(f"{long}-east"), item(f"{long}-\xe9st"))
    alone = [layout(one).entries[0].anchor for one in twins]
    assert alone == [one.anchor for one in layout(*reversed(twins)).entries][::-1]


@pytest.mark.parametrize(
    ("words", "tag", "way"),
    [
        ("Welsh", "cy", "ltr"),
        ("cy", "cy", "ltr"),
        ("Urdu", "ur", "rtl"),
        ("ku-Arab", "ku-Arab", "rtl"),
        ("??", "", "ltr"),
    ],
)
def test_languages_are_named_as_html_wants_them(words: str, tag: str, way: str) -> None:
    assert (language_tag(words), direction(tag)) == (tag, way)
