"""Make forms/contribution-form.docx, the form partners fill in: `python scripts/make_form.py`.

It is committed. Run this again after changing its words here: the same bytes come out on any machine. The
reader leaves out every paragraph in the style "Form help"; what else stands on the left are the labels.
"""

import io
import zipfile
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FORM = ROOT / "forms/contribution-form.docx"
SAVED = (2026, 11, 1, 9, 0, 0)

HEADING = "Your news for the bulletin"
INTRODUCTION = (
    "Fill in what you can in the right-hand column and leave the rest empty. One form for each story, event "
    "or consultation. Save it, attach it to an e-mail and send it to us, pictures as JPEG files beside it."
)

ROWS = (
    ("Title", "Riverside footbridge reopens two weeks early"),
    ("From", "Riverside Area Partnership"),
    ("Section", "Key messages, Consultations, Publications, Events or Successes; leave it empty if unsure"),
    ("Summary", "one or two sentences, for people who read no further"),
    ("Text", "your words, as long as they need to be; bullets and web links are welcome"),
    ("Link", "https://www.riverside.example/footbridge"),
    ("Contact", "Jo Field, 01632 960101, jo.field@riverside.example"),
    ("When", "Thursday 3 December 2026, 10am to midday (for an event)"),
    ("Where", "Riverside Town Hall, High Street (for an event)"),
    ("Opens", "Monday 2 November 2026 (for a consultation)"),
    ("Closes", "5pm on Friday 18 December 2026 (for a consultation, or a closing date)"),
    ("Area", "Riverside and villages"),
    ("Audience", "parish councils, voluntary groups; leave it empty for everybody"),
    ("Language", "cy, if your words are in Welsh"),
    ("Image", "footbridge.jpg, the name of the picture you send with this form"),
    ("Alt", "Two children on the new bridge, waving: what the picture shows, for those who cannot see it"),
    ("Share", "public, partners or no: who may pass it on; public unless you say otherwise"),
    ("Embargo", "9am on Monday 7 December 2026, if it must not go out before"),
)
"""The labels with an example each, in the order people think of them."""

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

STYLES = f"""<w:styles xmlns:w="{W}">
<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="24"/>
<w:lang w:val="en-GB"/></w:rPr></w:rPrDefault>
<w:pPrDefault><w:pPr><w:spacing w:after="60"/></w:pPr></w:pPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="FormHelp"><w:name w:val="Form help"/>
<w:basedOn w:val="Normal"/><w:next w:val="Normal"/>
<w:rPr><w:color w:val="505050"/><w:sz w:val="20"/></w:rPr></w:style>
</w:styles>"""

PARTS = {
    "[Content_Types].xml": f"""<Types xmlns="{PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="{WORD_TYPE}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="{WORD_TYPE}.styles+xml"/>
<Override PartName="/docProps/core.xml"
 ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>
</Types>""",
    "_rels/.rels": f"""<Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>
<Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>
</Relationships>""",
    "docProps/core.xml": f"""<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{HEADING}</dc:title><dc:language>en-GB</dc:language>
</cp:coreProperties>""",
    "word/_rels/document.xml.rels": f"""<Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="rId1" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>""",
    "word/styles.xml": STYLES,
}


def form() -> bytes:
    """Write the form: its heading and introduction, then a table of labels and empty cells."""
    edge = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="808080"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    table = (
        f'<w:tbl><w:tblPr><w:tblW w:w="9600" w:type="dxa"/><w:tblBorders>{edge}</w:tblBorders>'
        '<w:tblCellMar><w:top w:w="80" w:type="dxa"/><w:left w:w="110" w:type="dxa"/>'
        '<w:right w:w="110" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        '<w:tblGrid><w:gridCol w:w="3600"/><w:gridCol w:w="6000"/></w:tblGrid>'
        f"{''.join(row(label, example) for label, example in ROWS)}</w:tbl>"
    )
    page = (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="709" w:footer="709"'
        ' w:gutter="0"/></w:sectPr>'
    )
    big = '<w:b/><w:color w:val="000000"/><w:sz w:val="36"/>'
    heading = helping(HEADING, '<w:outlineLvl w:val="0"/>', big)
    body = f"{heading}{helping(INTRODUCTION)}{table}<w:p/>{page}"
    return zipped(
        {**PARTS, "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'}
    )


def row(label: str, example: str) -> str:
    """Write a row: the label with an example under it, and an empty cell that no page break splits."""
    words = (
        f"<w:p><w:pPr><w:keepNext/></w:pPr>{run(label, '<w:b/>')}</w:p>{helping('For example: ' + example)}"
    )
    height = '<w:trHeight w:val="2800" w:hRule="atLeast"/>' if label == "Text" else ""
    return (
        f"<w:tr><w:trPr><w:cantSplit/>{height}</w:trPr>"
        '<w:tc><w:tcPr><w:tcW w:w="3600" w:type="dxa"/><w:shd w:val="clear" w:fill="F2F2F2"/></w:tcPr>'
        f"{words}</w:tc>"
        '<w:tc><w:tcPr><w:tcW w:w="6000" w:type="dxa"/></w:tcPr><w:p/></w:tc></w:tr>'
    )


def helping(words: str, paragraph_look: str = "", look: str = "") -> str:
    """Write a paragraph of the form's own words."""
    return f'<w:p><w:pPr><w:pStyle w:val="FormHelp"/>{paragraph_look}</w:pPr>{run(words, look)}</w:p>'


def run(words: str, look: str = "") -> str:
    """Write a run of WordprocessingML."""
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def zipped(parts: dict[str, str]) -> bytes:
    """Pack parts into a zip whose bytes depend on nothing but them: fixed times, nothing compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, SAVED)
            entry.create_system = 0
            archive.writestr(entry, (HEAD + text).encode())
    return out.getvalue()


def main() -> None:
    """Write the form."""
    FORM.parent.mkdir(exist_ok=True)
    FORM.write_bytes(form())
    print(f"{FORM.relative_to(ROOT)}: {FORM.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
