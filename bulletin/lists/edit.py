"""Add people to a list's file and take them out again; every other line stays as it was."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from bulletin.errors import BulletinError
from bulletin.lists.roster import addresses_among, split_addresses
from bulletin.lists.sheet import Sheet, open_sheet, save_sheet
from bulletin.lists.table import Row, Table, read_table, split_records
from bulletin.model.delivery import Member

HEADER = {"email": "email", "name": "name", "organisation": "organisation"}
SUPPRESSED_HEADER = {"email": "email", "reason": "reason", "since": "since"}


@dataclass(frozen=True, slots=True)
class Edited:
    """A file's new bytes, the lines that changed or went (1-based, as they stood), and what was not kept."""

    data: bytes
    lines: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()


def cells_of(member: Member) -> dict[str, str]:
    """Give what a roster says of somebody, by the names of its columns."""
    return {"email": member.address, "name": member.name, "organisation": member.organisation}


def add_rows(
    data: bytes,
    path: str,
    rows: Iterable[Mapping[str, str]],
    header: Mapping[str, str],
    *,
    widen: bool = False,
) -> Edited:
    """Add rows at the end, each cell in the column it belongs to; an empty file gets the header first.

    widen: give a header the columns it lacks; otherwise what has no column is left out.

    Raises:
        BulletinError: the file has no column for addresses, so that nothing can be added.
    """
    sheet, table = open_sheet(data, path), read_table(data)
    if table.failure:
        raise BulletinError(f"{path}: {table.failure}", "write email above its addresses, then try again")
    if not any(line.strip() for line in sheet.lines):
        sheet = Sheet((",".join(header.values()), ""), sheet.encoding, "\r\n")
        table = Table(columns={name: at for at, name in enumerate(header)}, width=len(header))
    elif widen and table.header:
        sheet, table = _widened(sheet, table, header)
    lines = sheet.lines[:-1] if not sheet.lines[-1].strip() else sheet.lines
    saved, notes = save_sheet(sheet, (*lines, *(_line(row, table) for row in rows), ""))
    return Edited(saved, (), notes)


def take_out(data: bytes, path: str, wanted: Callable[[str], bool]) -> Edited:
    """Take every address that is `wanted` out: its row, or its place in a cell that holds others."""
    sheet, table = open_sheet(data, path), read_table(data)
    kept: dict[int, str] = {}
    gone: set[int] = set()
    for row in table.rows:
        rest = _left_of(row, wanted)
        if rest is not None:
            gone.update(range(row.line, row.last + 1))
        if rest:
            kept[row.line] = _with_cell(sheet.lines, row.line, table, "; ".join(map(_piece, rest)))
    gone.update(line for line in table.broken if _names(sheet.lines[line - 1], wanted))
    lines = [
        kept.get(number, line)
        for number, line in enumerate(sheet.lines, start=1)
        if number in kept or number not in gone
    ]
    saved, notes = save_sheet(sheet, tuple(lines))
    return Edited(saved if gone else data, tuple(sorted(gone)), notes if gone else ())


def _left_of(row: Row, wanted: Callable[[str], bool]) -> list[tuple[str, str]] | None:
    """Give what stays of a row's addresses, or None where nobody who is wanted is among its words."""
    pieces = split_addresses(row.email)
    rest = [piece for piece in pieces if not wanted(piece[1])]
    if len(rest) < len(pieces):
        return rest
    return [] if any(map(wanted, addresses_among(row.email))) else None


def _widened(sheet: Sheet, table: Table, header: Mapping[str, str]) -> tuple[Sheet, Table]:
    """Give the header the columns it lacks; rows may be shorter than it."""
    lacking = [name for name in header if name not in table.columns]
    at = table.header - 1
    wider = table.separator.join([sheet.lines[at], *(header[name] for name in lacking)])
    columns = {**table.columns, **{name: table.width + n for n, name in enumerate(lacking)}}
    lines = (*sheet.lines[:at], wider, *sheet.lines[at + 1 :])
    return replace(sheet, lines=lines), replace(table, columns=columns, width=table.width + len(lacking))


def _line(row: Mapping[str, str], table: Table) -> str:
    """Write a row for the columns there are; a file without a header has one column."""
    if not table.columns:
        return f"{row.get('name', '')} <{row['email']}>".strip() if row.get("name") else row["email"]
    cells = [""] * table.width
    first, _, last = row.get("name", "").rpartition(" ")
    for name, value in (*row.items(), ("first", first), ("last", last)):
        if name in table.columns and not (name in ("first", "last") and "name" in table.columns):
            cells[table.columns[name]] = value
    return _joined(cells, table.separator)


def _with_cell(lines: tuple[str, ...], line: int, table: Table, value: str) -> str:
    """Give a record's line anew with another address cell."""
    record = next(one for one in split_records(lines)[0] if one.line == line)
    cells = list(record.cells)
    if not table.columns:
        return value
    cells[table.columns["email"]] = value
    return _joined([" ".join(cell.split()) for cell in cells], table.separator)


def _joined(cells: list[str], separator: str) -> str:
    return separator.join(_quoted(" ".join(cell.split()), separator) for cell in cells)


def _quoted(cell: str, separator: str) -> str:
    """Put quotation marks round a cell that would not be read back as it is (RFC 4180 2)."""
    if separator in cell or '"' in cell:
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _piece(piece: tuple[str, str]) -> str:
    name, address = piece
    return f"{name} <{address}>" if name else address


def _names(line: str, wanted: Callable[[str], bool]) -> bool:
    return any(wanted(word.strip("<>\"'")) for word in line.replace(",", " ").replace(";", " ").split())
