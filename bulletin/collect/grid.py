"""A table of plain text as Markdown: a small one as a table, a plan of long cells as a list of its rows."""

from bulletin.collect.bullets import entries_within
from bulletin.collect.columns import REFERENCE, Grid
from bulletin.collect.escape import in_cell, protect, release

MOST_COLUMNS = 4
LONGEST_CELL = 40
WIDEST_TABLE = 80
"""What is wider cannot be read on a telephone."""


def grid_to_markdown(grid: Grid) -> str:
    """Write a table so that every cell can be read, beside its column's name where that is known."""
    if not grid.rows:
        return release(protect(" ".join(grid.head)))
    if not grid.head and all(len(row) == 2 and row[0].endswith(":") for row in grid.rows):
        return "  \n".join(release(protect(" ".join(filter(None, row)))) for row in grid.rows)
    return _table(grid) if grid.head and _is_small(grid) else _list(grid)


def _is_small(grid: Grid) -> bool:
    rows = (grid.head, *grid.rows)
    widths = [max(len(row[column]) for row in rows) for column in range(len(grid.head))]
    fits = len(widths) <= MOST_COLUMNS and max(widths) <= LONGEST_CELL and sum(widths) <= WIDEST_TABLE
    return fits and not any(entries_within(cell)[1] for row in rows for cell in row)


def _table(grid: Grid) -> str:
    lines = [[in_cell(release(protect(cell))) for cell in row] for row in (grid.head, *grid.rows)]
    lines.insert(1, ["---"] * len(grid.head))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _list(grid: Grid) -> str:
    """Write every row as an entry, a line for each cell; a row with one cell is a heading of those below."""
    if len(grid.rows) == 1 and not grid.head:
        return "\n".join(_lines(grid, grid.rows[0], ""))
    parts: list[str] = []
    for row in grid.rows:
        if len(row) > 2 and not any(row[1:]) and not REFERENCE.fullmatch(row[0]):
            parts += ["", release(f"**{protect(row[0])}**"), ""]
        else:
            parts += _lines(grid, row, "- ")
    return "\n".join(parts).strip("\n")


def _lines(grid: Grid, row: tuple[str, ...], mark: str) -> list[str]:
    """Give the lines of a row: `**What:** words`, a list where the cell holds one."""
    margin = " " * len(mark)
    lines: list[str] = []
    for name, cell in zip(grid.head or [""] * len(row), row, strict=True):
        if not cell:
            continue
        lead, entries = entries_within(cell)
        words = f"**{protect(name.rstrip(':'))}:** {protect(lead)}" if name else protect(lead)
        if not name and not lines:
            words = f"**{protect(lead)}**"
        if lines and lines[-1]:
            lines[-1] += "  "
        lines.append((margin if lines else mark) + release(words))
        if entries:
            lines += [f"{margin}- {release(protect(entry))}" for entry in entries]
            lines.append("")
    while lines and not lines[-1]:
        lines.pop()
    return lines
