"""`chase`: a reminder, as a draft, to each body that owes the issue something."""

from pathlib import Path
from typing import NamedTuple

from bulletin.errors import BulletinError
from bulletin.letters import reminder
from bulletin.model.issue import Issue
from bulletin.model.owing import Standing
from bulletin.pipeline.drafts import Drafted, drafts_folder, keep_draft
from bulletin.pipeline.job import Job
from bulletin.pipeline.status import status
from bulletin.workspace.files import read
from bulletin.workspace.shipped import FORM, shipped

PREFIX = "reminder-"


class Chased(NamedTuple):
    """What chasing came to.

    reminders: each body that owes something, with its draft; outdated: drafts to bodies that owe nothing now.
    """

    issue: Issue
    folder: str
    reminders: tuple[tuple[Standing, Drafted], ...]
    outdated: tuple[str, ...]


def chase(job: Job, told: str) -> Chased:
    """Write the reminders into the folder told, or where that is "", into the issue's own; nothing is sent.

    Raises:
        BulletinError: the folder is in contributions/ or cannot be made, or there is no form to attach.
    """
    issue = job.load()
    owing = [standing for standing in status(job).bodies if standing.owes]
    folder = drafts_folder(job, told)
    form = contribution_form(job) if owing else b""
    found = []
    for standing in owing:
        draft = reminder(standing, issue, job.settings, job.today, form)
        found.append((standing, keep_draft(job, folder, f"{PREFIX}{standing.body.id}", draft)))
    outdated = tuple(_outdated(job, folder, {standing.body.id for standing in owing}))
    return Chased(issue, job.shown(folder), tuple(found), outdated)


def contribution_form(job: Job) -> bytes:
    """Give the Word form: the workspace's own, else the one the program ships.

    Raises:
        BulletinError: neither is there.
    """
    data = read(job.workspace.root / FORM) or read(shipped(FORM))
    if not data:
        raise BulletinError(
            f"there is no form to attach: {FORM} is missing", "put it back, or install the program again"
        )
    return data


def _outdated(job: Job, folder: Path, owing: set[str]) -> list[str]:
    """Give the reminders that lie there though their bodies owe nothing any more."""
    others = [body.id for body in job.settings.bodies if body.id not in owing]
    paths = [folder / f"{PREFIX}{name}.eml" for name in others]
    return [job.shown(path) for path in paths if path.exists()]
