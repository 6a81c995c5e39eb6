"""`status`: where an issue stands and which command comes next; nothing heavy is loaded for it."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bulletin.model.contribution import FileOutcome
from bulletin.model.owing import Standing
from bulletin.model.partnership import Body, Role
from bulletin.model.value import Value
from bulletin.pipeline.balance import Balance, balance
from bulletin.pipeline.job import Job
from bulletin.pipeline.owing import standings
from bulletin.workspace import POINTER
from bulletin.workspace.files import digest, read, regular_files
from bulletin.workspace.outline import Outline


class Status(Value):
    """Where an issue stands.

    dates: its deadlines in their order, each with its name; holidays: the bank holidays among them.
    bodies: those something is expected from, with what came and what they owe.
    balance: who is heard, and what serves the partnership's priorities.
    files: how many files had which outcome at the last collect.
    waiting: files in contributions/ that no collect of this issue has seen.
    step: what was done last, in words; next: the command that comes next.
    """

    issue: str
    number: int
    dates: Mapping[str, date | datetime]
    holidays: Mapping[date, str]
    items: tuple[Outline, ...]
    bodies: tuple[Standing, ...]
    balance: Balance
    files: Mapping[FileOutcome, int]
    waiting: tuple[str, ...]
    step: str
    next: str

    @property
    def held(self) -> tuple[Outline, ...]:
        """The items that wait."""
        return tuple(item for item in self.items if item.hold)

    @property
    def silent(self) -> tuple[Body, ...]:
        """Area partnerships nothing has come from."""
        return tuple(one.body for one in self.bodies if one.body.role is Role.LSP and one.is_silent)


def status(job: Job) -> Status:
    """See where an issue stands."""
    fields, collected = job.workspace.fields(job.issue), job.workspace.collected(job.issue)
    items = job.workspace.outlines(job.issue, job.settings, fields["holds"])
    waiting = tuple(not_collected(job, set(collected.seen)))
    step, command = _next(job, has_items=bool(items))
    return Status(
        issue=job.issue,
        number=fields["number"],
        dates=_dates(fields),
        holidays=fields["holidays"],
        items=items,
        bodies=standings(job, fields, items, collected.files, _fresh(job, waiting)),
        balance=balance(items, job.settings),
        files=Counter(row.outcome for row in collected.files),
        waiting=waiting,
        step=step,
        next="bulletin collect" if waiting else command,
    )


def not_collected(job: Job, seen: set[str]) -> Iterator[str]:
    """Give the files of the drop folder that no collect of the issue has seen."""
    for name, _ in regular_files(job.workspace.drop_folder):
        if f"contributions/{name}" not in seen:
            yield f"contributions/{name}"


def _fresh(job: Job, waiting: tuple[str, ...]) -> tuple[str, ...]:
    """Give of the files that wait those that did not lie there for the issue before already."""
    if not waiting:
        return ()
    known = job.workspace.issue_ids()
    before = known[: known.index(job.issue)]
    old = set(job.workspace.collected(before[-1]).seen) if before else set()
    return tuple(path for path in waiting if path not in old)


def _next(job: Job, *, has_items: bool) -> tuple[str, str]:
    """Say what was done last and what comes next, from what lies in the issue's folder."""
    folder = job.workspace.issue_folder(job.issue)
    if any((folder / name).exists() for name in ("ledger.db", POINTER)):
        return "sending has begun", "bulletin report"
    built = {
        rule.name: job.workspace.edition_folder(job.issue, rule.name) / "manifest.json"
        for rule in job.settings.editions
    }
    all_built = all(path.exists() for path in built.values())
    if (folder / "approval.json").exists():
        if not _is_as_approved(folder / "approval.json", built):
            return "built again since it was approved", _APPROVE if all_built else "bulletin build"
        return _after_approval(folder, job.settings.relay.url)
    if all_built:
        return "built", _APPROVE
    if has_items:
        return "collected", "bulletin check, then: bulletin build"
    return "started", "bulletin collect"


_APPROVE = 'bulletin preview, then: bulletin approve --by "Your Name"'


def _after_approval(folder: Path, relay: str) -> tuple[str, str]:
    """Say what comes after an approval; a real relay is named where the settings have none yet."""
    if not (folder / "rehearsal.db").exists():
        return "approved", "bulletin send --plan"
    naming = " --relay smtp://localhost:25" if relay.startswith(("sandbox:", "folder:")) else ""
    return "rehearsed", f"bulletin report, then for real: bulletin send --plan{naming}"


def _is_as_approved(approval: Path, built: Mapping[str, Path]) -> bool:
    """Whether the manifests are those that were signed off; `send` looks closer, and at the people."""
    try:
        manifests = json.loads(read(approval) or b"")["manifests"]
        return all(digest(read(path) or b"") == manifests[name] for name, path in built.items())
    except (ValueError, KeyError, TypeError):
        return False


def days_away(day: date, today: date) -> str:
    """Say how far away a day is: today, tomorrow, in 6 days, 3 days ago."""
    days = (day - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    return near.get(days) or (f"in {days} days" if days > 0 else f"{-days} days ago")


def _dates(fields: Mapping[str, Any]) -> dict[str, date | datetime]:
    """Give an issue's dates in their order, each with its name."""
    names = {
        "summaries_due": "Summaries due",
        "meeting": "Core Group",
        "closes": "Items close",
        "due": "Issue due",
        "next_summaries_due": "Next summaries due",
        "next_meeting": "Next Core Group",
    }
    return {name: fields[key] for key, name in names.items() if fields[key]}
