"""Which row names the columns, and what each column holds."""

import re
from dataclasses import dataclass

from bulletin.collect.readers.table.grid import Grid, last_filled
from bulletin.collect.readers.table.names import ROLES
from bulletin.labels import known_label

DATES = frozenset(("when", "day", "start day", "closes"))
_TIMED = frozenset(("weekday", "time", "start", "end", "end day", "opens"))
_WORDY = frozenset(("text", "summary", "where", "link"))
_OTHER_LISTS = re.compile(
    r"(?i)(?:first|last|given|family|full) ?name|forename|surname|salutation|job title|"
    r"(?:unit )?price|qty|quantity|amount|balance|debit|credit|salary|date of birth|dob|sku|in stock"
)
"""Columns of lists that are no events and no items: of people, of goods, of payments."""
_AMONG = 20  # rows with something in them among which the header is looked for


@dataclass(frozen=True, slots=True)
class Header:
    """The row that names the columns; columns: 0-based column to (role, name as written)."""

    row: int
    columns: dict[int, tuple[str, str]]

    def roles(self) -> set[str]:
        """Give all roles of its columns."""
        return {role for role, _ in self.columns.values()}


def role_of(name: str) -> str:
    """Give what a column or a form's label of this name holds, "" where nobody knows."""
    folded = re.sub(r"\(.*?\)|\[.*?\]|[*:?]+|\s+", " ", name.lower().replace("\u2019", "'")).strip(" .-_")
    folded = " ".join(folded.split())
    if folded in ROLES:
        return ROLES[folded]
    return known_label(folded)


def find_header(grid: Grid) -> Header | None:
    """Find the first row whose names make the rows below a list of events or items."""
    for number in sorted(grid.rows)[:_AMONG]:
        header = _header(grid, number)
        if header and _is_list(header):
            return header
    return None


def _is_list(header: Header) -> bool:
    """Whether the columns tell of events or items: not of people, figures or places."""
    roles = header.roles()
    if any(_OTHER_LISTS.fullmatch(words.strip(" :*")) for _, words in header.columns.values()):
        return False
    dated, wordy = bool(roles & DATES), bool(roles & _WORDY)
    if "title" in roles:
        return dated or wordy or bool(roles & _TIMED)
    if "name" in roles:
        return dated and (wordy or bool(roles & _TIMED))
    return dated and "where" in roles


def _header(grid: Grid, number: int) -> Header | None:
    row = grid.rows[number]
    named = {at: (role_of(cell.words), cell.words) for at, cell in enumerate(row[: last_filled(row)]) if cell}
    known = [role for role, _ in named.values() if role]
    if len(known) < 2 or len(known) * 3 < len(named) or any(len(words) > 80 for _, words in named.values()):
        return None
    return Header(number, _settled(named))


def _settled(named: dict[int, tuple[str, str]]) -> dict[int, tuple[str, str]]:
    """Settle what a name means beside the others: "From" and "To" are an organisation only when alone."""
    roles = {role for role, _ in named.values()}
    bare = {words.lower().strip(" :"): at for at, (_, words) in named.items()}
    columns = dict(named)
    if "from" in bare and "to" in bare:
        columns[bare["from"]] = ("start", named[bare["from"]][1])
        columns[bare["to"]] = ("end", named[bare["to"]][1])
    for at, (role, words) in columns.items():
        timed = role == "when" and roles & {"time", "start"}
        if timed or (role == "weekday" and not roles & {"day", "when", "start day"}):
            columns[at] = ("day", words)
        elif role == "name" and "title" in roles:
            columns[at] = ("", words)
    return columns
