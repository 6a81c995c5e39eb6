"""Who gets what: editions and their lists into one recipient a person."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from bulletin.lists.identity import identity
from bulletin.lists.roster import Roster
from bulletin.many import ManyKeys, ManyRows
from bulletin.model.delivery import Recipient


@dataclass(frozen=True, slots=True)
class Addressed:
    """Everybody who gets a copy, and everybody who would but must not be written to; nobody twice."""

    recipients: Collection[Recipient] = ()
    suppressed: Collection[Recipient] = ()


def address_book(
    editions: Sequence[tuple[str, Sequence[str]]],
    rosters: Mapping[str, Roster],
    suppressed: AbstractSet[str],
) -> Addressed:
    """Address editions (name, lists) to their people: one copy each, of the edition that comes first.

    The order is that of the editions, of their lists, and of the lines. Raises KeyError for a list that is
    not among the rosters: settings have been checked by then.
    """
    people, written, apart = ManyKeys[str](), ManyRows(Recipient), ManyRows(Recipient)
    for recipient in _everybody(editions, rosters):
        if people.add(recipient.key):
            (apart if recipient.key in suppressed else written).append(recipient)
    return Addressed(written, apart)


def _everybody(
    editions: Sequence[tuple[str, Sequence[str]]], rosters: Mapping[str, Roster]
) -> Iterator[Recipient]:
    for edition, names in editions:
        for name in names:
            for member in rosters[name].members:
                yield Recipient(identity(member.address), member.address, member.name, edition, name)
