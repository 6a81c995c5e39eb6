"""Read Markdown and plain text."""

import re
from dataclasses import replace

from bulletin.charset import clean, decode
from bulletin.collect.escape import protect, release
from bulletin.collect.reading import Draft, Reading, not_read
from bulletin.labels import read_labels, writable
from bulletin.markdown import literal, plain
from bulletin.model.contribution import FileOutcome
from bulletin.workspace.outline import TOOL_LABELS

BULLETS = "·•▪●◦‣∙○■\uf0b7\uf0a7–—"  # noqa: RUF001 -- dashes are bullets too
"""What Word and mail programs put where Markdown wants `-`; `o` and `*` count too."""

SHORT = 50
"""A line with fewer characters than this was ended on purpose; programs break lines at 60 or more."""


def read_markdown(_name: str, data: bytes) -> Reading:
    """Read a Markdown file, with or without labels: one item."""
    return _read(data, is_markdown=True)


def read_plain(_name: str, data: bytes) -> Reading:
    """Read a plain text file: one item, with what would be Markdown by accident kept as it looks."""
    return _read(data, is_markdown=False)


def draft_from(text: str) -> Draft:
    """Take a text apart into a draft; what cannot be a label of an item's file stays in its text."""
    return Draft(*writable(read_labels(text), TOOL_LABELS))


def plain_to_markdown(text: str) -> str:
    """Turn plain text into Markdown that reads the same: lists, line ends, marks that mean themselves."""
    out: list[str] = []
    above, in_list = "", False
    for line in (line.strip() for line in text.split("\n")):
        mark = _list_mark(line) if not above or in_list or _ended(above) else ""
        words = release(_markdown_mark(mark) + protect(line[len(mark) :]))
        if line and above and mark and not in_list:
            out.append("")
        elif line and above and not mark and len(above) < SHORT:
            out[-1:] = [out[-1], ""] if in_list else [f"{out[-1]}  "]
        out.append(words)
        above, in_list = line, bool(mark) or (in_list and bool(line) and len(above) >= SHORT)
    return "\n".join(out)


def with_literal_summary(draft: Draft) -> Draft:
    """Keep a summary in plain words from being read as Markdown, which the summary of an item is."""
    summary = draft.labels.get("summary", "")
    if " ".join(plain(summary).split()) == " ".join(summary.split()):
        return draft
    return replace(draft, labels={**draft.labels, "summary": literal(summary)})


def _read(data: bytes, *, is_markdown: bool) -> Reading:
    decoded = decode(data)
    if decoded is None:
        hint = "see what it really is: its ending says text; then ask the sender for the words"
        return not_read("it is not text, whatever its name says", hint)
    text, notes = clean(decoded.text)
    if not text.strip():
        return Reading(FileOutcome.READ, "the file is empty: it held nothing to print")
    draft = draft_from(text)
    if not is_markdown:
        draft = with_literal_summary(replace(draft, text=plain_to_markdown(draft.text)))
    said = [note for note in (decoded.note, *notes) if note]
    return Reading(FileOutcome.READ, "; ".join(said), drafts=(draft,))


def _list_mark(line: str) -> str:
    """Give a line's bullet or number with the blanks after it, or ""."""
    found = re.match(rf"(?:[{BULLETS}*-]|o(?=\s)|\d{{1,3}}[.)])\s+(?=\S)", line)
    return found[0] if found else ""


def _markdown_mark(mark: str) -> str:
    return f"{mark.rstrip()} " if mark[:1].isdigit() else mark and "- "


def _ended(line: str) -> bool:
    """Whether a line ended on purpose, so that a list may start below it."""
    return len(line) < SHORT or line.endswith((".", ":", ";", "!", "?"))
