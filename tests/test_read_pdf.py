from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter

from bulletin.collect.readers.pdf import read_pdf
from bulletin.collect.reading import Reading
from bulletin.model.contribution import FileOutcome


def pdf(words: str) -> bytes:
    drawing = f"BT /F1 12 Tf 72 720 Td ({words}) Tj ET".encode("latin-1")
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>",
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Annots[6 0 R]/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(drawing), drawing),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://x.example/a)>>>>",
    )
    body, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj%b endobj\n" % (number, one)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 7\n0000000000 65535 f \n" + rows
    return body + table + b"trailer<</Size 7/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(body)


def written(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def blank(pages: int) -> PdfWriter:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    return writer


def test_a_pdf_needs_typing_and_shows_how_it_begins() -> None:
    reading = read_pdf("x.pdf", pdf("Free trees for all"))
    assert reading.outcome is FileOutcome.NEEDS_YOU
    assert not reading.drafts
    assert reading.why == "it needs typing: a PDF of 1 page"
    assert reading.notes == ('it begins: "Free trees for all"', "it links to https://x.example/a")


def test_a_pdf_of_pictures_only_says_so() -> None:
    reading = read_pdf("x.pdf", written(blank(2)))
    assert reading.outcome is FileOutcome.NEEDS_YOU
    assert (
        reading.why == "it needs typing: a PDF of 2 pages, and there is no text in it, only pictures of pages"
    )


def test_a_locked_pdf_is_named() -> None:
    writer = blank(1)
    writer.encrypt("secret", algorithm="RC4-40")
    reading = read_pdf("x.pdf", written(writer))
    assert reading.outcome is FileOutcome.NOT_READ
    assert reading.why == "it is a PDF locked with a password"


def test_a_pdf_that_anybody_may_open_is_opened() -> None:
    writer = blank(1)
    writer.encrypt("", "owner", algorithm="RC4-40")
    assert read_pdf("x.pdf", written(writer)).outcome is FileOutcome.NEEDS_YOU


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.4\n", b"%PDF-1.4\n" + b"\0" * 99])
def test_what_is_no_whole_pdf_is_not_read(data: bytes) -> None:
    assert read_pdf("x.pdf", data).outcome is FileOutcome.NOT_READ


def test_pages_that_contain_themselves_are_one_clear_line() -> None:
    data = pdf("x").replace(b"/Kids[3 0 R]", b"/Kids[2 0 R]")
    assert read_pdf("x.pdf", data).outcome is FileOutcome.NOT_READ


def test_nothing_of_a_pdf_is_shown_that_cannot_be_seen() -> None:
    assert "\x9d" not in str(read_pdf("x.pdf", pdf("one\x9d two words")))


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=30), st.integers(0, 900))
def test_whatever_the_bytes_it_gives_a_reading(noise: bytes, at: int) -> None:
    whole = pdf("Free trees for all")
    assert isinstance(read_pdf("x.pdf", whole[:at] + noise + whole[at + len(noise) :]), Reading)
