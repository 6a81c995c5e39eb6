"""`merge`: two items that tell one story become one, and nothing of either is lost."""

from typing import NamedTuple

from bulletin.errors import BulletinError, UsageError
from bulletin.labels import read_labels
from bulletin.model.merged import Merged
from bulletin.pipeline.job import Job
from bulletin.wording import did_you_mean
from bulletin.workspace.files import as_text, read, write
from bulletin.workspace.merging import hold_merged, merge_items, merged_into
from bulletin.workspace.outline import TOOL_LABELS


class Merging(NamedTuple):
    """What merging did: the ids of both items, what became of the kept one, and why that one waits, if so."""

    keep: str
    other: str
    merged: Merged
    hold: str


def merge(job: Job, keep: str, other: str) -> Merging:
    """Put into the item `keep` what `other` adds, and hold `other`.

    Raises:
        UsageError: there is no such item, or both are one.
        BulletinError: one of them was merged into another before.
    """
    with job.workspace.lock("merging"):
        folder = job.path / "items"
        known = [path.stem for path in sorted(folder.glob("*.md"))]
        keep, other = _choose(keep, known), _choose(other, known)
        if keep == other:
            raise UsageError(f"{keep} is one item, and merging takes two", "name the one to keep first")
        ours, theirs = (as_text(read(folder / f"{item}.md") or b"") for item in (keep, other))
        for item, text in ((keep, ours), (other, theirs)):
            _refuse_merged(item, text)
        merged = merge_items(ours, theirs, other, job.workspace.meeting(job.issue))
        write(folder / f"{keep}.md", merged.data)  # first: a crash in between leaves nothing out
        write(folder / f"{other}.md", hold_merged(theirs, keep))
    return Merging(keep, other, merged, _hold(ours))


def _choose(wanted: str, known: list[str]) -> str:
    """Find an item by its id, its file's name or its path."""
    name = wanted.replace("\\", "/").rpartition("/")[2].removesuffix(".md")
    found = next((item for item in known if item.casefold() == name.casefold()), None)
    if found is None:
        hint = did_you_mean(name, known) or "`bulletin check` names each item by its file. "
        raise UsageError(
            f'there is no item "{wanted}" in this issue', f"{hint}An item's id is its file's name"
        )
    return found


def _refuse_merged(item: str, text: str) -> None:
    into = merged_into(_hold(text))
    if into:
        raise BulletinError(
            f"{item} was merged into {into} before", f"merge with {into}, or delete the hold of {item} first"
        )


def _hold(text: str) -> str:
    labels = read_labels(text, TOOL_LABELS).labels
    return labels["hold"].value if "hold" in labels else ""
