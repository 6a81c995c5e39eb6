"""Read DKIM key records (RFC 6376 3.6.1, RFC 8463) far enough to say whether a signature can hold."""

import binascii
import re
from base64 import b64decode
from collections.abc import Iterator

from bulletin.mail.dmarc import read_tags

FEWEST_BITS = 1024
"""Bits of an RSA key below which receivers take a signature for none (RFC 8301 3.2)."""
_ED25519 = 32
_SEQUENCE, _INTEGER, _BITS = 0x30, 0x02, 0x03


def key_problem(record: str) -> str:
    """Say what is wrong with a key record, as a clause, or "" where nothing is."""
    tags = read_tags(record)
    if tags.get("v", "DKIM1") != "DKIM1" or "p" not in tags:
        return "is no key record"
    try:
        key = b64decode(re.sub(r"\s+", "", tags["p"]), validate=True)
    except (binascii.Error, ValueError):
        return "cannot be read: it was cut or mistyped"
    if not key:
        return "is withdrawn (p= is empty)"
    if tags.get("k", "rsa").lower() == "ed25519":
        return "" if len(key) == _ED25519 else "cannot be read: it was cut or mistyped"
    bits = _rsa_bits(key)
    if not bits:
        return "cannot be read: it was cut or mistyped"
    return "" if bits >= FEWEST_BITS else f"has {bits} bits, and receivers want {FEWEST_BITS}"


def _rsa_bits(key: bytes) -> int:
    """Give the bits of an RSA key's modulus, 0 for what is none (RFC 5280 4.1, RFC 8017 A.1.1)."""
    try:
        parts = _contents(key)
        if parts and parts[0][0] == _SEQUENCE:  # SubjectPublicKeyInfo: an algorithm, then the key in bits
            kind, inner = parts[1]
            parts = _contents(inner[1:]) if kind == _BITS else []
        (first, modulus), (second, _) = parts
    except (ValueError, IndexError):
        return 0
    return int.from_bytes(modulus, "big").bit_length() if first == second == _INTEGER else 0


def _contents(data: bytes) -> list[tuple[int, bytes]]:
    """Give what a DER sequence holds: kinds and contents. Raises ValueError if it is none, or cut."""
    ((kind, inner),) = _values(data)
    if kind != _SEQUENCE:
        raise ValueError("no sequence")
    return list(_values(inner))


def _values(data: bytes) -> Iterator[tuple[int, bytes]]:
    while data:
        kind, length, start = data[0], data[1], 2
        if length & 0x80:
            start += length & 0x7F
            length = int.from_bytes(data[2:start], "big")
        if len(data) < start + length:
            raise ValueError("cut")
        yield kind, data[start : start + length]
        data = data[start + length :]
