"""Bytes to text as councils' files need it: which encoding, and which characters to take out."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

_MARKS = (
    (BOM_UTF8, "utf-8", "utf-8"),
    (BOM_UTF16_LE, "utf-16-le", "utf-16"),
    (BOM_UTF16_BE, "utf-16-be", "utf-16"),
)
FOREIGN = ", though most of its letters look like another alphabet's: see if its words are right"


@dataclass(frozen=True, slots=True)
class Decoded:
    r"""The text of a file, every line ending in `\n`.

    encoding: `utf-8`, `utf-16` or `cp1252`; note: what the officer should know, a clause, or "".
    """

    text: str
    encoding: str
    note: str = ""


class Coding(NamedTuple):
    """A way to read bytes as text.

    codec: as Python names it; encoding: as `Decoded` does; mark: the bytes to leave out at the beginning.
    errors: "strict" where another way is tried if it fails, else "replace"; note: as `Decoded` has it.
    """

    codec: str
    encoding: str
    mark: int = 0
    errors: str = "replace"
    note: str = ""


def codings(start: bytes) -> Iterator[Coding]:
    """Give the ways to read a file that begins so, the likeliest first: by its mark, UTF-8, Windows-1252."""
    for mark, codec, encoding in _MARKS:
        if start.startswith(mark):
            yield Coding(codec, encoding, len(mark))
            return
    yield Coding("utf-8", "utf-8", errors="strict")
    note = "read as Windows-1252" + (FOREIGN if _looks_foreign(start) else "")
    yield Coding("cp1252", "cp1252", note=note)


def decode(data: bytes) -> Decoded | None:
    """Read bytes as text: byte order mark, then strict UTF-8, then Windows-1252; None means not text.

    A NUL is never text, except as half of a UTF-16 character. What cannot be read shows as U+FFFD, and
    the note says how many such characters there are.
    """
    for coding in codings(data):
        try:
            text = data[coding.mark :].decode(coding.codec, coding.errors)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            return None
        note = reading_note(coding, text.count("\ufffd"))
        return Decoded(text.replace("\r\n", "\n").replace("\r", "\n"), coding.encoding, note)
    return None


def reading_note(coding: Coding, unread: int) -> str:
    """Say how a text was read and how many U+FFFD stand in it, if any stand for what could not be read."""
    if not unread or coding.errors == "strict":
        return coding.note
    lost = f"{unread} character{'' if unread == 1 else 's'} could not be read and show as \ufffd"
    return f"{coding.note}; {lost}" if coding.note else lost


def clean(text: str) -> tuple[str, tuple[str, ...]]:
    r"""Take out what cannot be seen, put right what Word left behind, and note each kind with its count.

    Bidirectional controls, zero-width characters, soft hyphens and control characters go; odd line breaks
    become `\n`; C1 characters that are Windows-1252 in disguise become what they stand for. U+200C and
    U+200D stay after a letter or an emoji that needs them (Persian, Malayalam, families), and go elsewhere.
    """
    counts: Counter[int] = Counter()
    text = cleaned(text, counts)
    return text, cleaning_notes(counts)


def cleaned(text: str, counts: Counter[int]) -> str:
    """Clean a text that begins and ends with whole lines, and count each kind of thing done to it."""
    if text.isascii() and text.isprintable():
        return text
    for kind, (pattern, replacement, *_) in enumerate(_CLEANING):
        text, count = re.subn(pattern, replacement, text)
        counts[kind] += count
    return text


def cleaning_notes(counts: Mapping[int, int]) -> tuple[str, ...]:
    """Say what was done to a text by `cleaned`."""
    return tuple(
        f"{verb} {counts[kind]} {one if counts[kind] == 1 else many}"
        for kind, (_, _, verb, one, many) in enumerate(_CLEANING)
        if counts.get(kind)
    )


def _looks_foreign(data: bytes) -> bool:
    """Whether most letters are beyond ASCII, as in Greek or Russian and in no language of Windows-1252."""
    letters = re.sub(rb"[^A-Za-z\x80-\xff]", b"", data[:20_000])
    beyond = len(re.sub(rb"[A-Za-z]", b"", letters))
    return len(letters) >= 20 and beyond * 2 > len(letters)


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
