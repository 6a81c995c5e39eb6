"""A list's file is read in pieces, however long it is, and reads as it does as a whole."""

from hypothesis import given
from hypothesis import strategies as st

from bulletin.charset import clean, decode
from bulletin.lists.lines import read_lines
from bulletin.lists.table import read_table

ODD = st.sampled_from(
    ["\r", "\n", "\r\n", "\0", "\x0b", "\u2028", "\u200d", "\x85", "\xad", "\u0301" * 7, "\ufffd",
     "jo@x.example", ",", '"', "email,name\n", "\U000e0041", "\u0645\u200c", "\u20ac"]
)  # fmt: skip
TEXTS = st.lists(ODD | st.text(max_size=3), max_size=12).map("".join)
CODECS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"])
FILES = st.binary(max_size=40) | st.builds(lambda text, codec: text.encode(codec, "replace"), TEXTS, CODECS)


def in_pieces(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


@given(FILES, st.integers(1, 9))
def test_pieces_give_the_lines_and_the_notes_of_the_whole(data: bytes, size: int) -> None:
    decoded, lines = decode(data), read_lines(in_pieces(data, size))
    if decoded is None or lines is None:
        assert decoded is lines
        return
    text, removed = clean(decoded.text)
    assert list(lines) == text.split("\n")
    assert lines.notes == (*filter(None, [decoded.note]), *removed)


@given(FILES, st.integers(1, 9))
def test_pieces_give_the_rows_of_the_whole(data: bytes, size: int) -> None:
    whole, pieces = read_table(data), read_table(in_pieces(data, size))
    assert list(pieces.rows) == list(whole.rows)
    assert (pieces.failure, pieces.notes, pieces.broken) == (whole.failure, whole.notes, whole.broken)
