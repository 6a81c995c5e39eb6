import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.charset import Decoded, clean, decode


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(b"", Decoded("", "utf-8"), id="nothing"),
        pytest.param("José\u2019s café".encode(), Decoded("José\u2019s café", "utf-8"), id="utf-8"),
        pytest.param(b"\xef\xbb\xbfemail", Decoded("email", "utf-8"), id="utf-8 with a mark"),
        pytest.param("\ufeffDroitwich".encode("utf-16-le"), Decoded("Droitwich", "utf-16"), id="utf-16-le"),
        pytest.param("\ufeffDroitwich".encode("utf-16-be"), Decoded("Droitwich", "utf-16"), id="utf-16-be"),
        pytest.param(
            b"Jos\xe9 \x96 \xa360,000", Decoded("José \u2013 £60,000", "cp1252", "read as Windows-1252"),
            id="cp1252",
        ),
        pytest.param(b"one\r\ntwo\rthree\n", Decoded("one\ntwo\nthree\n", "utf-8"), id="line endings"),
    ],
)  # fmt: skip
def test_an_encoding_is_found_by_mark_then_utf8_then_windows(data: bytes, expected: Decoded) -> None:
    assert decode(data) == expected


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04\x00\x00", b"\xff\xfe\x00\x00a\x00\x00\x00", b"\xef\xbb\xbfa\x00", b"\xe9\x00"],
    ids=["a zip", "utf-32", "a mark and a NUL", "cp1252 and a NUL"],
)
def test_a_nul_means_it_is_not_text(data: bytes) -> None:
    assert decode(data) is None


@pytest.mark.parametrize(
    ("data", "text", "note"),
    [
        (
            b"\xe9\x81\xe9",
            "é\ufffdé",
            "read as Windows-1252; 1 character could not be read and show as \ufffd",
        ),
        (b"\xff\xfea\x00b", "a\ufffd", "1 character could not be read and show as \ufffd"),
        (b"\xef\xbb\xbf\xe9 \xe9", "\ufffd \ufffd", "2 characters could not be read and show as \ufffd"),
    ],
    ids=["a hole in cp1252", "half a utf-16 character", "a lying mark"],
)
def test_what_cannot_be_read_is_shown_and_counted(data: bytes, text: str, note: str) -> None:
    decoded = decode(data)
    assert decoded is not None
    assert (decoded.text, decoded.note) == (text, note)


@given(st.binary())
def test_any_bytes_are_text_or_not_text(data: bytes) -> None:
    decoded = decode(data)
    assert decoded is None or ("\0" not in decoded.text and "\r" not in decoded.text)


@given(st.text())
def test_utf8_comes_back_as_it_was(text: str) -> None:
    plain = text.replace("\0", "").replace("\r", "").removeprefix("\ufeff")
    decoded = decode(plain.encode())
    assert decoded is not None
    assert decoded.text == plain.removeprefix("\ufeff")


@pytest.mark.parametrize(
    ("text", "cleaned", "notes"),
    [
        ("Plain words", "Plain words", ()),
        ("a\tb\nc é", "a\tb\nc é", ()),
        ("pay\u202elap\u202c.example", "paylap.example", ("removed 2 text direction controls",)),
        ("zero\u200bwidth\ufeff\u2060", "zerowidth", ("removed 3 zero-width characters",)),
        ("consul\xadtation", "consultation", ("removed 1 soft hyphen",)),
        ("\x07bell\x7f", "bell", ("removed 2 control characters",)),
        ("don\x92t \x96 \x85", "don\u2019t \u2013 \u2026", ("put right 3 Windows characters",)),
        ("hole\x81", "hole", ("removed 1 control character",)),
        ("line\x0bbreak\u2028here", "line\nbreak\nhere", ("turned 2 odd line breaks into new lines",)),
        ("pay\u200dpal", "paypal", ("removed 1 zero-width joiner",)),
        ("\u0645\u06cc\u200c\u062e\u0648", "\u0645\u06cc\u200c\u062e\u0648", ()),
        ("\U0001f468\u200d\U0001f469", "\U0001f468\u200d\U0001f469", ()),
        ("half \ud800", "half \ufffd", ("replaced 1 character that is no character",)),
    ],
)
def test_what_cannot_be_seen_goes_and_is_counted(text: str, cleaned: str, notes: tuple[str, ...]) -> None:
    assert clean(text) == (cleaned, notes)


@given(st.text(st.characters(codec=None)))
def test_clean_text_stays_as_it_is(text: str) -> None:
    once, _ = clean(text)
    assert clean(once) == (once, ())
    once.encode()


def test_visible_text_is_never_touched() -> None:
    words = "O\u2019Neil \u2013 £60,000 \u2014 Tŷ Hafan, ½, 100\u00a0m², \U0001f3f4\U000e0067\U000e007f"
    assert clean(words) == (words, ())


def test_another_alphabet_is_not_taken_for_windows_1252_without_a_word() -> None:
    greek = decode("Η ελληνική γλώσσα μιλιέται".encode("cp1253"))  # noqa: RUF001 -- Greek
    french = decode("Été à la forêt, où l'on a déjà rêvé".encode("cp1252"))
    assert greek is not None
    assert french is not None
    assert greek.note.endswith("see if its words are right")
    assert french.note == "read as Windows-1252"
