"""Read what an SMTP server offers, and use of it only what a delivery needs."""

from dataclasses import dataclass

from bulletin.deliver.replies import Reply
from bulletin.model.delivery import Delivery


@dataclass(frozen=True, slots=True)
class Offers:
    """What the server's EHLO offers; size: the largest message it takes in octets, 0 for no limit said."""

    names: frozenset[str] = frozenset()
    size: int = 0

    def too_large(self, delivery: Delivery) -> str:
        """Say that the server takes no message of this size (RFC 1870), or give ""."""
        octets = len(delivery.message)
        if 0 < self.size < octets:
            return f"takes messages of up to {self.size} octets; this one has {octets}"
        return ""

    def cannot_carry(self, delivery: Delivery) -> str:
        """Say why the server cannot carry this delivery: an accented address, or text beyond 7 bits."""
        if _needs_utf8(delivery) and "SMTPUTF8" not in self.names:
            return "the relay takes no address with accents before its @ (SMTPUTF8)"
        if not delivery.message.isascii() and "8BITMIME" not in self.names:
            return "the relay takes no 8-bit text (8BITMIME)"
        return ""

    def parameters(self, delivery: Delivery) -> str:
        """Write the parameters of MAIL: only those offered, and needed."""
        size = f" SIZE={len(delivery.message)}" if "SIZE" in self.names else ""
        body = "" if delivery.message.isascii() else " BODY=8BITMIME"
        return size + body + (" SMTPUTF8" if _needs_utf8(delivery) else "")


def read_offers(reply: Reply) -> Offers:
    """Read the reply to EHLO (RFC 5321 4.1.1.1): one extension a line after the first."""
    words = [line.upper().split() for line in reply.lines[1:]]
    sizes = [int(w[1]) for w in words if len(w) == 2 and w[0] == "SIZE" and w[1].isdecimal()]
    return Offers(frozenset(w[0] for w in words if w), max(sizes, default=0))


def _needs_utf8(delivery: Delivery) -> bool:
    return not (delivery.envelope.sender.isascii() and delivery.envelope.recipient.isascii())
