"""Find where what a file says now and what its item says differ: label by label, then the text."""

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import NamedTuple

from bulletin.labels import LABELS

LETTERS = 90
BEFORE, AFTER = 4, 10
"""Words shown before and after the first one that differs in a paragraph."""
_MOST_LINES = 400


class Difference(NamedTuple):
    """One place where the two differ: a label's agreed name or "text", and what stands in each, or ""."""

    where: str
    theirs: str
    ours: str


def differences(
    theirs: Mapping[str, str], ours: Mapping[str, str], their_text: str, our_text: str
) -> list[Difference]:
    """Give every difference between what a file says and what its item says."""
    found = []
    for name in LABELS:
        new, old = theirs.get(name, ""), ours.get(name, "")
        if _folded(new) != _folded(old):
            found.append(Difference(name, *_excerpts(new, old)))
    return [*found, *_in_text(their_text, our_text)]


def _in_text(theirs: str, ours: str) -> Iterator[Difference]:
    new, old = ([line.strip() for line in text.splitlines() if line.strip()] for text in (theirs, ours))
    matcher = SequenceMatcher(None, new[:_MOST_LINES], old[:_MOST_LINES], autojunk=False)
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag != "equal":
            for at in range(max(end - start, last - first)):
                line = new[start + at] if start + at < end else ""
                other = old[first + at] if first + at < last else ""
                yield Difference("text", *_excerpts(line, other))


def _excerpts(new: str, old: str) -> tuple[str, str]:
    """Give both from shortly before their first different word."""
    words, others = new.split(), old.split()
    pairs = zip(words, others, strict=False)
    same = next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(words), len(others)))
    return _from(words, same), _from(others, same)


def _from(words: list[str], at: int) -> str:
    start = max(0, at - BEFORE) if len(" ".join(words)) > LETTERS else 0
    part = words[start : at + AFTER] if start else words
    return ("..." if start else "") + " ".join(part)


def _folded(value: str) -> str:
    return " ".join(value.replace(";", ",").split()).casefold()
