"""Handle the blocks of a document as HTML elements: read them, split them, write them as Markdown."""

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from xml.etree import ElementTree as ET

from bulletin.collect.readers.word.inline import release_marks, rewrite
from bulletin.collect.words.html import html_to_markdown
from bulletin.collect.words.tables import table_to_markdown

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
INLINE = ("a", "strong", "b", "em", "i", "u", "span", "sup", "sub", "br")
BOLD = ("strong", "b", "u")

# Signs of our own that html2text leaves alone. The first stands before all blocks, so that a list there keeps
# the margin which html2text gives to lists and which then goes from all of them; the other before each cell.
_FIRST, _NEXT = "\ue402", "\ue403"


def parse_blocks(html: str) -> list[ET.Element]:
    """Parse well-formed HTML, as mammoth and we ourselves write it; words outside any block get one."""
    html = re.sub("[\ue400-\ue4ff]", "", html)
    body = ET.fromstring(f"<body>{html}</body>")  # noqa: S314 -- written by mammoth, no document type
    blocks = []
    for words, child in [(body.text, None), *((child.tail, child) for child in body)]:
        if child is not None:
            child.tail = None
            blocks.append(child)
        if words and words.strip():
            blocks.append(paragraph(words))
    return blocks


def paragraph(words: str) -> ET.Element:
    """Make a paragraph of plain words."""
    made = ET.Element("p")
    made.text = words
    return made


def words_of(block: ET.Element) -> str:
    """Give a block's words on one line."""
    return " ".join("".join(block.itertext()).split())


def to_markdown(blocks: Iterable[ET.Element]) -> str:
    """Write blocks as Markdown that is safe and shows the same words."""
    written: list[str] = []
    for table, group in groupby(blocks, key=lambda block: block.tag == "table"):
        run = list(group)
        written += map(_table_to_markdown, run) if table else [_to_markdown(run)]
    return "\n\n".join(part for part in written if part)


def _to_markdown(blocks: list[ET.Element]) -> str:
    for block in blocks:
        for element in list(block.iter()):
            if element.tag not in INLINE and element.tag not in ("ul", "ol"):
                rewrite(element)
    html = "".join(ET.tostring(block, "unicode", "html") for block in blocks)
    markdown = html_to_markdown(f"<p>{_FIRST}</p>{html}").removeprefix(_FIRST).lstrip("\n")
    return release_marks(re.sub("(?m)^  ", "", markdown))


def _table_to_markdown(table: ET.Element) -> str:
    """Write a table, each cell by itself: html2text leaves an empty first cell out."""
    cells = [cell for row in table for cell in row]
    for cell in cells:
        cell.insert(0, _sign(_NEXT, cell.text))
        cell.text = None
    written = iter(_to_markdown(cells).replace(_NEXT, "", 1).split(_NEXT))
    head, *rows = [[" ".join(next(written).split()) for _ in row] for row in table]
    return table_to_markdown(head, rows)


def _sign(sign: str, after: str | None) -> ET.Element:
    made = ET.Element("span")
    made.text, made.tail = sign, after
    return made


def split_at_breaks(block: ET.Element) -> list[ET.Element]:
    """Split a paragraph at its line breaks, whatever they are nested in."""
    current = _shell(block)
    current.text = block.text
    pieces = [current]
    for child in block:
        if child.tag == "br":
            current = _shell(block)
            current.text = child.tail
            pieces.append(current)
            continue
        for number, inner in enumerate(split_at_breaks(child)):
            if number:
                current = _shell(block)
                pieces.append(current)
            current.append(inner)
        current[-1].tail = child.tail
    return pieces


def cut_start(block: ET.Element, length: int) -> None:
    """Take the first characters off a block, through whatever they are nested in."""
    for element, slot in list(_slots(block)):
        words = getattr(element, slot) or ""
        taken = min(length, len(words))
        setattr(element, slot, words[taken:])
        length -= taken
        if not length:
            return


def unmark(block: ET.Element, tags: Collection[str]) -> ET.Element:
    """Make elements of these tags mean nothing: html_to_markdown keeps their words alone."""
    for element in block.iter():
        if element.tag in tags:
            element.tag = "span"
    return block


def is_bold(block: ET.Element) -> bool:
    """Whether all of a block's words are bold or underlined."""
    return bool(re.search(r"\w", words_of(block))) and not re.search(r"\w", _outside_bold(block))


def _outside_bold(element: ET.Element) -> str:
    inner = "".join(
        ("" if child.tag in BOLD else _outside_bold(child)) + (child.tail or "") for child in element
    )
    return (element.text or "") + inner


def _shell(element: ET.Element) -> ET.Element:
    return ET.Element(element.tag, element.attrib)


def _slots(element: ET.Element) -> Iterator[tuple[ET.Element, str]]:
    yield element, "text"
    for child in element:
        yield from _slots(child)
        yield child, "tail"
