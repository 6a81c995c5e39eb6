"""Read what an SMTP server offers, and write the envelope with only what it offers and a delivery needs."""

import re
from dataclasses import dataclass

from bulletin.deliver.smtp.replies import Reply
from bulletin.deliver.smtp.wire import Wire
from bulletin.model.delivery import Delivery

_SIZE = re.compile("[0-9]{1,20}")  # RFC 1870 4
_NO_XCHAR = re.compile("[^!-*,-<>-~]")
_LONGEST_ENVID = 100
_LONGEST_ORCPT = 500


@dataclass(frozen=True, slots=True)
class Offers:
    """What the server's EHLO offers.

    size: the largest message it takes in octets, 0 for no limit said; auth: its mechanisms of AUTH.
    """

    names: frozenset[str] = frozenset()
    size: int = 0
    auth: frozenset[str] = frozenset()

    @property
    def pipelining(self) -> bool:
        """Whether several commands may go out in one write (RFC 2920)."""
        return "PIPELINING" in self.names

    def too_large(self, wire: Wire) -> str:
        """Say that the server takes no message of this size (RFC 1870), or give ""."""
        if 0 < self.size < wire.size:
            return f"takes messages of up to {self.size} octets; this one has {wire.size}"
        return ""

    def cannot_carry(self, delivery: Delivery, wire: Wire) -> str:
        """Say why the server cannot carry this delivery: an accented address, or text beyond 7 bits."""
        if _needs_utf8(delivery) and "SMTPUTF8" not in self.names:
            return "the relay takes no address with accents before its @ (SMTPUTF8)"
        if not wire.is_ascii and "8BITMIME" not in self.names:
            return "the relay takes no 8-bit text (8BITMIME)"
        return ""

    def envelope(
        self, delivery: Delivery, wire: Wire, *, success_reports: bool = False
    ) -> tuple[str, str, str]:
        """Write MAIL and RCPT with their parameters, and DATA.

        success_reports: whether to be told of each copy that arrived (RFC 3461), where that is offered.
        """
        sender, recipient = delivery.envelope.sender, delivery.envelope.recipient
        mail, rcpt = f"MAIL FROM:<{sender}>", f"RCPT TO:<{recipient}>"
        if "SIZE" in self.names:
            mail += f" SIZE={wire.size}"
        if not wire.is_ascii:
            mail += " BODY=8BITMIME"
        if _needs_utf8(delivery):
            mail += " SMTPUTF8"
        if "DSN" in self.names:
            mail += f" RET=HDRS{_parameter('ENVID', delivery.message_id.strip('<>'), _LONGEST_ENVID)}"
            rcpt += f" NOTIFY={'SUCCESS,' if success_reports else ''}FAILURE"
            rcpt += _parameter("ORCPT", recipient, _LONGEST_ORCPT, "rfc822;")
        return mail, rcpt, "DATA"


def read_offers(reply: Reply) -> Offers:
    """Read the reply to EHLO (RFC 5321 4.1.1.1): one extension a line after the first."""
    words = [line.upper().replace("AUTH=", "AUTH ", 1).split() for line in reply.lines[1:]]
    sizes = [int(w[1]) for w in words if len(w) == 2 and w[0] == "SIZE" and _SIZE.fullmatch(w[1])]
    auth = frozenset(mechanism for w in words if w[:1] == ["AUTH"] for mechanism in w[1:])
    return Offers(frozenset(w[0] for w in words if w), max(sizes, default=0), auth)


def _needs_utf8(delivery: Delivery) -> bool:
    return not (delivery.envelope.sender.isascii() and delivery.envelope.recipient.isascii())


def _parameter(name: str, value: str, longest: int, kind: str = "") -> str:
    """Write a parameter in xtext (RFC 3461 4), or nothing where the value cannot be written so."""
    if not value.isascii() or not value.isprintable():
        return ""
    words = kind + _NO_XCHAR.sub(lambda match: f"+{ord(match[0]):02X}", value)
    return f" {name}={words}" if value and len(words) <= longest else ""
