"""An item's date as a calendar file: one RFC 5545 event each, since Outlook imports only the first."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bulletin.markdown import clean, clean_line, plain, public_url
from bulletin.model.edition import Announced, CalendarFile
from bulletin.model.issue import Item
from bulletin.model.when import When

if TYPE_CHECKING:
    from icalendar import Component, Event

LONDON = ZoneInfo("Europe/London")
PRODUCT = "-//Communicate//bulletin//EN"
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LONGEST_DESCRIPTION = 600
MAILBOX_FACT = "Calendar file"
"""What an edition calls the files attached to it, which there are in a mailbox alone."""

_CANCELLED = re.compile(r"\W*cancell?ed\b", re.IGNORECASE)
_WEEKLY = re.compile(r"every (mon|tues|wednes|thurs|fri|satur|sun)day", re.IGNORECASE)
_WEEKDAYS = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")

# The rules in force since 1996 are shorter than a table of every change, and the same on every machine.
TIMEZONE = b"""BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19960331T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
"""


@dataclass(frozen=True, slots=True)
class _Times:
    """What an event's DTSTART, DTEND and RRULE say; all of one kind, dates or London times."""

    start: date | datetime
    end: date | datetime | None
    rule: dict[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Stamp:
    """What every calendar file of an issue has in common.

    issue, domain: make the UID `NAME.ISSUE@DOMAIN`, the same in every build; at: DTSTAMP, in UTC.
    known: what people have already, by the names of the files: it keeps its UID, whatever issue it is in.
    """

    issue: str
    domain: str
    at: datetime
    known: Mapping[str, Announced] = field(default_factory=dict)


def file_names(item: str) -> tuple[str, str]:
    """Name the calendar files of an item's date and of its closing date, by its id.

    No id that collecting gives has an underscore.
    """
    return f"{item}.ics", f"{item}_deadline.ics"


def event_file(item: Item, stamp: Stamp) -> CalendarFile | None:
    """Write the event an item tells of, or give None where its date is not certain.

    Times are Europe/London; a day without times is a whole day; days that each have hours are whole days
    with the hours in the description.
    """
    times = _event_times(item.when)
    if times is None:
        return None
    return _file(item, times, file_names(item.id)[0], stamp)


def deadline_file(item: Item, stamp: Stamp) -> CalendarFile | None:
    """Write an item's closing date, or give None where it is not certain."""
    times = _deadline_times(item)
    return None if times is None else _file(item, times, file_names(item.id)[1], stamp)


def announced(item: Item, stamp: Stamp) -> dict[str, Announced]:
    """Give what people have of an item's dates once they have its calendar files, by those files' names."""
    dated = zip(file_names(item.id), (_event_times(item.when), _deadline_times(item)), strict=True)
    return {name: _announced(item, times, name, stamp) for name, times in dated if times}


def _deadline_times(item: Item) -> _Times | None:
    """Give a closing date's times, or None unless it is certain."""
    last = item.closes.end
    if last is None:
        return None
    at = item.closes.starts if item.closes.ends is None else item.closes.ends
    if at == time(0, 0):
        at = time(23, 59)  # "midnight on Friday" means the end of that day
    return _Times(_at(last, at), None) if at else _Times(last, last + timedelta(days=1))


def weekly(when: When) -> int | None:
    """Give the weekday (Monday 0) of an event that plainly repeats every week, else None."""
    match = _WEEKLY.fullmatch(" ".join(when.repeats.split()))
    return _WEEKDAYS.index(match[1].lower()) if match else None


def next_day(when: When, day: date) -> date | None:
    """Give the day an event starts, or the next time it repeats from `day` on; None unless that is certain.

    Something that began before `day` and goes on keeps its first day.
    """
    weekday = weekly(when)
    if weekday is None:
        return when.start
    first = max(day, when.start or day)
    return first + timedelta(days=(weekday - first.weekday()) % 7)


def is_certain(when: When) -> bool:
    """Whether a calendar file can be written for it."""
    return _event_times(when) is not None


def _event_times(when: When) -> _Times | None:
    """Give an event's times, or None unless every part of them is certain."""
    if when.start is None or when.end is None:
        return None
    if when.repeats:
        return _weekly_times(when, when.start, when.end) if weekly(when) == when.start.weekday() else None
    whole_days = when.starts is None or (
        when.end > when.start and when.ends is not None and when.ends > when.starts
    )
    if whole_days or when.starts is None:
        return _Times(when.start, when.end + timedelta(days=1))
    return _Times(_at(when.start, when.starts), _end(when.end, when))


def _weekly_times(when: When, first: date, last: date) -> _Times:
    """Give the times of an event every week from `first`, to `last` where that is later."""
    rule: dict[str, object] = {"FREQ": "WEEKLY", "BYDAY": DAYS[first.weekday()]}
    if when.starts is None:
        if last > first:
            rule["UNTIL"] = last
        return _Times(first, first + timedelta(days=1), rule)
    if last > first:
        rule["UNTIL"] = _at(last, when.starts).astimezone(UTC)
    return _Times(_at(first, when.starts), _end(first, when), rule)


def _end(last: date, when: When) -> datetime | None:
    """Give the moment an event ends; an hour before its start on one day is the next day's."""
    if when.ends is None or when.starts is None:
        return None
    if when.ends <= when.starts and (last == when.start):
        last += timedelta(days=1)
    return _at(last, when.ends)


def _at(day: date, hour: time) -> datetime:
    """Give a local time of day its date and zone."""
    return datetime.combine(day, hour, LONDON)


def _file(item: Item, times: _Times, name: str, stamp: Stamp) -> CalendarFile:
    """Write a calendar that holds one event."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    if isinstance(times.start, datetime):
        calendar.add_component(_timezone())
    calendar.add_component(_event(item, times, name, stamp))
    return CalendarFile(name, calendar.to_ical())


def _event(item: Item, times: _Times, name: str, stamp: Stamp) -> "Event":
    """Write the event itself; what is empty is left out."""
    from icalendar import Event

    told = _announced(item, times, name, stamp)
    values = {
        "uid": told.uid,
        "dtstamp": stamp.at,
        "sequence": told.sequence,
        **_details(item, times, name),
        "description": _description(item, item.closes if _is_closing(item, name) else item.when),
        "url": public_url(item.link),
        "status": "CANCELLED" if _CANCELLED.match(item.title) else "",
        "transp": "" if isinstance(times.start, datetime) else "TRANSPARENT",
    }
    event = Event()
    for key, value in values.items():
        if value not in (None, ""):
            event.add(key, value)
    return event


def _announced(item: Item, times: _Times, name: str, stamp: Stamp) -> Announced:
    """Give an event its UID and number: one more than what people have, where its details differ."""
    told = json.dumps(_details(item, times, name), default=str, sort_keys=True)
    details = sha256(told.encode()).hexdigest()
    known = stamp.known.get(name)
    if known is None:
        return Announced(f"{name.removesuffix('.ics')}.{stamp.issue}@{stamp.domain}", 0, details)
    return replace(known, sequence=known.sequence + (known.details != details), details=details)


def _details(item: Item, times: _Times, name: str) -> dict[str, object]:
    """Give what of an event people plan by: what it is called, when it is, and where."""
    closing = _is_closing(item, name)
    title = clean_line(item.title) or item.id
    return {
        "summary": f"Closing date: {title}" if closing else title,
        "dtstart": times.start,
        "dtend": times.end,
        "rrule": times.rule,
        "location": "" if closing else clean_line(item.where),
    }


def _is_closing(item: Item, name: str) -> bool:
    return name == file_names(item.id)[1]


def _description(item: Item, when: When) -> str:
    """Give a few words about the event: what it is, its date as written, whom to ask, where to read on."""
    words = plain(item.summary or item.text)
    if len(words) > LONGEST_DESCRIPTION:
        words = words[:LONGEST_DESCRIPTION].rsplit(None, 1)[0] + " …"
    contact = f"Contact: {clean_line(item.contact)}" if item.contact else ""
    return clean("\n".join(part for part in (words, when.words, contact, public_url(item.link)) if part))


@cache
def _timezone() -> "Component":
    """Read the fixed Europe/London component."""
    from icalendar import Timezone

    return Timezone.from_ical(TIMEZONE.replace(b"\n", b"\r\n"))
