"""See what a drawing in a Word document shows: a picture, a chart, an object, words in a box."""

from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree as ET

from bulletin.collect.word.package import MC, W

PLACED = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
CROP = "{http://schemas.openxmlformats.org/drawingml/2006/main}srcRect"
BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
VML = "{urn:schemas-microsoft-com:vml}"
OFFICE_VML = "{urn:schemas-microsoft-com:office:office}"


class Shown(NamedTuple):
    """What a drawing shows: `picture`, `decoration`, another noun phrase or ""; its alt text or program."""

    kind: str
    words: str = ""


def what_is_shown(drawing: ET.Element) -> Shown:
    """Name what a drawing shows outside its text boxes."""
    names = {child.tag.rpartition("}")[2] for child in _outside_boxes(drawing)}
    if "OLEObject" in names:
        program = next((ole.get("ProgID", "") for ole in drawing.iter(OFFICE_VML + "OLEObject")), "")
        return Shown("an embedded object", program)
    if any(mark.get("val") == "1" for mark in drawing.iter(DECORATIVE)):
        return Shown("decoration")
    if names & {"blip", "imagedata"}:
        return Shown("picture", _alt(drawing))
    if "chart" in names:
        return Shown("a chart", _alt(drawing))
    return Shown("a diagram", _alt(drawing)) if "relIds" in names else Shown("")


def _alt(drawing: ET.Element) -> str:
    placed = [one.get("descr") or one.get("title") or "" for one in drawing.iter(PLACED + "docPr")]
    alts = placed or [one.get("alt") or "" for one in drawing.iter(VML + "shape")]
    return " ".join(next((alt for alt in alts if alt.strip()), "").split())


def text_boxes(element: ET.Element) -> Iterator[ET.Element]:
    """Find the outermost text boxes, once each: Word writes them a second time for old programs."""
    if element.tag == W + "txbxContent":
        yield element
        return
    children = list(element)
    if element.tag == MC + "AlternateContent":
        choice = element.find(MC + "Choice")
        children = children[:1] if choice is not None else children
    for child in children:
        yield from text_boxes(child)


def _outside_boxes(element: ET.Element) -> Iterator[ET.Element]:
    for child in element:
        if child.tag != W + "txbxContent":
            yield child
            yield from _outside_boxes(child)
