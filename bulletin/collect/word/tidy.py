"""Turn a Word document's XML into what a reader of the finished document sees, and count what that took.

Tracked changes are accepted, hidden and struck-out words taken out, text boxes set after their paragraph,
pictures taken out and counted; a container nobody knows is opened, never dropped.
"""

from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

from bulletin.collect.figures import set_off
from bulletin.collect.word.drawings import BLIP, CROP, VML, text_boxes, what_is_shown
from bulletin.collect.word.package import MC, R, Relation, W
from bulletin.collect.word.seen import Drawn, Seen
from bulletin.collect.word.styles import Styles, is_on, value_of

MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

HELP_STYLE = "form help"
"""The paragraph style of the contribution form's own words; they are no contribution."""

_W_KEPT = {
    *("document", "body", "p", "r", "tbl", "tr", "tc", "t", "tab", "br", "noBreakHyphen", "sym", "hyperlink"),
    *("fldChar", "instrText", "footnotes", "endnotes", "footnote", "endnote"),
}
_W_PROPERTIES = {"pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr"}
_W_DROPPED = {
    *("sectPr", "proofErr", "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd"),
    *("commentReference", "annotationRef", "lastRenderedPageBreak", "footnoteRef", "endnoteRef", "separator"),
    *("continuationSeparator", "softHyphen", "delText", "delInstrText", "sdtPr", "sdtEndPr", "customXmlPr"),
    *("smartTagPr", "rubyPr", "permStart", "permEnd"),
}
_GONE = {"del", "moveFrom"}
_ARRIVED = {"ins", "moveTo"}
_PICTURES = {"drawing", "pict", "object"}


def tidy(root: ET.Element, styles: Styles, relations: Mapping[str, Relation], notes: set[str]) -> Seen:
    """Tidy a part in place, and say what was seen.

    Args:
        notes: the ids of the foot- and endnotes there are, each with its kind: `footnote 2`.
    """
    walk = _Walk(styles, relations, notes)
    walk.inside(root)
    return walk.seen


class _Walk:
    """One walk through a part, top down; `boxes` waits for the end of the paragraph they hang on."""

    def __init__(self, styles: Styles, relations: Mapping[str, Relation], notes: set[str]) -> None:
        self.styles, self.relations, self.notes = styles, relations, notes
        self.seen = Seen()
        self.boxes: list[ET.Element] = []

    def inside(self, parent: ET.Element) -> None:
        """Replace an element's children by what they become."""
        parent[:] = self.become(list(parent))

    def become(self, children: list[ET.Element]) -> list[ET.Element]:
        return [new for child in _set_apart(children) for new in self.one(child)]

    def one(self, element: ET.Element) -> list[ET.Element]:
        """Give what an element becomes: itself, its contents, something plainer, or nothing."""
        space, _, name = element.tag.rpartition("}")
        if space + "}" == W:
            return self.word(element, name)
        if element.tag == MC + "AlternateContent":
            return self.alternatives(element)
        if element.tag in (MATH + "oMath", MATH + "oMathPara"):
            return self.formula(element)
        return self.become(list(element))

    def word(self, element: ET.Element, name: str) -> list[ET.Element]:  # noqa: C901, PLR0911, PLR0912 -- a table
        if name in _W_DROPPED:
            return []
        if name in _GONE:
            self.seen.deletions += _has_words(element)
            return []
        if name in _ARRIVED:
            self.seen.insertions += _has_words(element)
            return self.become(list(element))
        match name:
            case "p":
                return self.paragraph(element)
            case "r":
                return self.run(element)
            case "tr":
                return self.row(element)
            case "sdt":
                return self.control(element)
            case "fldSimple":
                return self.field(element)
            case "hyperlink":
                return self.hyperlink(element)
            case "cr" | "br":
                return [ET.Element(W + "br")]
            case "ptab":
                return [ET.Element(W + "tab")]
            case "altChunk":
                self.seen.others.append("a piece pasted in from another file")
                return []
            case "footnoteReference" | "endnoteReference":
                known = f"{name.removesuffix('Reference')} {element.get(W + 'id')}" in self.notes
                return [element] if known else []
        if name in _PICTURES:
            return self.picture(element)
        if name in _W_PROPERTIES:
            return [element]
        if name in _W_KEPT:
            self.inside(element)
            return [element]
        return self.become(list(element))

    def paragraph(self, element: ET.Element) -> list[ET.Element]:
        """Tidy a paragraph, its text boxes after it; leave out a table of contents and the form's help."""
        style = self.styles.names.get(value_of(element.find(f"{W}pPr/{W}pStyle")), "")
        if style == HELP_STYLE:
            return []
        if style.startswith("toc ") or style == "toc heading":
            self.seen.contents += 1
            return []
        outer, self.boxes = self.boxes, []
        self.inside(element)
        boxes, self.boxes = self.boxes, outer
        after = [new for box in boxes for new in self.become(list(box))]
        return [element, *after]

    def run(self, element: ET.Element) -> list[ET.Element]:
        """Tidy a run, or take it out where it is hidden or struck out."""
        look = element.find(W + "rPr")
        style = value_of(look.find(W + "rStyle")) if look is not None else ""
        hidden = style in self.styles.hidden
        struck = False
        if look is not None:
            vanish = look.find(W + "vanish")
            hidden = hidden if vanish is None else is_on(vanish)
            struck = is_on(look.find(W + "strike")) or is_on(look.find(W + "dstrike"))
        if hidden or struck:
            words = "".join(text.text or "" for text in element.iter(W + "t"))
            if words.strip():
                (self.seen.hidden if hidden else self.seen.struck).append(words)
            element[:] = [child for child in element if child.tag in (W + "fldChar", W + "instrText")]
            return [element] if len(element) else []
        raised = value_of(look.find(W + "vertAlign")) if look is not None else ""
        if raised in ("superscript", "subscript"):
            for text in element.iter(W + "t"):
                text.text = set_off(text.text or "", raised=raised == "superscript")
        self.inside(element)
        return [element]

    def row(self, element: ET.Element) -> list[ET.Element]:
        if element.find(f"{W}trPr/{W}del") is not None:
            self.seen.deletions += 1
            return []
        self.inside(element)
        return [element]

    def control(self, element: ET.Element) -> list[ET.Element]:
        """Open a content control; leave out one still showing its prompt, or a table of contents."""
        content = element.find(W + "sdtContent")
        if content is None:
            return []
        if is_on(element.find(f"{W}sdtPr/{W}showingPlcHdr")):
            self.seen.blanks += 1
            return []
        if value_of(element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")) == "Table of Contents":
            self.seen.contents += 1
            return []
        return self.become(list(content))

    def field(self, element: ET.Element) -> list[ET.Element]:
        """Spell a simple field out as the complex one it stands for."""
        instruction = ET.Element(W + "instrText")
        instruction.text = element.get(W + "instr", "")
        inner = self.become(list(element))
        return [_mark("begin"), _run(instruction), _mark("separate"), *inner, _mark("end")]

    def hyperlink(self, element: ET.Element) -> list[ET.Element]:
        relation = self.relations.get(element.get(R + "id", ""))
        if relation is None or not relation.external:
            element.attrib.pop(R + "id", None)
        self.inside(element)
        return [element]

    def alternatives(self, element: ET.Element) -> list[ET.Element]:
        """Take what a new Word shows, or what an old one shows where that is nothing to us."""
        for choice in (element.find(MC + "Choice"), element.find(MC + "Fallback")):
            if choice is None:
                continue
            before = (len(self.boxes), len(self.seen.pictures), len(self.seen.others), self.seen.decorations)
            found = self.become(list(choice))
            after = (len(self.boxes), len(self.seen.pictures), len(self.seen.others), self.seen.decorations)
            if found or after != before:
                return found
        return []

    def formula(self, element: ET.Element) -> list[ET.Element]:
        words = " ".join(text.text for text in element.iter(MATH + "t") if text.text)
        if not words:
            return []
        self.seen.formulas += 1
        text = ET.Element(W + "t", {XML_SPACE: "preserve"})
        text.text = words
        return [_run(text)]

    def picture(self, element: ET.Element) -> list[ET.Element]:
        """Count what a drawing shows and keep its text boxes for after the paragraph."""
        boxes = list(text_boxes(element))
        self.seen.boxes += len(boxes)
        self.boxes += boxes
        shown = what_is_shown(element)
        if shown.kind == "picture":
            self.seen.pictures.append(Drawn(shown.words, self._part(element)))
        elif shown.kind == "decoration":
            self.seen.decorations += 1
        elif shown.kind:
            self.seen.others.append(f"{shown.kind} ({shown.words})" if shown.words else shown.kind)
        return []

    def _part(self, drawing: ET.Element) -> str:
        """Give the name of the part a drawing shows, "" where it is not in the file or only partly shown.

        What Word cuts off a picture stays in its file, and would be printed here.
        """
        if any(side not in ("", "0") for cut in drawing.iter(CROP) for side in cut.attrib.values()):
            return ""
        if any(side.startswith("crop") for data in drawing.iter(VML + "imagedata") for side in data.attrib):
            return ""
        marks = [blip.get(R + "embed", "") for blip in drawing.iter(BLIP)]
        marks += [data.get(R + "id", "") for data in drawing.iter(VML + "imagedata")]
        relation = next((self.relations[mark] for mark in marks if mark in self.relations), None)
        return relation.target if relation and relation.kind == "image" and not relation.external else ""


def _set_apart(children: list[ET.Element]) -> Iterator[ET.Element]:
    """Give elements, two formulas that touch with a space between: `a = b`, `c = d` were `a = bc = d`."""
    before = ""
    for child in children:
        if before == child.tag == MATH + "oMath":
            space = ET.Element(W + "t", {XML_SPACE: "preserve"})
            space.text = " "
            yield _run(space)
        yield child
        before = child.tag


def _has_words(element: ET.Element) -> bool:
    return any((text.text or "").strip() for name in ("t", "delText") for text in element.iter(W + name))


def _run(child: ET.Element) -> ET.Element:
    run = ET.Element(W + "r")
    run.append(child)
    return run


def _mark(kind: str) -> ET.Element:
    return _run(ET.Element(W + "fldChar", {W + "fldCharType": kind}))
