"""Read an SMTP server's replies and say what each means for one delivery."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

_ENHANCED = re.compile(r"([245])\.(\d{1,3})\.(\d{1,3})(?=\s|$)")
_ABOUT_US = {530, 534, 535, 538}
_LONGEST_SHOWN = 300


class ProtocolError(Exception):
    """The server broke the rules of the conversation, or fell silent: the connection is of no use."""


class Phase(Enum):
    """What a reply answers."""

    CONNECT = auto()
    MAIL = auto()
    RCPT = auto()
    DATA = auto()
    DOT = auto()


class Meaning(Enum):
    """What a reply means: go on, later, not this person, the connection is going, the run must stop."""

    GO_ON = auto()
    LATER = auto()
    REFUSED = auto()
    CLOSING = auto()
    STOP = auto()


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply (RFC 5321 4.2): its code and its lines of text."""

    code: int
    lines: tuple[str, ...]

    @property
    def enhanced(self) -> tuple[int, int, int] | None:
        """The enhanced status code (RFC 3463) it begins with."""
        match = _ENHANCED.match(self.lines[0])
        return (int(match[1]), int(match[2]), int(match[3])) if match else None

    def __str__(self) -> str:
        words = " ".join(f"{self.code} {' '.join(self.lines)}".split())
        return words if len(words) <= _LONGEST_SHOWN else words[: _LONGEST_SHOWN - 1] + "…"


def parse_reply(lines: Iterable[bytes]) -> Reply:
    """Join the lines of one reply, without their line ends; all of them carry the same code.

    Raises:
        ProtocolError: a line is not three digits and a space or a hyphen, or the codes differ.
    """
    texts, codes = [], set()
    for line in lines:
        match = re.fullmatch(rb"([2-5][0-9][0-9])(?:[ -](.*))?", line, re.DOTALL)
        if not match:
            raise ProtocolError("it answered something that is no SMTP reply")
        codes.add(int(match[1]))
        texts.append(_readable(match[2] or b""))
    if len(codes) != 1:
        raise ProtocolError("it answered several codes at once")
    return Reply(codes.pop(), tuple(texts))


def meaning(reply: Reply, phase: Phase) -> Meaning:
    """Say what a reply means in its phase.

    421 is the connection's (RFC 5321 3.8); 5.7.x, authentication and 552 5.3.4 are about us, and so is
    every lasting refusal of our own sender, so nobody on the list is blamed for them.
    """
    if reply.code == 421:
        return Meaning.CLOSING
    if 400 <= reply.code < 500:
        return Meaning.LATER
    if reply.code >= 500:
        about_us = phase in (Phase.CONNECT, Phase.MAIL) or _is_about_us(reply)
        return Meaning.STOP if about_us else Meaning.REFUSED
    expected = 3 if phase is Phase.DATA else 2
    if reply.code // 100 != expected:
        raise ProtocolError(f"it answered {reply.code} where that makes no sense")
    return Meaning.GO_ON


def _is_about_us(reply: Reply) -> bool:
    """Tell whether a 5yz speaks of policy, signing in or size, which are the same for everybody."""
    enhanced = reply.enhanced or (5, 0, 0)
    return reply.code in _ABOUT_US or enhanced[:2] == (5, 7) or enhanced == (5, 3, 4)


def _readable(octets: bytes) -> str:
    """Show a server's words on one line, control characters as spaces."""
    words = octets.decode("utf-8", "replace")
    return "".join(c if c.isprintable() else " " for c in words).strip()
