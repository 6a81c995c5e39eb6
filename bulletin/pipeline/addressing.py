"""Who gets which edition: the rosters, less the suppressed, one copy each."""

from collections.abc import Callable, Collection, Mapping

from bulletin.errors import BulletinError
from bulletin.lists import (
    Addressed,
    Roster,
    Suppressions,
    address_book,
    identity,
    mistyped,
    read_roster,
    read_suppressions,
)
from bulletin.lists.left import gaps, renewed
from bulletin.model.finding import Finding
from bulletin.pipeline.guard import refuse_wider
from bulletin.pipeline.job import Job
from bulletin.settings import FILE
from bulletin.wording import did_you_mean
from bulletin.workspace.approval import read_keys
from bulletin.workspace.rosters import Snapshot, keep_left, list_path, read_left

Tell = Callable[[int, int], None]
"""Is told how many of how many have been read."""


def untold(_done: int, _total: int) -> None:
    """Be told and do nothing."""


def read_rosters(job: Job, tell: Tell = untold) -> dict[str, Roster]:
    """Read every roster whole, by its name; a bad row is a finding, and the others still count."""
    files = {name: Snapshot(list_path(job.workspace.root, name)) for name in job.workspace.list_names()}
    total = sum(file.lines for file in files.values())
    rosters, before = {}, 0
    for name, file in files.items():
        rosters[name] = read_roster(name, file, _beyond(before, total, tell))
        before += file.lines
    return rosters


def _beyond(before: int, total: int, tell: Tell) -> Callable[[int], None]:
    """Give what is told of a line where lines of other lists came before."""
    return lambda line: tell(before + line, total)


def about_rosters(job: Job, rosters: Mapping[str, Roster]) -> tuple[Finding, ...]:
    """Say what is wrong in the lists and in suppressed.csv."""
    rows = (one for roster in rosters.values() for one in (*roster.findings, *mistyped(roster)))
    return (*rows, *read_suppressions(job.workspace.suppressions()).findings)


def address(job: Job, tell: Tell = untold) -> Addressed:
    """Address the issue: each person once, with the edition that stands first in the settings.

    tell: is told how many of how many lines of the lists have been read.

    Raises:
        BulletinError: an edition goes to a list that is not there, or that reaches further than it may.
    """
    rosters = read_rosters(job, tell)
    suppressions = read_suppressions(job.workspace.suppressions())
    _refuse_unsure(*suppressions.unsure, *left_out(job, suppressions, rosters))
    editions = []
    for rule in job.settings.editions:
        for name in rule.lists or ():
            if name not in rosters:
                raise BulletinError(
                    f'{FILE}: the edition "{rule.name}" goes to the list "{name}", and there is no '
                    f"mailing_lists/{name}.csv",
                    f"{did_you_mean(name, rosters)}Lists here: {', '.join(rosters) or 'none'}",
                )
        names = tuple(rosters) if rule.lists is None else rule.lists
        refuse_wider(job.settings, rule, names)
        _refuse_unsure(
            *(one for name in names for one in rosters[name].findings if one.rule == "roster-unreadable")
        )
        editions.append((rule.name, names))
    return address_book(editions, rosters, suppressed_keys(job, suppressions, rosters))


def left_out(job: Job, suppressions: Suppressions, rosters: Mapping[str, Roster]) -> tuple[Finding, ...]:
    """Say who is known to have left, by their marks, and would be written to all the same.

    Raises:
        BulletinError: there are marks, and no workspace.key; left.json is damaged.
    """
    left = read_left(job.workspace.root)
    if not left and not suppressions.forgotten:
        return ()
    readers = (identity(member.address) for roster in rosters.values() for member in roster.members)
    return gaps(suppressions, left, read_keys(job.workspace.key), readers)


def keep_leavers(job: Job, but: Collection[str] = ()) -> None:
    """Keep the marks of all who are in suppressed.csv now, so that their loss would be noticed.

    Where marks cannot be made or read, those there are stay; `approve` says so.

    but: marks that are to stay only if the file has them.
    """
    root, suppressions = job.workspace.root, read_suppressions(job.workspace.suppressions())
    try:
        left, secrets = read_left(root), read_keys(job.workspace.key)
    except BulletinError:
        return
    if suppressions.rows:
        keep_left(root, renewed(suppressions, left.difference(but), secrets))


def suppressed_keys(job: Job, suppressions: Suppressions, rosters: Mapping[str, Roster]) -> frozenset[str]:
    """Give the keys of everybody who must not be written to, the forgotten among the rosters too.

    Raises:
        BulletinError: somebody was forgotten, and there is no workspace.key to know them by.
    """
    if not suppressions.forgotten:
        return suppressions.keys
    keys = (identity(member.address) for roster in rosters.values() for member in roster.members)
    return suppressions.keys | suppressions.among(keys, read_keys(job.workspace.key))


def kept_off(job: Job, keys: Collection[str]) -> frozenset[str]:
    """Give those of some keys that must not be written to, whatever lists they are on.

    Raises:
        BulletinError: suppressed.csv may hide somebody; there is no workspace.key to know the forgotten by.
    """
    suppressions = read_suppressions(job.workspace.suppressions())
    _refuse_unsure(*suppressions.unsure, *left_out(job, suppressions, {}))
    return suppressions.among(keys, read_keys(job.workspace.key) if suppressions.forgotten else ())


def _refuse_unsure(*findings: Finding) -> None:
    """Refuse to send on a list that cannot be read: somebody would be missed, or written to who left."""
    for finding in findings:
        place = f"{finding.path}, line {finding.line}" if finding.line else finding.path
        raise BulletinError(f"{place}: {finding.detail}, so nothing can be sent", finding.hint)
