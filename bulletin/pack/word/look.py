"""How a pack's Word document looks: an A4 page, styles with names people know, a colour, a language."""

from datetime import UTC, datetime, time
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from bulletin.model.edition import Layout
from bulletin.pack.word.runs import add_page_number

FONT = "Arial"
SIZES = {1: 24, 2: 17, 3: 13, 4: 11.5, 5: 11, 6: 11}
BEFORE = {1: 0, 2: 22, 3: 16, 4: 10, 5: 10, 6: 10}


def dress(document: Document, layout: Layout, colour: str) -> None:
    """Set the page, the styles and what the file says of itself; colour: `#rrggbb`, of headings and links."""
    ink = RGBColor.from_string(colour.removeprefix("#").upper())
    _page(document)
    _body(document, layout.language)
    for level, size in SIZES.items():
        _heading(document.styles[f"Heading {level}"], size, BEFORE[level], ink)
    link = document.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.underline = True
    link.font.color.rgb = ink
    caption = document.styles["Caption"]
    caption.font.color.rgb = RGBColor(0, 0, 0)
    caption.font.size = Pt(11)
    caption.paragraph_format.keep_with_next = True
    _own_words(document, layout)


def _page(document: Document) -> None:
    """Make the page A4 with a number at its foot."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(20)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    add_page_number(foot.add_run())


def _body(document: Document, language: str) -> None:
    """Set the font and the language of everything that says no other."""
    normal = document.styles["Normal"]
    _font(normal, 11)
    normal.paragraph_format.space_after = Pt(7)
    normal.paragraph_format.line_spacing = 1.15
    for name in ("List Bullet", "List Number", "List Continue"):
        for level in ("", " 2", " 3"):
            document.styles[name + level].paragraph_format.space_after = Pt(3)
    defaults = document.styles.element.find(qn("w:docDefaults"))
    for mark in (*defaults.iter(qn("w:lang")), *document.settings.element.iter(qn("w:themeFontLang"))):
        mark.set(qn("w:val"), language)


def _heading(style: Any, size: float, before: int, ink: RGBColor) -> None:
    _font(style, size)
    style.font.bold, style.font.italic = True, False
    style.font.color.rgb = ink
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(4)
    style.paragraph_format.keep_with_next = True


def _font(style: Any, size: float) -> None:
    """Set a style's font, for every script, whatever the theme says."""
    style.font.name, style.font.size = FONT, Pt(size)
    fonts = style.element.rPr.rFonts
    for place in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{place}"), None)
    for place in ("w:hAnsi", "w:cs"):
        fonts.set(qn(place), FONT)


def _own_words(document: Document, layout: Layout) -> None:
    """Say of the file what it is; its dates are the bulletin's day, the same in every run."""
    about = document.core_properties
    about.title, about.subject = layout.subject[:255], layout.adapted[:255]
    about.author = about.last_modified_by = layout.publisher[:255]
    about.language, about.comments, about.revision = layout.language, "", 1
    about.created = about.modified = datetime.combine(layout.day, time(12), UTC)
