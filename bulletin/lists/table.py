"""CSV as councils have it, into rows under the names we know."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise

from bulletin.charset import clean, decode

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


def read_table(data: bytes) -> Table:
    """Read a roster's bytes; a file without a header may be one column of addresses."""
    decoded = decode(data)
    if decoded is None:
        return Table(failure="this is not a text file")
    text, removed = clean(decoded.text)
    notes = ((decoded.note,) if decoded.note else ()) + removed
    if not text.strip():
        return Table(notes=notes)
    for known in (_columns, _one_about_email):
        records, broken, mark = split_records(text)
        for record in islice(records, _HEADER_ROWS):
            columns = known(record.cells)
            if "email" in columns:
                rows = (_row(one, columns, len(record.cells)) for one in records)
                return Table(rows, "", notes, broken, columns, len(record.cells), mark, record.last)
    if nameless := _nameless(text):
        return replace(nameless, notes=notes)
    bare = _bare_addresses(text)
    return Table(bare, "" if bare else "there is no column called email", notes)


def split_records(text: str) -> tuple[Iterator[Record], tuple[int, ...], str]:
    """Split into records, whole-file first; where quotation marks do not close, line by line.

    Returns:
        The records that are not blank, one by one since they may be very many; the lines that are in none;
        and what separates the cells.
    """
    lines = text.split("\n")
    mark = _separator(lines)
    if lines[0].casefold().startswith("sep=") and len(lines[0].strip()) == 5:
        lines[0] = ""
    mended = [_with_named_cells(line, mark) for line in lines]
    for attempt in (lines, mended):
        with suppress(csv.Error):
            for _ in _whole(attempt, mark):
                pass
            return _whole(attempt, mark), (), mark
    records, broken = [], []
    for number, line in enumerate(mended, start=1):
        try:
            records += [Record(number, number, one.cells) for one in _whole([line], mark)]
        except csv.Error:
            broken.append(number)
    return iter(records), tuple(broken), mark


def _with_named_cells(line: str, mark: str) -> str:
    """Put the quotation marks of `"Lee, Ann" <ann@x.example>`, which mail programs copy, round the cell."""
    cell = rf'(?:^|(?<={re.escape(mark)}))\s*"([^"]*)"\s*(<[^<>"@\s]+@[^<>"@\s]+>)\s*(?={re.escape(mark)}|$)'
    return re.sub(cell, r'"\1 \2"', line)


def _whole(lines: list[str], mark: str) -> Iterator[Record]:
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
            tidy = [" ".join(cell.split()) if "\n" not in cell else cell.strip() for cell in cells]
            yield Record(line, reader.line_num, tidy)
        line = reader.line_num + 1


def _has_line_after_address(cell: str) -> bool:
    lines = cell.split("\n")
    return any("@" in line and after.strip() for line, after in pairwise(lines))


def _separator(lines: list[str]) -> str:
    """Find what separates the cells: what the first line says or holds most of."""
    first = next((line for line in lines if line.strip()), "")
    if match := re.fullmatch(r"sep=(.)\s*", first, re.IGNORECASE):
        return match[1]
    heads = [line for line in lines if line.strip()][:_HEADER_ROWS]
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


def _nameless(text: str) -> Table | None:
    """Read rows that have no names above them, where each has one address, all in the same column."""
    first = text.strip().partition("\n")[0]
    if "<" in text or not re.search("[,;\t]", first):
        return None
    found, broken, mark = split_records(text)
    records = list(found)
    places = {at for one in records for at, cell in enumerate(one.cells) if "@" in cell}
    width = max((len(one.cells) for one in records), default=0)
    whole = all(len([cell for cell in one.cells if "@" in cell]) == 1 for one in records)
    if broken or not whole or len(places) != 1 or width < 2:
        return None
    at = places.pop()
    columns = {"email": at, **({"name": 1 - at} if width == 2 else {})}
    return Table(tuple(_row(one, columns, width) for one in records), "", (), (), columns, width, mark)


def _row(record: Record, columns: dict[str, int], width: int) -> Row:
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


def _strays(cells: list[str], columns: dict[str, int], width: int) -> Iterator[str]:
    for at, cell in enumerate(cells):
        if "@" in cell and at != columns["email"] and (at >= width or at in columns.values()):
            yield from re.findall(r"[^\s<>,;]+@[^\s<>,;]+" if at >= width else r"^[^\s<>]+@[^\s<>]+$", cell)


def _bare_addresses(text: str) -> tuple[Row, ...]:
    """Read one column of addresses without a header, or nothing if any line holds none."""
    lines = [(number, line.strip()) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    if not all("@" in line for _, line in lines):
        return ()
    return tuple(Row(number, line.strip('"'), last=number) for number, line in lines)
