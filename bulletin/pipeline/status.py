"""`status`: where an issue stands and which command comes next; nothing heavy is loaded for it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bulletin.errors import BulletinError
from bulletin.model.contribution import FileOutcome
from bulletin.model.owing import Standing
from bulletin.model.partnership import Body, Role
from bulletin.model.value import Value
from bulletin.pipeline.balance import Balance, balance
from bulletin.pipeline.job import Job
from bulletin.pipeline.made_of import (
    changed_since_approval,
    changed_since_built,
    changed_while_sending,
    is_as_approved,
)
from bulletin.pipeline.owing import standings
from bulletin.workspace import POINTER
from bulletin.workspace.files import digest, plain_size, read, regular_files
from bulletin.workspace.outline import Outline


class Status(Value):
    """Where an issue stands.

    dates: its deadlines in their order, each with its name; holidays: the bank holidays among them.
    bodies: those something is expected from, with what came and what they owe.
    balance: who is heard, and what serves the partnership's priorities.
    files: how many files had which outcome at the last collect.
    waiting: files in contributions/ that no collect of this issue has seen, nor one of the issue before.
    step: what was done last, in words; next: the command that comes next.
    edited: what was changed after it was built or approved, so that the copies would hold older words.
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
    edited: tuple[str, ...] = ()

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
    waiting = _fresh(job, tuple(not_collected(job, set(collected.seen))))
    only_carried = bool(collected.items) and not collected.collects
    step, command, edited = _next(job, has_items=bool(items) and not only_carried)
    return Status(
        issue=job.issue,
        number=fields["number"],
        dates=_dates(fields),
        holidays=fields["holidays"],
        items=items,
        bodies=standings(job, fields, items, collected.files, waiting),
        balance=balance(items, job.settings),
        files=Counter(row.outcome for row in collected.files),
        waiting=waiting,
        step=step,
        next="bulletin collect" if waiting else command,
        edited=edited,
    )


def not_collected(job: Job, seen: set[str]) -> Iterator[str]:
    """Give the files of the drop folder that no collect of the issue has seen."""
    for name, _ in regular_files(job.workspace.drop_folder):
        if f"contributions/{name}" not in seen:
            yield f"contributions/{name}"


def _fresh(job: Job, waiting: tuple[str, ...]) -> tuple[str, ...]:
    """Give of the files that wait those that did not lie there, as they are, for the issue before already."""
    known = job.workspace.issue_ids()
    before = known[: known.index(job.issue)]
    rows = job.workspace.collected(before[-1]).files if waiting and before else ()
    old = {row.path: row.digest for row in rows}
    return tuple(path for path in waiting if path not in old or old[path] != _digest(job, path))


def _digest(job: Job, path: str) -> str:
    """Give the digest of a file of the drop folder as a collect does: what is no plain file is empty."""
    file = job.workspace.root / path
    return digest(b"" if plain_size(file) is None else read(file) or b"")


def _next(job: Job, *, has_items: bool) -> tuple[str, str, tuple[str, ...]]:
    """Say what was done last, what comes next and what was changed since, from what lies in the folder."""
    folder = job.path
    if any((folder / name).exists() for name in ("ledger.db", POINTER)):
        return "sending has begun", "bulletin report", changed_while_sending(job, folder / "approval.json")
    built = {
        rule.name: job.workspace.edition_folder(job.issue, rule.name) / "manifest.json"
        for rule in job.settings.editions
    }
    all_built = all(path.exists() for path in built.values())
    if (folder / "approval.json").exists():
        return _after_approval(job, built)
    if all_built:
        edited = changed_since_built(job, built.values())
        return ("changed since it was built", _BUILD, edited) if edited else ("built", _APPROVE, ())
    if has_items:
        return "collected", "bulletin check, then: bulletin build", ()
    return "started", "bulletin collect", ()


def _is_lost(job: Job) -> bool:
    """Whether the issue was sent from a ledger that is not there."""
    from bulletin.pipeline.lost import is_lost  # of delivery, and asked for an approved issue alone

    try:
        return is_lost(job)
    except BulletinError:  # on another computer: `send` says so
        return False


_APPROVE = 'bulletin preview, then: bulletin approve --by "Your Name"'
_BUILD = f"bulletin build, then: {_APPROVE}"


def _after_approval(job: Job, built: Mapping[str, Path]) -> tuple[str, str, tuple[str, ...]]:
    """Say what comes after an approval; a real relay is named where the settings have none yet."""
    folder, relay = job.path, job.settings.relay.url
    if _is_lost(job):
        return "sent for real, and its ledger is not there", "bulletin report, which says what to do", ()
    if not is_as_approved(folder / "approval.json", built):
        all_built = all(path.exists() for path in built.values())
        return "built again since it was approved", _APPROVE if all_built else "bulletin build", ()
    if edited := changed_since_approval(job, folder / "approval.json"):
        return "changed since it was approved", _BUILD, edited
    if not (folder / "rehearsal.db").exists():
        return "approved", "bulletin send --plan", ()
    naming = " --relay smtp://localhost:25" if relay.startswith(("sandbox:", "folder:")) else ""
    return "rehearsed", f"bulletin report, then for real: bulletin send --plan{naming}", ()


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
