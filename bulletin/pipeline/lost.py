"""A ledger that was sent from and is not there any more: what is known of it, and who may begin another."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

from bulletin.dates.house import house_date
from bulletin.deliver.record.register import sent_from
from bulletin.deliver.relays.relay import RelayAddress, is_for_trying
from bulletin.errors import BulletinError
from bulletin.pipeline.job import Job
from bulletin.tokens import mark
from bulletin.wording import plural
from bulletin.workspace.approval import read_keys
from bulletin.workspace.corrections import FOLDER
from bulletin.workspace.placement import ledger_place, user_data
from bulletin.workspace.sent import SentNote, keep_sent, read_sent

REGISTER = "register"
"""The folder of the user's data that knows this computer's ledgers."""
_PURPOSE = "ledger"


def named(job: Job) -> str:
    """Name what a job is of: an issue, or a correction of one."""
    issue, _, number = job.issue.partition(f"/{FOLDER}/")
    return f"correction {number} of issue {issue}" if number else f"issue {issue}"


class Lost(NamedTuple):
    """What is known of a ledger that is not in its place: a sentence, and what to do.

    is_copy: it is or was in another place, so this workspace is a copy, in which rehearsals are free.
    """

    detail: str
    hint: str
    is_copy: bool = False

    def error(self) -> BulletinError:
        """Give it as what stops a command."""
        return BulletinError(self.detail, self.hint)


def issue_marks(job: Job) -> tuple[str, ...]:
    """Give the marks of an issue and its workspace, the newest key's first; copies of it have the same."""
    return tuple(mark(secret, _PURPOSE, job.issue) for secret in read_keys(job.workspace.key))


def _marks(job: Job) -> tuple[str, ...]:
    try:
        return issue_marks(job)
    except BulletinError:  # no key: nothing can be sent without it anyway
        return ()


def register() -> Path:
    """Where this computer keeps what it knows of ledgers."""
    return user_data() / REGISTER


def find_lost(job: Job) -> Lost | None:
    """See whether an issue was sent for real from a ledger that is not there; None where all is well.

    What tells is the note beside the issue, wherever it was sent from, and this computer's register, which
    knows the issue in a copy of the workspace too.

    Raises:
        BulletinError: the ledger is kept on another computer.
    """
    folder = job.path
    place = ledger_place(job.workspace.root, job.issue, "ledger.db").path
    if place.exists() or (folder / place.name).exists():
        return None
    note = read_sent(folder)
    if note and note.given_up == str(place.resolve()):
        return None
    known = sent_from(register(), place.resolve(), _marks(job))
    if known and known.path != place.resolve() and (note is None or known.path.exists()):
        return Lost(
            f"{named(job)} was sent for real from the ledger at {known.path}, and this workspace is a copy "
            "of that one: if both are sent from, people get two copies",
            "go on there; if its people are others, or it will never send again, say so: "
            "bulletin resolve --adopt",
            is_copy=True,
        )
    if known is None and note is None:
        return None
    return Lost(
        f"{_said(job, note or SentNote(at=known.at if known else ''))}, and its ledger is not at {place}: "
        "it alone knows who has had their copy",
        "put the newest copy of it back, from a backup or the folder's history; do not send without it. If "
        "there is none, and you take it on you that people get a second copy: bulletin resolve --adopt",
    )


def is_lost(job: Job) -> bool:
    """Whether an issue was sent for real from here, and its ledger is not there; in a copy it was not."""
    lost = find_lost(job)
    return lost is not None and not lost.is_copy


def refuse_lost(job: Job, *, rehearsal: bool = False, relay: RelayAddress | None = None) -> str:
    """Refuse to begin or to count a ledger where another was sent from; give what is to be said all the same.

    rehearsal: that of a rehearsal will do, which a copy of the workspace may have.
    relay: the one to send through; one for trying things out takes what is sent from a copy, which is said.

    Raises:
        BulletinError: one was, and it is not there.
    """
    lost = find_lost(job)
    if lost is None or (rehearsal and lost.is_copy):
        return ""
    if lost.is_copy and relay and is_for_trying(relay):
        return f"{lost.detail[0].upper()}{lost.detail[1:]}."
    raise lost.error()


def give_up(job: Job) -> None:
    """Let the next send begin a ledger anew in this place, on the officer's word."""
    place = ledger_place(job.workspace.root, job.issue, "ledger.db").path
    folder = job.path
    keep_sent(folder, (read_sent(folder) or SentNote())._replace(given_up=str(place.resolve())))


def _said(job: Job, note: SentNote) -> str:
    """Say when sending began, from where and to how many, as far as that is known."""
    try:
        day = f" on {house_date(date.fromisoformat(note.at[:10]))}"
    except ValueError:
        day = ""
    where = f" from the computer {note.computer}" if note.computer else ""
    people = f" to {plural(note.recipients, 'recipient')}" if note.recipients else ""
    return f"{named(job)} began to be sent for real{day}{where}{people}"
