"""CSV as councils have it, into rows under the names we know."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice, pairwise

from bulletin.lists.lines import Lines, read_lines

_HEADERS = {
    "email": (
        "email", "emailaddress", "emailaddresses", "emails", "email1", "email1value", "mail", "mailaddress",
        "workemail", "contactemail", "primaryemail", "businessemail",
    ),
    "name": ("name", "fullname", "contact", "contactname", "displayname"),
    "first": ("firstname", "forename", "givenname"),
    "last": ("lastname", "surname", "familyname"),
    "organisation": ("organisation", "organization", "organisationname", "company", "companyname",
                     "employer"),
    "reason": ("reason", "why"),
    "since": ("since", "date", "when"),
}  # fmt: skip
_HEADER_ROWS = 5  # a title, a date and a blank line may stand above the header


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its 1-based line in the file, its last, and its cells by the names we know, stripped.

    strays: addresses that stand where none is looked for: beyond the last column, or in place of a name.
    """

    line: int
    email: str
    name: str = ""
    organisation: str = ""
    reason: str = ""
    since: str = ""
    last: int = 0
    strays: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A file's rows, to be read once, and what its reader noticed.

    failure: why there are no rows, a clause, or ""; notes: about the whole file; broken: lines whose
    quotation marks do not close, which are in no row.
    columns: the place of each column whose name we know, none in a file of bare addresses; width: how many
    columns there are; header: its last line, 1-based, or 0; separator: what stands between the cells.
    """

    rows: Iterable[Row] = ()
    failure: str = ""
    notes: tuple[str, ...] = ()
    broken: tuple[int, ...] = ()
    columns: Mapping[str, int] = field(default_factory=dict)
    width: int = 0
    separator: str = ","
    header: int = 0


@dataclass(frozen=True, slots=True)
class Record:
    """A record's first and last line, 1-based, and its cells as they stand."""

    line: int
    last: int
    cells: list[str]


def read_table(data: bytes | Iterable[bytes]) -> Table:
    """Read a roster's bytes; a file without a header may be one column of addresses.

    data: all at once, or in pieces that are gone through several times.
    """
    lines = read_lines((data,) if isinstance(data, bytes) else data)
    if lines is None:
        return Table(failure="this is not a text file")
    if lines.is_blank():
        return Table(notes=lines.notes)
    for known in (_columns, _one_about_email):
        records, broken, mark = split_records(lines)
        for record in islice(records, _HEADER_ROWS):
            columns, width = known(record.cells), len(record.cells)
            if "email" in columns:
                rows = (_row(one, columns, width) for one in records)
                return Table(rows, "", lines.notes, broken, columns, width, mark, record.last)
    if nameless := _nameless(lines):
        return nameless
    if all("@" in line for line in lines if line.strip()):
        return Table(_bare_addresses(lines), "", lines.notes)
    return Table((), "there is no column called email", lines.notes)


def split_records(lines: Iterable[str]) -> tuple[Iterator[Record], tuple[int, ...], str]:
    """Split into records, whole-file first; where quotation marks do not close, line by line.

    lines: may be very many, and are gone through several times.

    Returns:
        The records that are not blank, one by one; the lines that are in none; and what separates the cells.
    """
    mark = _separator(lines)
    for mended in (False, True):
        with suppress(csv.Error):
            for _ in _whole(_prepared(lines, mark, mended=mended), mark):
                pass
            return map(_tidied, _whole(_prepared(lines, mark, mended=mended), mark)), (), mark
    broken = tuple(number for number, record in _one_by_one(lines, mark) if record is None)
    return (_tidied(record) for _, record in _one_by_one(lines, mark) if record), broken, mark


def _prepared(lines: Iterable[str], mark: str, *, mended: bool) -> Iterator[str]:
    """Give the lines without the one by which Excel names the separator; mended: see `_with_named_cells`."""
    for number, line in enumerate(lines):
        if number == 0 and line.casefold().startswith("sep=") and len(line.strip()) == 5:
            yield ""
        else:
            yield _with_named_cells(line, mark) if mended else line


def _one_by_one(lines: Iterable[str], mark: str) -> Iterator[tuple[int, Record | None]]:
    """Give the number and the record of each line that is not blank, None where it is broken."""
    for number, line in enumerate(_prepared(lines, mark, mended=True), start=1):
        try:
            yield from ((number, Record(number, number, one.cells)) for one in _whole([line], mark))
        except csv.Error:
            yield number, None


def _with_named_cells(line: str, mark: str) -> str:
    """Put the quotation marks of `"Lee, Ann" <ann@x.example>`, which mail programs copy, round the cell."""
    cell = rf'(?:^|(?<={re.escape(mark)}))\s*"([^"]*)"\s*(<[^<>"@\s]+@[^<>"@\s]+>)\s*(?={re.escape(mark)}|$)'
    return re.sub(cell, r'"\1 \2"', line)


def _whole(lines: Iterable[str], mark: str) -> Iterator[Record]:
    """Give the lines and the cells of each record that is not blank.

    Raises csv.Error for an unclosed quotation mark, also one that a later line happens to close: an address
    beside a line break in one cell.
    """
    reader = csv.reader((line + "\n" for line in lines), delimiter=mark, strict=True)
    line = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            if any(mark in cell and _has_line_after_address(cell) for cell in cells):
                raise csv.Error
            yield Record(line, reader.line_num, cells)
        line = reader.line_num + 1


def _tidied(record: Record) -> Record:
    """Take needless spaces out of the cells."""
    tidy = [" ".join(cell.split()) if "\n" not in cell else cell.strip() for cell in record.cells]
    return Record(record.line, record.last, tidy)


def _has_line_after_address(cell: str) -> bool:
    lines = cell.split("\n")
    return any("@" in line and after.strip() for line, after in pairwise(lines))


def _separator(lines: Iterable[str]) -> str:
    """Find what separates the cells: what the first line says or holds most of."""
    heads = list(islice((line for line in lines if line.strip()), _HEADER_ROWS))
    first = heads[0] if heads else ""
    if match := re.fullmatch(r"sep=(.)\s*", first, re.IGNORECASE):
        return match[1]
    header = next((line for line in heads if "mail" in line.casefold() and "@" not in line), first)
    return max(",;\t", key=header.count)


def _columns(cells: list[str]) -> dict[str, int]:
    """Give the column of each name we know; the first of two wins."""
    plain = [re.sub(r"[^a-z0-9]", "", cell.casefold()) for cell in cells]
    return {
        known: next(at for at, cell in enumerate(plain) if cell in synonyms)
        for known, synonyms in _HEADERS.items()
        if any(cell in synonyms for cell in plain)
    }


def _one_about_email(cells: list[str]) -> dict[str, int]:
    """Give the columns where exactly one speaks of e-mail in words of its own, like "Your email address".

    A row with one cell filled of several is a title.
    """
    if len(cells) > 1 and len(list(filter(None, cells))) == 1:
        return {}
    plain = [re.sub(r"[^a-z0-9@]", "", cell.casefold()) for cell in cells]
    places = [at for at, cell in enumerate(plain) if re.search("email|ebost", cell) and "@" not in cell]
    return {**_columns(cells), "email": places[0]} if len(places) == 1 else {}


def _nameless(lines: Lines) -> Table | None:
    """Read rows that have no names above them, where each has one address, all in the same column."""
    first = next((line for line in lines if line.strip()), "")
    if any("<" in line for line in lines) or not re.search("[,;\t]", first):
        return None
    records, broken, mark = split_records(lines)
    places, width = set[int](), 0
    for one in records:
        here = [at for at, cell in enumerate(one.cells) if "@" in cell]
        places.update(here)
        width = max(width, len(one.cells))
        if len(here) != 1 or len(places) != 1:
            return None
    if broken or not places or width < 2:
        return None
    at = places.pop()
    columns = {"email": at, **({"name": 1 - at} if width == 2 else {})}
    rows = (_row(one, columns, width) for one in split_records(lines)[0])
    return Table(rows, "", lines.notes, (), columns, width, mark)


def _row(record: Record, columns: Mapping[str, int], width: int) -> Row:
    cells = record.cells

    def cell(known: str) -> str:
        at = columns.get(known, len(cells))
        return cells[at] if at < len(cells) else ""

    def line(known: str) -> str:
        return " ".join(cell(known).split())

    name = line("name") or f"{line('first')} {line('last')}".strip()
    return Row(
        record.line,
        cell("email"),
        name,
        line("organisation"),
        line("reason"),
        line("since"),
        record.last,
        tuple(_strays(cells, columns, width)),
    )


def _strays(cells: list[str], columns: Mapping[str, int], width: int) -> Iterator[str]:
    for at, cell in enumerate(cells):
        if "@" in cell and at != columns["email"] and (at >= width or at in columns.values()):
            yield from re.findall(r"[^\s<>,;]+@[^\s<>,;]+" if at >= width else r"^[^\s<>]+@[^\s<>]+$", cell)


def _bare_addresses(lines: Iterable[str]) -> Iterator[Row]:
    """Read one column of addresses without a header."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield Row(number, line.strip().strip('"'), last=number)
