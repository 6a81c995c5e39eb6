"""Who gets what: editions and their lists into one recipient a person."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from bulletin.lists.identity import identity
from bulletin.lists.roster import Roster
from bulletin.model.delivery import Recipient


@dataclass(frozen=True, slots=True)
class Addressed:
    """Everybody who gets a copy, and everybody who would but must not be written to; nobody twice."""

    recipients: tuple[Recipient, ...] = ()
    suppressed: tuple[Recipient, ...] = ()


def address_book(
    editions: Sequence[tuple[str, Sequence[str]]],
    rosters: Mapping[str, Roster],
    suppressed: AbstractSet[str],
) -> Addressed:
    """Address editions (name, lists) to their people: one copy each, of the edition that comes first.

    The order is that of the editions, of their lists, and of the lines. Raises KeyError for a list that is
    not among the rosters: settings have been checked by then.
    """
    people: dict[str, Recipient] = {}
    for recipient in _everybody(editions, rosters):
        people.setdefault(recipient.key, recipient)
    return Addressed(
        tuple(person for person in people.values() if person.key not in suppressed),
        tuple(person for person in people.values() if person.key in suppressed),
    )


def _everybody(
    editions: Sequence[tuple[str, Sequence[str]]], rosters: Mapping[str, Roster]
) -> Iterator[Recipient]:
    for edition, names in editions:
        for name in names:
            for member in rosters[name].members:
                yield Recipient(identity(member.address), member.address, member.name, edition, name)
