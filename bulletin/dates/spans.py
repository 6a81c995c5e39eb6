"""Days as written, placed on the calendar they must fit."""

from datetime import date
from typing import NamedTuple

from bulletin.dates.days import Day, Days
from bulletin.dates.names import MONTHS, WEEKDAYS, plain_date
from bulletin.dates.unsure import UnsureError, unread
from bulletin.model.when import Doubt, DoubtKind

_LONGEST_TURN = 183  # days over New Year before a year left out is more likely a slip
_YEARS = range(1900, 2100)
_SHORT_YEARS = 5  # how far ahead a year of two digits is believed


class Span(NamedTuple):
    """First and last day on the calendar, and the doubts that remain."""

    start: date
    end: date
    doubts: tuple[Doubt, ...]


def on_calendar(days: Days, reference: date) -> Span:
    """Place what is written on the calendar, or raise UnsureError.

    A year nobody gave is the one of the next occurrence on or after `reference` (of the last day, for a
    span), and a doubt says so. Every weekday must fit.
    """
    span = _one(days.first, reference) if days.last is None else _two(days.first, days.last, reference)
    for weekday in days.first.weekdays:
        check_weekday(span.start, weekday)
    for weekday in days.last.weekdays if days.last else ():
        check_weekday(span.end, weekday)
    if span.end < span.start:
        raise UnsureError(
            DoubtKind.ORDER, f"it ends ({plain_date(span.end)}) before it starts ({plain_date(span.start)})"
        )
    return span


def check_weekday(day: date, weekday: int) -> None:
    """Raise UnsureError unless the day falls on that weekday (0 is Monday)."""
    if day.weekday() != weekday:
        detail = f"{plain_date(day)} is a {WEEKDAYS[day.weekday()]}, not a {WEEKDAYS[weekday]}"
        raise UnsureError(DoubtKind.WEEKDAY, detail)


def _make(day: Day, month: int, year: int) -> date:
    """Make a date, or raise UnsureError where there is no such day."""
    named = f"{day.day} {MONTHS[month - 1]}" if 1 <= month <= 12 else f"{day.day}/{month}"
    if year not in _YEARS:
        raise unread(f"the year {year} is not one this century or the last: check it")
    try:
        return date(year, month, day.day)
    except ValueError:
        raise unread(f"there is no {named} in {year}: check the day and the month") from None


def _next(day: Day, reference: date) -> date:
    """Find the next occurrence on or after the reference; 29 February may be years away."""
    for year in range(reference.year, reference.year + 9):
        try:
            found = date(year, day.month, day.day)
        except ValueError:
            continue
        if found >= reference:
            return found
    raise unread(f"there is no {day.day} {MONTHS[day.month - 1]}: check the day and the month")


def _assumed(*years: int) -> tuple[Doubt, ...]:
    named = " to ".join(str(year) for year in dict.fromkeys(years))
    return (Doubt(DoubtKind.YEAR, f"no year was given; {named} is assumed"),)


def _shortened(reference: date, *days: Day) -> tuple[Doubt, ...]:
    """Doubt a year of two digits, and do not believe one that is over or far ahead."""
    short = [day.year for day in days if day.short]
    for year in short:
        if not reference.year - 1 <= year <= reference.year + _SHORT_YEARS:
            raise unread(f"the year may not be {year}: write it with four digits")
    return tuple(
        Doubt(DoubtKind.YEAR, f"the year is written {year % 100:02}; {year} is assumed")
        for year in dict.fromkeys(short)
    )


def _one(day: Day, reference: date) -> Span:
    if day.year:
        made = _make(day, day.month, day.year)
        return Span(made, made, _shortened(reference, day))
    made = _next(day, reference)
    return Span(made, made, _assumed(made.year))


def _two(first: Day, last: Day, reference: date) -> Span:
    """Place a span; a month or year that one day lacks is the other's, where that is in order."""
    month = first.month or last.month
    if first.year and last.year:
        start, end = _make(first, month, first.year), _make(last, last.month, last.year)
        return Span(start, end, _shortened(reference, first, last))
    if first.year:
        start, end = _make(first, month, first.year), _make(last, last.month, first.year)
        later = end.replace(year=end.year + 1, day=min(end.day, 28)) if end < start else end
        if end < start and (later - start).days <= _LONGEST_TURN:
            return Span(start, _make(last, last.month, later.year), _assumed(later.year))
        return Span(start, end, _shortened(reference, first))
    end = _make(last, last.month, last.year) if last.year else _next(last, reference)
    turns = _turns(first, month, end)
    start = _make(first, month, end.year - 1 if turns else end.year)
    if last.year:
        return Span(start, end, _assumed(start.year) if turns else _shortened(reference, last))
    return Span(start, end, _assumed(start.year, end.year))


def _turns(first: Day, month: int, end: date) -> bool:
    """Whether a first day without a year is in the year before the last day: 30 December to 2 January."""
    if month <= end.month:
        return False
    return (end - date(end.year - 1, month, min(first.day, 28) or 1)).days <= _LONGEST_TURN
