"""Which reader takes a file, whatever its name says."""

import pytest

from bulletin.collect.taking import kinds
from bulletin.collect.taking.kinds import Kind, kind_of
from bulletin.collect.taking.unread import KINDS, unread

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def stream(name: str) -> bytes:
    return OLE + bytes(504) + name.encode("utf-16-le")


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("Fair.TXT", b"Winter fair", kinds.TEXT),
        ("report.txt", b"%PDF-1.7\n", kinds.PDF),
        ("events.csv", b"PK\x03\x04 [Content_Types].xml xl/workbook.xml", kinds.SHEET),
        ("update.doc", b"PK\x03\x04 [Content_Types].xml word/document.xml", kinds.WORD),
        ("broken.docx", b"PK\x03\x04 cut short", kinds.WORD),
        ("logo.jpg", b"\x89PNG\r\n\x1a\n", kinds.PICTURE),
        ("photo", b"\xff\xd8\xff\xe0", kinds.PICTURE),
        ("invitation.txt", b"\xef\xbb\xbfBEGIN:VCALENDAR\r\n", kinds.CALENDAR),
        ("page.doc", b"<html xmlns:w='urn:x'><body>", kinds.PAGE),
        ("item.md", b"<html><body>", kinds.MARKDOWN),
        ("mail.txt", b"Received: from mail.example", kinds.MAIL),
        ("mail.doc", stream("__properties_version1.0"), kinds.OUTLOOK),
        ("locked.xlsx", stream("EncryptedPackage"), kinds.SHEET),
        ("locked.docx", stream("EncryptedPackage"), kinds.WORD),
    ],
)
def test_a_kind_is_known_by_the_first_bytes_before_the_name(name: str, data: bytes, kind: Kind) -> None:
    assert kind_of(name, data)[0] == kind


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("old.msg", stream("WordDocument"), "Word document of the old kind"),
        ("old.xlsx", stream("Workbook"), "spreadsheet of the old kind"),
        ("poster.pub", stream("Quill"), "Publisher"),
        ("notes.odt", b"PK\x03\x04 mimetypeapplication/vnd.oasis.opendocument.text", "OpenDocument text"),
        ("slides.docx", b"PK\x03\x04 ppt/presentation.xml", "slide show"),
        ("all.txt", b"PK\x03\x04 fair.txt", "archive"),
        ("all.docx.7z", b"7z\xbc\xaf\x27\x1c", "archive"),
        ("letter.doc", rb"{\rtf1 Hello}", "rich text"),
        ("photo.jpg", b"\0\0\0\x18ftypheic", "iPhone"),
        ("tune.xyz", b"la la", "nobody here knows (.xyz)"),
        ("tune", b"la la", "no ending"),
    ],
)
def test_what_nobody_reads_is_called_by_its_name(name: str, data: bytes, words: str) -> None:
    kind, ending = kind_of(name, data)
    assert kind is None
    assert words in unread(ending).why
    assert unread(ending).hint


def test_every_reader_there_is_can_be_found() -> None:
    from importlib import import_module

    for kind in set(kinds.ENDINGS.values()):
        module, _, function = kind.reader.partition(":")
        assert callable(getattr(import_module(module), function))


def test_no_ending_is_both_read_and_unread() -> None:
    assert not KINDS.keys() & kinds.ENDINGS.keys()
