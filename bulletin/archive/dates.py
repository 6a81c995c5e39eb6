"""Every event and closing date of all issues, each once, as it was told last."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple, Protocol

from bulletin.archive.calendars import identity_of, last_day
from bulletin.archive.paths import item_path
from bulletin.calendar import file_names
from bulletin.model.edition import DateRow, Layout


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table of dates.

    href: leads to its item, from the top of the site or, where it has a "#", from the issue's page.
    number: the issue's, 0 where it goes unsaid. last: its last day, the end of a run of weeks included.
    calendar: `ISSUE/NAME.ics`, the file that holds it, or ""; uid: of its event; sequence: its version.
    """

    day: date
    when: str
    what: str
    label: str
    where: str
    href: str
    language: str = ""
    direction: str = "ltr"
    number: int = 0
    last: date = date.min
    calendar: str = ""
    uid: str = ""
    sequence: int = 0


class WithRows(Protocol):
    """An issue with its dates."""

    @property
    def day(self) -> date:
        """The day of its edition."""

    @property
    def rows(self) -> tuple[Row, ...]:
        """Its dates."""

    @property
    def undated(self) -> Mapping[str, str]:
        """The events it says have no certain date any more, by UID, with the anchors of their items."""


class Split(NamedTuple):
    """The dates from the newest issue's day on, and the earlier ones, the latest first."""

    coming: tuple[Row, ...] = ()
    earlier: tuple[Row, ...] = ()


def located(rows: Iterable[DateRow], base: str = "") -> list[Row]:
    """Give an issue's own rows, leading to places in its page; base: what leads there from elsewhere."""
    return [_row(row, f"{base}#{row.anchor}") for row in rows]


def rows_of(issue: str, layout: Layout, calendars: Mapping[str, str]) -> tuple[Row, ...]:
    """Give the dates of an issue for the tables of all issues."""
    ids = {entry.anchor: entry.id for entry in layout.entries}
    found = []
    for row in (row for group in layout.groups for row in group.dates):
        name = file_names(ids[row.anchor])[bool(row.what)] if row.anchor in ids else ""
        file = name if name in calendars else ""
        last = max(row.day, last_day(calendars[file]) or row.day) if file else row.day
        path = f"{issue}/{file}" if file else ""
        told = _row(row, item_path(issue, row.anchor), layout.number, last, path)
        uid, sequence, _ = identity_of(calendars[file]) if file else ("", 0, "")
        found.append(replace(told, uid=uid, sequence=sequence))
    return tuple(found)


def told_last(issues: Iterable[WithRows]) -> dict[str, Row]:
    """Give of every event the row that holds, by its UID: the highest SEQUENCE, and of equal ones the newest.

    An event whose date is not certain any more has none.

    Args:
        issues: newest first.
    """
    found: dict[str, Row] = {}
    undated: set[str] = set()
    for one in issues:
        for row in one.rows:
            known = found.get(row.uid)
            if row.uid and row.uid not in undated and (known is None or row.sequence > known.sequence):
                found[row.uid] = row
        undated |= one.undated.keys() - found.keys()
    return found


def split(issues: Sequence[WithRows]) -> Split:
    """Split the dates of all issues.

    A page that nobody builds again must not say what is still to come, so the day is part of what it says.

    Args:
        issues: newest first, so that a date told twice leads to where it was told last.
    """
    last = told_last(issues)
    rows: dict[tuple[str, str, str], tuple[bool, Row]] = {}
    for place, one in enumerate(issues):
        for row in one.rows:
            if row.uid and row is not last.get(row.uid):
                continue
            coming = place == 0 or row.last >= issues[0].day
            rows.setdefault((row.when, row.what, row.label.casefold()), (coming, row))
    ordered = sorted(rows.values(), key=lambda found: (found[1].day, found[1].when, found[1].label))
    return Split(
        tuple(row for coming, row in ordered if coming),
        tuple(row for coming, row in ordered[::-1] if not coming),
    )


def _row(row: DateRow, href: str, number: int = 0, last: date = date.min, calendar: str = "") -> Row:
    return Row(
        row.day,
        row.when,
        row.what,
        row.label,
        row.where,
        href,
        row.language,
        row.direction,
        number,
        last,
        calendar,
    )
