"""Read an SMTP server's replies and say what each means for one delivery."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from bulletin.mail.refusal import is_about_sender

_LINE = re.compile(rb"([2-5][0-9][0-9])(?:[ -]([^\0\r]*))?")
_ENHANCED = re.compile(r"([245])\.(\d{1,3})\.(\d{1,3})(?=\s|$)")
_STORED = re.compile(r"([2-5]\d\d)(?: ([^\n]*))?")
_ABOUT_US = {530, 534, 535, 538}
_BAD_SENDER = {(5, 1, 7), (5, 1, 8)}
_NO_SUCH_ADDRESS = {(5, 1, n) for n in (0, 1, 2, 3, 6, 10)}
_BUSY = {(4, 3, 2), (4, 4, 5), (4, 5, 3)}
_LONGEST_SHOWN = 300
_SIZE = re.compile(r"\b(?:size|too (?:large|big|long)|length)\b", re.IGNORECASE)


class ProtocolError(Exception):
    """The server broke the rules of the conversation, or fell silent: the connection is of no use."""


class Phase(Enum):
    """What a reply answers."""

    CONNECT = auto()
    STARTTLS = auto()
    AUTH = auto()
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


@lru_cache(maxsize=64)
def parse_reply(lines: tuple[bytes, ...], hidden: tuple[str, ...] = ()) -> Reply:
    """Join the lines of one reply, without their line ends; all of them carry the same code.

    hidden: what a reply is never to show, such as a password that is repeated in it.

    Raises:
        ProtocolError: a line is not three digits and a space or a hyphen, or the codes differ.
    """
    texts, codes = [], set()
    for line in lines:
        match = _LINE.fullmatch(line)
        if not match:
            raise ProtocolError("it answered something that is no SMTP reply")
        codes.add(int(match[1]))
        texts.append(_readable(match[2] or b"", hidden))
    if len(codes) != 1:
        raise ProtocolError("it answered several codes at once")
    return Reply(codes.pop(), tuple(texts))


def read_stored(words: str) -> Reply | None:
    """Read a reply back from the one line it was kept as, or None where it was none."""
    match = _STORED.fullmatch(words)
    return Reply(int(match[1]), (match[2] or "",)) if match else None


def proposes_suppression(words: str) -> bool:
    """Tell from a refusal as the ledger keeps it whether it says that there is no such address."""
    reply = read_stored(words)
    return reply is not None and _is_no_such_address(reply)


def asks_to_slow(words: str) -> bool:
    """Tell from a reply as it is shown whether it asks for less mail at a time."""
    reply = read_stored(words)
    return reply is not None and _is_busy(reply)


def meaning(reply: Reply, phase: Phase) -> Meaning:
    """Say what a reply means in its phase.

    421 is the connection's (RFC 5321 3.8), and so is every 4yz before there is an envelope; 5.7.x, signing
    in, TLS and 552 5.3.4 are about us, and so is every lasting refusal of our own sender, also one that comes
    where a recipient is offered, so nobody on the list is blamed for them.
    """
    if reply.code == 421:
        return Meaning.CLOSING
    if 400 <= reply.code < 500:
        return _meaning_of_4yz(phase)
    if reply.code >= 500:
        about_us = phase not in (Phase.RCPT, Phase.DATA, Phase.DOT) or _is_about_us(reply, phase)
        return Meaning.STOP if about_us else Meaning.REFUSED
    if reply.code // 100 != (3 if phase is Phase.DATA else 2):
        raise ProtocolError(f"it answered {reply.code} where that makes no sense")
    return Meaning.GO_ON


def _meaning_of_4yz(phase: Phase) -> Meaning:
    if phase is Phase.STARTTLS:
        return Meaning.STOP
    return Meaning.CLOSING if phase in (Phase.CONNECT, Phase.AUTH) else Meaning.LATER


def _is_about_us(reply: Reply, phase: Phase) -> bool:
    """Tell whether a 5yz speaks of policy, signing in, size or our sender, the same for everybody."""
    enhanced = reply.enhanced or (5, 0, 0)
    if enhanced in _BAD_SENDER or is_about_sender(" ".join(reply.lines)):
        return True
    if reply.code in _ABOUT_US or enhanced[:2] == (5, 7) or enhanced == (5, 3, 4):
        return True
    unnamed = reply.enhanced is None and reply.code == 552 and phase is not Phase.RCPT
    return unnamed and _SIZE.search(reply.lines[0]) is not None


def _is_no_such_address(reply: Reply) -> bool:
    return (
        reply.code >= 500
        and reply.enhanced in _NO_SUCH_ADDRESS
        and not is_about_sender(" ".join(reply.lines))
    )


def _is_busy(reply: Reply) -> bool:
    """Tell whether a 4yz is about how much or how fast: 421, 432, 454, 4.7.x and a few more."""
    enhanced = reply.enhanced or (0, 0, 0)
    later = 400 <= reply.code < 500
    return later and (reply.code in (421, 432, 454) or enhanced[:2] == (4, 7) or enhanced in _BUSY)


def _readable(octets: bytes, hidden: Sequence[str]) -> str:
    """Show a server's words on one line, control characters as spaces."""
    words = octets.decode("utf-8", "replace")
    for secret in hidden:
        words = words.replace(secret, "***")
    if words.isprintable():
        return words.strip()
    return "".join(c if c.isprintable() else " " for c in words).strip()
