"""The clock on the wall in London, by the rule of its summer time.

Every command asks what day it is; the zone database takes as long to load as bulletin.toml takes to read, and
has held this one rule for London since 1996. The tests compare them hour by hour.
"""

from datetime import UTC, date, datetime, time, timedelta, timezone

SUMMER, WINTER = timezone(timedelta(hours=1), "BST"), timezone(timedelta(0), "GMT")
_CHANGES = time(1)
"""When clocks change on the last Sundays of March and October, UTC."""


def in_london(moment: datetime) -> datetime:
    """Give a moment, of whatever zone, as the clock in London shows it."""
    utc = moment.astimezone(UTC)
    begins, ends = (datetime.combine(_last_sunday(utc.year, month), _CHANGES, UTC) for month in (3, 10))
    return utc.astimezone(SUMMER if begins <= utc < ends else WINTER)


def daytime(day: date, at: time) -> datetime:
    """Give the moment at which the clock in London shows a time, which is later than 2am."""
    return datetime.combine(day, at, SUMMER if is_summer(day) else WINTER)


def is_summer(day: date) -> bool:
    """Whether it is summer time at noon: from March's last Sunday to the day before October's."""
    return _last_sunday(day.year, 3) <= day < _last_sunday(day.year, 10)


def _last_sunday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)
