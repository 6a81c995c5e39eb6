"""`lists add` and `lists suppress`: put people on a list, or on the list of those who are not written to."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from bulletin.errors import BulletinError, UsageError
from bulletin.lists import Roster, identity, mistyped, problem_with, read_roster, read_suppressions
from bulletin.lists.edit import HEADER, SUPPRESSED_HEADER, add_rows, cells_of
from bulletin.lists.intake import Intake, intake
from bulletin.lists.roster import SUPPRESSED, read_people
from bulletin.lists.typos import alike
from bulletin.model.delivery import Member
from bulletin.pipeline.addressing import keep_leavers, left_out, read_rosters, suppressed_keys
from bulletin.pipeline.job import Job
from bulletin.settings.reader import is_name
from bulletin.wording import did_you_mean
from bulletin.workspace.approval import read_keys
from bulletin.workspace.files import read
from bulletin.workspace.rosters import keep_list, list_path

LARGEST = 50_000_000
"""Bytes of a file of people; a million of them fit."""


@dataclass(frozen=True, slots=True)
class Addition:
    """What adding would change, before it is done.

    name: the list; begins: whether its file is new; data: its bytes afterwards; notes: what is not kept as
    it was in the file.
    """

    name: str
    intake: Intake
    begins: bool
    data: bytes
    notes: tuple[str, ...]


def read_offer(source: str, name: str) -> Roster:
    """Read whom somebody wants to add: a file of people, or one address.

    Raises:
        UsageError: it is neither. BulletinError: the file cannot be read.
    """
    path = Path(source)
    if path.is_file():
        if path.stat().st_size > LARGEST:
            raise BulletinError(
                f"{source} is too large for a list of people", "see whether it is the right file"
            )
        roster = read_people(source, read(path) or b"")
        failed = next((one for one in roster.findings if one.rule == "roster-unreadable"), None)
        if failed:
            raise BulletinError(f"{source}: {failed.detail}", failed.hint)
        return replace(roster, findings=(*roster.findings, *mistyped(roster)))
    if "@" not in source:
        raise UsageError(f"{source} is no file and no address", "give a CSV file, or one address")
    return Roster((Member(sound_address(source), " ".join(name.split())),))


def sound_address(words: str) -> str:
    """Give an address that was typed, without the spaces around it, if it is one.

    Raises:
        UsageError: it is none.
    """
    address = words.strip()
    if problem := problem_with(address):
        raise UsageError(
            f'"{address}" is not an address: {problem}', "write it like jo.field@council.example"
        )
    return address


def plan_addition(job: Job, name: str, offered: Roster, *, new: bool) -> Addition:
    """See what adding people to a list would change; whoever has left stays off it.

    Raises:
        UsageError: there is no such list. BulletinError: a file cannot be read.
    """
    before = _existing(job, name, new=new)
    rosters = {**read_rosters(job), "": offered}
    suppressions = read_suppressions(job.workspace.suppressions())
    for first in (*suppressions.unsure, *left_out(job, suppressions, rosters)):
        place = f"{first.path}, line {first.line}" if first.line else first.path
        raise BulletinError(f"{place}: {first.detail}, so nobody can be added", first.hint)
    sorted_out = intake(rosters.get(name, Roster()), offered, suppressed_keys(job, suppressions, rosters))
    edited = add_rows(before or b"", f"mailing_lists/{name}.csv", map(cells_of, sorted_out.added), HEADER)
    data = edited.data if sorted_out.added or before is None else before
    return Addition(name, sorted_out, before is None, data, edited.notes if sorted_out.added else ())


def add(job: Job, planned: Addition, offered: Roster) -> Addition:
    """Add whoever the plan names, if it still holds; the file of before is kept beside.

    Raises:
        BulletinError: the list was changed meanwhile, or would not be read as it was meant.
    """
    with job.workspace.lock("adding to a list"):
        if plan_addition(job, planned.name, offered, new=planned.begins) != planned:
            raise BulletinError(
                "the lists were changed meanwhile; nobody was added", "run the same command again"
            )
        path = list_path(job.workspace.root, planned.name)
        before = read_roster(planned.name, read(path) or b"").members
        after = read_roster(planned.name, planned.data).members
        if _keys(after) != _keys(before) | _keys(planned.intake.added):
            raise BulletinError(
                f"{path.name} would not be read back as it was meant; nobody was added",
                "run bulletin lists check, mend what it says of this list, then try again",
            )
        keep_list(job.workspace.root, planned.name, planned.data)
    return planned


def whereabouts(job: Job, address: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the lists an address is on, and where it is on none, addresses of the lists that are like it."""
    key = identity(address)
    rosters = read_rosters(job)
    on = tuple(
        name for name, one in rosters.items() if any(identity(who.address) == key for who in one.members)
    )
    if on:
        return on, ()
    return (), alike(key, (who.address for one in rosters.values() for who in one.members))


def suppress(job: Job, address: str, reason: str) -> bool:
    """Put an address among those that are not written to, and tell whether it was not there yet.

    Raises:
        UsageError: the reason is an address, which in that file would be taken for somebody who was missed.
        BulletinError: suppressed.csv cannot be read or written.
    """
    if " " not in reason.strip() and "@" in reason:
        raise UsageError(f'--reason: "{reason}" is an address, not a reason', "say in words who asked for it")
    with job.workspace.lock("suppressing an address"):
        return bool(suppress_all(job, {identity(address): (address, reason)}))


def suppress_all(job: Job, people: dict[str, tuple[str, str]]) -> tuple[str, ...]:
    """Put people, by key with address and reason, into suppressed.csv; give the keys that are new there."""
    data = job.workspace.suppressions()
    suppressions = read_suppressions(data)
    secrets = read_keys(job.workspace.key) if suppressions.forgotten else ()
    there = suppressions.keys | suppressions.among(people, secrets)
    new = {key: value for key, value in people.items() if key not in there}
    if new:
        rows = [
            {"email": address, "reason": " ".join(why.split()), "since": job.today.isoformat()}
            for address, why in new.values()
        ]
        edited = add_rows(data or b"", SUPPRESSED, rows, SUPPRESSED_HEADER, widen=True)
        if not read_suppressions(edited.data).keys >= suppressions.keys | set(new):
            raise BulletinError(
                f"{SUPPRESSED} would not be read back as it was meant; nothing was changed",
                "open it, and mend the rows that bulletin lists check names",
            )
        keep_list(job.workspace.root, "suppressed", edited.data)
        keep_leavers(job)
    return tuple(new)


def _existing(job: Job, name: str, *, new: bool) -> bytes | None:
    """Give a list's file, None for one that is to begin."""
    known = [*job.workspace.list_names(), *(one.name for one in job.settings.lists)]
    if not is_name(name) or name == "suppressed":
        raise UsageError(f'"{name}" cannot be the name of a list', "use small letters, digits and hyphens")
    if name not in known and not new:
        here = f"lists: {', '.join(dict.fromkeys(known)) or 'none'}. "
        hint = f"{did_you_mean(name, known) or here}To begin a new list, add --new."
        raise UsageError(f'there is no list "{name}"', hint)
    return read(list_path(job.workspace.root, name))


def _keys(members: Iterable[Member]) -> set[str]:
    return {identity(member.address) for member in members}
