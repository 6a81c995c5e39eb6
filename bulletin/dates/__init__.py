"""Dates as people write them, read strictly and written in house style.

The grammar is imported when the first words are read, since most commands start without any.
"""

from datetime import date
from typing import TYPE_CHECKING

from bulletin.dates.house import days_left, house_date, house_deadline, house_time, house_when

if TYPE_CHECKING:
    from bulletin.model.when import When

__all__ = [
    "days_left",
    "house_date",
    "house_deadline",
    "house_time",
    "house_when",
    "read_deadline",
    "read_when",
]


def read_when(words: str, reference: date) -> "When":
    """Read when something happens; a missing year is the next occurrence on or after `reference`.

    A lone time is the start, after "until" the end. An end at an earlier hour than the start is on the
    morning after the last day. "every Tuesday from" a day gives `repeats`. See `bulletin.dates.reading`.
    """
    return _read(words, reference, deadline=False)


def read_deadline(words: str, reference: date) -> "When":
    """Read a last day and time; a missing year is the next occurrence on or after `reference`.

    The time is `ends`. Midnight is 11:59pm of the day it is named with. See `bulletin.dates.reading`.
    """
    return _read(words, reference, deadline=True)


def _read(words: str, reference: date, *, deadline: bool) -> "When":
    if not words.strip():
        from bulletin.model.when import NO_DATE

        return NO_DATE
    from bulletin.dates.reading import read

    return read(words, reference, deadline=deadline)
