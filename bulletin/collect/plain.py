"""Plain text, typed or pasted, as Markdown that reads the same: paragraphs, lists, tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from bulletin.collect.breaks import WIDE, ended, flows, join_hyphened
from bulletin.collect.bullets import entries_within, list_mark, rank, without_list_tags
from bulletin.collect.columns import REFERENCE, find_grids, lost_columns
from bulletin.collect.escape import STRONG, protect, release
from bulletin.collect.grid import grid_to_markdown

DEEPEST = 6
_BOLD = re.compile(r"(?<![*\w\\])\*\*(?=[^\s*])([^*\n]{1,300}?)(?<=[^\s*])\*\*(?![*\w])")


class Pasted(NamedTuple):
    """A text as Markdown; notes: what was changed on the way; asks: what somebody should look at."""

    markdown: str
    notes: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()


def plain_to_markdown(text: str) -> str:
    """Turn plain text into Markdown that reads the same, whatever should be asked about it."""
    return read_pasted(text).markdown


def read_pasted(text: str) -> Pasted:
    """Turn plain text into Markdown that reads the same, and say what became of its breaks and tables."""
    text, tags = without_list_tags(text)
    text, joined = join_hyphened(text)
    lines = text.split("\n")
    parts, notes, asks, at = [], [*tags, *joined], [*lost_columns(lines)], 0
    lines = _rows_apart(lines) if asks else lines
    for grid in find_grids(lines):
        parts += [_prose(lines[at : grid.start]), grid_to_markdown(grid)]
        notes += grid.notes
        asks += grid.asks
        at = grid.end
    parts.append(_prose(lines[at:]))
    return Pasted("\n\n".join(filter(None, parts)), tuple(notes), tuple(dict.fromkeys(asks)))


def _rows_apart(lines: list[str]) -> list[str]:
    """Keep the rows of a table without columns apart: each begins with the number of an action."""
    return [part for line in lines for part in (["", line] if REFERENCE.match(line) else [line])]


class _Level(NamedTuple):
    """An open list: how far its mark is indented, which mark that is, and the column of its words."""

    indent: int
    mark: str
    column: int

    @property
    def is_numbered(self) -> bool:
        return self.mark[:1].isdigit()


@dataclass(slots=True)
class _Page:
    """What has been written, the lists that are open, and the line above, "" after an empty one.

    longest: the length of the longest line of the block that is being read.
    """

    out: list[str] = field(default_factory=list)
    levels: list[_Level] = field(default_factory=list)
    above: str = ""
    longest: int = 0

    def write(self, margin: int, mark: str, words: str) -> None:
        """Write a line whose words mean themselves."""
        self.out.append(" " * margin + release(mark + _protected(words)))

    def gap(self) -> None:
        """Leave one empty line, unless nothing stands above."""
        if self.out and self.out[-1]:
            self.out.append("")


def _prose(lines: list[str]) -> str:
    """Write lines that are no table."""
    page = _Page()
    for is_empty, block in groupby(_one_entry_a_line(lines), key=lambda line: not line.strip()):
        if is_empty:
            page.above = ""
            continue
        block_lines = list(block)
        page.longest = max(len(line.strip()) for line in block_lines)
        for line in block_lines:
            words = " ".join(part.strip() for part in line.strip().split("\t") if part.strip())
            mark = list_mark(words) if _may_begin(page, words) else ""
            spread = line.expandtabs(4)
            indent = len(spread) - len(spread.lstrip())
            if not mark or not _entry(page, indent, mark, words):
                _passage(page, indent, words)
            page.above = words
    return "\n".join(page.out)


def _one_entry_a_line(lines: list[str]) -> Iterator[str]:
    """Give the lines, those that hold a whole list as its lead and an indented line for each entry."""
    for line in lines:
        lead, entries = entries_within(line)
        if lead.strip():
            yield lead
        yield from (f"{'    ' if lead.strip() else ''}▪ {entry}" for entry in entries)
        if not (lead.strip() or entries):
            yield ""


def _may_begin(page: _Page, words: str) -> bool:
    """Whether an entry of a list may begin here, rather than a broken line go on with a dash."""
    return (
        not page.above or bool(page.levels) or ended(page.above) or not flows(page.above, words, page.longest)
    )


def _entry(page: _Page, indent: int, mark: str, words: str) -> bool:
    """Write an entry of a list; False where Markdown would give it another number."""
    outer, same = _place(page, indent, mark)
    numbered = mark[:1].isdigit()
    goes_on = same is not None and same.is_numbered == numbered
    if goes_on and same and numbered and same.mark[-1] == mark.strip()[-1]:
        if int(mark.strip()[:-1]) != int(same.mark[:-1]) + 1:
            return False
    elif not goes_on and (not outer or (numbered and mark.strip()[:-1] != "1")):
        page.gap()
    shown = f"{mark.strip()} " if numbered else "- "
    margin = outer[-1].column if outer else 0
    page.write(margin, shown, words[len(mark) :])
    page.levels = [*outer, _Level(indent, mark.strip(), margin + len(shown))]
    return True


def _place(page: _Page, indent: int, mark: str) -> tuple[list[_Level], _Level | None]:
    """Give the lists an entry stands within, and the one it goes on with, None where it begins one."""
    levels = list(page.levels)
    while len(levels) > 1 and indent < levels[-1].indent:
        levels.pop()
    if levels and len(levels) < DEEPEST and _is_deeper(levels[-1], indent, mark, page.above):
        return levels, None
    while len(levels) > 1 and indent <= levels[-2].indent and rank(mark) < rank(levels[-1].mark):
        levels.pop()
    same = levels.pop() if levels else None
    return levels, same


def _is_deeper(level: _Level, indent: int, mark: str, above: str) -> bool:
    """Whether a mark is one of a list within: by its indent, or else by its bullet, as Word uses them."""
    least = 1 if above.endswith(":") else 2
    numbers = level.is_numbered or mark[:1].isdigit()
    return indent >= level.indent + least or (not numbers and rank(mark) > rank(level.mark))


def _passage(page: _Page, indent: int, words: str) -> None:
    """Write a line of a paragraph, or of an entry that goes on."""
    margin = _margin(page, indent, words)
    if margin is None:
        page.levels.clear()
    if not page.above or margin is None or max(len(page.above), len(words)) > max(WIDE, page.longest - 1):
        page.gap()
    elif not flows(page.above, words, page.longest):
        page.out[-1] += "  "
    page.write(margin or 0, "", words)


def _margin(page: _Page, indent: int, words: str) -> int | None:
    """Give the column of the entry a line goes on, 0 where no list is open, None where the line ends it."""
    if not page.levels:
        return 0
    while len(page.levels) > 1 and indent <= page.levels[-1].indent:
        page.levels.pop()
    level = page.levels[-1]
    if indent > level.indent or (page.above and flows(page.above, words, page.longest)):
        return level.column
    return None


def _protected(words: str) -> str:
    """Keep words from being Markdown, but for what is in bold between two pairs of asterisks."""
    at, parts = 0, []
    for found in _BOLD.finditer(words):
        parts += [protect(words[at : found.start()]), STRONG[0], protect(found[1]), STRONG[1]]
        at = found.end()
    return "".join([*parts, protect(words[at:])])
