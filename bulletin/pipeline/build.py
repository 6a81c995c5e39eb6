"""`build`: the editions on disk, unless an error stops them."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from bulletin.check import UNWAIVABLE
from bulletin.compose.figures import pictures_of
from bulletin.errors import BulletinError
from bulletin.model.finding import Finding
from bulletin.model.issue import Issue
from bulletin.pipeline.check import Judgement, check
from bulletin.pipeline.job import Job
from bulletin.report.findings import finding_lines, waiver_text
from bulletin.settings.values import EditionSettings, Settings
from bulletin.wording import plural
from bulletin.workspace.editions import LOOK, write_edition
from bulletin.workspace.files import digest, read
from bulletin.workspace.pictures import FOLDER as IMAGES


class StoppedError(BulletinError):
    """Unwaived errors stop a build; all of them are in it."""

    def __init__(self, stopping: tuple[Finding, ...], issue_file: str, waivable: tuple[Finding, ...]) -> None:
        lines = [line for finding in stopping for line in finding_lines(finding)]
        hint = "mend these, then run: bulletin build"
        if waivable:
            waivers = "\n".join(dict.fromkeys(waiver_text(finding) for finding in waivable))
            hint += (
                f"\nor let one pass on purpose: put its lines at the end of {issue_file}, with your reason"
            )
            hint += f"\n\n{waivers}"
        super().__init__("\n".join([f"{plural(len(stopping), 'error')} stopped the build:", *lines]), hint)
        self.stopping = stopping


@dataclass(frozen=True, slots=True)
class BuiltEdition:
    """Where one edition was written, as paths relative to the workspace, and the digest of its manifest.

    look: the page to open in a browser, with its pictures; html: the page as it is sent.
    """

    name: str
    look: str
    html: str
    text: str
    calendar: tuple[str, ...]
    digest: str


def build(job: Job, day: date) -> tuple[Judgement, tuple[BuiltEdition, ...]]:
    """Write every edition as of a day.

    Raises:
        StoppedError: errors that nobody has waived; nothing was written.
    """
    with job.workspace.lock("building"):
        judged = check(job, day)
        if judged.stopping:
            waivable = tuple(one for one in judged.stopping if one.rule not in UNWAIVABLE)
            raise StoppedError(judged.stopping, judged.issue.path, waivable)
        return judged, tuple(_write(job, judged, number) for number in range(len(judged.editions)))


def letterhead(settings: Settings, rule: EditionSettings, names: Iterable[str]) -> dict[str, Any]:
    """Give what a manifest says of where an edition comes from and goes."""
    return {
        "from": f"{settings.sender.name} <{settings.sender.address}>",
        "reply_to": settings.sender.reply_to or settings.sender.address,
        "lists": list(names if rule.lists is None else rule.lists),
    }


def sources(job: Job, issue: Issue, items: Collection[str]) -> dict[str, str]:
    """Give the digest of everything an edition was made of, so that a later change of it shows."""
    used = [item for item in issue.items if item.id in items]
    files = {item.path: read(job.workspace.root / item.path) or b"" for item in used}
    for item in used:
        files |= {f"{job.folder}/{IMAGES}/{one.name}": one.data for one in pictures_of(item, issue)}
    own = {**_own_words(issue), "held": [item.id for item in used if item.id in issue.holds]}
    return {
        **{path: digest(data) for path, data in files.items()},
        issue.path: digest(json.dumps(own).encode()),
    }


def _own_words(issue: Issue) -> dict[str, Any]:
    """Give what of issue.toml can be read in an edition."""
    return {
        "number": issue.number,
        "introduction": issue.introduction,
        "order": list(issue.order),
        "ahead": [str(issue.next_meeting), str(issue.next_summaries_due)],
    }


def _write(job: Job, judged: Judgement, number: int) -> BuiltEdition:
    edition, rule = judged.editions[number], job.settings.editions[number]
    head = letterhead(job.settings, rule, job.workspace.list_names())
    head["sources"] = sources(job, judged.issue, edition.items)
    manifest = write_edition(job.workspace.edition_folder(job.issue, edition.name), edition, head)
    folder = f"{job.folder}/editions/{edition.name}"
    calendar = tuple(f"{folder}/{file.name}" for file in edition.calendar)
    return BuiltEdition(
        edition.name,
        f"{folder}/{LOOK}",
        f"{folder}/bulletin.html",
        f"{folder}/bulletin.txt",
        calendar,
        manifest,
    )
