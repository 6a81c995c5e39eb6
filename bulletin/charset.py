"""Bytes to text as councils' files need it: which encoding, and which characters to take out."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable
from dataclasses import dataclass

FOREIGN = ", though most of its letters look like another alphabet's: see if its words are right"


@dataclass(frozen=True, slots=True)
class Decoded:
    r"""The text of a file, every line ending in `\n`.

    encoding: `utf-8`, `utf-16` or `cp1252`; note: what the officer should know, a clause, or "".
    """

    text: str
    encoding: str
    note: str = ""


def decode(data: bytes) -> Decoded | None:
    """Read bytes as text: byte order mark, then strict UTF-8, then Windows-1252; None means not text.

    A NUL is never text, except as half of a UTF-16 character. What cannot be read shows as U+FFFD, and
    the note says how many such characters there are.
    """
    if data.startswith(BOM_UTF8):
        return _with_replacements(data[len(BOM_UTF8) :], "utf-8", "utf-8", "")
    if data.startswith(BOM_UTF16_LE):
        return _with_replacements(data[len(BOM_UTF16_LE) :], "utf-16-le", "utf-16", "")
    if data.startswith(BOM_UTF16_BE):
        return _with_replacements(data[len(BOM_UTF16_BE) :], "utf-16-be", "utf-16", "")
    try:
        return _decoded(data.decode("utf-8"), "utf-8", "")
    except UnicodeDecodeError:
        note = "read as Windows-1252" + (FOREIGN if _looks_foreign(data) else "")
        return _with_replacements(data, "cp1252", "cp1252", note)


def clean(text: str) -> tuple[str, tuple[str, ...]]:
    r"""Take out what cannot be seen, put right what Word left behind, and note each kind with its count.

    Bidirectional controls, zero-width characters, soft hyphens and control characters go; odd line breaks
    become `\n`; C1 characters that are Windows-1252 in disguise become what they stand for. U+200C and
    U+200D stay after a letter or an emoji that needs them (Persian, Malayalam, families), and go elsewhere.
    """
    if text.isascii() and text.isprintable():
        return text, ()
    notes = []
    for pattern, replacement, verb, one, many in _CLEANING:
        text, count = re.subn(pattern, replacement, text)
        if count:
            notes.append(f"{verb} {count} {one if count == 1 else many}")
    return text, tuple(notes)


def _looks_foreign(data: bytes) -> bool:
    """Whether most letters are beyond ASCII, as in Greek or Russian and in no language of Windows-1252."""
    letters = re.sub(rb"[^A-Za-z\x80-\xff]", b"", data[:20_000])
    beyond = len(re.sub(rb"[A-Za-z]", b"", letters))
    return len(letters) >= 20 and beyond * 2 > len(letters)


def _with_replacements(data: bytes, codec: str, encoding: str, note: str) -> Decoded | None:
    text = data.decode(codec, errors="replace")
    lost = text.count("\ufffd")
    if lost:
        unread = f"{lost} character{'' if lost == 1 else 's'} could not be read and show as \ufffd"
        note = f"{note}; {unread}" if note else unread
    return _decoded(text, encoding, note)


def _decoded(text: str, encoding: str, note: str) -> Decoded | None:
    if "\0" in text:
        return None
    return Decoded(text.replace("\r\n", "\n").replace("\r", "\n"), encoding, note)


def _from_windows(match: re.Match[str]) -> str:
    """Give the character that Windows-1252 has at a C1 code point, as browsers do (WHATWG Encoding)."""
    return match[0].encode("latin-1").decode("cp1252")


# Marks that stand on or under a letter; no language needs more than a few on one.
_ON_LETTERS = r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
# In order: the joiners are judged once everything else that is invisible has gone.
_CLEANING: tuple[tuple[str, str | Callable[[re.Match[str]], str], str, str, str], ...] = (
    (r"\r\n|[\r\x0b\x0c\u2028\u2029]", "\n", "turned", "odd line break into a new line",
     "odd line breaks into new lines"),
    (r"[\x80\x82-\x8c\x8e\x91-\x9c\x9e\x9f]", _from_windows, "put right", "Windows character",
     "Windows characters"),
    (r"[\x00-\x08\x0e-\x1f\x7f\x81\x8d\x8f\x90\x9d]", "", "removed", "control character",
     "control characters"),
    (r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f]", "", "removed", "text direction control",
     "text direction controls"),
    (r"[\u200b\u2060-\u2065\ufeff]", "", "removed", "zero-width character", "zero-width characters"),
    (r"(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0000-\U000e007f]+", "", "removed", "unseen tag",
     "unseen tags"),
    (f"({_ON_LETTERS}{{6}}){_ON_LETTERS}+", r"\1", "cut short", "heap of accents", "heaps of accents"),
    (r"\xad", "", "removed", "soft hyphen", "soft hyphens"),
    (r"[\ud800-\udfff]", "\ufffd", "replaced", "character that is no character",
     "characters that are no characters"),
    (r"(?<![\u0250-\u1fff\u2070-\U0010ffff])[\u200c\u200d]", "", "removed", "zero-width joiner",
     "zero-width joiners"),
)  # fmt: skip
