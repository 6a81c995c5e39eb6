"""Make a delivery's octets ready for DATA: full stops doubled, a last line end, and their size."""

from dataclasses import dataclass

from bulletin.model.delivery import Delivery

TERMINATOR = b".\r\n"
_DOTS = b"\r\n."


@dataclass(frozen=True, slots=True)
class Wire:
    """A message as DATA carries it but for its terminator; size: in octets, no full stop doubled."""

    data: bytes
    size: int
    is_ascii: bool


class Stuffing:
    """Looks through a body once, however many deliveries share it, and at each delivery once."""

    def __init__(self) -> None:
        self._last: tuple[Delivery, Wire] | None = None
        self._body, self._stuffed, self._is_ascii = b"", b"", True

    def wire(self, delivery: Delivery) -> Wire:
        """Give a delivery's message for DATA."""
        if self._last is None or self._last[0] is not delivery:
            self._last = (delivery, self._make(delivery))
        return self._last[1]

    def _make(self, delivery: Delivery) -> Wire:
        start, body = delivery.message, delivery.body
        if not start.endswith(b"\r\n"):
            start, body = start + body, b""
        if body is not self._body:
            self._body, self._stuffed, self._is_ascii = body, stuffed(body), body.isascii()
        data = b"".join((stuffed(start), self._stuffed))
        size = len(start) + len(body)
        if not data.endswith(b"\r\n"):
            data, size = data + b"\r\n", size + 2
        return Wire(data, size, start.isascii() and self._is_ascii)


def stuffed(octets: bytes) -> bytes:
    """Double each full stop at a line's start (RFC 5321 4.5.2)."""
    if octets.startswith(b"."):
        octets = b"." + octets
    return octets.replace(_DOTS, b"\r\n..") if _DOTS in octets else octets
