"""Dates and times in house style, which is GOV.UK's."""

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from bulletin.dates.names import MONTHS, WEEKDAYS, plain_date

if TYPE_CHECKING:
    from bulletin.model.when import When

_MIDNIGHT = time(0, 0)


def house_date(day: date) -> str:
    """Write a day: `Thursday 26 November 2026`."""
    return f"{WEEKDAYS[day.weekday()]} {plain_date(day)}"


def house_moment(at: date | datetime) -> str:
    """Write a day, or a moment of it: `midday on Friday 20 November 2026`."""
    if isinstance(at, datetime):
        return f"{house_time(at.time())} on {house_date(at.date())}"
    return house_date(at)


def house_time(at: time) -> str:
    """Write a time of day: `10am`, `5:30pm`, `midday`, `midnight`."""
    if at == _MIDNIGHT:
        return "midnight"
    if at == time(12, 0):
        return "midday"
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'am' if at.hour < 12 else 'pm'}"


def house_when(when: "When") -> str:
    """Write when something happens, or its words as they stand where no date is certain.

    `Wednesday 9 December 2026, 5:30pm to 7:30pm`; `4 to 6 December 2026`; `Tuesday 1 December 2026,
    10am to midday, then every Tuesday`; `4 December 2026 (refreshments provided)`. An end at an earlier hour
    than the start is on the next morning.
    """
    if when.start is None:
        return when.words
    parts = [_one_or_first(when), _times(when), _repeats(when)]
    house = ", ".join(part for part in parts if part)
    return f"{house} ({when.beside})" if when.beside else house


def house_deadline(when: "When") -> str:
    """Write a deadline, or its words as they stand where no date is certain; never "midnight".

    `5pm on Friday 18 December 2026`; `11:59pm on Friday 8 January 2027`; `Friday 27 November 2026`.
    The last day of a span is the deadline.
    """
    if when.end is None:
        return when.words
    at = when.ends or when.starts
    if at is None:
        return f"{house_date(when.end)} ({when.beside})" if when.beside else house_date(when.end)
    return f"{house_time(time(23, 59) if at == _MIDNIGHT else at)} on {house_date(when.end)}"


def days_left(last: date, day: date) -> str:
    """Say how long something stays open, seen from `day`: `closes tomorrow`, `22 days left`, `closed`."""
    left = (last - day).days
    if left < 0:
        return "closed"
    return {0: "closes today", 1: "closes tomorrow"}.get(left, f"{left} days left")


def _one_or_first(when: "When") -> str:
    """Write the day, the span of days, or the first day of something that repeats."""
    if when.start is None:
        return ""
    if when.end is None or when.end == when.start or when.repeats:
        return house_date(when.start)
    return _span(when.start, when.end)


def _span(start: date, end: date) -> str:
    """Write days from the first to the last, saying the month and the year once where they are the same."""
    if start.year != end.year:
        return f"{plain_date(start)} to {plain_date(end)}"
    if start.month != end.month:
        return f"{start.day} {MONTHS[start.month - 1]} to {plain_date(end)}"
    return f"{start.day} to {plain_date(end)}"


def _times(when: "When") -> str:
    if when.starts and when.ends is not None:
        return f"{house_time(when.starts)} to {house_time(when.ends)}"
    if when.ends is not None:
        return f"until {house_time(when.ends)}"
    return "" if when.starts is None else house_time(when.starts)


def _repeats(when: "When") -> str:
    if not when.repeats:
        return ""
    if when.end is None or when.end == when.start:
        return f"then {when.repeats}"
    return f"then {when.repeats} until {plain_date(when.end)}"
