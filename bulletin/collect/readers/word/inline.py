"""Write the words of one block with their links and emphasis, so that no space or sign comes in or goes out.

html2text puts spaces round emphasis (`**bold** ,`), and mammoth breaks it into pieces; so a block's words are
taken apart into runs of one look and put together again, with stand-ins for the marks, which html2text leaves
alone.
"""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple
from xml.etree import ElementTree as ET

# Private-use characters beyond those of `collect.words.escape`.
STRONG, EMPHASIS = "\ue400", "\ue401"
MARKS = {STRONG: "**", EMPHASIS: "*"}
_MARK = re.compile(f"[{STRONG}{EMPHASIS}]")


class Look(NamedTuple):
    """How a run of words looks: STRONG, EMPHASIS or "", and the address it links to or ""."""

    mark: str
    href: str


def rewrite(block: ET.Element) -> None:
    """Put a block's inline words together again, in place; lists inside it are left as they are."""
    lists = [child for child in block if child.tag in ("ul", "ol")]
    runs = list(_runs(block, Look("", "")))
    block.text = ""
    block[:] = []
    for href, group in groupby(runs, key=lambda run: run[1].href):
        words = _marked([(words, look.mark) for words, look in group])
        if href and _is_itself(words, href):
            _append(block, href if re.match("https?:", href) else words)
        elif href and words.strip():
            _link(block, href, words)
        else:
            _append(block, words)
    block.text = (block.text or "").lstrip()
    block.extend(lists)


def release_marks(markdown: str) -> str:
    """Turn the stand-ins into Markdown's marks."""
    return re.sub(_MARK, lambda found: MARKS[found[0]], markdown)


def _runs(element: ET.Element, look: Look) -> Iterator[tuple[str, Look]]:
    """Give the words of an element run by run."""
    if element.text:
        yield element.text, look
    for child in element:
        if child.tag in ("strong", "b"):
            yield from _runs(child, look._replace(mark=STRONG))
        elif child.tag in ("em", "i"):
            yield from _runs(child, look if look.mark else look._replace(mark=EMPHASIS))
        elif child.tag == "a" and child.get("href"):
            yield from _runs(child, look._replace(href=child.get("href", "")))
        elif child.tag == "br":
            yield "\n", look._replace(mark="")
        elif child.tag not in ("ul", "ol"):
            yield from _runs(child, look)
        if child.tail:
            yield child.tail, look


def _marked(runs: list[tuple[str, str]]) -> str:
    """Put marks round the runs that need them, touching words on the inside, no two marks side by side."""
    joined = [
        ("".join(words for words, _ in group), mark) for mark, group in groupby(runs, key=lambda run: run[1])
    ]
    whole = "".join(words for words, _ in joined)
    out, at = "", 0
    for words, mark in joined:
        at += len(words)
        core = words.strip()
        if mark and core:
            start = words.index(core)
            core, start = _grip(
                core, start, out[-1:] if not start else " ", (words[start + len(core) :] + whole[at:])[:1]
            )
        if not mark or not core or (not start and out[-1:] in MARKS):
            out += words
            continue
        out += words[:start] + mark + core + mark + words[start + len(core) :]
    return out


def _grip(core: str, start: int, before: str, after: str) -> tuple[str, int]:
    """Leave signs at the edges outside where they touch a word there: CommonMark would not see the mark."""
    if before.isalnum():
        bare = core.lstrip("".join({sign for sign in core if not sign.isalnum()}))
        start, core = start + len(core) - len(bare), bare
    if after.isalnum():
        core = core.rstrip("".join({sign for sign in core if not sign.isalnum()}))
    return core, start


def _is_itself(words: str, href: str) -> bool:
    """Whether a link's words are its own address: Markdown links that without help."""
    bare = _MARK.sub("", words).strip().rstrip("/")
    return bare == href.rstrip("/")


def _append(block: ET.Element, words: str) -> None:
    """Add words at the end of a block, line breaks as such."""
    for number, line in enumerate(words.split("\n")):
        if number:
            ET.SubElement(block, "br")
        if len(block):
            block[-1].tail = (block[-1].tail or "") + line
        else:
            block.text = (block.text or "") + line


def _link(block: ET.Element, href: str, words: str) -> None:
    """Add a link, the spaces round its words outside it."""
    bare = words.strip()
    start = words.index(bare)
    _append(block, words[:start])
    link = ET.SubElement(block, "a", {"href": href})
    link.text = bare.replace("\n", " ")
    link.tail = words[start + len(bare) :]
