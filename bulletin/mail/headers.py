"""Write mail headers: folded, encoded where they must be, and never one more than was meant."""

import base64
import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime

from bulletin.errors import BulletinError
from bulletin.mail.addresses import wire_address

LONGEST_LINE = 998
"""Octets in a line without its CRLF (RFC 5322 2.1.1)."""

_WIDTH = 76
_WORD = 75
_LONGEST_ATOM = 56
_PHRASE = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_USUAL_NAME = re.compile(r"[A-Za-z0-9'-]{1,40}(?: [A-Za-z0-9'-]{1,40}){0,5}")
_SPACES = re.compile(r"(\s)\s+")
_URI = re.compile(r"[!-;=?-~]+")
_PRINTABLE = re.compile(r"[ -~]+")
_FORBIDDEN = {"Cc", "Cs", "Zl", "Zp"}
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def text(name: str, value: str) -> bytes:
    """Write a header of free text (RFC 5322 2.2.1): plain where ASCII will do, else B-words as a whole."""
    _refuse_controls(name, value)
    if _reads_as_written(value):
        return _fold(name, value.split(" "))
    return _fold(name, _encoded_words(name, value))


def mailbox(name: str, display: str, address: str) -> bytes:
    """Write a header that holds one mailbox (RFC 5322 3.4): a display name, or none, and an address.

    Of several spaces in a name one remains: readers do not agree on more.
    """
    _refuse_controls(name, display)
    _refuse_controls(name, address)
    spec = wire_address(address)
    if _USUAL_NAME.fullmatch(display):
        return _fold(name, [*display.split(" "), f"<{spec}>"])
    tidy = _SPACES.sub(r"\1", display).strip()
    if not tidy:
        return _fold(name, [spec])
    return _fold(name, [*_phrase(name, tidy), f"<{spec}>"])


def uris(name: str, values: Sequence[str]) -> bytes:
    """Write a list of URIs (RFC 2369 2), folded only between them and never encoded."""
    for value in values:
        if not _URI.fullmatch(value) or len(value) > LONGEST_LINE - 3:
            raise BulletinError(f"the {name} header cannot hold an address of a page written like that")
    last = len(values) - 1
    return _fold(name, [f"<{value}>" + ("," if n < last else "") for n, value in enumerate(values)])


def structured(name: str, *pieces: str) -> bytes:
    """Write a header of printable ASCII, folded only between the pieces; anything else is refused."""
    for piece in pieces:
        if not _PRINTABLE.fullmatch(piece) or len(piece) > LONGEST_LINE - 1:
            raise BulletinError(f"the {name} header cannot hold what it was to say")
    return _fold(name, pieces)


def date(name: str, moment: datetime) -> bytes:
    """Write a date (RFC 5322 3.3) in English, whatever the machine speaks; the moment knows its offset."""
    if moment.tzinfo is None:
        raise ValueError("a message's date needs its offset from UTC")
    day, month = _DAYS[moment.weekday()], _MONTHS[moment.month - 1]
    return structured(name, f"{day}, {moment.day} {month} {moment.year:04} {moment:%H:%M:%S %z}")


def _refuse_controls(name: str, value: str) -> None:
    """Refuse line ends and all other control characters: each could end the header."""
    if value.isascii() and value.isprintable():
        return
    for character in value:
        if unicodedata.category(character) in _FORBIDDEN:
            raise BulletinError(
                f"the {name} header would hold a control character (U+{ord(character):04X})",
                "type the words again instead of pasting them",
            )


def _reads_as_written(value: str) -> bool:
    """Whether readers get the value back from its plain ASCII: no encoded-word mark, no space to lose."""
    words = value.split(" ")
    tidy = not value or all(0 < len(word) <= _LONGEST_ATOM for word in words)
    return value.isascii() and "=?" not in value and tidy


def _phrase(name: str, display: str) -> list[str]:
    """Give a display name as atoms, as one quoted string, or as encoded words."""
    if not _reads_as_written(display):
        return _encoded_words(name, display)
    if _PHRASE.fullmatch(display):
        return display.split(" ")
    quoted = display.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}"'.split(" ")


def _encoded_words(name: str, value: str) -> list[str]:
    """Cut a value into B-words (RFC 2047 2), each whole characters and short enough for its line."""
    words, chunk, room = [], b"", _octets(_WIDTH - len(name) - 2)
    for character in value:
        octets = character.encode()
        if len(chunk) + len(octets) > room:
            words.append(_encoded_word(chunk))
            chunk, room = b"", _octets(_WORD)
        chunk += octets
    return [*words, _encoded_word(chunk)]


def _octets(width: int) -> int:
    """Count the octets whose B-word is at most `width` characters."""
    return (width - len("=?utf-8?b??=")) // 4 * 3


def _encoded_word(octets: bytes) -> str:
    return f"=?utf-8?b?{base64.b64encode(octets).decode('ascii')}?="


def _fold(name: str, pieces: Sequence[str]) -> bytes:
    """Join the pieces with spaces, starting a new line before one that would not fit."""
    plain = f"{name}: {' '.join(pieces)}"
    if len(plain) <= _WIDTH and pieces:
        return f"{plain}\r\n".encode()
    lines = [f"{name}:"]
    for piece in pieces:
        if len(lines[-1]) + 1 + len(piece) <= _WIDTH or lines[-1] == f"{name}:":
            lines[-1] += f" {piece}"
        else:
            lines.append(f" {piece}")
    return "\r\n".join(lines).encode() + b"\r\n"
