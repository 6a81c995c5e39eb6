"""Read Markdown and plain text, which may hold an e-mail that somebody saved or pasted."""

from dataclasses import replace

from bulletin.charset import FOREIGN, clean, decode
from bulletin.collect.readers.mail.saved import is_mail_text, read_mail_text
from bulletin.collect.reading import EMPTY, NOT_TEXT, Reading, not_read
from bulletin.collect.words.breaks import join_soft
from bulletin.collect.words.draft import drafts_from, with_literal_summary
from bulletin.collect.words.plain import read_pasted
from bulletin.collect.words.printed import without_page_furniture
from bulletin.model.contribution import FileOutcome

MOST_LETTERS = 500_000
"""A text longer than a novel is no contribution, and would take minutes; an edition has 100 KB at most."""

SAVE_AGAIN = "if its words are wrong, ask the sender to save it as UTF-8, or for the words in an e-mail"


def read_markdown(_name: str, data: bytes) -> Reading:
    """Read a Markdown file, with or without labels: one item."""
    return _read(data, is_markdown=True)


def read_words(name: str, data: bytes) -> Reading:
    """Read plain text: as an e-mail where it has been one, as it stands otherwise."""
    decoded = decode(data)
    is_mail = decoded is not None and is_mail_text(decoded.text)
    reading = read_mail_text(name, data) if is_mail else read_plain(name, data)
    if decoded is None or FOREIGN not in decoded.note or reading.outcome is not FileOutcome.READ:
        return reading
    why = reading.why if decoded.note in reading.why else f"{decoded.note}; {reading.why}".rstrip("; ")
    return replace(reading, outcome=FileOutcome.NEEDS_YOU, why=why, hint=SAVE_AGAIN)


def read_plain(_name: str, data: bytes) -> Reading:
    """Read a plain text file: one item, with what would be Markdown by accident kept as it looks."""
    return _read(data, is_markdown=False)


def _read(data: bytes, *, is_markdown: bool) -> Reading:
    decoded = decode(data)
    if decoded is None:
        hint = "see what it really is: its ending says text; then ask the sender for the words"
        return replace(NOT_TEXT, hint=hint)
    if len(decoded.text) > MOST_LETTERS:
        hint = "ask the sender which part of it is for the bulletin, and put that into a text file (.txt)"
        return not_read(f"it is too long for a bulletin ({len(decoded.text):,} characters)", hint)
    text, soft = join_soft(decoded.text)
    text, furniture = (text, ()) if is_markdown else without_page_furniture(text)
    text, cleaned = clean(text)
    if not text.strip():
        return EMPTY
    said = [note for note in (decoded.note, *soft, *cleaned) if note]
    drafts, blocks = drafts_from(text)
    if is_markdown:
        return Reading(FileOutcome.READ, "; ".join(said), drafts=drafts, notes=blocks)
    pasted = [read_pasted(draft.text) for draft in drafts]
    asks = tuple(dict.fromkeys(ask for one in pasted for ask in one.asks))
    notes = tuple(note for one in pasted for note in one.notes)
    return Reading(
        FileOutcome.NEEDS_YOU if asks else FileOutcome.READ,
        "; ".join([*said, *asks]),
        "open the item beside the file it came from, and put its lines right" if asks else "",
        drafts=tuple(
            with_literal_summary(replace(draft, text=one.markdown))
            for draft, one in zip(drafts, pasted, strict=True)
        ),
        notes=(*blocks, *furniture, *notes),
    )
