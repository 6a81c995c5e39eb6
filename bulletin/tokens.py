"""Prove something about an address without holding it: marks made with the workspace's key."""

import hmac
import re
from base64 import b32encode
from collections.abc import Iterable
from functools import cache
from hashlib import sha256

LENGTH = 37
"""Characters of base32 in a mark: two say which key made it, 35 (175 bits) are an HMAC-SHA256."""

_SHAPE = re.compile(r"[a-z2-7]{37}", re.IGNORECASE | re.ASCII)


def mark(key: bytes, purpose: str, *words: str) -> str:
    """Make the mark of some words for one purpose, in small letters; nothing can be read from it.

    Raises ValueError for an empty key, which would prove nothing.
    """
    if not key:
        raise ValueError("a mark needs the workspace's key")
    named = b"".join(b"%d:%b" % (len(octets), octets) for octets in map(_octets, (purpose, *words)))
    return key_id(key) + _letters(hmac.digest(key, named, "sha256"), LENGTH - 2)


@cache
def key_id(key: bytes) -> str:
    """Name a key in two characters, so that marks made before it was changed are still understood."""
    return _letters(sha256(b"key id\0" + key).digest(), 2)


def is_mark(text: str) -> bool:
    """Whether a text has the shape of a mark, whatever its capitals."""
    return _SHAPE.fullmatch(text) is not None


def proves(found: str, keys: Iterable[bytes], purpose: str, *words: str) -> bool:
    """Whether one of our keys made a mark for this purpose and these words; takes as long for all."""
    if not is_mark(found):
        return False
    lower = found.lower().encode()
    same = [hmac.compare_digest(lower, mark(key, purpose, *words).encode()) for key in keys]
    return any(same)


def _letters(digest: bytes, count: int) -> str:
    return b32encode(digest).decode("ascii")[:count].lower()


def _octets(word: str) -> bytes:
    return word.encode("utf-8", "surrogatepass")
