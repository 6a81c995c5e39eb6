"""Look at the bytes of a message again, after composing, as a stranger would read them."""

from collections.abc import Sequence
from functools import lru_cache

from bulletin.errors import BulletinError
from bulletin.mail.headers import LONGEST_LINE
from bulletin.wording import one_line


def verify(message: bytes, meant: Sequence[str]) -> None:
    """Refuse a message whose headers are not those meant, in that order, or whose lines no relay may take.

    Raises:
        BulletinError: another header, one twice, a Cc or Bcc, a bare CR or LF, a line over 998 octets.
    """
    head, gap, body = message.partition(b"\r\n\r\n")
    if not gap:
        raise BulletinError("the message has no end of its headers; nothing was sent")
    verify_head(head + b"\r\n", meant)
    verify_lines(body)


def verify_head(head: bytes, meant: Sequence[str], *, addressees: int = 1) -> None:
    """Refuse a header block (each line with its CRLF) that holds anything but the headers meant.

    addressees: how many To it has: one, or none in a draft whose writer adds it.
    """
    verify_lines(head)
    lines = head.removesuffix(b"\r\n").split(b"\r\n")
    names = [line.partition(b":")[0].decode("latin-1") for line in lines if line[:1] not in (b" ", b"\t")]
    if names != list(meant):
        raise BulletinError(f"the message would carry headers not meant: {_difference(names, meant)}")
    if not _are_to(tuple(names), addressees):
        raise BulletinError("the message would not be addressed to one person alone; nothing was sent")
    if b"" in map(bytes.strip, lines):
        raise BulletinError("the message has an empty line among its headers; nothing was sent")


@lru_cache(maxsize=64)
def _are_to(names: tuple[str, ...], addressees: int) -> bool:
    """Whether headers are each there once, and none but so many To says for whom the message is."""
    lower = {name.lower() for name in names}
    return len(lower) == len(names) and ("to" in lower) == bool(addressees) and not {"cc", "bcc"} & lower


def verify_lines(data: bytes) -> None:
    """Refuse bytes with a NUL, a bare CR or LF, or a line over 998 octets (RFC 5322 2.1.1 and 2.3)."""
    ends = data.count(b"\r\n")
    if data.count(b"\n") != ends or data.count(b"\r") != ends or b"\0" in data:
        raise BulletinError("the message holds a line end or a control character no relay may take")
    if max(map(len, data.split(b"\r\n"))) > LONGEST_LINE:
        raise BulletinError("the message holds a line of more than 998 characters, which no relay may take")


def _difference(names: Sequence[str], meant: Sequence[str]) -> str:
    """Name the first header that is not as meant."""
    for found, wanted in zip(names, meant, strict=False):
        if found != wanted:
            return f'"{one_line(found[:40])}" where "{wanted}" belongs'
    return f"{len(names)} of them where {len(meant)} belong"
