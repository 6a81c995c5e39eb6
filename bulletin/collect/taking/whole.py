"""Read a file with everything attached to it, as deep as honest people attach."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import NamedTuple

from bulletin.collect.marking import SENSITIVE, is_sensitive
from bulletin.collect.reading import ASK_AGAIN, EMPTY, Attached, Draft, Pictured, Reading, not_read
from bulletin.collect.taking.dropped import MOST_BYTES
from bulletin.collect.taking.kinds import CALENDAR, ENDINGS, MAILS, MARKDOWN, SHEET, TABLE, TEXT, kind_of
from bulletin.collect.taking.unread import clutter, unread
from bulletin.model.contribution import FileOutcome
from bulletin.workspace.files import digest

MOST_ATTACHED = 20
MOST_PICTURES = 20
DEEPEST = 3

Confine = Callable[[str, str, bytes], Reading]
"""Has a reader, `module:function`, read a file of this name and these bytes."""

Known = Callable[[str], str]
"""Says why a file that is attached need not be read, by its digest, "" where it must be."""


class Origin(NamedTuple):
    """Where a draft stands: its file's name, that file's digest if it is attached, and whether it is a row.

    A row is one of many in a table or a calendar: what holds for one of them says nothing of the others.
    """

    name: str
    attached: str = ""
    row: bool = False


@dataclass(slots=True)
class Whole:
    """A file and what is attached to it, read.

    drafts: each with where it stands, the file's own first; known: what need not be read; sensitive: a
    marking was found.
    """

    known: Known
    drafts: list[tuple[Origin, Draft]] = field(default_factory=list)
    pictures: list[Pictured] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    hint: str = ""
    sensitive: bool = False
    seen: set[bytes] = field(default_factory=set)


def read_whole(
    confine: Confine, name: str, data: bytes, known: Known = lambda _digest: ""
) -> tuple[Reading, tuple[Origin, ...]]:
    """Read a file and what is attached to it, and say where each draft stands.

    A marking anywhere in it refuses all of it: then the Reading is SENSITIVE itself.
    """
    whole = Whole(known)
    own = read_one(confine, name, data)
    _take(whole, confine, own, Origin(name, row=_is_rows(name, data)), 0)
    if whole.sensitive:
        return SENSITIVE, ()
    troubled = own.outcome is FileOutcome.READ and whole.troubles
    reading = Reading(
        FileOutcome.NEEDS_YOU if troubled else own.outcome,
        "; ".join(part for part in (own.why, *whole.troubles) if part),
        own.hint or whole.hint,
        tuple(draft for _, draft in whole.drafts),
        (*own.notes, *whole.notes),
        sender=own.sender,
        pictures=tuple(whole.pictures[:MOST_PICTURES]),
    )
    return reading, tuple(origin for origin, _ in whole.drafts)


def read_one(confine: Confine, name: str, data: bytes) -> Reading:
    """Have one file read by the reader of its kind."""
    if len(data) > MOST_BYTES:
        size = len(data) // 1_048_576
        hint = "ask the sender for a smaller version, or for a link to it"
        return not_read(f"it is too large ({size} MB; at most 20)", hint)
    if not data:
        return _empty(name)
    kind, ending = kind_of(name, data)
    if kind is None:
        return unread(ending)
    reading = confine(kind.reader, name, data)
    if kind.reader not in MAILS:  # there it is no word of ours, but one a contributor wrote
        reading = replace(reading, drafts=tuple(map(_own_sender, reading.drafts)))
    if ending and PurePosixPath(name).suffix.lower() != ending:
        return replace(reading, notes=(f"it is {kind.name}, whatever its ending says", *reading.notes))
    return reading


def _empty(name: str) -> Reading:
    """Judge a file of no bytes: a text may be empty, any other kind was lost on the way."""
    kind = ENDINGS.get(PurePosixPath(name).suffix.lower())
    if kind in (None, TEXT, MARKDOWN):
        return EMPTY
    what = "the file is empty (0 bytes), which no file of its kind is: it was lost on the way"
    return Reading(FileOutcome.NEEDS_YOU, what, ASK_AGAIN)


def _own_sender(draft: Draft) -> Draft:
    labels = {"Sender" if name == "sender" else name: value for name, value in draft.labels.items()}
    return replace(draft, labels=labels)


def _is_rows(name: str, data: bytes) -> bool:
    return bool(data) and kind_of(name, data)[0] in (TABLE, SHEET, CALENDAR)


def _take(whole: Whole, confine: Confine, reading: Reading, origin: Origin, depth: int) -> None:
    """Take a reading's drafts, then what is attached to it."""
    if _is_marked(reading):
        whole.sensitive = True
        return
    whole.drafts += [(origin, draft) for draft in reading.drafts]
    whole.pictures += reading.pictures
    sender = reading.sender or next((draft.labels.get("sender", "") for draft in reading.drafts), "")
    for one in reading.attached:
        _take_attached(whole, confine, one, sender, depth + 1)


def _take_attached(whole: Whole, confine: Confine, one: Attached, sender: str, depth: int) -> None:
    if whole.sensitive or is_sensitive(one.name, one.data):
        whole.sensitive = True
        return
    called = f"its attachment {one.name}"
    refused = _refusal(whole, one, depth)
    reading = refused or clutter(one.name) or read_one(confine, one.name, one.data)
    if reading.outcome in (FileOutcome.READ, FileOutcome.IGNORED) or _is_picture(reading):
        whole.notes += [f"{called}: {reading.why}"] if reading.why and not _is_picture(reading) else []
    else:
        whole.troubles.append(f"{called}: {reading.why}")
        whole.hint = whole.hint or reading.hint
    whole.notes += [f"{called}: {note}" for note in reading.notes]
    drafts = tuple(replace(draft, labels=_with_sender(draft, sender)) for draft in reading.drafts)
    origin = Origin(one.name, digest(one.data), row=_is_rows(one.name, one.data))
    _take(whole, confine, replace(reading, drafts=drafts), origin, depth)


def _is_picture(reading: Reading) -> bool:
    """Whether a file is a picture that can be printed: then it is asked about with the items it came with."""
    return bool(reading.pictures) and not reading.drafts


def _with_sender(draft: Draft, sender: str) -> dict[str, str]:
    """Let what is attached to an e-mail be from whoever wrote the e-mail."""
    return {**({"sender": sender} if sender else {}), **draft.labels}


def _refusal(whole: Whole, one: Attached, depth: int) -> Reading | None:
    """Say why an attached file is not read, None where it may be."""
    if one.data in whole.seen:
        return Reading(FileOutcome.IGNORED, "it is there twice")
    if len(whole.seen) >= MOST_ATTACHED:
        return not_read(
            f"it is one too many: at most {MOST_ATTACHED} are read", "save it into contributions/"
        )
    if depth > DEEPEST:
        return not_read(
            "it lies too deep, an e-mail in an e-mail in an e-mail", "save it into contributions/"
        )
    whole.seen.add(one.data)
    known = whole.known(digest(one.data)) if one.data else ""
    return Reading(FileOutcome.IGNORED, known) if known else None


def _is_marked(reading: Reading) -> bool:
    """Whether anything a reader found in a file is marked, which its bytes need not show."""
    words = [reading.why, *reading.notes, *(one.alt for one in reading.pictures)]
    for draft in reading.drafts:
        words += [draft.text, *(f"{name}: {value}" for name, value in draft.labels.items())]
    return any(is_sensitive("", text.encode("utf-8", "replace")) for text in words)
