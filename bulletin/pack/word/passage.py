"""A passage of clean HTML as paragraphs, lists and tables of a Word document."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from docx.document import Document
from docx.shared import Emu
from docx.text.paragraph import Paragraph

from bulletin.model.edition import Image
from bulletin.pack.word.runs import (
    Voice,
    count_from,
    describe_table,
    link_to,
    put_in_list,
    rule_under,
    say,
    turn,
)
from bulletin.pack.word.tree import Node, tree_of

DEEPEST = 3
"""How many levels of lists have a style of their own."""
BLOCKS = ("p", "pre", "blockquote", "table", "hr", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6")
MARKS = {"strong": {"bold": True}, "em": {"italic": True}, "code": {"code": True}}
PIXEL = 9525
"""EMU, of which Word counts 914,400 to the inch and a page 96 pixels."""
_SPACE = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True, slots=True)
class Page:
    """The document that is written, and the pictures it may show, by their names."""

    document: Document
    images: Mapping[str, Image] = field(default_factory=dict)

    def paragraph(self, style: str, voice: Voice) -> Paragraph:
        """Add a paragraph, running as the voice does."""
        made = self.document.add_paragraph(style=style)
        if voice.rtl:
            turn(made)
        return made


def write_html(page: Page, html: str, voice: Voice) -> None:
    """Write a fragment that `markdown.to_html` made."""
    _blocks(page, tree_of(html), voice)


def write_inline(page: Page, html: str, voice: Voice, into: Paragraph) -> None:
    """Write a fragment without blocks into a paragraph."""
    _inline(page, tree_of(html), voice, into)


def _blocks(page: Page, nodes: Iterable[Node], voice: Voice, style: str = "Normal") -> None:
    for node in nodes:
        if node.tag in ("p", "pre"):
            said = voice.but(code=True, kept=True) if node.tag == "pre" else voice
            _inline(page, node.children, said, page.paragraph(style, voice))
        elif re.fullmatch("h[1-6]", node.tag):
            _inline(page, node.children, voice, page.paragraph(f"Heading {node.tag[1]}", voice))
        elif node.tag in ("ul", "ol"):
            _list(page, node, voice)
        elif node.tag == "blockquote":
            _blocks(page, node.children, voice, "Quote")
        elif node.tag == "table":
            _table(page, node, voice)
        elif node.tag == "hr":
            rule_under(page.paragraph("Normal", voice))


def _list(page: Page, node: Node, voice: Voice, depth: int = 1) -> None:
    level = min(depth, DEEPEST)
    style = f"List {'Number' if node.tag == 'ol' else 'Bullet'}{f' {level}' if level > 1 else ''}"
    first = int(node.attributes.get("start") or 1)
    number = count_from(page.document, style, first) if node.tag == "ol" else 0
    for item in node.children:
        if item.tag == "li":
            _list_item(page, item, voice, (style, number, depth))


def _list_item(page: Page, item: Node, voice: Voice, place: tuple[str, int, int]) -> None:
    """Write one item: its first words beside the mark, what follows under them."""
    style, number, depth = place
    level = min(depth, DEEPEST)
    under = f"List Continue{f' {level}' if level > 1 else ''}"
    into = page.paragraph(style, voice)
    if number:
        put_in_list(into, number)
    for child in _trimmed(item.children):
        if child.tag in ("ul", "ol"):
            _list(page, child, voice, depth + 1)
        elif child.tag == "p" and not into.text:
            _inline(page, child.children, voice, into)
        elif child.tag in BLOCKS:
            _blocks(page, [child], voice, under)
        else:
            _inline(page, [child], voice, into)


def _trimmed(nodes: Sequence[Node]) -> Iterator[Node]:
    """Give the nodes of a list's item without the line ends before a block and at the end."""
    for node, follows in zip(nodes, [*nodes[1:], None], strict=False):
        if not node.tag and (follows is None or follows.tag in BLOCKS):
            yield Node("", node.text.rstrip())
        else:
            yield node


def _table(page: Page, node: Node, voice: Voice) -> None:
    """Write a contributor's table; its first row heads its columns."""
    rows = [[cell for cell in row.children if cell.tag in ("th", "td")] for row in _rows(node)]
    if not rows:
        return
    table = page.document.add_table(len(rows), max(map(len, rows)), style="Table Grid")
    describe_table(table, "; ".join(" ".join(cell.words.split()) for cell in rows[0]))
    for row, cells in zip(table.rows, rows, strict=True):
        for place, cell in zip(row.cells, cells, strict=False):
            said = voice.but(bold=voice.bold or cell.tag == "th")
            if voice.rtl:
                turn(place.paragraphs[0])
            _inline(page, cell.children, said, place.paragraphs[0])
    page.paragraph("Normal", voice)


def _rows(node: Node) -> list[Node]:
    found = []
    for child in node.children:
        found += [child] if child.tag == "tr" else _rows(child)
    return found


def _inline(page: Page, nodes: Iterable[Node], voice: Voice, into: Paragraph, holder: Any = None) -> None:
    """Write words with their emphasis, links and pictures; holder: the link they stand in."""
    for node in nodes:
        if not node.tag:
            _words(node.text, voice, into, holder)
        elif node.tag == "br":
            into.add_run().add_break()
        elif node.tag == "a" and node.attributes.get("href"):
            _inline(page, node.children, voice, into, link_to(into, node.attributes["href"]))
        elif node.tag == "img":
            _picture(page, node, voice, into)
        else:
            _inline(page, node.children, voice.but(**MARKS.get(node.tag, {})), into, holder)


def _words(text: str, voice: Voice, into: Paragraph, holder: Any) -> None:
    if not voice.kept:
        words = _SPACE.sub(" ", text)
        words = words if into.text or holder is not None else words.lstrip(" ")
        if words:
            say(into, words, voice, holder)
        return
    for place, line in enumerate(text.rstrip("\n").split("\n")):
        if place:
            into.add_run().add_break()
        say(into, line, voice, holder)


def _picture(page: Page, node: Node, voice: Voice, into: Paragraph) -> None:
    """Show a picture of ours with its alternative text; of any other, say what it shows."""
    name = node.attributes.get("src", "").removeprefix("cid:")
    alt = node.attributes.get("alt", "")
    image = page.images.get(name)
    if image is None:
        say(into, f"[Picture: {alt}]" if alt else "", voice)
        return
    width = int(node.attributes.get("width") or 0) * PIXEL
    shape = into.add_run().add_picture(BytesIO(image.data), width=Emu(width) if width else None)
    shape._inline.docPr.set("descr", alt)  # noqa: SLF001 -- the library has no way to say it
