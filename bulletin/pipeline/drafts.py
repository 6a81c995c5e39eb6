"""Where drafts of letters lie, and how they are written without touching one the officer has edited."""

from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from bulletin.errors import UsageError
from bulletin.mail.draft import Draft, draft_message, is_as_written
from bulletin.pipeline.job import Job
from bulletin.workspace.files import digest, make_folder, read, write

FOLDER = "drafts"
LONGEST_STEM = 150


class Kept(StrEnum):
    """What became of a draft: written, there already to the byte, or edited by the officer and left alone."""

    WRITTEN = "written"
    UNCHANGED = "unchanged"
    EDITED = "edited"


class Drafted(NamedTuple):
    """A draft on disk: its path, from the workspace where it lies there; to: "" where nobody is known."""

    path: str
    to: str
    kept: Kept


def drafts_folder(job: Job, told: str) -> Path:
    """Give the folder for drafts, made if need be: the one told, else the issue's own.

    Raises:
        UsageError: it is in contributions/, where a draft would be collected.
        BulletinError: it cannot be made.
    """
    folder = Path(told).resolve() if told else job.path / FOLDER
    drop = job.workspace.drop_folder.resolve()
    if folder.resolve() == drop or drop in folder.resolve().parents:
        raise UsageError(
            f"{told or folder} is in contributions/, where a draft would be collected like a contribution",
            "choose another folder, or leave --drafts out",
        )
    make_folder(folder)
    return folder


def keep_draft(job: Job, folder: Path, name: str, draft: Draft) -> Drafted:
    """Write a draft as NAME.eml, unless one is there that somebody has edited."""
    stem = name if len(name.encode()) <= LONGEST_STEM else f"{name[:40]}-{digest(name.encode())[:12]}"
    path, message = folder / f"{stem}.eml", draft_message(draft)
    there = read(path)
    shown = job.shown(path)
    if there == message:
        return Drafted(shown, draft.to, Kept.UNCHANGED)
    if there is not None and not is_as_written(there):
        return Drafted(shown, draft.to, Kept.EDITED)
    write(path, message)
    return Drafted(shown, draft.to, Kept.WRITTEN)
