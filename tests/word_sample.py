"""Write small Word documents for tests: paragraphs in, the bytes of a .docx out."""

import io
import zipfile
from html import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
MAIN = f"{WORD}.document.main+xml"
NAMES = (
    f'xmlns:w="{W}" xmlns:r="{OFFICE}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{ident}"><w:name w:val="{name}"/></w:style>'
    for ident, name in (
        ("Title", "Title"), ("Heading1", "heading 1"), ("Heading2", "heading 2"), ("FormHelp", "Form help"),
        ("TOC1", "toc 1"),
    )
)  # fmt: skip


def docx(
    *body: str, kind: str = f"{WORD}.document.main+xml", links: tuple[str, ...] = (), **parts: str
) -> bytes:
    """Write a document.

    Args:
        body: paragraphs and tables as XML; links: what rId100, rId101 and so on lead to.
        parts: XML inside further parts by kind (`footnotes`, `comments`, `header`).
    """
    relations = [("styles", "styles.xml"), *((kind, f"{kind}.xml") for kind in parts)]
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(relations)
    )
    rows += "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/hyperlink" TargetMode="External" '
        f'Target="{escape(link)}"/>'
        for number, link in enumerate(links, 100)
    )
    files = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{kind}"/>'
        "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{rows}'
        "</Relationships>",
        "word/styles.xml": f"<w:styles {NAMES}>{STYLES}</w:styles>",
        "word/document.xml": f"<w:document {NAMES}><w:body>{''.join(body)}</w:body></w:document>",
    }
    roots = {"header": "hdr", "footer": "ftr"}
    for name, inside in parts.items():
        root = roots.get(name, name)
        files[f"word/{name}.xml"] = f"<w:{root} {NAMES}>{inside}</w:{root}>"
    return zipped(files)


def zipped(files: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Pack files into a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def p(*inside: str, style: str = "") -> str:
    """Write a paragraph of words, or of runs as XML."""
    runs = "".join(one if one.startswith("<w:") else r(one) for one in inside)
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{look}{runs}</w:p>"


def r(words: str, look: str = "") -> str:
    """Write a run; look: the names of its properties (`b`, `vanish`)."""
    properties = "".join(f"<w:{name}/>" for name in look.split())
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def bold(words: str) -> str:
    """Write a paragraph all in bold."""
    return p(r(words, "b"))


def table(*rows: tuple[str, ...]) -> str:
    """Write a table of words, or of paragraphs as XML."""
    lines = (
        "".join(f"<w:tc>{cell if cell.startswith('<w:p>') else p(cell)}</w:tc>" for cell in row)
        for row in rows
    )
    return f"<w:tbl>{''.join(f'<w:tr>{cells}</w:tr>' for cells in lines)}</w:tbl>"


def picture(alt: str) -> str:
    """Write a run with a picture in it."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="{escape(alt)}"/><a:graphic>'
        '<a:graphicData><a:blip r:embed="rId999"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def text_box(words: str) -> str:
    """Write a run with a text box as Word does: once for itself and once for old programs."""
    box = f"<w:txbxContent>{p(words)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps">'
        f"<w:drawing><wp:anchor>{box}</wp:anchor></w:drawing></mc:Choice><mc:Fallback>"
        f"<w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def field(instruction: str, words: str) -> str:
    """Write a complex field, such as an old hyperlink."""
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    code = f"<w:r><w:instrText>{escape(instruction)}</w:instrText></w:r>"
    return f"{marks[0]}{code}{marks[1]}{r(words)}{marks[2]}"
