"""Tell an e-mail's tables apart: data to keep, a labelled form to read, layout to take out."""

from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from html.parser import HTMLParser

from bulletin.collect.words.draft import TEXT_NAMES, cell_name, label_of_row
from bulletin.labels import agreed_name

_LONGEST_CELL = 300


@dataclass
class Cell:
    """A cell's words on one line, and the address of its last link."""

    text: str = ""
    href: str = ""

    def words(self) -> str:
        """Give its words on one line."""
        return " ".join(self.text.split())


@dataclass
class Table:
    """What a table is like: its rows of cells, and whether it says itself what it is for."""

    presentation: bool = False
    headed: bool = False
    nested: bool = False
    rows: list[list[Cell]] = field(default_factory=list)

    @cached_property
    def is_form(self) -> bool:
        """Whether it is the contribution form: two columns, the first with at least two known labels."""
        return not self.nested and sum(self.is_label(at) for at in range(len(self.rows))) >= 2

    @cached_property
    def is_data(self) -> bool:
        """Whether its rows and columns mean something: column heads, or three equal rows of short cells."""
        cells = [cell.words() for row in self.rows for cell in row]
        if self.presentation or self.nested or self.is_form or len(self.rows) < 2:
            return False
        filled = [len([cell for cell in row if cell.words()]) for row in self.rows]
        widths = {len(row) for row in self.rows}
        if len(widths) != 1 or max(widths) < 2 or max(map(len, cells)) > _LONGEST_CELL:
            return False
        return (self.headed and sum(filled) > 2) or (len(self.rows) >= 3 and min(filled) >= 2)

    def is_label(self, row: int) -> bool:
        """Whether a row is `label | value`."""
        cells = self.rows[row] if 0 <= row < len(self.rows) else []
        return bool(label_of_row([cell.words() for cell in cells]))

    def is_name(self, row: int, column: int) -> bool:
        """Whether a form's cell names what stands beside it."""
        return self.is_form and column == 0 and 0 <= row < len(self.rows) and len(self.rows[row]) == 2

    def names_the_text(self, row: int) -> bool:
        """Whether a form's row is the item's own text, so that its name says nothing."""
        return _name(self.rows[row][0]) in TEXT_NAMES


def label_lines(table: Table) -> str:
    """Write a form's labels as lines, as somebody would have typed them."""
    lines = []
    for at, row in enumerate(table.rows):
        if table.is_label(at):
            name, value = _name(row[0]), row[1].words()
            if name == "link" and row[1].href:
                value = row[1].href
            lines.append(escape(f"{name.capitalize()}: {value}", quote=False))
    return f"<p>{'<br>'.join(lines)}</p>"


def survey(html: str) -> list[Table]:
    """Describe every table of a well-formed page, in the order they start."""
    reader = _Survey()
    reader.feed(html)
    reader.close()
    return reader.tables


def _name(cell: Cell) -> str:
    return agreed_name(cell_name(cell.words()))


class _Survey(HTMLParser):
    """Collect the tables; a cell's words count for the innermost table alone."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[Table] = []
        self.open: list[Table] = []
        self.cells: list[Cell | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "table":
            for outer in self.open[-1:]:
                outer.nested = True
            table = Table(presentation=given.get("role") in ("presentation", "none"))
            self.tables.append(table)
            self.open.append(table)
            self.cells.append(None)
        elif self.open and tag == "tr":
            self.open[-1].rows.append([])
        elif self.open and tag in ("td", "th"):
            self.open[-1].headed |= tag == "th"
            if not self.open[-1].rows:
                self.open[-1].rows.append([])
            cell = Cell()
            self.cells[-1] = cell
            self.open[-1].rows[-1].append(cell)
        elif self.cells and self.cells[-1] is not None:
            self.cells[-1].text += " " if tag in ("br", "p", "div", "li") else ""
            if tag == "a":
                self.cells[-1].href = given.get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self.open:
            self.open.pop()
            self.cells.pop()
        elif tag in ("td", "th") and self.cells:
            self.cells[-1] = None

    def handle_data(self, data: str) -> None:
        if self.cells and self.cells[-1] is not None:
            self.cells[-1].text += data
