"""CSV as councils have it, into rows under the names we know."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

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
}  # fmt: skip
_HEADER_ROWS = 5  # a title, a date and a blank line may stand above the header


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its 1-based line in the file and its cells by the names we know, stripped."""

    line: int
    email: str
    name: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A file's rows and what its reader noticed.

    failure: why there are no rows, a clause, or ""; notes: about the whole file; broken: lines whose
    quotation marks do not close, which are in no row.
    """

    rows: tuple[Row, ...] = ()
    failure: str = ""
    notes: tuple[str, ...] = ()
    broken: tuple[int, ...] = ()


Cells = tuple[int, list[str]]


def read_table(data: bytes) -> Table:
    """Read a roster's bytes; a file without a header may be one column of addresses."""
    decoded = decode(data)
    if decoded is None:
        return Table(failure="this is not a text file")
    text, removed = clean(decoded.text)
    notes = ((decoded.note,) if decoded.note else ()) + removed
    if not text.strip():
        return Table(notes=notes)
    records, broken = _records(text)
    for at, (_, cells) in enumerate(records[:_HEADER_ROWS]):
        columns = _columns(cells)
        if "email" in columns:
            rows = tuple(_row(record, columns) for record in records[at + 1 :])
            return Table(rows, "", notes, broken)
    bare = _bare_addresses(text)
    return Table(bare, "" if bare else "there is no column called email", notes)


def _records(text: str) -> tuple[list[Cells], tuple[int, ...]]:
    """Split into records, whole-file first; where quotation marks do not close, line by line."""
    lines = text.split("\n")
    mark = _separator(lines)
    if lines[0].casefold().startswith("sep=") and len(lines[0].strip()) == 5:
        lines[0] = ""
    try:
        return list(_whole(lines, mark)), ()
    except csv.Error:
        records, broken = [], []
        for number, line in enumerate(lines, start=1):
            try:
                records += [(number, cells) for _, cells in _whole([line], mark)]
            except csv.Error:
                broken.append(number)
        return records, tuple(broken)


def _whole(lines: list[str], mark: str) -> Iterator[Cells]:
    """Give the line and the cells of each record that is not blank.

    Raises csv.Error for an unclosed quotation mark, also one that a later line happens to close: an address
    beside a line break in one cell.
    """
    reader = csv.reader((line + "\n" for line in lines), delimiter=mark, strict=True)
    line = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            if any(mark in cell and _has_line_after_address(cell) for cell in cells):
                raise csv.Error
            yield line, [" ".join(cell.split()) if "\n" not in cell else cell.strip() for cell in cells]
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


def _row(record: Cells, columns: dict[str, int]) -> Row:
    line, cells = record

    def cell(known: str) -> str:
        at = columns.get(known, len(cells))
        return cells[at] if at < len(cells) else ""

    name = cell("name") or f"{cell('first')} {cell('last')}".strip()
    return Row(line, cell("email"), " ".join(name.split()), " ".join(cell("organisation").split()))


def _bare_addresses(text: str) -> tuple[Row, ...]:
    """Read one column of addresses without a header, or nothing if any line holds none."""
    lines = [(number, line.strip()) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    if not all("@" in line for _, line in lines):
        return ()
    return tuple(Row(number, line.strip('"')) for number, line in lines)
