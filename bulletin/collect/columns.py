"""Find the tables in plain text: columns parted by tabs, or lost when somebody pasted a plan."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from bulletin.collect.bullets import list_mark
from bulletin.prose import COLUMN_NAMES, run_together

REFERENCE = re.compile(r"(?:[A-Z][A-Za-z0-9]{0,5}[./-]?)?\d{1,3}(?:\.\d{1,3})*[.)]?(?=\s|$)")
"""The number of an action in a plan: `3`, `4.2`, `A7`, `L2D.14`."""

MOST_COLUMNS = 30
MOST_NOTES = 5
_LONGEST_HEAD = 30


class Grid(NamedTuple):
    """A table in plain text: the lines it takes, its head or (), its rows, and what to say of it."""

    start: int
    end: int
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()


def find_grids(lines: list[str]) -> Iterator[Grid]:
    """Give the tables whose columns tabs, or wide gaps, still tell apart."""
    heads: dict[int, tuple[str, ...]] = {}
    at = 0
    while at < len(lines):
        end, found = _run(lines, at)
        if not found:
            at = max(at + 1, end)
            continue
        rows, asks = _even(found)
        width = len(rows[0])
        if _is_head(rows[0]) and (len(rows) > 1 or width > 2):
            heads[width] = rows[0]
        head = heads.get(width, ())
        if len(rows) > 1 or head or end - at > 1:
            yield _grid((at, end), head, rows, asks)
        at = end


def lost_columns(lines: list[str]) -> tuple[str, ...]:
    """Ask about tables whose columns nothing tells apart any more, from what is left of their heads."""
    ask = 'a table has lost its columns, "{}": see whether its lines can be understood'
    return tuple(ask.format(heads) for heads in run_together(lines))


def _run(lines: list[str], start: int) -> tuple[int, list[tuple[str, ...]]]:
    """Give the rows that begin at a line, and the line after them; empty lines and rules may part them."""
    rows: list[tuple[str, ...]] = []
    end = at = start
    tabbed = "\t" in lines[start]
    while at < len(lines) and (at == start or at - end < 3):
        line = lines[at]
        at += 1
        cells = _cells(line) if tabbed else _gaps(line)
        hangs = not line.strip("\t ").count("\t") and line.startswith("\t")
        if rows and _is_rule(line):
            end = at
        elif cells and (len(cells) == len(rows[0]) if rows and (hangs or not tabbed) else not hangs):
            rows.append(cells)
            end = at
        elif line.strip() or not rows:
            break
    return end, rows if tabbed or len(rows) > 1 else []


def _is_rule(line: str) -> bool:
    return not line.strip("-=_+| \t") and any(2 * mark in line for mark in "-=_")


def _cells(line: str) -> tuple[str, ...]:
    """Give the cells of a line that tabs part, () where it is none of a table's."""
    mark = list_mark(line.strip())
    rest = line.strip(" ")[len(mark) :] if mark else line
    if _is_rule(line) or (mark and not mark[:1].isdigit()) or rest.count("\t") not in range(1, MOST_COLUMNS):
        return ()
    cells = tuple(" ".join(cell.split()) for cell in line.split("\t"))
    return cells if any(cells) and (all(cells) or len(cells) > 2 or cells[0].endswith(":")) else ()


def _gaps(line: str) -> tuple[str, ...]:
    """Give the cells of a line that wide gaps part, () where it has none."""
    words = line.strip()
    cells = () if _is_rule(line) or list_mark(words) else tuple(re.split(r" {3,}", words))
    return cells if len(cells) in range(2, MOST_COLUMNS) else ()


def _even(rows: list[tuple[str, ...]]) -> tuple[list[tuple[str, ...]], tuple[str, ...]]:
    """Give rows of one width, and what to ask where that cannot be known."""
    width = max(map(len, rows))
    padded = [(*row, *[""] * (width - len(row))) for row in rows]
    if all(len(row) == width for row in rows) or (len(rows[0]) == width and _is_head(rows[0])):
        return padded, ()
    tight = [tuple(filter(None, row)) for row in rows]
    if len({len(row) for row in tight}) == 1 and len(tight[0]) > 1:
        return tight, ()
    opening = " ".join(filter(None, rows[0]))[:60]
    return padded, (f'the rows of a table differ in length, from "{opening}": see whether they are right',)


def _is_head(row: tuple[str, ...]) -> bool:
    """Whether a row can be the head: short names, one of which columns usually have."""
    short = all(cell and len(cell) <= _LONGEST_HEAD and not cell.endswith((".", "!", ",")) for cell in row)
    return short and any(cell.casefold().rstrip("?:") in {*COLUMN_NAMES, "name", "event"} for cell in row)


def _grid(
    lines: tuple[int, int], head: tuple[str, ...], rows: list[tuple[str, ...]], asks: tuple[str, ...]
) -> Grid:
    """Put a table together again: its head once, rows that a page's end broke whole."""
    kept: list[tuple[str, ...]] = []
    notes: list[str] = []
    doubts = list(asks)
    heads, below_head = 0, False
    for row in rows:
        if row == head:
            heads, below_head = heads + 1, True
            continue
        if not row[0] and kept:
            words = " ".join(filter(None, row))
            notes.append(f'put on the row above, since its first column is empty: "{words[:80]}"')
            if not below_head and any(old and new for old, new in zip(kept[-1], row, strict=True)):
                doubts.append(f'does "{words[:60]}" belong to the row above it, "{kept[-1][0][:40]}"?')
            kept[-1] = tuple(" ".join(filter(None, pair)) for pair in zip(kept[-1], row, strict=True))
        else:
            kept.append(row)
        below_head = False
    if heads > 1:
        notes.append(f'the head of a table, "{" ".join(head)}", stands once here, not {heads} times')
    return Grid(*lines, head, tuple(kept), tuple(notes[:MOST_NOTES]), tuple(doubts[:MOST_NOTES]))
