"""Give a document the shape its writer meant: typed bullets become lists, bold lines headings.

Works on the HTML of any office document; the words stay as they are.
"""

import re
from collections.abc import Iterator
from itertools import groupby
from xml.etree import ElementTree as ET

from bulletin.collect.readers.word.blocks import (
    BOLD,
    HEADINGS,
    is_bold,
    paragraph,
    split_at_breaks,
    unmark,
    words_of,
)
from bulletin.collect.readers.word.lists import lift_hollow, typed_lists
from bulletin.collect.readers.word.tables import as_blocks
from bulletin.collect.words.draft import LABEL_LINE, label_of
from bulletin.markdown import SCHEMES
from bulletin.wording import plural

HEADING_WORDS = 14
LINKS = tuple(f"{scheme}:" for scheme in sorted(SCHEMES))
"""How an address begins that leads somewhere from a bulletin."""


def shape(blocks: list[ET.Element]) -> tuple[list[ET.Element], list[str]]:
    """Give a document's blocks as its writer meant them, and notes of what was left behind."""
    opened = [new for block in blocks for new in (_notes(block) if _is_notes(block) else [block])]
    notes = _lame_links(opened)
    found = [new for block in opened for new in _plainer(block)]
    found = [block for block in found if words_of(block)]
    return _fake_headings(_demoted(list(typed_lists(found)))), notes


def is_label(block: ET.Element) -> str:
    """Give the agreed name of the label a paragraph begins with, "" where it is none of the contract's."""
    return label_of(words_of(block)) if block.tag == "p" else ""


def _plainer(block: ET.Element) -> Iterator[ET.Element]:
    """Open what only lays out, and give each line of a paragraph its own."""
    for box in block.iter("input"):
        box.tag, box.text = "span", "\u2612" if box.get("checked") else "\u2610"
        box.attrib.clear()
    if block.tag == "table":
        for inner in as_blocks(block):
            yield from [inner] if inner.tag == "table" else _plainer(inner)
    elif block.tag == "p":
        yield from split_at_breaks(block)
    elif block.tag in HEADINGS:
        joined = split_at_breaks(block)
        for piece in joined[1:]:
            joined[0].append(_span(piece))
        yield joined[0]
    else:
        yield lift_hollow(block)


def _span(piece: ET.Element) -> ET.Element:
    piece.tag, piece.text = "span", " " + (piece.text or "")
    return piece


def _demoted(blocks: list[ET.Element]) -> list[ET.Element]:
    """Put all other headings under a title in Word's style for titles."""
    titled = any(block.get("class") == "title" for block in blocks)
    for block in blocks:
        if block.tag in HEADINGS:
            unmark(block, BOLD)
        if titled and block.tag in HEADINGS and block.get("class") != "title":
            block.tag = HEADINGS[min(HEADINGS.index(block.tag) + 1, len(HEADINGS) - 1)]
    return blocks


def _fake_headings(blocks: list[ET.Element]) -> list[ET.Element]:
    """Make headings of short bold lines that stand alone before something; three in a row are a notice."""
    level = "h2"
    for block, alone in zip(blocks, list(_stand_alone(blocks)), strict=True):
        if block.tag in HEADINGS:
            level = HEADINGS[min(HEADINGS.index(block.tag) + 1, len(HEADINGS) - 1)]
        elif alone and _looks_like_heading(block):
            block.set("class", level)
    for block in blocks:
        if block.tag == "p" and block.get("class") in HEADINGS:
            block.tag = block.attrib.pop("class")
            unmark(block, BOLD)
        unmark(block, ["u"])
    return blocks


def _looks_like_heading(block: ET.Element) -> bool:
    words = words_of(block)
    return (
        block.tag == "p"
        and is_bold(block)
        and 0 < len(words.split()) <= HEADING_WORDS
        and not words.endswith((".", ",", ";"))
        and not re.search(r"@|://|www\.", words)
        and not LABEL_LINE.match(words)
    )


def _stand_alone(blocks: list[ET.Element]) -> Iterator[bool]:
    """Say of each block whether it has something under it, and is not one of three bold lines or more."""
    done = 0
    for bold, group in groupby(blocks, key=lambda block: block.tag == "p" and is_bold(block)):
        run = len(list(group))
        done += run
        for at in range(run):
            yield not (bold and run > 2) and (at + 1 < run or done < len(blocks))


def _is_notes(block: ET.Element) -> bool:
    return (
        block.tag == "ol"
        and len(block) > 0
        and (block[0].get("id") or "").startswith(("footnote-", "endnote-"))
    )


def _notes(block: ET.Element) -> Iterator[ET.Element]:
    """Write foot- and endnotes as paragraphs with their numbers, without the arrows back."""
    for number, item in enumerate(block, 1):
        for parent in item.iter():
            for link in parent.findall("a"):
                if (link.get("href") or "").startswith(("#footnote-ref", "#endnote-ref")):
                    link.tag, link.text = "span", ""
        first = True
        for inner in list(item) or [item]:
            inner.tail = None
            if first and inner.tag == "p" and words_of(inner):
                inner.text = f"[{number}] {(inner.text or '').lstrip()}"
                first = False
            elif first and inner.tag != "p":
                yield paragraph(f"[{number}]")
                first = False
            yield inner


def _lame_links(blocks: list[ET.Element]) -> list[str]:
    """Turn links that lead nowhere from here into their words, and say how many of what kind."""
    kinds: dict[str, int] = {}
    for block in blocks:
        for link in block.iter("a"):
            href = re.sub(r"[\x00-\x20]+", "", link.get("href") or "") if link.get("href") else ""
            if href.lower().startswith(LINKS):
                link.attrib.clear()
                link.set("href", href)
                continue
            link.tag = "span"
            link.attrib.clear()
            if href and not href.startswith("#"):
                kind = href.partition(":")[0].lower() if re.match(r"[A-Za-z][\w+.-]+:", href) else "a path"
                kinds[kind] = kinds.get(kind, 0) + 1
    total = sum(kinds.values())
    if not total:
        return []
    return [f"{plural(total, 'link')} left behind, of no use from here ({', '.join(sorted(kinds))})"]
