"""One issue as the archive keeps it, and its place between the issues around it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple, Protocol, TypeVar

from bulletin.archive.dates import Row
from bulletin.dates import house_date
from bulletin.model.correction import Corrected
from bulletin.model.edition import Edition, Layout


@dataclass(frozen=True, slots=True)
class Page:
    """A public edition for the archive.

    id: the issue's id, its stable address there. layout: what `edition` says before it is HTML or text.
    since: a day on which the issue was begun, for ids that stay; None for the edition's day.
    approved: when it was, None where nobody knows.
    undated: by item, the UIDs of events it had a certain date for before, and has none for any more.
    """

    id: str
    edition: Edition
    layout: Layout
    since: date | None = None
    approved: datetime | None = None
    corrections: tuple[Corrected, ...] = ()
    undated: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Neighbour(NamedTuple):
    """The issue before or after another, as far as a link to it says."""

    id: str
    number: int
    day_words: str


class Changed(NamedTuple):
    """A date of an issue that does not hold any more.

    anchor, what: its item, and "" or what the date is to it. row: how it was told last, None where no date is
    certain any more. number, href: the issue that says so; the item's page there, from the top of the site.
    calendar: the file of it as it was told last, "" where there is none; name: what the issue calls its own.
    """

    anchor: str
    what: str
    row: Row | None
    number: int
    href: str
    calendar: str = ""
    name: str = ""


def since_words(one: Changed, label: str) -> str:
    """Say how a date is now; label: what its own issue calls the item."""
    if one.row is None:
        return f"{one.what or 'Date'} of {label}: not certain any more"
    now = one.row
    named = f"{now.what}: {now.label}" if now.what else now.label
    return ", ".join(filter(None, (named, now.when, now.where)))


class Around(NamedTuple):
    """The issues on both sides of one, and what became of its dates in others."""

    newer: Neighbour | None = None
    older: Neighbour | None = None
    changed: tuple[Changed, ...] = ()


class Mark(NamedTuple):
    """One correction as a page shows it: the day in words, the officer's Markdown, what it is about."""

    day: date
    day_words: str
    text: str
    items: tuple[str, ...] = ()


class Dated(Protocol):
    """What has a day, a number and an id."""

    @property
    def id(self) -> str:
        """The issue's id."""

    @property
    def number(self) -> int:
        """The issue's number."""

    @property
    def day(self) -> date:
        """The day of its edition."""


Kept = TypeVar("Kept", bound=Dated)


def newest_first(records: Iterable[Kept]) -> tuple[Kept, ...]:
    """Order issues by day; of two on one day the higher number is the newer."""
    return tuple(sorted(records, key=lambda one: (one.day, one.number, one.id), reverse=True))


def marks(corrections: Iterable[Corrected]) -> tuple[Mark, ...]:
    """Give the corrections as pages show them, the latest first."""
    latest = sorted(corrections, key=lambda one: one.at, reverse=True)
    return tuple(Mark(one.at.date(), house_date(one.at.date()), one.text, one.items) for one in latest)
