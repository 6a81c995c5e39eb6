"""A text table (.csv) to a grid: whichever separator it has, whichever line ends, quotes closed or not."""

import csv
from io import StringIO

from bulletin.charset import clean, decode
from bulletin.collect.readers.table.grid import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Cell, Grid

SEPARATORS = ",;\t|"
_SAMPLE = 60  # rows that say which separator it is


class TooLargeError(Exception):
    """A table that nobody means to print, with its size in words."""


def read_delimited(data: bytes) -> Grid | None:
    """Read a text table; None means that it is not text. Raise TooLargeError over the limits."""
    decoded = decode(data)
    if decoded is None:
        return None
    grid = Grid("")
    notes = clean(decoded.text)[1]
    grid.notes += [note for note in (decoded.note, *notes) if note]
    text = decoded.text
    separator = ""
    if text[:4].lower() == "sep=":
        first, _, text = text.partition("\n")
        separator = first[4:5]
        text = "\n" + text
    separator = separator or _separator(text)
    rows = _rows(text, separator, grid)
    if len(rows) > MOST_ROWS:
        raise TooLargeError(f"{len(rows):,} rows, more than {MOST_ROWS:,}")
    widest = max((len(row) for row in rows.values()), default=0)
    if widest > MOST_COLUMNS or sum(map(len, rows.values())) > MOST_CELLS:
        raise TooLargeError(f"{len(rows):,} rows of up to {widest:,} columns")
    grid.rows = {number: [Cell(clean(words)[0].strip()) for words in row] for number, row in rows.items()}
    return grid


def _rows(text: str, separator: str, grid: Grid) -> dict[int, list[str]]:
    """Give the rows that are not blank by the number a spreadsheet would give them."""
    found = _parse(text, separator, strict=True)
    if found is None:
        grid.notes.append(
            "a quotation mark is opened and never closed: quotation marks were read as they stand"
        )
        found = _parse(text, separator, strict=False) or []
    return {number: row for number, row in enumerate(found, 1) if any(cell.strip() for cell in row)}


def _parse(text: str, separator: str, *, strict: bool) -> list[list[str]] | None:
    csv.field_size_limit(2**31 - 1)
    lines = StringIO(text, newline="")
    if strict:
        reader = csv.reader(lines, delimiter=separator)
    else:
        reader = csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_NONE)
    rows: list[list[str]] = []
    try:
        rows += reader
    except csv.Error:
        return None
    ends_open = strict and rows and _ends_open(text, rows[-1])
    return None if ends_open else rows


def _ends_open(text: str, last: list[str]) -> bool:
    """Whether the last cell swallowed the rest of the file because its quotation mark was never closed."""
    return bool(last) and text.count('"') % 2 == 1 and last[-1].count("\n") > 0


def _separator(text: str) -> str:
    """Find the separator that gives the most rows of one width."""
    sample = "\n".join(text.split("\n", _SAMPLE * 4)[: _SAMPLE * 4])

    def score(separator: str) -> tuple[int, int]:
        rows = [
            row for row in _parse(sample, separator, strict=True) or [] if any(cell.strip() for cell in row)
        ]
        widths = [len(row) for row in rows[:_SAMPLE] if len(row) > 1]
        best = max(set(widths), key=lambda width: (widths.count(width), width), default=0)
        return widths.count(best), best

    return max(SEPARATORS, key=score)
