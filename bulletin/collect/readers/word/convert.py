"""Let mammoth turn a tidied Word document into HTML.

Mammoth gets a small package of its own: the parts that make words, already parsed and tidied, and nothing
else of the file: no pictures, no embedded style map, no comments, no document types.
"""

import io
import zipfile
from collections.abc import Mapping
from html import escape
from xml.etree import ElementTree as ET

import mammoth

from bulletin.collect.readers.word.package import PACKAGE, RELATIONSHIP, Relation, W

STYLE_MAP = """
p[style-name='Title'] => h1.title:fresh
p[style-name='title'] => h1.title:fresh
p[style-name='Subtitle'] => p.subtitle:fresh
p[style-name='heading 7'] => h6:fresh
p[style-name='heading 8'] => h6:fresh
p[style-name='heading 9'] => h6:fresh
p[style-name='Heading 7'] => h6:fresh
p[style-name='Heading 8'] => h6:fresh
p[style-name='Heading 9'] => h6:fresh
u => u
"""
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
MAIN = RELATIONSHIP + "officeDocument"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


def to_html(parts: Mapping[str, ET.Element], links: Mapping[str, Mapping[str, Relation]]) -> str:
    """Give the HTML of a document.

    Args:
        parts: the tidied XML of `document` and, where there are any, of `styles`, `numbering`, `footnotes`
            and `endnotes`.
        links: what `document`, `footnotes` and `endnotes` point at; only links to the outside are kept.
    """
    source = io.BytesIO()
    with zipfile.ZipFile(source, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("[Content_Types].xml", _content_types(parts))
        archive.writestr("_rels/.rels", _relationships([("main", MAIN, "word/document.xml", False)]))
        for name, root in parts.items():
            archive.writestr(f"word/{name}.xml", ET.tostring(root, "utf-8", xml_declaration=True))
            targets = [
                (ident, RELATIONSHIP + "hyperlink", link.target, True)
                for ident, link in links.get(name, {}).items()
                if link.kind == "hyperlink" and link.external
            ]
            if name == "document":
                others = [other for other in parts if other != "document"]
                targets += [(f"our-{other}", RELATIONSHIP + other, f"{other}.xml", False) for other in others]
            archive.writestr(f"word/_rels/{name}.xml.rels", _relationships(targets))
    source.seek(0)
    converted = mammoth.convert_to_html(
        source,
        style_map=STYLE_MAP,
        include_embedded_style_map=False,
        convert_image=lambda _image: [],
        external_file_access=False,
    )
    return str(converted.value)


def plain_html(document: ET.Element) -> str:
    """Give the words of a document paragraph by paragraph, for one whose layout mammoth cannot read."""
    lines = [""]
    for element in document.iter():
        if element.tag in (W + "p", W + "br", W + "tc"):
            lines.append("")
        lines[-1] += {W + "t": element.text or "", W + "tab": " "}.get(element.tag, "")
    return "".join(f"<p>{escape(words)}</p>" for words in lines if words.strip())


def _content_types(parts: Mapping[str, ET.Element]) -> str:
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" '
        f'ContentType="{TYPE.format("document.main" if name == "document" else name)}"/>'
        for name in parts
    )
    return (
        f'<Types xmlns="{TYPES}"><Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relationships(targets: list[tuple[str, str, str, bool]]) -> str:
    rows = "".join(
        f'<Relationship Id="{escape(ident)}" Type="{kind}" Target="{escape(target)}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if external else ''}/>"
        for ident, kind, target, external in targets
    )
    return f'<Relationships xmlns="{PACKAGE[1:-1]}">{rows}</Relationships>'
