"""An Excel workbook (.xlsx, .xlsm) to grids: what a sheet shows, and what it hides."""

import re
import warnings
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

import openpyxl
from openpyxl.utils import range_boundaries

from bulletin.charset import clean
from bulletin.collect.readers.container import Container, PartError
from bulletin.collect.readers.table.delimited import TooLargeError
from bulletin.collect.readers.table.grid import (
    EMPTY,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    Grid,
    column_name,
)
from bulletin.dates.names import MONTHS
from bulletin.markdown import public_url
from bulletin.wording import listed, plural

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MOST_SHEETS = 30
MOST_WORDS = 20_000_000  # bytes of the words of all sheets, or of their styles
MOST_MERGED = 100_000  # cells under merged ranges: the library makes an object for each
_SHEET = re.compile(r"(?i)xl/worksheets/[^/]+\.xml")
_LARGE = re.compile(r"(?i)xl/(?:sharedstrings|styles|workbook|comments\d*)\.xml")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Za-z0-9:$]{1,40})"')


class UnreadableError(Exception):
    """A workbook that openpyxl cannot load."""


def read_workbook(data: bytes, container: Container) -> tuple[list[Grid], list[str]]:
    """Load a workbook's visible sheets; give them and clauses about what was left behind.

    Raise TooLargeError over the limits, UnreadableError for what is no workbook or a broken one.
    """
    formulas = _measure(container)
    book = _load(data, data_only=True)
    originals = _load(data, data_only=False) if formulas else None
    notes = _left_behind(container)
    grids = []
    for sheet in book.worksheets[:MOST_SHEETS]:
        if sheet.sheet_state != "visible":
            if _rows(sheet):
                notes.append(f'sheet "{sheet.title}" is hidden and was left out')
            continue
        grids.append(_grid(sheet, originals[sheet.title] if originals else None))
    if len(book.worksheets) > MOST_SHEETS:
        notes.append(f"{len(book.worksheets) - MOST_SHEETS} of {len(book.worksheets)} sheets were left out")
    return grids, notes


def _left_behind(container: Container) -> list[str]:
    """Name what a workbook holds that is no cell."""
    names = [name.lower() for name in container.names]
    notes = ["its macros were left behind"] if any("vbaproject" in name for name in names) else []
    if any(re.match(r"xl/(?:threaded)?comments", name) for name in names):
        notes.append("its comments were left behind")
    pictures = sum(name.startswith("xl/media/") for name in names)
    return [*notes, f"{plural(pictures, 'picture')} left behind"] if pictures else notes


def _measure(container: Container) -> bool:
    """Look how much the sheets hold before they are loaded, and whether there are formulas."""
    formulas = False
    for name in container.names:
        if _LARGE.fullmatch(name) and len(_part(container, name)) > MOST_WORDS:
            raise TooLargeError(f"more than {MOST_WORDS // 1_000_000} MB of words")
        if _SHEET.fullmatch(name):
            formulas = _measure_sheet(_part(container, name)) or formulas
    return formulas


def _part(container: Container, name: str) -> bytes:
    try:
        xml = container.read(name)
    except PartError as fault:
        raise UnreadableError(str(fault)) from fault
    if re.search(rb"<!DOCTYPE|<!ENTITY", xml[:4096]):
        raise UnreadableError("it declares a document type, which no spreadsheet does")
    return xml


def _measure_sheet(xml: bytes) -> bool:
    rows = len(re.findall(rb"<(?:\w+:)?row\b[^>]*[^/]>", xml))
    filled = len(re.findall(rb"<(?:\w+:)?v\b|<(?:\w+:)?is>", xml))
    cells = len(re.findall(rb"<(?:\w+:)?c\b", xml))
    if rows > MOST_ROWS < filled or filled > MOST_CELLS or cells > 10 * MOST_CELLS:
        raise TooLargeError(
            f"a sheet of {rows:,} rows and {filled:,} filled cells, more than {MOST_ROWS:,} rows"
        )
    if sum(_area(found[1]) for found in _MERGED.finditer(xml)) > MOST_MERGED:
        raise TooLargeError(f"a sheet with more than {MOST_MERGED:,} merged cells")
    return bool(re.search(rb"<(?:\w+:)?f[ />]", xml))


def _area(reference: bytes) -> int:
    try:
        left, top, right, bottom = (part or 0 for part in range_boundaries(reference.decode()))
    except (ValueError, TypeError):
        return 0
    return (right - left + 1) * (bottom - top + 1)


def _load(data: bytes, *, data_only: bool) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(BytesIO(data), data_only=data_only, keep_links=False)
    except Exception as fault:  # whatever the library raises, it could not load this workbook
        raise UnreadableError("its contents are damaged") from fault


def _grid(sheet: "Worksheet", original: "Worksheet | None") -> Grid:
    grid = Grid(str(sheet.title))
    grid.hidden_columns = _hidden_columns(sheet)
    for number, row in _rows(sheet).items():
        if sheet.row_dimensions[number].hidden:
            grid.hidden[number] = ", ".join(cell.words for cell in row if cell)
        else:
            grid.rows[number] = row
    _fill_merged(sheet, grid)
    if sheet.max_column > MOST_COLUMNS:
        grid.notes.append(f"columns after the {MOST_COLUMNS}th were left out")
    if original is not None:
        _note_uncomputed(sheet, original, grid)
    return grid


def _rows(sheet: "Worksheet") -> dict[int, list[Cell]]:
    """Give the rows that hold something; `iter_rows` would make a cell for each of a million empty ones."""
    rows: dict[int, list[Cell]] = {}
    for (number, column), source in sorted(sheet._cells.items()):  # noqa: SLF001 - see above
        cell = _linked(_cell(source), source) if column <= MOST_COLUMNS else EMPTY
        if cell:
            row = rows.setdefault(number, [])
            row += [EMPTY] * (column - 1 - len(row))
            row.append(cell)
    width = max(map(len, rows.values()), default=0)
    return {number: row + [EMPTY] * (width - len(row)) for number, row in rows.items()}


def _note_uncomputed(sheet: "Worksheet", original: "Worksheet", grid: Grid) -> None:
    """Name the cells whose formula was never computed, as programs other than Excel save them."""
    cells = original._cells  # noqa: SLF001 - as in _rows
    found = [
        f"{column_name(column - 1)}{number}"
        for (number, column), source in sorted(cells.items())
        if source.data_type == "f" and getattr(sheet._cells.get((number, column)), "value", None) is None  # noqa: SLF001
    ]
    if found:
        verb = "holds a formula" if len(found) == 1 else "hold formulas"
        grid.notes.append(
            f"{listed(found, 5)} {verb} whose result is not in the file: open it in Excel and save it"
        )


def _hidden_columns(sheet: "Worksheet") -> tuple[int, ...]:
    found = [
        at - 1
        for dimension in sheet.column_dimensions.values()
        if dimension.hidden
        for at in range(dimension.min or 0, min(dimension.max or 0, MOST_COLUMNS) + 1)
    ]
    return tuple(sorted(set(found)))


def _fill_merged(sheet: "Worksheet", grid: Grid) -> None:
    """Give every row under a merged cell its value, since that is what the sheet shows."""
    for merged in sheet.merged_cells.ranges:
        top = grid.rows.get(merged.min_row, [])
        at = merged.min_col - 1
        if merged.max_row == merged.min_row or at >= len(top) or not top[at]:
            continue
        for number in [n for n in grid.rows if merged.min_row < n <= merged.max_row]:
            if not grid.rows[number][at]:
                grid.rows[number][at] = top[at]
                grid.filled[number, at] = merged.min_row


def _linked(cell: Cell, source: Any) -> Cell:
    """Add the web address under a cell's words, where it is one we link to."""
    target = str(getattr(getattr(source, "hyperlink", None), "target", None) or "")
    return cell._replace(link=public_url(target)) if cell and target else cell


def _cell(cell: Any) -> Cell:
    """Give a cell as it is shown."""
    value = cell.value
    if value is None:
        return EMPTY
    if isinstance(value, timedelta) and timedelta(0) <= value < timedelta(days=1):
        value = (datetime(1900, 1, 1) + value).time()  # noqa: DTZ001 - only a way to a time of day
    if isinstance(value, (date, time)):
        if isinstance(value, date) and _shows_no_day(str(getattr(cell, "number_format", ""))):
            return Cell(f"{MONTHS[value.month - 1]} {value.year}")
        return _moment(value)
    if isinstance(value, bool):
        return Cell("yes" if value else "no")
    if isinstance(value, (int, float)):
        return Cell(_number(value, str(getattr(cell, "number_format", ""))))
    return Cell(clean(str(value))[0].strip())


def _moment(value: date | time) -> Cell:
    """Give a real date or time; what is off by a rounding error of its fraction is put right."""
    if isinstance(value, time):
        return Cell(f"{value:%H:%M}", None, value.replace(second=0, microsecond=0))
    if not isinstance(value, datetime):
        return Cell(f"{value:%d/%m/%Y}", value)
    at = value + timedelta(milliseconds=500) if value.year < 9999 else value
    at = at.replace(second=0, microsecond=0)
    if at.year < 1905:  # a time of day whose fraction ran over 24 hours: no sheet lists events of then
        return Cell(f"{at:%H:%M}", None, at.time())
    if at.time() == time(0, 0):
        return Cell(f"{at:%d/%m/%Y}", at.date())
    return Cell(f"{at:%d/%m/%Y %H:%M}", at.date(), at.time())


def _shows_no_day(pattern: str) -> bool:
    """Whether a date's cell shows its month alone: behind `Dec 2026` Excel keeps a 1st that nobody wrote."""
    shown = re.sub(r'\[[^\]]*\]|"[^"]*"|\\.', "", pattern.lower())
    return "m" in shown and "y" in shown and not set(shown) & set("dhs")


def _number(value: float, pattern: str) -> str:
    """Write a number as its cell shows it: with its currency, as a percentage, or bare."""
    currency = next((sign for sign in "£€$" if sign in pattern.replace("[$-", "")), "")
    if currency:
        return f"{currency}{value:,.0f}" if value == int(value) else f"{currency}{value:,.2f}"
    if "%" in pattern:
        return f"{value * 100:.10g}%"
    if re.fullmatch(r"0{2,}", pattern) and value == int(value):
        return f"{int(value):0{len(pattern)}d}"
    return str(value) if isinstance(value, int) else f"{value:.12g}"
