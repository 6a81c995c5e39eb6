"""Which reader takes a file: by its ending, corrected by its first bytes."""

import re
from pathlib import PurePosixPath
from typing import NamedTuple


class Kind(NamedTuple):
    """What a file is: its reader, `module:function`, "" where nobody reads it, and its name in words."""

    name: str
    reader: str = ""


TEXT = Kind("a text file", "bulletin.collect.readers.text:read_words")
MARKDOWN = Kind("a text file", "bulletin.collect.readers.text:read_markdown")
PAGE = Kind("a web page", "bulletin.collect.readers.page:read_page")
WORD = Kind("a Word document", "bulletin.collect.readers.word:read_docx")
MAIL = Kind("a saved e-mail", "bulletin.collect.readers.mail.opening.eml:read_eml")
OUTLOOK = Kind("an e-mail saved from Outlook", "bulletin.collect.readers.mail.opening.outlook:read_msg")
CALENDAR = Kind("a calendar entry", "bulletin.collect.readers.calendar:read_calendar_file")
TABLE = Kind("a table", "bulletin.collect.readers.table:read_csv")
SHEET = Kind("a spreadsheet", "bulletin.collect.readers.table:read_xlsx")
PDF = Kind("a PDF", "bulletin.collect.readers.pdf:read_pdf")
PICTURE = Kind("a picture", "bulletin.collect.readers.picture:read_picture")

ENDINGS = {
    **dict.fromkeys((".txt", ".text"), TEXT),
    **dict.fromkeys((".md", ".markdown", ".mkd", ".qmd", ".rmd"), MARKDOWN),
    **dict.fromkeys((".html", ".htm"), PAGE),
    **dict.fromkeys((".docx", ".docm", ".dotx", ".dotm"), WORD),
    ".eml": MAIL,
    **dict.fromkeys((".msg", ".oft"), OUTLOOK),
    **dict.fromkeys((".ics", ".ical", ".vcs"), CALENDAR),
    **dict.fromkeys((".csv", ".tsv", ".tab"), TABLE),
    **dict.fromkeys((".xlsx", ".xlsm", ".xltx"), SHEET),
    ".pdf": PDF,
    **dict.fromkeys(
        (".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".gif", ".webp", ".tif", ".tiff", ".bmp", ".svg", ".avif"),
        PICTURE,
    ),
}
"""The kind of file each ending promises, in lower case."""

MAILS = frozenset((TEXT.reader, MAIL.reader, OUTLOOK.reader))
"""The readers whose label `sender` says who wrote an e-mail."""

_STARTS = (
    (rb"%PDF-", PDF, ".pdf"),
    (rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|GIF8[79]a|RIFF....WEBP|II[*+]\0|MM\0[*+]|BM....\0\0\0\0", PICTURE, ""),
    (rb"....ftyp(?:hei|hev|mif1|msf1)", None, ".heic"),
    (rb"....ftypavi[fs]", PICTURE, ""),
    (rb"\{\\rtf", None, ".rtf"),
    (rb"7z\xbc\xaf\x27\x1c", None, ".7z"),
    (rb"Rar!\x1a\x07", None, ".rar"),
    (rb"\x1f\x8b\x08", None, ".gz"),
    (rb"(?:\xef\xbb\xbf)?\s{0,20}BEGIN:VCALENDAR", CALENDAR, ""),
    (rb"(?i)(?:\xef\xbb\xbf)?\s{0,20}<(?:!doctype html|html)\b", PAGE, ""),
    (rb"(?i)(?:return-path|received|delivered-to|mime-version|message-id|x-[a-z-]{2,40}): ?\S", MAIL, ""),
)
_PARTS = (
    (b"word/document.xml", WORD, ""),
    (b"xl/workbook.xml", SHEET, ""),
    (b"ppt/presentation.xml", None, ".pptx"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", None, ".odt"),
    (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", None, ".ods"),
    (b"mimetypeapplication/vnd.oasis.opendocument.presentation", None, ".odp"),
)
_STREAMS = (
    ("__properties_version1.0", OUTLOOK, ""),
    ("EncryptedPackage", WORD, ""),
    ("WordDocument", None, ".doc"),
    ("PowerPoint Document", None, ".ppt"),
    ("Quill", None, ".pub"),
    ("Workbook", None, ".xls"),
)
_CARRY_PAGES = (PAGE, MARKDOWN, MAIL)
"""What may begin like a web page, or like a header, and be something else."""


def kind_of(name: str, data: bytes) -> tuple[Kind | None, str]:
    """Give a file's kind, None for one nobody reads, and the ending it should have, "" for its own."""
    suffix = PurePosixPath(name).suffix.lower()
    promised = ENDINGS.get(suffix)
    found, ending = _by_content(name, data, promised)
    if found is None and not ending:
        return promised, suffix
    if found in (PAGE, MAIL) and promised in _CARRY_PAGES:
        return promised, ""
    return found, ending


def _by_content(name: str, data: bytes, promised: Kind | None) -> tuple[Kind | None, str]:
    """Recognise what no text begins with; `(None, "")` where the bytes say nothing."""
    if data.startswith(b"PK\x03\x04"):
        if promised in (WORD, SHEET) and not any(mark in data for mark, _, _ in _PARTS):
            return promised, ""  # damaged or odd: its reader says how
        open_document = next((end for end in (".odt", ".ods", ".odp") if name.lower().endswith(end)), ".zip")
        return next(((kind, end) for mark, kind, end in _PARTS if mark in data), (None, open_document))
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        streams = ((kind, end) for mark, kind, end in _STREAMS if mark.encode("utf-16-le") in data)
        found = next(streams, (promised, "" if promised else ".doc"))
        return (SHEET, "") if found[0] is WORD and promised is SHEET else found
    start = data[:256]
    return next(((kind, end) for mark, kind, end in _STARTS if re.match(mark, start, re.DOTALL)), (None, ""))
