"""Read a table of events or items (.csv, .xlsx): one item for each row, or one for a labelled form."""

from bulletin.collect.readers.container import OLE, is_locked, open_container
from bulletin.collect.readers.table.delimited import TooLargeError, read_delimited
from bulletin.collect.readers.table.grid import Grid
from bulletin.collect.readers.table.sheet import on_sheet, read_sheet
from bulletin.collect.reading import ASK_WORDS, NOT_TEXT, Reading, not_read
from bulletin.model.contribution import FileOutcome
from bulletin.wording import listed, plural, quoted

_EVERY = "take the rows that matter, each into a text file (.txt): Title, When, Where"


def read_csv(_name: str, data: bytes) -> Reading:
    """Read a text table."""
    if data.startswith((b"PK\x03\x04", OLE)):
        return read_xlsx(_name, data)
    try:
        grid = read_delimited(data)
    except TooLargeError as fault:
        return _too_large(str(fault))
    if grid is None:
        return NOT_TEXT
    return _reading([grid], [])


def read_xlsx(_name: str, data: bytes) -> Reading:
    """Read an Excel workbook; one that is locked, of the old kind or damaged is named."""
    from bulletin.collect.readers.table.workbook import UnreadableError, read_workbook

    other = _other_kind(data)
    if other:
        return other
    container = open_container(data)
    if isinstance(container, Reading):
        return container
    if "xl/workbook.xml" not in {name.lower().replace("\\", "/") for name in container.names}:
        return _no_workbook(set(container.names))
    try:
        grids, notes = read_workbook(data, container)
    except TooLargeError as fault:
        return _too_large(str(fault))
    except UnreadableError as fault:
        return not_read(
            str(fault), "ask the sender to open it in Excel and save it again, or for the words in an e-mail"
        )
    return _reading(grids, notes)


def _other_kind(data: bytes) -> Reading | None:
    """Name what is no .xlsx by its first bytes."""
    if is_locked(data):
        return not_read("it is locked with a password", "ask the sender for it without the password")
    if data.startswith(OLE):
        return not_read(
            "it is a spreadsheet of the old kind (.xls)",
            "open it in Excel, save it as .xlsx and collect again",
        )
    if data.startswith(b"PK"):
        return None
    if b"<table" in data[:100_000].lower() or b"<html" in data[:2_000].lower():
        return not_read(
            "it is a web page with the name of a spreadsheet", "open it in Excel, save it as .xlsx"
        )
    return not_read("it is not a spreadsheet, whatever its name says", ASK_WORDS)


def _no_workbook(names: set[str]) -> Reading:
    save = "open it, save it as .xlsx and collect again"
    if "xl/workbook.bin" in names:
        return not_read("it is a binary Excel workbook (.xlsb)", save)
    if "content.xml" in names:
        return not_read("it is an OpenDocument spreadsheet (.ods)", save)
    if "word/document.xml" in names:
        return not_read("it is a Word document with the name of a spreadsheet", "give it the ending .docx")
    return not_read("it is an archive, not a spreadsheet", ASK_WORDS)


def _too_large(size: str) -> Reading:
    return Reading(FileOutcome.NEEDS_YOU, f"it is too large to be a list for the bulletin: {size}", _EVERY)


def _reading(grids: list[Grid], notes: list[str]) -> Reading:
    """Make a reading of all visible sheets."""
    filled = [grid for grid in grids if grid.rows]
    several = len(filled) > 1
    read = [(grid, read_sheet(grid, named=several)) for grid in filled]
    drafts = [draft for _, found in read if found for draft in found[0]]
    asks = [ask for _, found in read if found for ask in found[1]]
    other = [grid for grid, found in read if found is None]
    notes = [*notes, *(on_sheet(grid, note, named=several) for grid in grids for note in grid.notes)]
    notes += [on_sheet(grid, _hidden(grid), named=several) for grid in grids if grid.hidden]
    if other and len(other) == len(filled):
        return _no_list(other, notes)
    for grid in other:
        notes.append(f'sheet "{grid.name}" was left out: it is no list of events or items ({_size(grid)})')
    if not drafts:
        return Reading(FileOutcome.READ, "the table is empty: it held nothing to print", notes=tuple(notes))
    if not asks:
        return Reading(FileOutcome.READ, drafts=tuple(drafts), notes=tuple(notes))
    more = " and more" if len(asks) > 1 else ""
    why = f"{plural(len(asks), 'thing')} in the table to see to: {asks[0]}{more}"
    hint = "correct the items, or ask the sender"
    return Reading(FileOutcome.NEEDS_YOU, why, hint, tuple(drafts), (*asks, *notes))


def _no_list(grids: list[Grid], notes: list[str]) -> Reading:
    """Say what a table is that is no list of events or items."""
    grid = grids[0]
    first = grid.rows[min(grid.rows)]
    words = listed([quoted(cell.words, 30) for cell in first if cell][:5])
    more = f" and {plural(len(grids) - 1, 'more sheet')}" if len(grids) > 1 else ""
    return Reading(
        FileOutcome.NEEDS_YOU,
        f"it is no list of events or items that can be told: {_size(grid)}{more}, beginning {words}",
        'if it is one, head its columns "Title", "When", "Where"; if not, ask the sender what it is for',
        notes=tuple(notes),
    )


def _size(grid: Grid) -> str:
    return f"{plural(len(grid.rows), 'row')} and {plural(grid.width, 'column')}"


def _hidden(grid: Grid) -> str:
    said = listed((f"{number} ({quoted(words)})" for number, words in grid.hidden.items()), 5)
    if len(grid.hidden) == 1:
        return f"row {said} is hidden and was left out"
    return f"rows {said} are hidden and were left out"
