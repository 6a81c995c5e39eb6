"""A list's file as lines, however many: it is gone through again and again and never held as a whole."""

from codecs import getincrementaldecoder
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bulletin.charset import Coding, cleaned, cleaning_notes, codings, reading_note

_TELLING = 20_000
"""Bytes at the beginning of a file that tell how it is to be read."""


@dataclass(frozen=True, slots=True)
class Lines:
    r"""The lines of a file, decoded and cleaned anew each time, as `text.split("\n")` gives them.

    data: the file in pieces, which can be gone through again; notes: how it was read and what was cleaned.
    """

    data: Iterable[bytes]
    coding: Coding
    notes: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[str]:
        for block in _blocks(self.data, self.coding):
            yield from _cleaned_lines(block, Counter())

    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return not any(line.strip() for line in self)


def read_lines(data: Iterable[bytes]) -> Lines | None:
    """Read a file in pieces as `charset` reads one that is held as a whole; None means not text."""
    for coding in codings(_start(data)):
        unread, counts = 0, Counter[int]()
        try:
            for block in _blocks(data, coding):
                if "\0" in block:
                    return None
                unread += block.count("\ufffd")
                for _ in _cleaned_lines(block, counts):
                    pass
        except UnicodeDecodeError:
            continue
        how = reading_note(coding, unread)
        return Lines(data, coding, (*filter(None, [how]), *cleaning_notes(counts)))
    return None


def _cleaned_lines(block: str, counts: Counter[int]) -> Iterator[str]:
    """Clean the lines of a block one by one, since nearly all are plain; see `cleaned`."""
    for line in block.split("\n"):
        if line.isascii() and line.isprintable():
            yield line
        else:
            yield from cleaned(line, counts).split("\n")


def _start(data: Iterable[bytes]) -> bytes:
    start = b""
    for piece in data:
        start += piece
        if len(start) >= _TELLING:
            break
    return start


def _blocks(data: Iterable[bytes], coding: Coding) -> Iterator[str]:
    r"""Give the text in blocks of whole lines, which are the text again with `\n` between them."""
    begun: list[str] = []
    for text in _texts(data, coding):
        whole, found, rest = text.rpartition("\n")
        if found:
            yield "".join([*begun, whole])
            begun = []
        begun.append(rest)
    yield "".join(begun)


def _texts(data: Iterable[bytes], coding: Coding) -> Iterator[str]:
    r"""Decode piece by piece, every line ending in `\n` also where `\r\n` stands in two pieces."""
    decoder = getincrementaldecoder(coding.codec)(coding.errors)
    skip, held = coding.mark, ""
    for piece in data:
        text = held + decoder.decode(piece[skip:])
        skip = max(skip - len(piece), 0)
        held = "\r" if text.endswith("\r") else ""
        yield text.removesuffix(held).replace("\r\n", "\n").replace("\r", "\n")
    yield (held + decoder.decode(b"", final=True)).replace("\r", "\n")
