"""Zip containers are looked at before anything in them is opened."""

import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from word_sample import docx, p, zipped

from bulletin.collect.readers.container import MOST_BYTES, Container, PartError, open_container, parse_xml
from bulletin.collect.reading import Reading


def refused(data: bytes) -> str:
    opened = open_container(data)
    assert isinstance(opened, Reading)
    assert opened.outcome == "not read"
    assert opened.hint
    return opened.why


def test_an_ordinary_container_gives_its_parts() -> None:
    container = open_container(zipped({"a.xml": "<a>one</a>", "folder/": "", "folder/b.txt": "two"}))
    assert isinstance(container, Container)
    assert container.names == ("a.xml", "folder/b.txt")
    assert container.read("folder/b.txt") == b"two"
    assert container.xml("a.xml").text == "one"


def test_more_than_20_mb_is_too_large() -> None:
    assert "too large" in refused(b"PK" + bytes(MOST_BYTES))


def test_a_zip_bomb_stays_shut() -> None:
    assert "zip bomb" in refused(zipped({"word/document.xml": bytes(30_000_000)}))


def test_many_entries_that_add_up_stay_shut() -> None:
    noise = bytes(range(256)) * 40_000
    bomb = zipped({f"{number}.bin": noise for number in range(11)})
    assert len(bomb) < 1_000_000
    assert "zip bomb" in refused(bomb)


def test_a_small_part_of_nothing_but_spaces_is_no_bomb() -> None:
    assert isinstance(open_container(zipped({"a.txt": b" " * 900_000})), Container)


@pytest.mark.parametrize("count", [501, 6000])
def test_too_many_entries_stay_shut(count: int) -> None:
    assert f"too many files ({count:,}" in refused(zipped(dict.fromkeys(map(str, range(count)), "")))


@pytest.mark.parametrize(
    "name", ["../evil.xml", "/etc/passwd", "word/../../evil", "C:\\evil.xml", "\\\\host\\share", "a\\..\\b"]
)
def test_names_that_lead_out_of_the_container_stay_shut(name: str) -> None:
    assert "outside itself" in refused(zipped({"a.xml": "", name: ""}))


def test_a_password_is_asked_to_be_taken_off() -> None:
    data = bytearray(zipped({"a.xml": "words"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "password" in refused(bytes(data))


def test_two_parts_of_one_name_stay_shut() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.xml", "what Word shows")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.xml", "what others show")
    assert "one name" in refused(out.getvalue())


def test_entries_that_share_their_bytes_stay_shut() -> None:
    data = bytearray(zipped({"a": b"words" * 9, "b": b"words" * 9}, zipfile.ZIP_STORED))
    second = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, second + 42, 0)
    assert "damaged" in refused(bytes(data))


def test_packing_that_office_programs_do_not_use_stays_shut() -> None:
    assert "damaged" in refused(zipped({"a.xml": b"words" * 99}, zipfile.ZIP_LZMA))


@pytest.mark.parametrize("cut", [10, 40, -1])
def test_a_container_cut_short_says_so(cut: int) -> None:
    assert "damaged or cut short" in refused(zipped({"a.xml": "words"})[:cut])


def test_a_part_whose_bytes_were_changed_is_a_part_error() -> None:
    data = zipped({"a.xml": "words"}, zipfile.ZIP_STORED).replace(b"words", b"wodrs", 1)
    container = open_container(data)
    assert isinstance(container, Container)
    with pytest.raises(PartError, match=r"a\.xml is damaged"):
        container.read("a.xml")


@pytest.mark.parametrize(
    "xml",
    [
        '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;">]><a>&y;</a>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "http://evil.example/">]><a>&x;</a>',
    ],
    ids=["billion-laughs", "external-subset", "external-entity"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_no_document_type_is_followed(xml: str, encoding: str) -> None:
    with pytest.raises(PartError, match="document type"):
        parse_xml(xml.encode(encoding))


def test_xml_that_nests_without_end_is_refused() -> None:
    with pytest.raises(PartError, match="too deeply"):
        parse_xml(b"<a>" * 100_000)


@given(st.binary(max_size=300), st.integers(0, 2**31))
def test_whatever_is_done_to_its_bytes_a_container_is_opened_or_refused(noise: bytes, at: int) -> None:
    data = docx(p("Words"))
    at %= len(data)
    opened = open_container(data[:at] + noise + data[at + len(noise) :])
    if isinstance(opened, Container):
        for name in opened.names:
            try:
                opened.xml(name)
            except PartError:
                continue
