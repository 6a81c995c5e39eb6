"""The table of dates: every certain date of an edition, from its day on."""

from collections.abc import Iterable
from datetime import date, time

from bulletin.calendar import next_day
from bulletin.dates import house_deadline, house_when
from bulletin.markdown import clean_line
from bulletin.model.edition import DateRow, Entry
from bulletin.model.issue import Item
from bulletin.model.when import When

CLOSING = "Closing date"


def diary(pairs: Iterable[tuple[Item, Entry]], day: date) -> tuple[DateRow, ...]:
    """Give a row for every event still to come, weekly ones included, and for every closing date."""
    rows: list[tuple[date, time, DateRow]] = []
    for item, entry in pairs:
        start = next_day(item.when, day)
        if start is not None and is_to_come(item.when, day):
            row = _row(start, house_when(item.when), entry, where=clean_line(item.where))
            rows.append((start, item.when.starts or time.min, row))
        last = item.closes.end
        if last is not None and last >= day:
            row = _row(last, house_deadline(item.closes), entry, what=CLOSING)
            rows.append((last, item.closes.ends or item.closes.starts or time.max, row))
    return tuple(row for _, _, row in sorted(rows, key=lambda found: found[:2]))


def is_to_come(when: When, day: date) -> bool:
    """Whether an event has a day on or after `day`; one that repeats without an end always has."""
    if when.repeats:
        return when.end is None or when.end == when.start or when.end >= day
    return when.end is not None and when.end >= day


def _row(day: date, when: str, entry: Entry, *, where: str = "", what: str = "") -> DateRow:
    """Make one row that leads to its entry."""
    return DateRow(
        day, clean_line(when), entry.label, entry.anchor, where, what, entry.language, entry.direction
    )
