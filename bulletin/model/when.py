"""A date as somebody wrote it, and what of it is certain."""

from datetime import date, time
from enum import StrEnum
from typing import NamedTuple


class DoubtKind(StrEnum):
    """Why a date is not simply taken as written."""

    WEEKDAY = "weekday"
    ORDER = "order"
    YEAR = "year"
    UNREAD = "unread"


class Doubt(NamedTuple):
    """One doubt about a date, as a clause: "4 December 2026 is a Friday, not a Thursday"."""

    kind: DoubtKind
    detail: str


class When(NamedTuple):
    """A date or a span as somebody wrote it, and what of it is certain.

    words: as written.
    start, end: first and last day, both None unless certain; equal for one day.
    starts, ends: local (Europe/London) times of day, None where none was given.
    repeats: "every Tuesday" where the words say so, else "".
    doubts: a weekday that disagrees, an end before the start, a year assumed, words not understood.
    beside: the words that say more than the date ("refreshments provided", a time nobody can be sure of).
    """

    words: str
    start: date | None = None
    end: date | None = None
    starts: time | None = None
    ends: time | None = None
    repeats: str = ""
    doubts: tuple[Doubt, ...] = ()
    beside: str = ""

    def __bool__(self) -> bool:
        return bool(self.words)


NO_DATE = When("")
"""What a date is that nobody wrote."""
