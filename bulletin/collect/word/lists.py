"""Turn bullets and numbers that somebody typed into lists."""

import re
from collections.abc import Iterator
from itertools import groupby
from xml.etree import ElementTree as ET

from bulletin.collect.text import BULLETS
from bulletin.collect.word.blocks import cut_start

DASHES = "\u2013\u2014-"
SYMBOLS = "\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf02d\u2043\u27a2\u25cb\u25a0\u25a1\u2713\u2714"
"""Bullets as the fonts Symbol and Wingdings have them, and rarer ones."""
BULLET = re.compile(
    rf"\s*(?:([{BULLETS.strip(DASHES)}{SYMBOLS}])\s*|([*{DASHES}])\s+|(o)(?:\t\s*|\s{{2,}}|[\s\xa0](?=[A-Z])))(?=\S)"
)
NUMBER = re.compile(r"\s*(\d{1,2})[.)]\s+(?=\S)")
MOST_LEVELS = 3


def lift_hollow(block: ET.Element) -> ET.Element:
    """Lift the lists in items without words of their own, which Word makes of indents, a level up."""
    for one in list(block.iter("ul")) + list(block.iter("ol")):
        for item in list(one):
            inner = [child for child in item if child.tag in ("ul", "ol")]
            if inner and len(inner) == len(item) and not (item.text or "").strip():
                at = list(one).index(item)
                one.remove(item)
                for nested in reversed([new for child in inner for new in child]):
                    one.insert(at, nested)
                if not at:
                    one.tag, one.attrib = inner[0].tag, dict(inner[0].attrib)
    return block


def typed_lists(blocks: list[ET.Element]) -> Iterator[ET.Element]:
    """Turn runs of paragraphs with typed bullets or numbers into lists."""
    for kind, group in groupby(_numbered(blocks), key=lambda pair: pair[0]):
        run = [block for _, block in group]
        if kind == "bullet":
            yield _list(run)
        elif kind:
            yield _ordered(run)
        else:
            yield from run


def _numbered(blocks: list[ET.Element]) -> Iterator[tuple[str, ET.Element]]:
    """Say of each block what list it belongs to: "bullet", a number's run that counts from 1, or none."""
    numbers = [_number(block) for block in blocks]
    run = 0
    for at, block in enumerate(blocks):
        if numbers[at] == 1 and numbers[at + 1 : at + 2] == [2]:
            run = 1
        elif run and numbers[at] == run + 1:
            run += 1
        else:
            run = 0
        if run:
            yield f"number {at - run}", block
        else:
            yield "bullet" if _bullet(block) else "", block


def _number(block: ET.Element) -> int:
    found = NUMBER.match("".join(block.itertext())) if block.tag == "p" else None
    return int(found[1]) if found else 0


def _bullet(block: ET.Element) -> re.Match[str] | None:
    return BULLET.match("".join(block.itertext())) if block.tag == "p" else None


def _ordered(run: list[ET.Element]) -> ET.Element:
    top = ET.Element("ol")
    for item in run:
        found = NUMBER.match("".join(item.itertext()))
        cut_start(item, found.end() if found else 0)
        item.tag = "li"
        item.attrib.clear()
        top.append(item)
    return top


def _list(run: list[ET.Element]) -> ET.Element:
    """Make a list; another bullet under the first is a level down."""
    top = ET.Element("ul")
    levels: list[tuple[str, ET.Element]] = []
    for item in run:
        found = _bullet(item)
        bullet = (found[1] or found[2] or found[3]) if found else ""
        cut_start(item, found.end() if found else 0)
        known = next((at for at, (mark, _) in enumerate(levels) if mark == bullet), None)
        if known is not None:
            del levels[known + 1 :]
        elif not levels:
            levels.append((bullet, top))
        elif len(levels) < MOST_LEVELS:
            levels.append((bullet, ET.SubElement(levels[-1][1][-1], "ul")))
        item.tag = "li"
        item.attrib.clear()
        levels[-1][1].append(item)
    return top
