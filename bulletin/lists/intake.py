"""See what adding people to a list would change, and what has changed since a list was last looked at."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bulletin.lists.identity import identity
from bulletin.lists.roster import Roster
from bulletin.lists.typos import domain_of
from bulletin.many import ManyKeys, ManyRows
from bulletin.model.delivery import Member
from bulletin.model.finding import Finding
from bulletin.tokens import mark

SEEN = "seen"


@dataclass(frozen=True, slots=True)
class Intake:
    """What adding people would do.

    added: who is new; there: who is on the list already, which keeps what it says of them; left: who is
    suppressed and never comes back; findings: what could not be used.
    """

    added: tuple[Member, ...]
    there: tuple[Member, ...]
    left: tuple[Member, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What has changed on a list: who is new, how many have gone and stayed; `first`: nothing to compare."""

    added: Collection[Member]
    gone: int
    stayed: int
    first: bool = False


def intake(current: Roster, offered: Roster, suppressed: Collection[str]) -> Intake:
    """Sort whoever is offered; suppressed: the keys that must not be written to."""
    known = {identity(member.address) for member in current.members}
    people = [(identity(member.address), member) for member in offered.members]
    return Intake(
        added=tuple(who for key, who in people if key not in suppressed and key not in known),
        there=tuple(who for key, who in people if key not in suppressed and key in known),
        left=tuple(who for key, who in people if key in suppressed),
        findings=offered.findings,
    )


def seen_marks(secret: bytes, name: str, members: Iterable[Member]) -> Collection[str]:
    """Give what stands for the people of a list, in order; no address can be read from it."""
    return ManyKeys.of(_seen(secret, name, member) for member in members)


def change(secret: bytes, name: str, members: Collection[Member], before: Collection[str] | None) -> Change:
    """Compare a list with the marks of when it was last looked at; None: it never was."""
    if before is None:
        return Change((), 0, len(members), first=True)
    added = ManyRows(Member, (one for one in members if _seen(secret, name, one) not in before))
    stayed = len(members) - len(added)
    return Change(added, len(before) - stayed, stayed)


def _seen(secret: bytes, name: str, member: Member) -> str:
    return mark(secret, SEEN, name, identity(member.address))


def domains(members: Iterable[Member]) -> tuple[tuple[str, int], ...]:
    """Count the domains, most people first, then by name."""
    return tuple(sorted(Counter(map(domain_of, members)).items(), key=lambda pair: (-pair[1], pair[0])))
