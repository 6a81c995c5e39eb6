"""Make those sample files that no text editor can: `python scripts/make_sample.py`.

They are committed. Run this again after changing their words here: the same bytes come out on any machine.
Every name, place and number in them is invented.
"""

import io
import re
import struct
import zipfile
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
from make_pictures import footbridge, logo, minibus
from openpyxl.styles import Font

ROOT = Path(__file__).resolve().parent.parent
DROPPED = ROOT / "contributions"
SAVED = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)

HARROWELL = """\
From: Harrowell Town Partnership
Section: Key messages
Link: https://www.harrowell.example/shop-harrowell
Contact: Dafydd Marl, 01632 960310, dafydd.marl@harrowell.example
Area: Harrowell

Harrowell’s high street is looking up

Six shops stood empty in the spring – now it is two. “Shop Harrowell” week raised £1,850 for the town’s \
hanging baskets, and the traders’ group has grown to 41 members.

The partnership’s next job is the bus shelter at the Corn Exchange, which leaks. We have £4,000 of the \
£7,500 it would cost to replace. Ideas for the rest are very welcome.
"""  # noqa: RUF001 -- the curly quotes and the dash are what this file is an example of

TAMSFORD = """\
email;name;organisation
conrad.sunderwal@agewell.example;Conrad Sunderwal;Age Well Avonbridge
freya.birdsall@avonbridge.example;Freya Birdsall;Avonbridge District Council
nadia.wainfleet@avonbridge.example;Nadia Wainfleet;Avonbridge District Council
lionel.penhallow@avonbridgeva.example;Lionel Penhallow;Avonbridge Voluntary Action
yusuf.kettleborough@bridgewayhomes.example;Yusuf Kettleborough;Bridgeway Homes
renee.dufay@riverpress.example;Renée Dufay;River Press Café
muriel.brindley@ruralwheels.example;Muriel Brindley;Rural Wheels
bernadette.coyle@tamsford.example;Bernadette Coyle;Tamsford and Villages Partnership
tunde.fairweather@tamsford.example;Tunde Fairweather;Tamsford and Villages Partnership
jose.almeida@tamsfordflood.example;José Almeida;Tamsford Flood Group
verity.inkpenny@tamsfordflood.example;Verity Inkpenny;Tamsford Flood Group
fatima.yardley@tamsfordflood.example;Fatima Yardley;Tamsford Flood Group
jaswinder.balderstone@tamsfordgardens.example;Jaswinder Balderstone;Tamsford Garden Society
delia.oakshott@tamsfordgardens.example;Delia Oakshott;Tamsford Garden Society
amara.fernsby@tamsford-tc.example;Amara Fernsby;Tamsford Town Council
clerk@tamsford-tc.example;Petronella Gage;Tamsford Town Council
ingrid.juniper@tamsford-tc.example;Ingrid Juniper;Tamsford Town Council
francois.levett@tamsford-tc.example;François Levett;Tamsford Town Council
monty.rainsford@tamsford-tc.example;Monty Rainsford;Tamsford Town Council
vikram.bolsover@tamsfordtraders.example;Vikram Bolsover;Tamsford Traders
abena.jessamine@tamsfordtraders.example;Abena Jessamine;Tamsford Traders
ahmed.allardyce@tamsfordvillagehall.example;Ahmed Allardyce;Tamsford Village Halls Network
harriet.baddeley@tamsfordvillagehall.example;Harriet Baddeley;Tamsford Village Halls Network
zoe.hartnell@tamsfordvillagehall.example;Zoë Hartnell;Tamsford Village Halls Network
mei.lillicrap@tamsfordvillagehall.example;Mei Lillicrap;Tamsford Village Halls Network
perpetua.clutterbuck@tamsfordyfc.example;Perpetua Clutterbuck;Tamsford Young Farmers
uma.edgeworth@tamsfordyfc.example;Uma Edgeworth;Tamsford Young Farmers
joss.gathercole@villageprimaries.example;Joss Gathercole;Villages Primary Schools
mabel.tolliver@villageprimaries.example;Mabel Tolliver;Villages Primary Schools
kamala.winterbourne@villageprimaries.example;Kamala Winterbourne;Villages Primary Schools
olwen.garstang@wrenshire.example;Olwen Garstang;Wrenshire County Council
leticia.osgathorpe@wrenshirehealth.example;Leticia Osgathorpe;Wrenshire Health Partnership
anjali.loxley@wrenshire-police.example;Anjali Loxley;Wrenshire Police
"""

WORD_TEXT = (
    ("bold", "Kingsbrook Area Partnership \u2013 update for Communicate"),
    ("", "From Graham, 18 November. Sorry about the formatting!"),
    ("bold", "Footbridge reopens"),
    ("tracked", "The footbridge by the mill reopened on Monday 16 November 2026, ", "on time",
     "two weeks early", ". It is now wide enough for a mobility scooter and a pushchair to pass."),
    ("picture", "Somebody on a mobility scooter crossing the new footbridge by the mill"),
    ("bold", "Dates for your diary"),
    ("", "·  Thurs 4th Dec 10-12, funding advice morning, Kingsbrook Town Hall"),
    ("", "·  Wed 9th Dec 5.30pm, Christmas gathering for all three LSPs, same place"),
    ("bold", "Youth panel"),
    ("tracked", "Ten places, ages 13 to 19. Apply by ", "12 January", "19 January 2027",
     " at https://www.kingsbrook.example/youth__panel or ring Priya on 01632 960207."),
)  # fmt: skip

WORD_PARTS = {
    "[Content_Types].xml": """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Default Extension="png" ContentType="image/png"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
</Types>""",  # noqa: E501 -- one attribute of the format
    "_rels/.rels": """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>
</Relationships>""",  # noqa: E501 -- one attribute of the format
    "word/_rels/document.xml.rels": """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/image1.png"/>
</Relationships>""",  # noqa: E501 -- one attribute of the format
}

DRAWING = """<w:p><w:r><w:drawing><wp:inline><wp:extent cx="4572000" cy="2743200"/><wp:docPr id="1" name="Picture 1" descr="{alt}"/>\
<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>\
<pic:cNvPr id="1" name="image1.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rId1"/><a:stretch>\
<a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="4572000" cy="2743200"/></a:xfrm>\
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>\
</w:drawing></w:r></w:p>"""  # noqa: E501 -- as Word writes it
NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}

EVENTS = (
    ("Date", "Time", "Event", "Where", "Organised by", "More information"),
    (date(2026, 11, 7), "10am", "Autumn litter pick", "Riverside car park", "Friends of Kingsbrook Park", ""),
    ("14/11/2026", "10am - 1pm", "Winter coat swap", "Corn Exchange", "Harrowell TP", "01632 960315"),
    ("12/04/2026", "12.30", "Community lunch", "Ambleford village hall", "Ambleford WI", "£4, please book"),
    (date(2026, 12, 5), "all day", "Harrowell Christmas market", "High Street", "Harrowell TP", ""),
    (date(2026, 12, 8), "9.30am", "Trustees' away day (not for publication)", "AVA office", "AVA", ""),
    (date(2026, 12, 10), "11am", "Carols for under-fives", "St Anne's, Holt St Anne", "Age Well", ""),
    (date(2026, 12, 10), "7pm", "Carols by candlelight", None, "Age Well", "Free, mulled apple juice"),
    (date(2027, 1, 20), "2pm to 4pm", "Volunteer managers' network", "AVA office", "AVA", "01632 960703"),
)

SCAN = (
    "                                ",
    "  ######  ##  ##  ######  ####  ",
    "    ##    ##  ##  ##  ##  ##    ",
    "    ##    ##  ##  ##  ##  ####  ",
    "    ##    ##  ##  ##  ##    ##  ",
    "    ##    ######  ######  ####  ",
    "                                ",
    "  ##########################    ",
    "                                ",
    "  ########################      ",
    "                                ",
    "  #######################       ",
    "                                ",
)
"""A letter put through a scanner: a picture of words, and no words."""

OLD_WORD = """\
Bridgeway Homes: tenants' garden competition\r\
The winner is Mrs Quillfeather of Mill Lane, Tamsford, for a front garden made from eleven old wellingtons.\r\
Entries for next year open in March. Please ring 01632 960880.\r"""

END, FREE, TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
SECTOR = 512


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Pack parts into a zip whose bytes depend on nothing but them: fixed times, nothing compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, SAVED.timetuple()[:6])
            entry.create_system = 0
            archive.writestr(entry, data)
    return out.getvalue()


def word_document() -> bytes:
    """Write a .docx as a busy person does: headings in bold, bullets by hand, changes still tracked."""
    body = "".join(word_paragraph(*paragraph) for paragraph in WORD_TEXT)
    namespaces = " ".join(f'xmlns:{name}="{address}"' for name, address in NAMESPACES.items())
    document = f"<w:document {namespaces}><w:body>{body}</w:body></w:document>"
    parts = {**WORD_PARTS, "word/document.xml": document}
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    texts = {name: (head + text).encode() for name, text in parts.items()}
    return zipped({**texts, "word/media/image1.png": footbridge()})


def word_paragraph(look: str, *words: str) -> str:
    """Write a paragraph: plain, all bold, a picture, or before, deleted, inserted and after."""
    if look == "picture":
        return DRAWING.format(alt=words[0])
    if look != "tracked":
        return f"<w:p>{run(words[0], bold=look == 'bold')}</w:p>"
    before, gone, new, after = words
    by = f'w:author="Graham Swaby" w:date="{SAVED:%Y-%m-%dT%H:%M:%SZ}"'
    deleted = run(gone).replace("w:t>", "w:delText>").replace("<w:t ", "<w:delText ")
    changed = f'<w:del w:id="1" {by}>{deleted}</w:del><w:ins w:id="2" {by}>{run(new)}</w:ins>'
    return f"<w:p>{run(before)}{changed}{run(after)}</w:p>"


def run(words: str, *, bold: bool = False) -> str:
    """Write a run of WordprocessingML."""
    return f'<w:r>{"<w:rPr><w:b/></w:rPr>" if bold else ""}<w:t xml:space="preserve">{words}</w:t></w:r>'


def word_lock() -> bytes:
    """Write what Word leaves beside an open document: who has it open, once in ANSI and once in UTF-16."""
    name = "Graham Swaby"
    ansi = bytes([len(name)]) + name.encode("cp1252")
    wide = bytes([len(name), 0]) + name.encode("utf-16-le")
    return (ansi.ljust(54, b" ") + wide).ljust(162, b" ")


def spreadsheet() -> bytes:
    """Write events as people keep them: a title row, merged cells, a hidden row, dates of both kinds."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Whats on"
    sheet["A1"] = "What's on in Avonbridge: winter 2026 to 2027"
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.merge_cells("A1:F1")
    for number, row in enumerate(EVENTS, start=3):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column, value)
            if isinstance(value, date):
                cell.number_format = "dd/mm/yyyy"
    sheet.row_dimensions[8].hidden = True
    sheet.merge_cells("D9:D10")
    out = io.BytesIO()
    book.save(out)
    return with_fixed_times(out.getvalue())


def with_fixed_times(workbook: bytes) -> bytes:
    """Pack a workbook again without the moment it was made."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        parts = {name: archive.read(name) for name in sorted(archive.namelist())}
    stamp = f"{SAVED:%Y-%m-%dT%H:%M:%SZ}".encode()
    core = "docProps/core.xml"
    parts[core] = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", stamp, parts[core])
    return zipped(parts)


def scanned_pdf() -> bytes:
    """Write a PDF of one page that is a picture; ISO 32000-1, 7.5."""
    rows = b"".join(
        int("".join("0" if dot == "#" else "1" for dot in row), 2).to_bytes(4, "big") for row in SCAN
    )
    picture = rows.hex().encode() + b">"
    image = f"/Subtype /Image /Width 32 /Height {len(SCAN)} /ColorSpace /DeviceGray /BitsPerComponent 1"
    drawing = b"q 480 0 0 195 57 580 cm /Scan Do Q"
    page = b"/MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /Scan 5 0 R >> >>"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R %s >>" % page,
        pdf_stream("", drawing),
        pdf_stream(f"/Type /XObject {image} /Filter /ASCIIHexDecode", picture),
    )
    out, offsets = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table) + trailer


def pdf_stream(entries: str, data: bytes) -> bytes:
    """Write a stream object with its dictionary."""
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries.encode(), len(data), data)


def compound_file(stream: str, data: bytes) -> bytes:
    """Write an OLE compound file with one stream, as old Word files and Thumbs.db are; [MS-CFB] 2.2."""
    sectors = max(8, -(-len(data) // SECTOR))
    header = struct.pack("<8s16xHHHHH6xIIIIIIIIII", bytes.fromhex("d0cf11e0a1b11ae1"), 0x3E, 3, 0xFFFE, 9, 6,
                         0, 1, 1, 0, 4096, END, 0, END, 0, 0)  # fmt: skip
    header += struct.pack("<109I", 0, *[FREE] * 108)[4:]
    chain = [TABLE, END, *range(3, 2 + sectors), END]
    allocation = struct.pack("<128I", *chain, *[FREE] * (128 - len(chain)))
    entries = directory_entry("Root Entry", 5, 1, END, 0) + directory_entry(
        stream, 2, FREE, 2, sectors * SECTOR
    )
    return header + allocation + entries.ljust(SECTOR, b"\0") + data.ljust(sectors * SECTOR, b"\0")


def directory_entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    """Write one directory entry of a compound file, 128 bytes; [MS-CFB] 2.6.1."""
    wide = (name + "\0").encode("utf-16-le")
    return struct.pack("<64sHBBIII36xIQ", wide, len(wide), kind, 1, FREE, FREE, child, start, size)


def main() -> None:
    """Write every file."""
    files = {
        ROOT / "logo.png": logo(),
        DROPPED / "Rural Wheels 10,000 trips.png": minibus(),
        ROOT / "mailing_lists/tamsford.csv": TAMSFORD.replace("\n", "\r\n").encode("cp1252"),
        DROPPED / "harrowell/Harrowell key message.txt": HARROWELL.replace("\n", "\r\n").encode("cp1252"),
        DROPPED / "kingsbrook/Kingsbrook update FINAL v3 (2).docx": word_document(),
        DROPPED / "kingsbrook/~$ngsbrook update FINAL v3 (2).docx": word_lock(),
        DROPPED / "voluntary-action/What's on this winter.xlsx": spreadsheet(),
        DROPPED / "Scan0017.pdf": scanned_pdf(),
        DROPPED / "Garden competition.doc": compound_file("WordDocument", OLD_WORD.encode("cp1252")),
        DROPPED / "Thumbs.db": compound_file("Catalog", struct.pack("<HHI", 16, 7, 0)),
        DROPPED / "New Text Document.txt": b"",
    }
    for path, data in files.items():
        path.write_bytes(data)
        print(f"{path.relative_to(ROOT)}: {len(data):,} bytes")


if __name__ == "__main__":
    main()
