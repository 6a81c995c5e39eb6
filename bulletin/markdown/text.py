"""Markdown as plain text: 72 columns, links as numbered notes, tables as records."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bulletin.markdown.address import public_url, shown_url
from bulletin.markdown.captions import captions
from bulletin.markdown.parse import tokens, words_of
from bulletin.markdown.tables import records, table_at
from bulletin.markdown.words import Link
from bulletin.markdown.wrap import wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

INDENT = "  "
DEEPEST = 10


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A passage as plain text: its lines without line ends, and the links its `[1]` marks stand for.

    A link's text is the words it had; a link to an address the words already show has no note.
    """

    lines: tuple[str, ...]
    links: tuple[Link, ...] = ()


@dataclass(slots=True)
class _Page:
    """What has been written so far, and where the next line goes."""

    width: int
    number: str
    captions: dict[int, str]
    lines: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    notes: dict[str, int] = field(default_factory=dict)
    lists: list[int | None] = field(default_factory=list)
    marker: str = ""
    depth: int = 0
    headings: int = 0

    def gap(self) -> None:
        """Leave one empty line, unless nothing stands above."""
        if self.lines and self.lines[-1]:
            self.lines.append("")


def to_text(markdown: str, *, width: int = 72, number: str = "", title: str = "") -> TextBlock:
    """Render a contribution as plain text that Outlook's line joining cannot spoil.

    number: the item's, so that its headings can be numbered "3.2.1".
    title: the item's, for the captions of its tables; "" for tables without.
    Wrapped paragraphs start at the margin; bullets, records and everything else start with two spaces.
    """
    stream = tokens(markdown)
    page = _Page(width, number, captions(stream, title))
    for index, token in enumerate(stream):
        _write(page, stream, index, token)
    while page.lines and not page.lines[-1]:
        page.lines.pop()
    return TextBlock(tuple(page.lines), tuple(page.links))


def _write(page: _Page, stream: "Sequence[Token]", index: int, token: "Token") -> None:
    """Write one block token."""
    kind = token.type
    if kind == "inline":
        _passage(page, _words(page, token), stream[index - 1])
    elif kind in ("fence", "code_block"):
        page.gap()
        page.lines.extend(
            line
            for words in token.content.rstrip("\n").split("\n")
            for line in wrap(words, page.width, first=INDENT * 2, rest=INDENT * 2) or [""]
        )
    elif kind in ("bullet_list_open", "ordered_list_open"):
        if not page.lists:
            page.gap()
        page.lists.append(int(token.attrs.get("start", 1)) if kind.startswith("ordered") else None)
    elif kind in ("bullet_list_close", "ordered_list_close"):
        page.lists.pop()
    elif kind == "list_item_open":
        page.marker = _marker(page)
    elif kind == "list_item_close":
        page.marker = ""
    elif kind in ("blockquote_open", "blockquote_close"):
        page.depth += token.nesting
    elif kind == "table_open":
        _table(page, stream, index)


def _marker(page: _Page) -> str:
    """Give the next bullet or number of the innermost list."""
    number = page.lists[-1]
    if number is None:
        return "- "
    page.lists[-1] = number + 1
    return f"{number}. "


def _passage(page: _Page, words: list[str], opening: "Token") -> None:
    """Write a paragraph, a heading or a list item's words; one string a line of the author's."""
    if opening.type in ("th_open", "td_open"):
        return
    if opening.type == "heading_open":
        _heading(page, " ".join(words))
        return
    margin = INDENT * min(DEEPEST, len(page.lists) + 2 * page.depth)
    if page.marker:
        marker, page.marker = page.marker, ""
        margin += " " * len(marker)
        first = margin[: -len(marker)] + marker
    else:
        first = margin
        if not opening.hidden:
            page.gap()
    for place, line in enumerate(words):
        # A line the author broke starts with two spaces, or Outlook would join it to the one above.
        start = first if place == 0 else margin or INDENT
        page.lines.extend(wrap(line, page.width, first=start, rest=margin if place == 0 else start))
    if not opening.hidden and not page.lists:
        page.gap()


def _heading(page: _Page, words: str) -> None:
    """Write a heading with its number, or alone between empty lines."""
    page.headings += 1
    page.gap()
    number = f"{page.number}.{page.headings} " if page.number else ""
    page.lines.extend(wrap(number + words, page.width, rest=INDENT if number else ""))
    page.gap()


def _words(page: _Page, block: "Token") -> list[str]:
    """Give a block's words by the lines its author broke, collecting its links."""
    parts: list[str] = []
    opened: list[tuple[str, int]] = []
    for token in block.children or ():
        if token.type == "link_open":
            opened.append((public_url(str(token.attrs["href"])), len(parts)))
        elif token.type == "link_close":
            url, start = opened.pop()
            parts.append(_note(page, url, "".join(parts[start:]), block))
        elif token.type == "image":
            words = words_of(token.children or ()).strip()
            parts.append(f"[Picture: {words}]" if words else "")
        else:
            parts.append({"softbreak": " ", "hardbreak": "\n"}.get(token.type, token.content))
    return [line for line in "".join(parts).split("\n") if line.strip()] or [""]


def _note(page: _Page, url: str, words: str, block: "Token") -> str:
    """Give the mark for a link's note: none where there is no link or the words already hold it."""
    if not url or (not url.lower().startswith("http") and shown_url(url) in words):
        return ""
    if url not in page.notes:
        page.notes[url] = len(page.links) + 1
        page.links.append(Link(" ".join(words.split()), url, (block.map or [0])[0] + 1))
    return f" [{page.notes[url]}]"


def _table(page: _Page, stream: "Sequence[Token]", start: int) -> None:
    """Write a table as one record a row: the column's heading, a colon, the cell."""
    if start in page.captions:
        page.gap()
        page.lines.extend(wrap(page.captions[start], page.width, first=INDENT, rest=INDENT * 2))
    table = table_at(stream, start)
    for record in records(table, lambda cell: " ".join(_words(page, cell)).strip()):
        page.gap()
        for heading, words in record:
            named = f"{heading}: {words}" if heading else words
            page.lines.extend(wrap(named, page.width, first=INDENT, rest=INDENT * 2))
    page.gap()
