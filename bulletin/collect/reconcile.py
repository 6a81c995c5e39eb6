"""Bring a file's drafts and the items on disk together, so that no edit is ever lost."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain, count

from bulletin.collect.reading import Draft
from bulletin.labels import read_labels
from bulletin.model.contribution import Change
from bulletin.settings import is_name
from bulletin.workspace.collected import Written
from bulletin.workspace.files import as_text, digest
from bulletin.workspace.items import write_item
from bulletin.workspace.outline import TOOL_LABELS


@dataclass(slots=True)
class Shelf:
    """The items of an issue while collecting: what is on disk, what was written before, what is to be written.

    on_disk: item id to the bytes of its file; written: what earlier collects wrote.
    lies_here: whether a file with these bytes, by their digest, lies in the drop folder.
    to_write: item id to bytes; changes: sources that changed beside an edited item.
    """

    on_disk: dict[str, bytes]
    written: dict[str, Written]
    lies_here: Callable[[str], bool]
    to_write: dict[str, bytes] = field(default_factory=dict)
    changes: dict[str, Change] = field(default_factory=dict)

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
    shelf: Shelf, source: str, source_digest: str, drafts: tuple[Draft, ...], hold: str
) -> tuple[str, ...]:
    """Put a file's drafts on the shelf and give the ids of its items that exist.

    A new draft becomes a new item. A draft whose item nobody touched replaces it; beside an edited item it
    becomes a Change; an item somebody deleted stays deleted.

    Args:
        source: the contributed file, relative to the workspace.
        hold: why a new item waits, or "".
    """
    before = shelf.of_source(source, source_digest)
    ids = []
    for position, draft in enumerate(drafts):
        item = before.get(position)
        data = _item_bytes(draft, source, hold if item is None else _kept_hold(shelf, item))
        if item is None:
            item = _adopt(shelf, data) or _new_id(draft.labels.get("title", ""), shelf)
            shelf.to_write[item] = data
        elif item not in shelf.on_disk:
            _remember(shelf, item, source, source_digest, position, shelf.written[item].digest)
            continue
        elif digest(shelf.on_disk[item]) == shelf.written[item].digest:
            shelf.to_write[item] = data
        else:
            _note_change(shelf, item, source, source_digest, data)
            ids.append(item)
            continue
        _remember(shelf, item, source, source_digest, position, digest(data))
        shelf.on_disk[item] = data
        ids.append(item)
    return tuple(ids)


def _note_change(shelf: Shelf, item: str, source: str, source_digest: str, data: bytes) -> None:
    """Record a changed source beside an edited item, until the officer has edited it once more."""
    row, there, noted = shelf.written[item], shelf.on_disk[item], shelf.changes.pop(item, None)
    settled = noted is not None and noted.theirs == data.decode() and noted.beside != digest(there)
    if there == data:
        _remember(shelf, item, source, source_digest, row.position, digest(data))
    elif settled or row.source_digest == source_digest:
        _remember(shelf, item, source, source_digest, row.position, row.digest)
    else:
        shelf.changes[item] = Change(item, source, data.decode(), digest(there))


def _remember(shelf: Shelf, item: str, source: str, source_digest: str, position: int, written: str) -> None:
    shelf.written[item] = Written(source, source_digest, position, written)


def _item_bytes(draft: Draft, source: str, hold: str) -> bytes:
    labels = {name: value for name, value in draft.labels.items() if name not in TOOL_LABELS}
    inferred = "; ".join(draft.inferred)
    return write_item({**labels, "hold": hold, "source": source, "inferred": inferred}, draft.text)


def _kept_hold(shelf: Shelf, item: str) -> str:
    """Keep the hold an unedited item was given when it came."""
    labels = read_labels(as_text(shelf.on_disk.get(item, b"")), TOOL_LABELS).labels
    return labels["hold"].value if "hold" in labels else ""


def _adopt(shelf: Shelf, data: bytes) -> str | None:
    """Find an item that a collect wrote but did not live to record."""
    return next(
        (item for item, there in shelf.on_disk.items() if there == data and item not in shelf.written), None
    )


def _new_id(title: str, shelf: Shelf) -> str:
    """Make a file name of a title: short, ASCII, and taken by nobody before."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")
    if len(words) > 48:
        words = words[:48].rpartition("-")[0] or words[:48]
    stem = words if is_name(words) else f"item-{words}".strip("-")
    taken = {
        name.casefold() for name in (*shelf.on_disk, *shelf.written)
    }  # Windows sees no difference in case
    return next(name for name in chain([stem], (f"{stem}-{n}" for n in count(2))) if name not in taken)
