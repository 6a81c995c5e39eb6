"""Read tables: those that lay out become what is in them, the others rows of equal length."""

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from bulletin.collect.readers.word.blocks import HEADINGS, split_at_breaks, words_of

MOST_CELL_WORDS = 120
MOST_COLUMNS = 50

BLOCKS = ("p", "ul", "ol", "table", *HEADINGS)

Grid = list[list[ET.Element | None]]


def as_blocks(table: ET.Element) -> Iterator[ET.Element]:
    """Give a table as blocks: itself, with a title row above it, or the contents of its cells in order."""
    grid = _filled(read_grid(table))
    if not grid:
        return
    if len(grid[0]) == 1 or any(_lays_out(cell) for row in grid for cell in row if cell is not None):
        for row in grid:
            for cell in row:
                if cell is not None:
                    yield from contents(cell)
        return
    while len(grid) > 1 and grid[0][0] is not None and not any(cell is not None for cell in grid[0][1:]):
        yield from contents(grid[0][0])
        grid = grid[1:]
    yield _table(grid)


def read_grid(table: ET.Element) -> Grid:
    """Give a table's cells row by row; a merged cell stands once, and None where it spreads to."""
    grid: Grid = []
    hanging: dict[int, int] = {}
    for row in _rows(table):
        cells: list[ET.Element | None] = []
        for cell in row:
            while hanging.get(len(cells), 0):
                hanging[len(cells)] -= 1
                cells.append(None)
            down = _span(cell, "rowspan")
            for column in range(min(_span(cell, "colspan"), MOST_COLUMNS)):
                hanging[len(cells)] = down - 1
                cells.append(None if column else cell)
        while hanging.get(len(cells), 0):
            hanging[len(cells)] -= 1
            cells.append(None)
        grid.append(cells)
    width = max((len(row) for row in grid), default=0)
    return [row + [None] * (width - len(row)) for row in grid]


def lines_of(cell: ET.Element) -> list[str]:
    """Give the words of a cell, a line for each block in it."""
    lines = [words_of(block) for block in contents(cell)]
    return [line for line in lines if line]


def _rows(table: ET.Element) -> Iterator[ET.Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from _rows(child)


def _filled(grid: Grid) -> Grid:
    """Leave out rows and columns with no words at all."""
    rows = [row for row in grid if any(_words(cell) for cell in row)]
    kept = (
        [column for column in range(len(rows[0])) if any(_words(row[column]) for row in rows)] if rows else []
    )
    return [[row[column] for column in kept] for row in rows]


def _lays_out(cell: ET.Element) -> bool:
    """Whether a cell holds what a table of facts does not: a heading, a table, or a page of words."""
    inside = {element.tag for element in cell.iter() if element is not cell}
    return bool(inside & {"table", *HEADINGS}) or len(words_of(cell).split()) > MOST_CELL_WORDS


def contents(cell: ET.Element) -> Iterator[ET.Element]:
    """Give what is in a cell or list item as blocks; words and marks outside any become a paragraph."""
    loose = ET.Element("p")
    loose.text = cell.text
    for child in list(cell):
        if child.tag not in BLOCKS:
            loose.append(child)
            continue
        if words_of(loose):
            yield loose
        loose = ET.Element("p")
        loose.text, child.tail = child.tail, None
        yield child
    if words_of(loose):
        yield loose


def _table(grid: Grid) -> ET.Element:
    """Make a table anew: rows of paragraphs, the first row its heading, as Markdown has it."""
    table = ET.Element("table")
    for row in grid:
        line = ET.SubElement(table, "tr")
        for cell in row:
            made = ET.SubElement(line, "p")
            if cell is not None:
                _fill(made, cell)
    return table


def _fill(made: ET.Element, cell: ET.Element) -> None:
    """Put a cell's blocks on one line, with a semicolon between two that would run together."""
    last: ET.Element | None = None
    for block in _flat(cell):
        if not words_of(block):
            continue
        if last is not None:
            last.tail = " " if words_of(last).endswith((".", ":", ";", ",", "?", "!")) else "; "
        block.tag = "span"
        made.append(block)
        last = block


def _flat(cell: ET.Element) -> Iterator[ET.Element]:
    """Give a cell's blocks with lists opened and lines split."""
    for block in contents(cell):
        if block.tag in ("ul", "ol"):
            for item in block:
                yield from _flat(item)
        else:
            yield from split_at_breaks(block)


def _words(cell: ET.Element | None) -> str:
    return words_of(cell) if cell is not None else ""


def _span(cell: ET.Element, name: str) -> int:
    value = cell.get(name, "1")
    return max(1, min(int(value), 1000)) if value.isdigit() and len(value) < 6 else 1
