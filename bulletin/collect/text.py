"""Read Markdown and plain text."""

from dataclasses import replace

from bulletin.charset import clean, decode
from bulletin.collect.breaks import join_soft
from bulletin.collect.bullets import BULLETS
from bulletin.collect.plain import plain_to_markdown, read_pasted
from bulletin.collect.printed import without_page_furniture
from bulletin.collect.reading import Draft, Reading, not_read
from bulletin.labels import read_labels, writable
from bulletin.markdown import literal, plain
from bulletin.model.contribution import FileOutcome
from bulletin.workspace.outline import TOOL_LABELS

__all__ = [
    "BULLETS",
    "draft_from",
    "plain_to_markdown",
    "read_markdown",
    "read_plain",
    "with_literal_summary",
]

MOST_LETTERS = 500_000
"""A text longer than a novel is no contribution, and would take minutes; an edition has 100 KB at most."""


def read_markdown(_name: str, data: bytes) -> Reading:
    """Read a Markdown file, with or without labels: one item."""
    return _read(data, is_markdown=True)


def read_plain(_name: str, data: bytes) -> Reading:
    """Read a plain text file: one item, with what would be Markdown by accident kept as it looks."""
    return _read(data, is_markdown=False)


def draft_from(text: str) -> Draft:
    """Take a text apart into a draft; what cannot be a label of an item's file stays in its text."""
    return Draft(*writable(read_labels(text), TOOL_LABELS))


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
    if len(decoded.text) > MOST_LETTERS:
        hint = "ask the sender which part of it is for the bulletin, and put that into a text file (.txt)"
        return not_read(f"it is too long for a bulletin ({len(decoded.text):,} characters)", hint)
    text, soft = join_soft(decoded.text)
    text, furniture = (text, ()) if is_markdown else without_page_furniture(text)
    text, cleaned = clean(text)
    if not text.strip():
        return Reading(FileOutcome.READ, "the file is empty: it held nothing to print")
    said = [note for note in (decoded.note, *soft, *cleaned) if note]
    draft = draft_from(text)
    if is_markdown:
        return Reading(FileOutcome.READ, "; ".join(said), drafts=(draft,))
    pasted = read_pasted(draft.text)
    draft = with_literal_summary(replace(draft, text=pasted.markdown))
    return Reading(
        FileOutcome.NEEDS_YOU if pasted.asks else FileOutcome.READ,
        "; ".join([*said, *pasted.asks]),
        "open the item beside the file it came from, and put its lines right" if pasted.asks else "",
        drafts=(draft,),
        notes=(*furniture, *pasted.notes),
    )
