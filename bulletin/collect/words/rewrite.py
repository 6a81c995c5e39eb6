"""Write clean HTML anew, so simply that html2text can do no harm to its words.

Left to itself, html2text runs blocks it does not know together (`<dt>A</dt><dd>B</dd>`), puts spaces into
words that are half bold, and makes one line of a page that is laid out as a table.
"""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import quote

from bulletin.charset import clean
from bulletin.collect.words.draft import cell_name, label_of_row
from bulletin.collect.words.escape import EMPHASIS, STRONG, in_cell, literal, protect

INLINE = {"a": "a", "b": "b", "strong": "b", "em": "i", "i": "i"}
BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote"}
AS_PARAGRAPHS = {
    *("address", "article", "aside", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset"),
    *("figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "legend", "main", "pre", "section"),
    *("summary",),
}
TABLES = {"table", "thead", "tbody", "tfoot", "tr", "td", "th"}
TAGS = {"br", *INLINE, *BLOCKS, *AS_PARAGRAPHS, *TABLES}
"""The tags that may reach a `Rewriter`."""

AMPERSAND = "\ue300"
"""Stands for an `&` on its way through the sanitiser."""

NESTED = {"ul", "ol", "blockquote"}
DEEPEST = 9
LONGEST_URL = 2_000
MOST_BLOCKS = 20
MOST_LINES = 2_000
"""What nests deeper, has longer addresses, longer links or longer verbatim text is an attack, not a page."""


@dataclass(slots=True)
class Mark:
    """An open link or emphasis; it is written when its first word comes, anew in every block.

    kind: `a`, `b` or `i`; blocks: in how many it was written.
    """

    kind: str
    url: str = ""
    written: bool = False
    blocks: int = 0


class Rewriter(HTMLParser):
    """Read clean, well-formed HTML and write it with few tags, every text node protected.

    buffers: what is written, the innermost table cell's last; tables: the rows of each open table.
    inline: every open link and emphasis, None where it leaves no trace; marks: those that do, two at most.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.buffers: list[list[str]] = [[]]
        self.tables: list[list[list[str]]] = []
        self.inline: list[Mark | None] = []
        self.marks: list[Mark] = []
        self.verbatim = self.nesting = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write what a tag means."""
        self.verbatim += tag == "pre"
        if tag in INLINE:
            self._open(INLINE[tag], dict(attrs).get("href") or "")
        elif tag == "br":
            self._write("<br>")
        elif tag == "table":
            self._between_blocks("")
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.tables:
            self._between_blocks("")
            self.buffers.append([])
        elif tag not in TABLES:
            self.nesting += tag in NESTED
            start = dict(attrs).get("start") or "1"
            number = f' start="{start}"' if tag == "ol" and re.fullmatch(r"\d{1,6}", start) else ""
            self._between_blocks(f"<{self._block(tag)}{number}>")

    def handle_endtag(self, tag: str) -> None:
        """Write what the end of a tag means."""
        self.verbatim -= tag == "pre"
        if tag in INLINE and self.inline:
            self._close()
        elif tag in ("td", "th") and len(self.buffers) > 1:
            self._between_blocks("")
            rows = self.tables[-1]
            rows[-1:] = rows[-1:] or [[]]
            rows[-1].append("".join(self.buffers.pop()))
        elif tag == "table" and self.tables:
            self._write(_table(self.tables.pop()))
        elif tag != "br" and tag not in TABLES:
            self._between_blocks(f"</{self._block(tag)}>")
            self.nesting -= tag in NESTED

    def handle_data(self, data: str) -> None:
        """Write words."""
        words, _ = clean(data.replace(AMPERSAND, "&"))
        if words.strip():
            for mark in self.marks:
                self._begin(mark)
        shown = protect(words, link=not any(mark.kind == "a" for mark in self.marks))
        if self.verbatim and shown.count("\n") <= MOST_LINES:
            shown = shown.replace("\n", "<br>")
        self._write(re.sub(r"\s+", " ", shown))  # html2text takes the square of their number for line ends

    def result(self) -> str:
        """Give all that was written."""
        self.close()
        return "".join(part for buffer in self.buffers for part in buffer)

    def _write(self, html: str) -> None:
        self.buffers[-1].append(html)

    def _block(self, tag: str) -> str:
        return "p" if tag not in BLOCKS or (tag in NESTED and self.nesting > DEEPEST) else tag

    def _open(self, kind: str, url: str) -> None:
        same = "a" if kind == "a" else "bi"
        if any(mark.kind in same for mark in self.marks) or (kind == "a" and not 0 < len(url) <= LONGEST_URL):
            self.inline.append(None)
        else:
            self.marks.append(Mark(kind, url))
            self.inline.append(self.marks[-1])

    def _close(self) -> None:
        mark = self.inline.pop()
        if mark:
            self._end(mark)
            self.marks.remove(mark)
            if mark.kind == "a" and not mark.blocks:
                self._write(literal(f"<{_address(mark.url)}>"))

    def _begin(self, mark: Mark) -> None:
        if not mark.written and mark.blocks < MOST_BLOCKS:
            self._write({"a": literal("["), "b": STRONG[0], "i": EMPHASIS[0]}[mark.kind])
            mark.written = True
            mark.blocks += 1

    def _end(self, mark: Mark) -> None:
        if mark.written:
            link = literal(f"](<{_address(mark.url)}>)")
            self._write({"a": link, "b": STRONG[1], "i": EMPHASIS[1]}[mark.kind])
        mark.written = False

    def _between_blocks(self, html: str) -> None:
        """End what is open before a block does: links and emphasis live within one."""
        for mark in reversed(self.marks):
            self._end(mark)
        self._write(html)


def _address(url: str) -> str:
    """Encode what would end a Markdown link's address."""
    return re.sub(r"[\s<>\\]", lambda found: quote(found[0]), url.replace(AMPERSAND, "&").strip())


def _table(rows: list[list[str]]) -> str:
    """Write a table: labels beside their values as labels, what Markdown can hold as a table, else its cells.

    What a mail program only laid out as a table is no table any more when it comes here.
    """
    rows = [row for row in rows if any(_words(cell) for cell in row)]
    pairs = [row for row in rows if label_of_row([_words(cell) for cell in row])]
    if pairs:
        labels = [f"{cell_name(_words(name))}: {_line(value)}" for name, value in pairs]
        rest = [row for row in rows if row not in pairs]
        return f"<p>{'<br>'.join(labels)}</p>{_table(rest)}"
    if rows and all(len(row) > 1 for row in rows) and all(_is_simple(cell) for row in rows for cell in row):
        return _data(rows)
    return "".join(f"<p></p>{cell}<p></p>" for row in rows for cell in row)


def _data(rows: list[list[str]]) -> str:
    width = max(len(row) for row in rows)
    lines = [[_line(cell) for cell in row] + [""] * (width - len(row)) for row in rows]
    lines.insert(1, [literal("---")] * width)
    bar = literal("|")
    shown = [f"{bar} {f' {bar} '.join(in_cell(cell) for cell in line)} {bar}" for line in lines]
    return f"<p>{'<br>'.join(shown)}</p>"


def _is_simple(cell: str) -> bool:
    """Whether a cell holds no more than one paragraph."""
    paragraphs = [part for part in re.split(r"</?p>", cell) if part.strip()]
    return len(paragraphs) < 2 and not re.search(rf"<(?!/?p>|br>)|<p>{literal('|')}", cell)


def _line(cell: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", cell).split())


def _words(cell: str) -> str:
    return re.sub("[\ue200-\ue203]", "", _line(cell))
