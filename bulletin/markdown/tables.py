"""A contributed table: its cells, its rows as records, and whether a small screen has room for it."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from bulletin.markdown.parse import LONGEST_TEXT, words_of
from bulletin.model.picture import Figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

ROOM = 236
"""Pixels a table has on the smallest screen, of 280, beside the margins of the page."""
GAP = 10
"""Pixels between two columns."""
SIZE = 18
"""Pixels of the largest letters a table is set in."""
STEP = 24
"""Pixels a list or a quotation takes off at its side."""

_NARROW = frozenset("fijlrtI.,:;'!|/()[]-\u2018\u2019")
_WIDE = frozenset("mMwW@%&\u2014\u2026")
# After a letter's hyphen and a dash a line may end; a space that does not break is none here.
_PARTS = re.compile(r"[ \t\n]+|(?<=[^\W\d_]-)(?=[^\W\d_])|(?<=[\u2013\u2014])")


class Table(NamedTuple):
    """A table as the tokens of its cells.

    end: the place of its closing token. level: how many lists, their items and quotations it stands in.
    """

    headings: "tuple[Token, ...]"
    rows: "tuple[tuple[Token, ...], ...]"
    end: int
    level: int


def table_at(stream: "Sequence[Token]", start: int) -> Table:
    """Give the table whose opening token stands there; headings without a row under them are a row."""
    rows: list[list[Token]] = []
    end = start
    while stream[end].type != "table_close":
        end += 1
        if stream[end].type == "tr_open":
            rows.append([])
        elif stream[end].type == "inline":
            rows[-1].append(stream[end])
    headings = rows.pop(0) if len(rows) > 1 else []
    return Table(tuple(headings), tuple(map(tuple, rows)), end, stream[start].level)


def records(table: Table, say: "Callable[[Token], str]") -> Iterator[list[tuple[str, str]]]:
    """Give each row as pairs, in order: its column's heading, or "", and what the cell says.

    An empty cell says nothing. Where long headings over many rows would make far more than the contributor
    wrote, the first row alone has them.

    Args:
        say: gives the words of a cell, as they are to be written.
    """
    headings = [say(cell) for cell in table.headings]
    bare = [""] * max(map(len, table.rows), default=0)
    is_bounded = len(table.rows) * sum(map(len, headings)) <= LONGEST_TEXT
    for number, row in enumerate(table.rows):
        named = headings if headings and (is_bounded or number == 0) else bare
        yield [pair for pair in zip(named, map(say, row), strict=False) if pair[1]]


def is_wide(table: Table, pictures: Mapping[str, Figure]) -> bool:
    """Whether a screen of 280 pixels would have to break words of the table, or could not show it all.

    pictures: those that are shown in it, by how the contribution names them.
    """
    columns = zip(*filter(None, (table.headings, *table.rows)), strict=False)
    needed = sum(GAP + max(_width(cell, pictures) for cell in column) for column in columns)
    return needed > ROOM - STEP * table.level


def _width(cell: "Token", pictures: Mapping[str, Figure]) -> float:
    """Give the pixels of a cell's longest word or widest picture."""
    children = cell.children or ()
    shown = (pictures.get(str(one.attrs.get("src", ""))) for one in children if one.type == "image")
    widest = max((figure.width for figure in shown if figure), default=0)
    longest = max(map(_ems, _PARTS.split(words_of(children))), default=0)
    return max(widest, SIZE * longest)


def _ems(word: str) -> float:
    """Give about how wide a word is in Arial, in letters as wide as they are high."""
    return sum(map(_em, word))


def _em(letter: str) -> float:
    if letter in _NARROW:
        return 0.33
    if letter in _WIDE or letter.isupper():
        return 0.9 if letter in _WIDE else 0.72
    if letter.isascii():
        return 0.57
    if unicodedata.combining(letter):
        return 0
    return 1 if unicodedata.east_asian_width(letter) in "WF" else 0.6
