"""Bring a file's drafts and the items on disk together, so that no edit is ever lost."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain, count
from pathlib import PurePosixPath

from bulletin.collect.deciding.holding import EMBARGO
from bulletin.collect.reading import Draft
from bulletin.labels import read_labels
from bulletin.labels.differ import differences
from bulletin.model.contribution import Change
from bulletin.settings.reader import is_name
from bulletin.wording import set_against
from bulletin.workspace.collected import Written
from bulletin.workspace.files import as_text, digest
from bulletin.workspace.items import write_item
from bulletin.workspace.outline import TOOL_LABELS


@dataclass(slots=True)
class Shelf:
    """The items of an issue while collecting: what is on disk, what was written before, what is to be.

    on_disk: item id to the bytes of its file; written: what earlier collects wrote.
    lies_here: whether a file with these bytes, by their digest, lies in the drop folder.
    to_write: item id to bytes; changes: sources that changed beside an edited item.
    """

    on_disk: dict[str, bytes]
    written: dict[str, Written]
    lies_here: Callable[[str], bool]
    to_write: dict[str, bytes] = field(default_factory=dict)
    changes: dict[str, Change] = field(default_factory=dict)

    def gone(self, source: str, source_digest: str) -> tuple[str, ...]:
        """Give the items a file made that are there no more."""
        made = self.of_source(source, source_digest).values()
        return tuple(item for item in made if item not in self.on_disk)

    def of_source(self, source: str, source_digest: str) -> dict[int, str]:
        """Give the items a file made before, by their position in it.

        A moved file is known by its bytes. A file with other bytes under an old name is the old one changed,
        unless the old one lies here too, under a new name.
        """
        moved = {
            row.position: item for item, row in self.written.items() if row.source_digest == source_digest
        }
        changed = {row.position: item for item, row in self.written.items() if row.source == source}
        if moved or not changed:
            return moved
        old = {self.written[item].source_digest for item in changed.values()}
        return {} if any(self.lies_here(mark) for mark in old) else changed


def put(
    shelf: Shelf, source: str, source_digest: str, drafts: tuple[Draft, ...], holds: tuple[str, ...]
) -> tuple[str, ...]:
    """Put a file's drafts on the shelf and give the ids of its items that exist.

    A new draft becomes a new item. A draft whose item nobody touched replaces it; beside an edited item it
    becomes a Change; an item somebody deleted stays deleted.

    Args:
        source: the contributed file, relative to the workspace.
        holds: for each draft, why its item waits if it is new, or "".
    """
    before = shelf.of_source(source, source_digest)
    ids = []
    for position, (draft, hold) in enumerate(zip(drafts, holds, strict=True)):
        item = before.get(position)
        data = _item_bytes(draft, source, hold if item is None else _kept_hold(shelf, item, hold))
        row = Written(source, source_digest, position, digest(data))
        if item is None:
            item = _adopt(shelf, data) or _new_id(
                draft.labels.get("title") or PurePosixPath(source).stem, shelf
            )
        elif item not in shelf.on_disk:
            shelf.written[item] = row._replace(digest=shelf.written[item].digest)
            continue
        if item in shelf.written and not _is_as_written(shelf, item, data):
            _note_change(shelf, item, row, _item_bytes(draft, source, "").decode())
        else:
            shelf.to_write[item] = shelf.on_disk[item] = data
            shelf.written[item] = row
            shelf.changes.pop(item, None)
        ids.append(item)
    return tuple(ids)


def change_told(shelf: Shelf, source: str, items: tuple[str, ...]) -> tuple[str, ...]:
    """Say of a file's edited items where it says something else since, a clause each."""
    found = []
    for item in items:
        change = shelf.changes.get(item)
        if change and change.source == source and digest(shelf.on_disk[item]) == change.beside:
            theirs, ours = (
                read_labels(one, TOOL_LABELS) for one in (change.theirs, as_text(shelf.on_disk[item]))
            )
            new, old = ({name: label.value for name, label in one.labels.items()} for one in (theirs, ours))
            both = set_against(differences(new, old, theirs.text, ours.text))
            if both:
                found.append(f"it has changed since {item} was edited, whose words stand: it now says {both}")
    return tuple(found)


def _is_as_written(shelf: Shelf, item: str, data: bytes) -> bool:
    """Whether nobody edited an item, or so that it says what its file says now."""
    there = shelf.on_disk[item]
    return there == data or digest(there) == shelf.written[item].digest


def _note_change(shelf: Shelf, item: str, row: Written, theirs: str) -> None:
    """Record a changed source beside an edited item, until the officer has edited it once more."""
    before, noted = shelf.written[item], shelf.changes.pop(item, None)
    beside = digest(shelf.on_disk[item])
    settled = noted is not None and noted.theirs == theirs and noted.beside != beside
    if settled or before.source_digest == row.source_digest:
        shelf.written[item] = row._replace(digest=before.digest)
    else:
        shelf.changes[item] = Change(item, row.source, theirs, beside)


def _item_bytes(draft: Draft, source: str, hold: str) -> bytes:
    labels = {name: value for name, value in draft.labels.items() if name not in TOOL_LABELS}
    inferred = "; ".join(draft.inferred)
    return write_item({**labels, "hold": hold, "source": source, "inferred": inferred}, draft.text)


def _kept_hold(shelf: Shelf, item: str, hold: str) -> str:
    """Keep the hold an unedited item was given when it came; an embargo that came since is added."""
    source = as_text(shelf.on_disk.get(item, b""))
    labels = read_labels(source, TOOL_LABELS).labels
    kept = labels["hold"].value if "hold" in labels else ""
    came = EMBARGO in hold.split(", ") and "embargo" not in labels and source
    return ", ".join(part for part in (kept, EMBARGO if came else "") if part)


def _adopt(shelf: Shelf, data: bytes) -> str | None:
    """Find an item that a collect wrote but did not live to record."""
    return next(
        (item for item, there in shelf.on_disk.items() if there == data and item not in shelf.written), None
    )


def _new_id(title: str, shelf: Shelf) -> str:
    """Make a file name of a title, or of its file's name: short, ASCII, and taken by nobody before."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")
    if len(words) > 48:
        words = words[:48].rpartition("-")[0] or words[:48]
    stem = words if is_name(words) else f"item-{words}".strip("-")
    taken = {name.casefold() for name in (*shelf.on_disk, *shelf.written)}  # case is nothing to Windows
    return next(name for name in chain([stem], (f"{stem}-{n}" for n in count(2))) if name not in taken)
