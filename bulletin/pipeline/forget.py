"""`lists forget` and `lists purge`: personal data taken out for good."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from bulletin.deliver.record.past import erase, keys_in
from bulletin.errors import UsageError
from bulletin.lists import identity
from bulletin.lists.edit import SUPPRESSED_HEADER, add_rows, take_out
from bulletin.lists.roster import SUPPRESSED, read_suppressions
from bulletin.pipeline.addressing import keep_leavers
from bulletin.pipeline.held import SOFT, Held, held, ledgers, ledgers_of
from bulletin.pipeline.job import Job
from bulletin.tokens import is_mark, mark
from bulletin.workspace.approval import read_key, read_keys
from bulletin.workspace.corrections import FOLDER
from bulletin.workspace.files import read, write
from bulletin.workspace.rosters import EARLIER, earlier_lists, keep_judged, list_path, read_judged

PURGED = "purged"
_PERIOD = re.compile(r"([1-9][0-9]{0,2})\s*(y|m|w|d)[a-z]*", re.IGNORECASE)
_DAYS = {"y": 365.25, "m": 30.44, "w": 7, "d": 1}


@dataclass(frozen=True, slots=True)
class OldIssue:
    """An issue whose readers are to be taken out of its records.

    people: in its ledger with an address; files: copies and rehearsals that go altogether.
    """

    issue: str
    meeting: date
    people: int
    files: tuple[str, ...]


def forget(job: Job, found: Held) -> Held:
    """Erase a person: a mark stays that keeps them off the lists, and no address. Gives what is still held.

    It may be stopped at any point and run again: the mark is written first.

    Raises:
        BulletinError: a send is running, or a file cannot be written.
    """
    with job.workspace.lock("forgetting somebody"):
        _keep_mark(job, found)
        for _, path in ledgers(job):
            erase(path, lambda key: found.marks[0] if key == found.key else None)
        for path in _list_files(job):
            before = read(path) or b""
            write(path, take_out(before, path.name, lambda one: identity(one) == found.key).data)
        for name in found.mail:
            (job.workspace.root / name).unlink(missing_ok=True)
        _drop_soft(job, found)
    return held(job, found.address)


def old_issues(job: Job, period: str) -> tuple[OldIssue, ...]:
    """Find the issues that are older than a period like 2y, 18m or 90d, and what they hold of readers.

    Raises:
        UsageError: it is no period. BulletinError: a send is running.
    """
    before = job.today - timedelta(days=_days(period))
    found = []
    for issue in job.workspace.issue_ids():
        meeting = job.workspace.meeting(issue)
        if meeting >= before:
            continue
        keys = {key for ledger in _lasting(job, issue) for key in keys_in(ledger)}
        people = sum(not is_mark(key) for key in keys)
        files = tuple(job.shown(path) for path in _passing(job, issue))
        if people or files:
            found.append(OldIssue(issue, meeting, people, files))
    return tuple(found)


def purge(job: Job, old: tuple[OldIssue, ...]) -> None:
    """Take readers out of old issues' records: outcomes stay, names, addresses and replies go.

    Raises:
        BulletinError: a send is running, or a file cannot be written.
    """
    with job.workspace.lock("purging"):
        secret = read_key(job.workspace.key)
        for one in old:
            for ledger in _lasting(job, one.issue):
                erase(ledger, partial(_purged, secret, one.issue))
            for name in one.files:
                (job.workspace.root / name).unlink(missing_ok=True)


def _purged(secret: bytes, issue: str, key: str) -> str | None:
    """Give what stands for a reader of one issue from now on; two issues' readers cannot be compared."""
    return None if is_mark(key) else mark(secret, PURGED, issue, key)


def _keep_mark(job: Job, found: Held) -> None:
    """Put the mark of a forgotten address into suppressed.csv, and only then take the address out."""
    data = job.workspace.suppressions() or b""
    known = read_suppressions(data).forgotten
    if known.isdisjoint(found.marks):
        row = {"email": found.marks[0], "reason": "forgotten", "since": job.today.isoformat()}
        data = add_rows(data, SUPPRESSED, [row], SUPPRESSED_HEADER, widen=True).data
    path = list_path(job.workspace.root, "suppressed")
    write(path, data)
    write(path, take_out(data, SUPPRESSED, lambda one: identity(one) == found.key).data)
    keep_leavers(job, but=found.marks)


def _list_files(job: Job) -> Iterator[Path]:
    """Give every list's file and those of before; suppressed.csv of before goes, whatever it said of them."""
    root = job.workspace.root
    for name in job.workspace.list_names():
        yield list_path(root, name)
    (root / EARLIER / "suppressed.csv").unlink(missing_ok=True)
    yield from earlier_lists(root)


def _drop_soft(job: Job, found: Held) -> None:
    judged = read_judged(job.workspace.root)
    marks = {mark(secret, SOFT, found.key) for secret in read_keys(job.workspace.key)}
    kept = {one: value for one, value in judged.soft.items() if one not in marks}
    if kept != dict(judged.soft):
        keep_judged(job.workspace.root, judged._replace(soft=kept))


def _passing(job: Job, issue: str) -> Iterator[Path]:
    """Give what may be deleted at any time: rehearsals, and the copies they and tests wrote."""
    folder = job.workspace.issue_folder(issue)
    for pattern in ("rehearsal.db*", "sandbox/*.eml", "tests/*.eml"):
        yield from sorted((*folder.glob(pattern), *folder.glob(f"{FOLDER}/*/{pattern}")))
    for path in _ledgers(job, issue, "rehearsal.db"):
        if not path.is_relative_to(folder):
            yield from sorted(path.parent.glob("rehearsal.db*"))


def _lasting(job: Job, issue: str) -> list[Path]:
    """Give the ledgers of an issue's real sends, its corrections' too, wherever they lie."""
    folder = job.workspace.issue_folder(issue)
    beside = (*folder.glob("ledger.db"), *folder.glob(f"{FOLDER}/*/ledger.db"))
    return sorted({*beside, *_ledgers(job, issue, "ledger.db")})


def _ledgers(job: Job, issue: str, name: str) -> Iterator[Path]:
    """Give an issue's ledgers of one kind, those outside the workspace too."""
    yield from (path for path in ledgers_of(job, issue) if path.name == name)


def _days(period: str) -> float:
    match = _PERIOD.fullmatch(period.strip())
    if not match:
        raise UsageError(f'--older-than: "{period}" is not a period', "write it like 2y, 18m or 90d")
    return int(match[1]) * _DAYS[match[2].lower()]
