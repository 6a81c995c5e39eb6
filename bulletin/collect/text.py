"""Read Markdown and plain text."""

import re

from bulletin.charset import clean, decode
from bulletin.collect.escape import protect, release
from bulletin.collect.reading import Draft, Reading, not_read
from bulletin.labels import read_labels
from bulletin.model.contribution import FileOutcome

BULLETS = "·•▪●◦‣–—"
"""What Word and mail programs put where Markdown wants `-`; `o` and `*` count too."""


def read_markdown(_name: str, data: bytes) -> Reading:
    """Read a Markdown file, with or without labels: one item."""
    return _read(data, str)


def read_plain(_name: str, data: bytes) -> Reading:
    """Read a plain text file: one item, with what would be Markdown by accident kept as it looks."""
    return _read(data, plain_to_markdown)


def draft_from(text: str) -> Draft:
    """Take a text in Markdown apart into a draft."""
    read = read_labels(text)
    labels = {name: label.value for name, label in read.labels.items()}
    labels.update({label.name: label.value for label in read.unknown})
    return Draft(labels, read.text)


def plain_to_markdown(text: str) -> str:
    """Turn plain text into Markdown that reads the same: bullets as lists, marks kept as themselves."""
    return "\n".join(_line(line) for line in text.split("\n"))


def _read(data: bytes, to_markdown: type[str] | object) -> Reading:
    decoded = decode(data)
    if decoded is None:
        hint = "see what it really is: its ending says text; then ask the sender for the words"
        return not_read("it is not text, whatever its name says", hint)
    text, notes = clean(decoded.text)
    if not text.strip():
        return Reading(FileOutcome.READ, "the file is empty: it held nothing to print")
    draft = draft_from(text)
    if to_markdown is not str:
        draft = Draft(draft.labels, plain_to_markdown(draft.text), draft.inferred)
    said = [note for note in (decoded.note, *notes) if note]
    return Reading(FileOutcome.READ, "; ".join(said), drafts=(draft,))


def _line(line: str) -> str:
    bare = line.strip()
    bullet = re.match(rf"(?:[{BULLETS}*-]|o(?=\s))\s+(?=\S)", bare)
    if bullet:
        return release(f"- {protect(bare[bullet.end() :])}")
    number = re.match(r"\d{1,3}[.)]\s+(?=\S)", bare)
    if number:
        return release(number[0] + protect(bare[number.end() :]))
    return release(protect(bare))
