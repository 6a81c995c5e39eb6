"""An issue composed for an audience: the bytes people receive."""

from dataclasses import dataclass
from datetime import date

from bulletin.model.issue import Reach


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """One event as RFC 5545 bytes; name ends in `.ics` and is an item's id."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Image:
    """One picture that travels with the edition; `cid:NAME` in the HTML."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Edition:
    """An issue composed for an audience: no personal value in it, complete as it lies.

    day: the date it counts from (past, closed, days left).
    items: the ids it holds, in reading order.
    """

    name: str
    reach: Reach
    day: date
    subject: str
    html: str
    text: str
    items: tuple[str, ...]
    calendar: tuple[CalendarFile, ...] = ()
    images: tuple[Image, ...] = ()
