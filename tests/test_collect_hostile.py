"""What is made to hurt costs one clear line each, and the file beside it is read."""

import io
import struct
import sys
import zipfile
import zlib
from pathlib import Path

import pytest
from drop_folder import DropFolder, labelled
from reader_seeds import seeds
from word_sample import zipped

from bulletin.model.contribution import FileOutcome
from bulletin.report.files import file_line

LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9))
    + "]>"
)


def png(width: int, height: int) -> bytes:
    """Write a picture of one colour, however large, in few bytes."""
    rows = zlib.compressobj(9)
    packed = b"".join(rows.compress(b"\0" * (width // 8 + 1)) for _ in range(height)) + rows.flush()
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)),
        (b"IDAT", packed),
        (b"IEND", b""),
    )
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


def laughing(name: str, part: str, words: str) -> bytes:
    """Put a billion laughs into a part of a document."""
    with zipfile.ZipFile(io.BytesIO(seeds()[name])) as archive:
        files = {one: archive.read(one) for one in archive.namelist()}
    text = files[part].decode().replace(words, "&j;", 1)
    declaration, _, rest = text.rpartition("?>")
    files[part] = f"{declaration}{'?>' if declaration else ''}{LAUGHS}{rest}".encode()
    return zipped(files)


HOSTILE = {
    "zip bomb.docx": (lambda: zipped({"word/document.xml": bytes(30_000_000)}), "zip bomb"),
    "wide.png": (lambda: png(40_000, 40_000), "too many pixels"),
    "heavy.jpg": (lambda: b"\xff\xd8\xff" + bytes(40 * 1024 * 1024), "too large (40 MB"),
    "long.csv": (lambda: b"Event,Date\n" + b"Tea,4 December 2026\n" * 5000, "5,001 rows"),
    "laughs.docx": (lambda: laughing("a.docx", "word/document.xml", "Tea"), "document type"),
    "laughs.xlsx": (lambda: laughing("a.xlsx", "xl/workbook.xml", "Sheet"), "document type"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_it_costs_one_clear_line_and_the_next_file_is_read(tmp_path: Path, name: str) -> None:
    folder = DropFolder(tmp_path / "work")
    make, words = HOSTILE[name]
    folder.drop(name, make())
    folder.drop("z.txt", labelled())
    rows = folder.collect()
    assert (rows[name].items, rows["z.txt"].outcome) == ((), FileOutcome.READ)
    assert rows[name].outcome in (FileOutcome.NOT_READ, FileOutcome.NEEDS_YOU)
    assert words in rows[name].why
    assert rows[name].hint
    assert "\n" not in file_line(rows[name])


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_out_of_the_folder_costs_one_clear_line_and_is_not_followed(tmp_path: Path) -> None:
    folder = DropFolder(tmp_path / "work")
    secret = tmp_path / "secret.txt"
    secret.write_text(labelled("Secret"), "utf-8")
    (folder.root / "contributions" / "a.txt").symlink_to(secret)
    row = folder.collect()["a.txt"]
    assert (row.outcome, row.items, folder.items()) == (FileOutcome.NOT_READ, (), {})
    assert "link" in row.why
    assert row.hint
