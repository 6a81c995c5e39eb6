"""An event becomes one calendar file that every calendar reads alike."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from conftest import Golden
from icalendar import Calendar
from small_issue import item, on

from bulletin.calendar import Stamp, deadline_file, event_file
from bulletin.model.issue import Item
from bulletin.model.when import When

STAMP = Stamp("2026-11", "avon.example", datetime(2026, 11, 26, 12, tzinfo=UTC))
TEA = item(
    "tea",
    "events",
    title="Tea; cake, and\nBEGIN:VEVENT",
    when=on(date(2026, 12, 9), time(17, 30), time(19, 30)),
    where="Hall, High Street",
    contact="Jo, 01632 960001",
    link="https://x.example/tea?a=1,2;b",
)


def event(found: Item) -> Any:
    file = event_file(found, STAMP)
    assert file is not None
    (only,) = Calendar.from_ical(file.data).walk("VEVENT")
    return only


def test_a_file_is_the_same_in_every_build(golden: Golden) -> None:
    file = event_file(TEA, STAMP)
    assert file == event_file(TEA, STAMP)
    assert file is not None
    assert file.name == "tea.ics"
    golden.check("tea.ics", file.data)


def test_the_uid_belongs_to_the_item_and_the_issue() -> None:
    assert event(TEA)["UID"] == "tea.2026-11@avon.example"


def test_a_title_is_one_line_and_cannot_start_an_event() -> None:
    assert event(TEA)["SUMMARY"] == "Tea; cake, and BEGIN:VEVENT"


def test_times_are_london_times() -> None:
    assert event(TEA).decoded("DTSTART").isoformat() == "2026-12-09T17:30:00+00:00"
    summer = replace(TEA, when=on(date(2027, 6, 9), time(17, 30)))
    assert event(summer).decoded("DTSTART").isoformat() == "2027-06-09T17:30:00+01:00"


def test_the_zone_and_our_name_are_in_the_file() -> None:
    file = event_file(TEA, STAMP)
    assert file is not None
    assert b"TZID:Europe/London" in file.data
    assert b"PRODID:-//Communicate" in file.data
    assert b"METHOD" not in file.data
    assert b"ATTENDEE" not in file.data


@pytest.mark.parametrize(
    ("when", "start", "end"),
    [
        pytest.param(on(date(2026, 12, 5)), date(2026, 12, 5), date(2026, 12, 6), id="all-day"),
        pytest.param(
            When("x", date(2026, 12, 4), date(2026, 12, 6)), date(2026, 12, 4), date(2026, 12, 7), id="days"
        ),
        pytest.param(
            When("x", date(2026, 12, 4), date(2026, 12, 6), time(10), time(16)),
            date(2026, 12, 4),
            date(2026, 12, 7),
            id="days-with-hours-each",
        ),
    ],
)
def test_whole_days_end_on_the_day_after(when: When, start: date, end: date) -> None:
    found = event(replace(TEA, when=when))
    assert (found.decoded("DTSTART"), found.decoded("DTEND")) == (start, end)


def test_an_event_past_midnight_ends_on_the_next_day() -> None:
    found = event(replace(TEA, when=on(date(2026, 12, 31), time(20), time(1))))
    assert found.decoded("DTEND").date() == date(2027, 1, 1)


def test_a_weekly_event_repeats_on_its_day() -> None:
    found = event(replace(TEA, when=on(date(2026, 12, 1), time(10), time(12), repeats="every Tuesday")))
    assert dict(found["RRULE"]) == {"FREQ": ["WEEKLY"], "BYDAY": ["TU"]}


def test_a_weekly_event_ends_where_its_words_say() -> None:
    when = When("x", date(2026, 12, 1), date(2026, 12, 22), time(10), time(12), "every Tuesday")
    assert event(replace(TEA, when=when))["RRULE"]["UNTIL"] == [datetime(2026, 12, 22, 10, tzinfo=UTC)]


@pytest.mark.parametrize(
    "when",
    [
        pytest.param(When("some time in May"), id="no-date"),
        pytest.param(When("every Tuesday", repeats="every Tuesday"), id="no-first-day"),
        pytest.param(on(date(2026, 12, 2), repeats="every Tuesday"), id="a-Wednesday"),
        pytest.param(on(date(2026, 12, 1), repeats="every other Tuesday"), id="fortnightly"),
    ],
)
def test_what_is_not_certain_has_no_file(when: When) -> None:
    assert event_file(replace(TEA, when=when), STAMP) is None


@pytest.mark.parametrize(
    ("at", "wanted"),
    [(time(17), "2026-12-18T17:00:00+00:00"), (time(0), "2026-12-18T23:59:00+00:00"), (None, "2026-12-18")],
)
def test_a_closing_date_has_a_file_of_its_own(at: time | None, wanted: str) -> None:
    file = deadline_file(replace(TEA, closes=on(date(2026, 12, 18), at)), STAMP)
    assert file is not None
    (found,) = Calendar.from_ical(file.data).walk("VEVENT")
    assert file.name == "tea_deadline.ics"
    assert found["UID"] == "tea_deadline.2026-11@avon.example"
    assert found.decoded("DTSTART").isoformat() == wanted
