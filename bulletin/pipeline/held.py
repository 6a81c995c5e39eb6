"""`lists export`: everything that is held about one person."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bulletin.deliver.record.past import Copy, copies, is_in_use
from bulletin.errors import BulletinError
from bulletin.lists import Suppression, identity, read_roster, read_suppressions
from bulletin.lists.roster import FORGOTTEN, SUPPRESSED
from bulletin.model.delivery import Member
from bulletin.pipeline.job import Job
from bulletin.pipeline.plan import ledger_path
from bulletin.tokens import mark
from bulletin.workspace.approval import read_keys
from bulletin.workspace.corrections import correction_ids
from bulletin.workspace.files import plain_size, read, regular_files
from bulletin.workspace.rosters import earlier_lists, read_judged

SOFT = "soft"
"""The purpose of the marks under which soft bounces are counted."""
_COPIES = ("sandbox", "tests")
_LARGEST = 20_000_000


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody on a list: the file, and what it says of them in which line."""

    path: str
    member: Member


@dataclass(frozen=True, slots=True)
class Held:
    """What is held about one person.

    marks: those under which they may be forgotten already, the newest key's first.
    places: on the lists, and on the kept files of before. copies: of each ledger, by its path.
    mail: copies that rehearsals and tests wrote into files. mentions: other files their address stands in.
    """

    key: str
    address: str
    marks: tuple[str, ...]
    places: tuple[Place, ...]
    suppression: Suppression | None
    copies: tuple[tuple[str, Copy], ...]
    soft: tuple[int, str] | None
    mail: tuple[str, ...]
    mentions: tuple[str, ...]


def held(job: Job, address: str) -> Held:
    """Find everything that is held about whoever has an address.

    Raises:
        BulletinError: a ledger is being sent from, or there is no workspace.key.
    """
    key, secrets = identity(address), read_keys(job.workspace.key)
    marks = tuple(mark(secret, FORGOTTEN, key) for secret in secrets)
    soft = read_judged(job.workspace.root).soft
    wanted = {key, *marks}
    places = tuple(_places(job, key))
    suppressions = read_suppressions(job.workspace.suppressions()).rows
    told = {place.path for place in places}
    told |= {SUPPRESSED} if any(row.key == key for row in suppressions) else set()
    mail, mentions = _in_files(job.workspace.root, {address.strip().lower(), key}, told)
    return Held(
        key=key,
        address=address,
        marks=marks,
        places=places,
        suppression=next((row for row in suppressions if row.key in wanted), None),
        copies=tuple(_copies(job, wanted)),
        soft=next((soft[one] for secret in secrets if (one := mark(secret, SOFT, key)) in soft), None),
        mail=mail,
        mentions=mentions,
    )


def ledgers(job: Job) -> Iterator[tuple[str, Path]]:
    """Give every ledger, corrections' too, oldest issue first: its path from the workspace, and its file."""
    for issue in job.workspace.issue_ids():
        yield from _named_ledgers(job, issue)


def being_sent(job: Job) -> tuple[str, ...]:
    """Name the issues of which a copy or a correction is being sent for real at this moment."""
    found = []
    for issue in job.workspace.issue_ids():
        with suppress(BulletinError):  # on another computer
            named = [(name, path) for name, path in _named_ledgers(job, issue) if name.endswith("/ledger.db")]
            found += [name.split("/")[1] for name, path in named if is_in_use(path)]
    return tuple(dict.fromkeys(found))


def ledgers_of(job: Job, issue: str) -> Iterator[Path]:
    """Give the file of every ledger of an issue, its corrections' too."""
    yield from (path for _, path in _named_ledgers(job, issue))


def _named_ledgers(job: Job, issue: str) -> Iterator[tuple[str, Path]]:
    for rehearsal in (False, True):
        for part in (issue, *correction_ids(job.workspace, issue)):
            path = ledger_path(job._replace(issue=part), rehearsal=rehearsal)
            if path.exists():
                yield f"issues/{part}/{path.name}", path


def _places(job: Job, key: str) -> Iterator[Place]:
    root = job.workspace.root
    files = [*sorted((root / "mailing_lists").glob("*.csv")), *earlier_lists(root)]
    for path in files:
        if path.stem != "suppressed":
            roster = read_roster(path.stem, read(path) or b"")
            where = path.relative_to(root).as_posix()
            yield from (Place(where, one) for one in roster.members if identity(one.address) == key)


def _copies(job: Job, keys: set[str]) -> Iterator[tuple[str, Copy]]:
    for name, path in ledgers(job):
        yield from ((name, copy) for copy in copies(path) if copy.key in keys)


def _in_files(root: Path, found: set[str], but: set[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Find the files an address stands in as it is written: copies of mail, and all others."""
    pattern = re.compile(b"|".join(re.escape(one.encode()) for one in sorted(found)), re.IGNORECASE)
    mail: list[str] = []
    mentions: list[str] = []
    for name, path in regular_files(root):
        parts = name.split("/")
        if parts[0] == ".git" or name in but or path.suffix in (".db", ".key"):
            continue
        if (plain_size(path) or _LARGEST) < _LARGEST and pattern.search(read(path) or b""):
            is_copy = parts[0] == "issues" and len(parts) in (4, 6) and parts[-2] in _COPIES
            (mail if is_copy else mentions).append(name)
    return tuple(mail), tuple(mentions)
