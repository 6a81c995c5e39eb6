"""One sheet to drafts: a list with a row for each item, or a form that is one."""

from bulletin.collect.readers.table.form import read_form
from bulletin.collect.readers.table.grid import Cell, Grid, column_name, last_filled
from bulletin.collect.readers.table.header import Header, find_header
from bulletin.collect.readers.table.moment import on_the_clock, twenty_four
from bulletin.collect.readers.table.rows import Field, read_record
from bulletin.collect.reading import Draft
from bulletin.wording import quoted


def read_sheet(grid: Grid, *, named: bool) -> tuple[list[Draft], list[str]] | None:
    """Read one sheet as a list or a form; None where it is neither."""
    header = find_header(grid)
    if header is None:
        form = read_form(grid)
        return (
            None if form is None else ([form.draft], [on_sheet(grid, ask, named=named) for ask in form.asks])
        )
    drafts, asks = _list(grid, header)
    return drafts, [on_sheet(grid, ask, named=named) for ask in asks]


def _list(grid: Grid, header: Header) -> tuple[list[Draft], list[str]]:
    """Read the rows under a header."""
    names = [words for _, words in header.columns.values()]
    drafts: list[Draft] = []
    asks: list[str] = []
    _note_beside(grid, header)
    clocks = _clocks(grid, header)
    for number in sorted(number for number in grid.rows if number > header.row):
        row = grid.rows[number]
        alone = _alone(row, header)
        if [cell.words for cell in row if cell] == names:
            grid.notes.append(f"row {number} names the columns again and was left out")
        elif alone:
            grid.notes.append(f"row {number} was taken for a heading and left out: {quoted(alone)}")
        else:
            record = read_record(_fields(row, header, grid, clocks))
            if not (record.draft.labels or record.draft.text):
                continue
            drafts.append(record.draft)
            asks += [f"row {number}, {ask}" for ask in record.asks]
            grid.notes += [
                f"row {number}, column {header.columns[at][1]}: the merged cell of row {top} counts here too"
                for (filled, at), top in grid.filled.items()
                if filled == number and at in header.columns
            ]
    return drafts, [*asks, *_swapped(grid, header)]


def _fields(row: list[Cell], header: Header, grid: Grid, clocks: set[int]) -> list[Field]:
    """Give a row's cells with what their columns hold; hidden columns and running numbers stay out."""
    fields = []
    for at, cell in enumerate(row):
        role, name = header.columns.get(at, ("", ""))
        if cell and at not in grid.hidden_columns and role != "number":
            fields.append(Field(role, name, on_the_clock(cell) if at in clocks else cell))
    return fields


def _note_beside(grid: Grid, header: Header) -> None:
    """Say what of the sheet is no row: the lines above, hidden columns, running numbers."""
    above = [
        cell.words
        for number in sorted(grid.rows)
        if number < header.row
        for cell in grid.rows[number]
        if cell
    ]
    if above:
        grid.notes.append(f"above the table and left out: {quoted('; '.join(dict.fromkeys(above)), 160)}")
    for at in grid.hidden_columns:
        if any(at < len(row) and row[at] for row in grid.rows.values()):
            name = header.columns.get(at, ("", column_name(at)))[1]
            grid.notes.append(f'column "{name}" is hidden and was left out')
    for role, name in header.columns.values():
        if role == "number":
            grid.notes.append(f'column "{name}" holds numbers of rows and was left out')


def _alone(row: list[Cell], header: Header) -> str:
    """Give the words of a row that has nothing else, and no title: a month between the rows, a note below."""
    filled = [at for at in range(last_filled(row)) if row[at]]
    words = {row[at].words for at in filled}
    if len(words) != 1 or len(header.columns) < 3:
        return ""
    role = header.columns.get(filled[0], ("", ""))[0]
    return "" if role in ("title", "name") and len(filled) == 1 else words.pop()


def _clocks(grid: Grid, header: Header) -> set[int]:
    """Find the columns whose times are on the 24-hour clock."""
    below = [row for number, row in grid.rows.items() if number > header.row]
    return {
        at
        for at, (role, _) in header.columns.items()
        if role in ("start", "end", "time") and twenty_four([row[at].words for row in below if at < len(row)])
    }


def _swapped(grid: Grid, header: Header) -> list[str]:
    """Doubt real dates whose day and month Excel may have swapped: those over the 12th stayed words."""
    asks = []
    for at, (role, name) in header.columns.items():
        if role not in ("day", "when", "start day", "end day", "closes", "opens"):
            continue
        below = [
            row[at] for number, row in grid.rows.items() if number > header.row and at < len(row) and row[at]
        ]
        real = [cell.day for cell in below if cell.day]
        words = [cell.words.split("/") for cell in below if cell.day is None and cell.words.count("/") == 2]
        over = [one for one in words if one[0].isdigit() and int(one[0]) > 12]
        if len(real) > 1 and len(over) > 1 and all(day.day <= 12 for day in real):
            asks.append(
                f"column {name}: its real dates may have day and month swapped, since others stayed words"
            )
    return asks


def on_sheet(grid: Grid, clause: str, *, named: bool) -> str:
    """Say which sheet a clause is about, where there are several."""
    return f'sheet "{grid.name}", {clause}' if named and grid.name else clause
