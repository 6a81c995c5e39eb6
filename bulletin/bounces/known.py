"""Whom we write to, and the marks by which they are known without their address."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bulletin.lists import identity
from bulletin.mail import verp
from bulletin.tokens import mark, proves

_RID = re.compile(r"<[^<>@]*\.([a-z2-7]{20,40})@")
LEAVE = "leave"
"""The purpose of the tokens in List-Unsubscribe."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody we write or wrote to: their key (see `identity`) and their address as the list has it."""

    key: str
    address: str


@dataclass(frozen=True, slots=True)
class Known:
    """Everybody we may have written to.

    people: by key, from rosters and ledgers. tokens: a leave token to its list and its owner's key. copies:
    what stands for a recipient in a Message-ID and in VERP, to their key. secrets: the workspace's keys.
    leave: the addresses that are for leaving alone; title: the bulletin's name.
    """

    people: Mapping[str, Person]
    tokens: Mapping[str, tuple[str, str]]
    copies: Mapping[str, str]
    suppressed: Collection[str]
    secrets: Sequence[bytes]
    leave: Collection[str] = ()
    title: str = ""

    def at(self, address: str) -> Person | None:
        """Give whoever has an address."""
        return self.people.get(identity(address))

    def owner(self, token: str) -> Person | None:
        """Give whose leave token it is; the token is made again to see that it is ours."""
        list_name, key = self.tokens.get(token.lower(), ("", ""))
        if key and proves(token, self.secrets, LEAVE, list_name, key):
            return self.people.get(key)
        return None

    def addressee(self, addresses: Iterable[str]) -> Person | None:
        """Give whose copy came back to one of these addresses, if we made the address for it (VERP)."""
        for address in addresses:
            for secret in self.secrets:
                rid = verp.read(secret, address)
                if rid is not None and rid in self.copies:
                    return self.people.get(self.copies[rid])
        return None

    def is_ours(self, addresses: Iterable[str]) -> bool:
        """Whether we made one of these addresses, for whomever."""
        found = [verp.read(secret, address) for address in addresses for secret in self.secrets]
        return any(rid is not None for rid in found)


def rid_of(message_id: str) -> str:
    """Give what stands for a recipient in a Message-ID of ours, or ""."""
    found = _RID.match(message_id)
    return found[1] if found else ""


def token_of(secret: bytes, list_name: str, key: str) -> str:
    """Make the token by which somebody leaves: of the list that brought them their copy, and of them."""
    return mark(secret, LEAVE, list_name, key)
