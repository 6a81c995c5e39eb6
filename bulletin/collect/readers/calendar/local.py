"""An event's days and times as they are in London."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_MIDNIGHT = time(0, 0)
_DAY = timedelta(days=1)


class Span(NamedTuple):
    """First and last day and the times in London; own_day: the first day in the event's own time zone."""

    first: date
    last: date
    starts: time | None
    ends: time | None
    own_day: date


def local(value: date) -> tuple[date, time | None]:
    """Give the day and the time in London; a time without a zone is one of London already."""
    if not isinstance(value, datetime):
        return value, None
    there = value if value.tzinfo is None else value.astimezone(LONDON)
    return there.date(), there.time().replace(second=0, microsecond=0)


def span_of(start: date, end: date | None) -> Span:
    """Give when something happens; an end in the small hours still belongs to the first day."""
    days = _whole_days(start, end)
    if days:
        return Span(*days, None, None, days[0])
    first, starts = local(start)
    own_day = start.date() if isinstance(start, datetime) else start
    if end is None or (end == start and type(end) is type(start)):
        return Span(first, first, starts, None, own_day)
    last, ends = local(end)
    if starts is None or ends is None:
        return Span(first, last, None, None, own_day)
    overnight = last == first + _DAY and (ends == _MIDNIGHT or (starts >= time(12, 0) and ends <= time(8, 0)))
    return Span(first, first if overnight else last, starts, ends, own_day)


def _whole_days(start: date, end: date | None) -> tuple[date, date] | None:
    """Give the first and last day of what lasts whole days; the end of those is the day after the last."""
    if not isinstance(start, datetime):
        if end is None or isinstance(end, datetime):
            return start, max(start, local(end)[0]) if end else start
        return (start, end - _DAY if end > start else end) if end >= start else None
    if not isinstance(end, datetime) or end.tzinfo != start.tzinfo or end <= start:
        return None
    if start.time() != _MIDNIGHT:
        return None
    if end.time() == _MIDNIGHT:
        return start.date(), end.date() - _DAY
    return (start.date(), end.date()) if end.time() >= time(23, 59) else None
