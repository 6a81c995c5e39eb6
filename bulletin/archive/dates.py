"""Every event and closing date of all issues, each once, split at the day of the newest issue."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from bulletin.archive.page import Page
from bulletin.model.edition import DateRow


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table of dates; href leads to its item, number is the issue's, 0 where it goes unsaid."""

    day: date
    when: str
    what: str
    label: str
    where: str
    href: str
    language: str = ""
    direction: str = "ltr"
    number: int = 0


def located(rows: Iterable[DateRow]) -> list[Row]:
    """Give an issue's own rows, leading to places in its page."""
    return [_row(row, f"#{row.anchor}") for row in rows]


def split(pages: Sequence[Page]) -> tuple[list[Row], list[Row]]:
    """Give the dates from the newest issue's day on, and the earlier ones, the latest first.

    A page that nobody builds again must not say what is still to come, so the day is part of what it says.

    Args:
        pages: newest first, so that a date told twice leads to where it was told last.
    """
    rows: dict[tuple[str, str, str], Row] = {}
    for page in pages:
        for row in _rows(page):
            rows.setdefault((row.when, row.what, row.label.casefold()), row)
    ordered = sorted(rows.values(), key=lambda row: (row.day, row.when, row.label))
    coming = [row for row in ordered if row.day >= pages[0].layout.day] if pages else []
    return coming, ordered[: len(ordered) - len(coming)][::-1]


def _rows(page: Page) -> list[Row]:
    root = f"../{quote(page.id)}/index.html#"
    groups = page.layout.groups
    return [_row(row, root + row.anchor, page.layout.number) for group in groups for row in group.dates]


def _row(row: DateRow, href: str, number: int = 0) -> Row:
    return Row(row.day, row.when, row.what, row.label, row.where, href, row.language, row.direction, number)
