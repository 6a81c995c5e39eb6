"""Make an envelope sender for each copy, so that a bounce says whose it is, and cannot be made up."""

import base64
import hashlib
import hmac
import re

_MARK = "+"
_RID = re.compile(r"[a-z0-9]{1,26}")
_MAC_LENGTH = 10
_ADDRESS = re.compile(
    rf"(?s:.*)\{_MARK}([a-z0-9]{{1,26}})-([a-z2-7]{{{_MAC_LENGTH}}})@[^@\s]+", re.IGNORECASE
)
LONGEST_LOCAL = 64
"""Octets before the @ (RFC 5321 4.5.3.1.1)."""


def make(key: bytes, bounces: str, rid: str) -> str:
    """Give `bounces+rid-mac@domain`: rid says which copy, mac that it was we who sent it.

    Args:
        key: the workspace's.
        bounces: the address bounces go to, with at most 26 octets before its @.
        rid: up to 26 small letters and digits.

    Raises:
        ValueError: there is no key, or it would be no address.
    """
    local, at, domain = bounces.rpartition("@")
    if not (at and _RID.fullmatch(rid)):
        raise ValueError(f"no envelope sender can be made of {bounces!r} and {rid!r}")
    made = f"{local}{_MARK}{rid}-{_mac(key, rid)}"
    if len(made.encode()) > LONGEST_LOCAL:
        raise ValueError(f"{bounces!r} is too long before its @")
    return f"{made}@{domain}"


def read(key: bytes, address: str) -> str | None:
    """Give the rid an address was made with, or None where it was not made with this key.

    Capitals do not matter: some servers change them on the way.
    """
    match = _ADDRESS.fullmatch(address.strip().strip("<>"))
    if not match or not address.isascii():
        return None
    rid, mac = match[1].lower(), match[2].lower()
    return rid if hmac.compare_digest(mac, _mac(key, rid)) else None


def _mac(key: bytes, rid: str) -> str:
    """Give 50 bits of an HMAC-SHA256 in base32."""
    if not key:
        raise ValueError("an envelope sender needs the workspace's key")
    mac = hmac.new(key, b"verp\0" + rid.encode(), hashlib.sha256).digest()
    return base64.b32encode(mac)[:_MAC_LENGTH].decode("ascii").lower()
