"""`lists` and `lists check`: who is on them, how far they reach, what is wrong, what has changed."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from bulletin.lists import Roster, identity, mistyped_beside, read_suppressions
from bulletin.lists.intake import Change, change, domains, seen_marks
from bulletin.many import ManyKeys
from bulletin.model.finding import Finding, Severity
from bulletin.model.partnership import Reach
from bulletin.pipeline.addressing import (
    Tell,
    about_rosters,
    keep_leavers,
    left_out,
    read_rosters,
    suppressed_keys,
    untold,
)
from bulletin.pipeline.job import Job
from bulletin.workspace.approval import read_key
from bulletin.workspace.rosters import keep_checked, read_checked


@dataclass(frozen=True, slots=True)
class ListStanding:
    """One list as it stands.

    people: on the file, nobody twice; suppressed: how many of them are not written to; invalid: rows or
    addresses that cannot be used; editions: those that go to it; domains: most people first.
    change: since the last `lists check`; None where nobody asked.
    """

    name: str
    heading: str
    reach: Reach
    people: int
    suppressed: int
    invalid: int
    editions: tuple[str, ...]
    domains: tuple[tuple[str, int], ...]
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """All lists. people: each counted once; suppressed: rows of suppressed.csv; stopping: what stops it."""

    lists: tuple[ListStanding, ...]
    people: int
    suppressed: int
    findings: tuple[Finding, ...] = ()
    stopping: tuple[Finding, ...] = ()


def standing(job: Job, tell: Tell = untold) -> Standing:
    """See who is on the lists; nothing is changed. tell: see `read_rosters`."""
    rosters = read_rosters(job, tell)
    return _standing(job, rosters, about_rosters(job, rosters), {})


def check_lists(job: Job, tell: Tell = untold) -> Standing:
    """Read every list whole, compare with the last time, and note for the next time what stands for people.

    Raises:
        BulletinError: there is no workspace.key, or a list cannot be opened.
    """
    with job.workspace.lock("checking the lists"):
        secret, before = read_key(job.workspace.key), read_checked(job.workspace.root)
        rosters = read_rosters(job, tell)
        findings = (*about_rosters(job, rosters), *mistyped_beside(rosters.values()))
        changes = {
            name: change(secret, name, roster.members, before.get(name)) for name, roster in rosters.items()
        }
        found = _standing(job, rosters, findings, changes)
        keep_leavers(job)
        keep_checked(
            job.workspace.root,
            {name: seen_marks(secret, name, roster.members) for name, roster in rosters.items()},
        )
        return found


def _standing(
    job: Job, rosters: Mapping[str, Roster], findings: tuple[Finding, ...], changes: Mapping[str, Change]
) -> Standing:
    suppressions = read_suppressions(job.workspace.suppressions())
    keys = suppressed_keys(job, suppressions, rosters)
    unreadable = [one for one in findings if one.rule == "roster-unreadable"]
    missing = left_out(job, suppressions, rosters)
    people = (identity(who.address) for roster in rosters.values() for who in roster.members)
    return Standing(
        lists=tuple(_one(job, name, roster, keys, changes.get(name)) for name, roster in rosters.items()),
        people=len(ManyKeys.of(people)),
        suppressed=len(suppressions.rows),
        findings=(*findings, *missing),
        stopping=tuple(dict.fromkeys([*suppressions.unsure, *missing, *unreadable])),
    )


def _one(
    job: Job, name: str, roster: Roster, suppressed: frozenset[str], change: Change | None
) -> ListStanding:
    known = next((one for one in job.settings.lists if one.name == name), None)
    wrong = Counter(one.severity for one in roster.findings)
    return ListStanding(
        name=name,
        heading=known.heading if known else "",
        reach=known.reach if known else Reach.PUBLIC,
        people=len(roster.members),
        suppressed=sum(identity(member.address) in suppressed for member in roster.members),
        invalid=wrong[Severity.WARNING] - sum(one.rule == "roster-empty" for one in roster.findings),
        editions=tuple(
            rule.name for rule in job.settings.editions if rule.lists is None or name in rule.lists
        ),
        domains=domains(roster.members),
        change=change,
    )
