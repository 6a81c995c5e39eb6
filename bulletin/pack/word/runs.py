"""What Word's own format has and the library no function for: links, bookmarks, languages, numbering."""

import re
from dataclasses import dataclass, replace
from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

CODE_FONT = "Courier New"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Voice:
    """How a run of words is said: emphasis, language (a BCP 47 tag, or "" for the document's), direction.

    kept: whether its line ends and spaces count.
    """

    bold: bool = False
    italic: bool = False
    code: bool = False
    kept: bool = False
    language: str = ""
    rtl: bool = False

    def but(self, **changes: Any) -> "Voice":
        """Give the voice with something changed."""
        return replace(self, **changes)


def say(paragraph: Paragraph, words: str, voice: Voice, holder: Any = None) -> None:
    """Add a run of words to a paragraph, or within the link that holds it."""
    run = paragraph.add_run(_NOT_XML.sub("", words))
    run.bold = voice.bold or None
    run.italic = voice.italic or None
    if voice.code:
        run.font.name = CODE_FONT
    if voice.language:
        run._element.get_or_add_rPr().append(_language(voice))  # noqa: SLF001 -- the library has no way of its own
    if voice.rtl:
        run.font.rtl = True
        run.font.cs_bold, run.font.cs_italic = voice.bold or None, voice.italic or None
    if holder is not None:
        run.style = "Hyperlink"
        holder.append(run._element)  # noqa: SLF001 -- a run moves into its link


def link_to(paragraph: Paragraph, url: str) -> Any:
    """Begin a link to an address; runs are said into what this gives."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    paragraph._p.append(link)  # noqa: SLF001
    return link


def link_within(paragraph: Paragraph, bookmark: str) -> Any:
    """Begin a link to a bookmark of the same document."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), bookmark)
    paragraph._p.append(link)  # noqa: SLF001
    return link


def set_bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Let a heading be led to; a bookmark has at most 40 letters, digits and underscores."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    paragraph._p.append(start)  # noqa: SLF001
    paragraph._p.append(end)  # noqa: SLF001


def turn(paragraph: Paragraph) -> None:
    """Let a paragraph run from right to left."""
    paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))  # noqa: SLF001


def rule_under(paragraph: Paragraph) -> None:
    """Draw a line under a paragraph."""
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "auto")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001
    properties.insert_element_before(borders, "w:bidi", "w:spacing", "w:ind", "w:jc")


def count_from(document: Document, style: str, first: int) -> int:
    """Make a numbered list of its own, or it would go on where the last one ended; give its number."""
    numbering = document.part.numbering_part.element
    number = document.styles[style].element.pPr.numPr.numId.val
    abstract = next(one.abstractNumId.val for one in numbering.num_lst if one.numId == number)
    made = numbering.add_num(abstract)
    made.add_lvlOverride(ilvl=0).add_startOverride(first)
    return int(made.numId)


def put_in_list(paragraph: Paragraph, number: int) -> None:
    """Put a paragraph into a numbered list."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = number


def describe_table(table: Any, title: str) -> None:
    """Give a table its title for who cannot see it; its first row is repeated, no row is torn in two."""
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), title)
    table._tbl.tblPr.append(caption)  # noqa: SLF001
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001
    for paragraph in (one for row in table.rows for cell in row.cells for one in cell.paragraphs):
        paragraph.paragraph_format.space_after = Pt(2)


def add_page_number(run: Run) -> None:
    """Let a run show the number of its page."""
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        mark.text = words or None
        run._element.append(mark)  # noqa: SLF001


def _language(voice: Voice) -> Any:
    mark = OxmlElement("w:lang")
    mark.set(qn("w:bidi" if voice.rtl else "w:val"), voice.language)
    return mark
