"""What goes over from one issue to the next: what waits, and what is still open."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from bulletin.model.issue import Item
from bulletin.model.partnership import SectionKind
from bulletin.settings.values import Settings
from bulletin.workspace import Workspace
from bulletin.workspace.announced import keep_carried
from bulletin.workspace.collected import Collected, Written
from bulletin.workspace.files import as_text, digest, read, write
from bulletin.workspace.items import ROLLED_OVER, carried_over
from bulletin.workspace.merging import merged_into
from bulletin.workspace.pictures import FOLDER as IMAGES

DUPLICATE = "duplicate"
"""The word in a hold that says another item tells the story."""


class CarriedOver(NamedTuple):
    """The ids of the items carried over, and of those that waited and stay behind, each with the reason.

    folder: where those lie, relative to the workspace.
    """

    items: tuple[str, ...] = ()
    left: tuple[tuple[str, str], ...] = ()
    folder: str = ""


def carry_over(
    workspace: Workspace, settings: Settings, previous: str, issue: str, today: date
) -> CarriedOver:
    """Copy the items that waited and the consultations still open; a late one is late no more."""
    from bulletin.check import told_twice
    from bulletin.compose.figures import pictures_of

    before, collected = workspace.issue(previous, settings), workspace.collected(previous)
    twice = told_twice(before, settings, today)
    left = {item.id: why for item in before.items if item.hold and (why := _why_left(item, twice, today))}
    rows: dict[str, Written] = {}
    carried = [item for item in before.items if (item.hold and item.id not in left) or _is_open(item, today)]
    pictures = {one.name: one for item in carried for one in pictures_of(item, before) if not one.trouble}
    for name, one in pictures.items():
        write(workspace.issue_folder(issue) / IMAGES / name, one.data)
    for item in carried:
        data = read(workspace.root / item.path) or b""
        copy = _carried(item, data, previous)
        write(workspace.issue_folder(issue) / "items" / f"{item.id}.md", copy)
        row = collected.items.get(item.id)
        if row:
            untouched = row.digest == digest(data)
            rows[item.id] = row._replace(digest=digest(copy)) if untouched else row
    kept = {name: collected.pictures[name] for name in pictures if name in collected.pictures}
    workspace.keep_collected(issue, Collected(items=rows, pictures=kept))
    keep_carried(workspace, issue, previous, [item.id for item in carried])
    folder = f"issues/{previous}/items"
    return CarriedOver(tuple(item.id for item in carried), tuple(left.items()), folder)


def _why_left(item: Item, twice: Mapping[str, str], today: date) -> str:
    """Say why an item that waits stays behind, "" where it goes over; one that is only late always does."""
    other = merged_into(item.hold)
    if other:
        return f"merged into {other}"
    if item.is_over(today):
        return "over by now"
    if item.is_closed(today):
        return "closed by now"
    if DUPLICATE in item.hold.casefold():
        return f"held as {item.hold}"
    waits = {reason.strip().casefold() for reason in item.hold.split(",")} <= {"late", "embargo"}
    return f"told by {twice[item.id]}" if item.id in twice and not waits else ""


def _carried(item: Item, data: bytes, previous: str) -> bytes:
    """Give an item's file for the next issue: no longer late, and held in itself, not in issue.toml."""
    reasons = [reason.strip() for reason in item.hold.split(",")]
    staying = [reason for reason in reasons if reason.casefold() != "late"]
    was_late = len(staying) < len(reasons)
    why = f"{ROLLED_OVER} {previous}" + (", for which it was late" if was_late else "")
    return carried_over(as_text(data), item, why, hold=", ".join(staying))


def _is_open(item: Item, today: date) -> bool:
    """Whether it is a consultation that runs, and closes after today."""
    kind = item.section.kind if item.section else None
    is_open = item.closes.end is not None and item.closes.end > today
    return kind is SectionKind.CONSULTATIONS and is_open and not item.hold
