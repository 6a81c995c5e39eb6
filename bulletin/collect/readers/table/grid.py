"""A table as it lies on its sheet: cells with their words, and what of them is a real date or time."""

from dataclasses import dataclass, field
from datetime import date, time
from typing import NamedTuple

MOST_ROWS = 2_000
MOST_COLUMNS = 100
MOST_CELLS = 60_000


class Cell(NamedTuple):
    """A cell: its words as shown; day, at: what a spreadsheet holds as a date or a time, which is certain.

    link: the web address under the words, "" where there is none.
    """

    words: str = ""
    day: date | None = None
    at: time | None = None
    link: str = ""

    def __bool__(self) -> bool:
        return bool(self.words)


EMPTY = Cell()


@dataclass(slots=True)
class Grid:
    """One sheet.

    rows: by 1-based number, each a list of cells; a row that is hidden or empty is not in it.
    hidden: words of the rows that are hidden; notes: what else was found, a clause each.
    filled: cells that got their value from a merged one: (row, column) to the row it comes from.
    """

    name: str
    rows: dict[int, list[Cell]] = field(default_factory=dict)
    hidden: dict[int, str] = field(default_factory=dict)
    hidden_columns: tuple[int, ...] = ()
    filled: dict[tuple[int, int], int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def width(self) -> int:
        """The number of columns up to the last that is not empty."""
        return max((last_filled(row) for row in self.rows.values()), default=0)


def last_filled(row: list[Cell]) -> int:
    """Give the number of cells up to the last that is not empty."""
    return next((n for n in range(len(row), 0, -1) if row[n - 1]), 0)


def column_name(index: int) -> str:
    """Write a 0-based column as a spreadsheet does: A, B, … Z, AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name
