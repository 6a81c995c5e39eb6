"""Number lists as Word does: one that goes on after a paragraph between goes on counting.

Mammoth begins a list anew there, at 1. So the number of each item is counted here and goes through mammoth as
a sign before its words; the first sign of a list says where it starts.
"""

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

from bulletin.collect.word.package import W
from bulletin.collect.word.styles import value_of

_FIRST_SIGN, _MOST = 0xE500, 0x3FF
_SIGN = re.compile(f"[{chr(_FIRST_SIGN)}-{chr(_FIRST_SIGN + _MOST)}]")
_DEEPEST = 9

Levels = Mapping[tuple[str, int], int]


def sign_numbers(parts: Mapping[str, ET.Element]) -> None:
    """Put a sign before the words of each list item of a tidied document, in place."""
    document, numbering = parts["document"], parts.get("numbering")
    if numbering is None:
        return
    for text in document.iter(W + "t"):
        text.text = _SIGN.sub("", text.text or "")
    by_style = dict(_style_lists(parts.get("styles")))
    lists = {one.get(W + "numId", ""): one for one in numbering.iter(W + "num")}
    starts = dict(_starts(numbering))
    counts: dict[str, dict[int, int]] = {}
    for paragraph in document.iter(W + "p"):
        ident, level = _list_of(paragraph, by_style)
        if ident in lists:
            number = _count(counts, starts, lists[ident], level)
            paragraph.insert(1 if paragraph.find(W + "pPr") is not None else 0, _signed(number))


def read_signs(blocks: list[ET.Element]) -> list[ET.Element]:
    """Say of each ordered list where it starts, by the sign of its first item, and take all signs out."""
    for block in blocks:
        for one in block.iter("ol"):
            sign = _SIGN.match("".join(one[0].itertext())) if len(one) else None
            number = ord(sign[0]) - _FIRST_SIGN if sign else 1
            if number > 1:
                one.set("start", str(number))
        for element in block.iter():
            element.text = _SIGN.sub("", element.text) if element.text else element.text
            element.tail = _SIGN.sub("", element.tail) if element.tail else element.tail
    return blocks


def _list_of(paragraph: ET.Element, by_style: Mapping[str, tuple[str, int]]) -> tuple[str, int]:
    """Give the list a paragraph is in, "" for none, and its level."""
    look = paragraph.find(W + "pPr")
    if look is None:
        return "", 0
    said = look.find(W + "numPr")
    ident, level = by_style.get(value_of(look.find(W + "pStyle")), ("", 0))
    if said is None:
        return ident, level
    return value_of(said.find(W + "numId")) or ident, _whole(value_of(said.find(W + "ilvl")), level)


def _style_lists(styles: ET.Element | None) -> Iterator[tuple[str, tuple[str, int]]]:
    for style in styles.iter(W + "style") if styles is not None else ():
        said = style.find(f"{W}pPr/{W}numPr")
        if said is not None:
            level = _whole(value_of(said.find(W + "ilvl")), 0)
            yield style.get(W + "styleId", ""), (value_of(said.find(W + "numId")), level)


def _starts(numbering: ET.Element) -> Iterator[tuple[tuple[str, int], int]]:
    """Give the first number of each level: of a kind of list, and `=ID` for one list that starts anew."""
    for kind in numbering.iter(W + "abstractNum"):
        for level in kind.iter(W + "lvl"):
            at = _whole(level.get(W + "ilvl", ""), 0)
            yield (kind.get(W + "abstractNumId", ""), at), _whole(value_of(level.find(W + "start")), 1)
    for one in numbering.iter(W + "num"):
        for override in one.iter(W + "lvlOverride"):
            first = override.find(W + "startOverride")
            if first is not None:
                at = _whole(override.get(W + "ilvl", ""), 0)
                yield (f"={one.get(W + 'numId', '')}", at), _whole(value_of(first), 1)


def _count(counts: dict[str, dict[int, int]], starts: Levels, one: ET.Element, level: int) -> int:
    """Count an item; lists of one kind count on in each other unless one starts anew."""
    own, kind = f"={one.get(W + 'numId', '')}", value_of(one.find(W + "abstractNumId"))
    anew = any(ident == own for ident, _ in starts)
    count = counts.setdefault(own if anew else kind, {})
    first = starts.get((own, level), starts.get((kind, level), 1))
    count[level] = count.get(level, first - 1) + 1
    for deeper in range(level + 1, _DEEPEST):
        count.pop(deeper, None)
    return count[level]


def _signed(number: int) -> ET.Element:
    run, text = ET.Element(W + "r"), ET.Element(W + "t")
    text.text = chr(_FIRST_SIGN + max(0, min(number, _MOST)))
    run.append(text)
    return run


def _whole(written: str, otherwise: int) -> int:
    return int(written) if re.fullmatch("[0-9]{1,4}", written) else otherwise
