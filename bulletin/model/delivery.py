"""Who gets what, and what became of it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Member:
    """One line of a mailing list, 1-based where it is in a file; wherever it stands, it is the same."""

    address: str
    name: str = ""
    organisation: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who gets one copy: the address as the list has it, and the edition they get.

    key: the address folded for identity (case, and the domain as IDNA); one key, one copy.
    list: the name of the list they are on that brought them the edition.
    """

    key: str
    address: str
    name: str
    edition: str
    list: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """The RFC 5321 sender and its one recipient."""

    sender: str
    recipient: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """The unit of work: one message (RFC 5322 bytes, CRLF) in one envelope.

    id: the recipient's key; message_id: the same on every attempt, with its angle brackets.
    message: all of it, or its beginning where `body` holds the rest, the same object for many deliveries.
    """

    id: str
    envelope: Envelope
    message_id: str
    message: bytes
    body: bytes = b""


class Outcome(StrEnum):
    """What became of a delivery; a 250 only means accepted."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    REJECTED = "rejected"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One offer of a delivery: its outcome, the relay's reply in one line, and when."""

    outcome: Outcome
    reply: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Person:
    """One recipient as `report` shows them."""

    address: str
    edition: str
    outcome: Outcome
    reply: str
    attempts: int
    at: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How an issue's deliveries stand; `recipients` is the sum of the five outcomes.

    approval: the mark of the approval the ledger was last enrolled under, or "".
    relay: the address of the relay that was last used, or "" where nobody noted it.
    """

    issue: str
    rehearsal: bool
    accepted: int = 0
    deferred: int = 0
    rejected: int = 0
    unknown: int = 0
    pending: int = 0
    suppressed: int = 0
    people: tuple[Person, ...] = ()
    approval: str = ""
    relay: str = ""

    @property
    def recipients(self) -> int:
        """Everybody who was to get a copy."""
        return self.accepted + self.deferred + self.rejected + self.unknown + self.pending
