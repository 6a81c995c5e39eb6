"""Read what a Word document's styles say that mammoth does not ask: their names, and which hide words."""

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from bulletin.collect.readers.word.package import W


@dataclass(frozen=True, slots=True)
class Styles:
    """What a document's styles say: names in lower case by id, and the ids of hidden ones."""

    names: Mapping[str, str]
    hidden: frozenset[str]


def read_styles(root: ET.Element | None) -> Styles:
    """Read the styles part."""
    names, hidden = {}, set()
    for style in root.iter(W + "style") if root is not None else ():
        ident = style.get(W + "styleId", "")
        names[ident] = value_of(style.find(W + "name")).lower()
        if is_on(style.find(f"{W}rPr/{W}vanish")):
            hidden.add(ident)
    return Styles(names, frozenset(hidden))


def value_of(element: ET.Element | None) -> str:
    """Give an element's value, "" where it or the element is missing."""
    return element.get(W + "val", "") if element is not None else ""


def is_on(element: ET.Element | None) -> bool:
    """Whether a switch is there and not set to off; ISO 29500-1, 17.17.4."""
    return element is not None and element.get(W + "val", "1") not in ("0", "false", "off", "none")
