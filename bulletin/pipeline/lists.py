"""`lists` and `lists check`: who is on them, how far they reach, what is wrong, what has changed."""

from collections import Counter
from dataclasses import dataclass, replace

from bulletin.lists import Roster, identity, mistyped_beside, read_suppressions
from bulletin.lists.intake import Change, change, domains, seen_marks
from bulletin.model.finding import Finding, Severity
from bulletin.model.partnership import Reach
from bulletin.pipeline.addressing import Rosters, keep_leavers, left_out, read_rosters, suppressed_keys
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


def standing(job: Job) -> Standing:
    """See who is on the lists; nothing is changed."""
    return _standing(job, read_rosters(job), {})


def check_lists(job: Job) -> Standing:
    """Read every list whole, compare with the last time, and note for the next time what stands for people.

    Raises:
        BulletinError: there is no workspace.key, or a list cannot be opened.
    """
    with job.workspace.lock("checking the lists"):
        secret, before, rosters = (
            read_key(job.workspace.key),
            read_checked(job.workspace.root),
            _with_neighbours(read_rosters(job)),
        )
        changes = {
            name: change(secret, name, roster.members, before.get(name))
            for name, roster in rosters.by_name.items()
        }
        found = _standing(job, rosters, changes)
        keep_leavers(job)
        keep_checked(
            job.workspace.root,
            {name: seen_marks(secret, name, roster.members) for name, roster in rosters.by_name.items()},
        )
        return found


def _with_neighbours(rosters: Rosters) -> Rosters:
    """Add whoever looks mistyped beside the people of other lists."""
    return replace(rosters, findings=(*rosters.findings, *mistyped_beside(rosters.by_name)))


def _standing(job: Job, rosters: Rosters, changes: dict[str, Change]) -> Standing:
    suppressions = read_suppressions(job.workspace.suppressions())
    keys = suppressed_keys(job, suppressions, rosters.by_name)
    unreadable = [one for one in rosters.findings if one.rule == "roster-unreadable"]
    missing = left_out(job, suppressions, rosters.by_name)
    return Standing(
        lists=tuple(
            _one(job, name, roster, keys, changes.get(name)) for name, roster in rosters.by_name.items()
        ),
        people=len({identity(who.address) for roster in rosters.by_name.values() for who in roster.members}),
        suppressed=len(suppressions.rows),
        findings=(*rosters.findings, *missing),
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
