"""A recurrence rule (RFC 5545) in words, and the days of one that is plainly weekly or daily."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from bulletin.dates import house_date
from bulletin.wording import listed, plural

DAYS = {
    "MO": "Monday",
    "TU": "Tuesday",
    "WE": "Wednesday",
    "TH": "Thursday",
    "FR": "Friday",
    "SA": "Saturday",
    "SU": "Sunday",
}
_UNITS = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}
_NTH = {"1": "first", "2": "second", "3": "third", "4": "fourth", "5": "fifth", "-1": "last", "": "every"}
_PLAIN = frozenset(("FREQ", "INTERVAL", "WKST", "COUNT", "UNTIL"))
_MOST = 10_000

Rule = Mapping[str, Sequence[object]]


class Series(NamedTuple):
    """The days of a plain rule: the first, the last (None: for ever), and those taken out between them."""

    first: date
    last: date | None
    missing: tuple[date, ...] = ()


def is_plain(rule: Rule, frequency: str, own_day: date) -> bool:
    """Whether it says every week (on the event's own weekday in its own zone) or every day, and no more."""
    extra = set(rule) - _PLAIN - ({"BYDAY"} if frequency == "WEEKLY" else set())
    byday = [str(day).upper() for day in rule.get("BYDAY", [])]
    return (
        _one(rule, "FREQ") == frequency
        and _one(rule, "INTERVAL", "1") == "1"
        and not extra
        and byday in ([], [tuple(DAYS)[own_day.weekday()]])
    )


def series(
    first: date, step: int, count: int | None, until: date | None, out: frozenset[date]
) -> Series | None:
    """Give the days from `first` on, every `step` days, without those taken out; None where none is left.

    until: the last day that it may happen on.
    """
    last = first + timedelta(days=step * (count - 1)) if count and count < _MOST else None
    if until is not None:
        limit = first + timedelta(days=(until - first).days // step * step)
        last = limit if last is None else min(limit, last)
    gone = {day for day in out if day >= first and (day - first).days % step == 0}
    while first in gone:
        first += timedelta(days=step)
    while last in gone and last is not None:
        last -= timedelta(days=step)
    if last is not None and last < first:
        return None
    return Series(
        first, last, tuple(sorted(day for day in gone if day > first and (last is None or day < last)))
    )


def in_words(rule: Rule, until: date | None) -> str:
    """Say a rule in words that begin with "every", or quote it where it is too involved."""
    said = _said(rule)
    if said is None:
        return f"every time its rule says ({raw(rule)})"
    count = _one(rule, "COUNT")
    limit = f", {plural(int(count), 'time')} in all" if count.isdigit() else ""
    return said + limit + (f", until {house_date(until)}" if until else "")


def raw(rule: Rule) -> str:
    """Write a rule as its file has it, at most 100 characters."""
    return ";".join(f"{name}={','.join(str(one) for one in values)}" for name, values in rule.items())[:100]


def _said(rule: Rule) -> str | None:
    frequency, interval = _one(rule, "FREQ"), _one(rule, "INTERVAL", "1")
    if frequency not in _UNITS or set(rule) - _PLAIN - {"BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS"}:
        return None
    byday = [str(day).upper() for day in rule.get("BYDAY", [])]
    plain_days = [DAYS[day] for day in byday if day in DAYS]
    unit = f"every {_UNITS[frequency]}" if interval == "1" else f"every {interval} {_UNITS[frequency]}s"
    if set(rule) <= _PLAIN:
        return unit
    if set(rule) <= _PLAIN | {"BYDAY"} and len(plain_days) == len(byday) and frequency in ("WEEKLY", "DAILY"):
        return f"every {listed(plain_days)}" if interval == "1" else f"{unit} on {listed(plain_days)}"
    if frequency == "MONTHLY" and "BYMONTH" not in rule:
        on = _monthly(rule, byday)
        return f"{unit} on {on}" if on else None
    return unit if frequency == "YEARLY" and not byday and "BYSETPOS" not in rule else None


def _monthly(rule: Rule, byday: list[str]) -> str:
    """Say which day of the month: "the second Tuesday", "day 19", "the last day"; "" where it is involved."""
    days = [str(day) for day in rule.get("BYMONTHDAY", [])]
    if days and not byday and "BYSETPOS" not in rule:
        return listed(["the last day" if day == "-1" else f"day {day}" for day in days])
    place = _one(rule, "BYSETPOS")
    if days or len(rule.get("BYSETPOS", [])) > 1 or (place and len(byday) != 1):
        return ""
    said = []
    for day in byday:
        number = (place or day[:-2]).lstrip("+")
        if day[-2:] not in DAYS or number not in _NTH or (place and day[:-2]):
            return ""
        said.append(f"{'the ' if number else ''}{_NTH[number]} {DAYS[day[-2:]]}")
    return listed(said)


def _one(rule: Rule, name: str, default: str = "") -> str:
    values = rule.get(name, [])
    return str(values[0]).upper() if values else default
