"""Say in the envelope's sender whose copy it is, so that whatever comes back names them (VERP)."""

import hmac
import re
from base64 import b32encode

_LONGEST_LOCAL = 64  # octets, RFC 5321 4.5.3.1.1
_MAC = 12
_RID = re.compile(r"[a-z2-7]{1,40}")


def make(key: bytes, bounces: str, rid: str) -> str:
    """Give `local+rid-mac@domain`, or the plain address where that would be too long.

    rid: what stands for the recipient in their Message-ID: small base32, no address in it.
    """
    local, _, domain = bounces.rpartition("@")
    if not _RID.fullmatch(rid):
        raise ValueError(f"not what stands for a recipient: {rid!r}")
    marked = f"{local}+{rid}-{_mac(key, rid)}"
    return f"{marked}@{domain}" if len(marked.encode()) <= _LONGEST_LOCAL else bounces


def read(key: bytes, address: str) -> str | None:
    """Give the rid an address was made for, None where we did not make it; capitals do not matter."""
    found = re.search(rf"\+([a-z2-7]{{1,40}})-([a-z2-7]{{{_MAC}}})@", address.strip().lower())
    if found and hmac.compare_digest(found[2], _mac(key, found[1])):
        return found[1]
    return None


def _mac(key: bytes, rid: str) -> str:
    digest = hmac.digest(key, f"verp\0{rid}".encode(), "sha256")
    return b32encode(digest).decode("ascii")[:_MAC].lower()
