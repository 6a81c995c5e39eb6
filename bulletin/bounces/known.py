"""Whom we write to, and the marks by which they are known without their address."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bulletin.lists import identity
from bulletin.mail import verp
from bulletin.tokens import is_mark, key_id, mark, proves

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
    earlier: makes the tokens of everybody for every list there ever was. leave: the addresses that are for
    leaving alone; title: the bulletin's name; lists: the names of the lists. servers: what the servers of
    our mailbox call themselves where they say who wrote a message.
    """

    people: Mapping[str, Person]
    tokens: Mapping[str, tuple[str, str]]
    copies: Mapping[str, str]
    suppressed: Collection[str]
    secrets: Sequence[bytes]
    earlier: Callable[[], Mapping[str, tuple[str, str]]] = dict
    leave: Collection[str] = ()
    title: str = ""
    lists: Collection[str] = ()
    servers: Collection[str] = ()

    def at(self, address: str) -> Person | None:
        """Give whoever has an address."""
        return self.people.get(identity(address))

    def owner(self, token: str) -> Person | None:
        """Give whose leave token it is; the token is made again to see that it is ours."""
        lower = token.lower()
        pair = self.tokens.get(lower) or (self.earlier().get(lower) if self.may_be_ours(lower) else None)
        list_name, key = pair or ("", "")
        if key and proves(token, self.secrets, LEAVE, list_name, key):
            return self.people.get(key)
        return None

    def may_be_ours(self, token: str) -> bool:
        """Whether a token names one of our keys, which anybody who has seen one can write too."""
        return is_mark(token) and token[:2].lower() in {key_id(secret) for secret in self.secrets}

    def copy_of(self, addresses: Iterable[str]) -> str:
        """Give what stands for the copy that came back, if we made the address for it (VERP), or ""."""
        for address in addresses:
            for secret in self.secrets:
                rid = verp.read(secret, address)
                if rid is not None and rid in self.copies:
                    return rid
        return ""

    def addressee(self, rid: str) -> Person | None:
        """Give whom a copy was for."""
        return self.people.get(self.copies.get(rid, ""))

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
