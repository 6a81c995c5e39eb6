"""Read a delivery report (RFC 3464): whose copy arrived, or did not."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_ID = re.compile(rb"^message-id:[ \t]*(?:\r?\n[ \t]+)?(<[^<>\r\n]+>)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a report says of one recipient.

    message_ids: the Message-IDs it may be about: that of the message it quotes, and the one its ENVID holds.
    arrived: True for delivered, relayed or expanded, False for failed, None for delayed: the relay has it.
    """

    message_ids: tuple[str, ...]
    address: str
    arrived: bool | None
    words: str


def is_report(data: bytes) -> bool:
    """Tell whether bytes are a delivery report, and not a log."""
    beginning = data[:65536].lower()
    return b"multipart/report" in beginning or b"message/delivery-status" in beginning


def read_receipts(data: bytes) -> tuple[Receipt, ...]:
    """Read every recipient's lines of a report; what is none gives none."""
    from email import message_from_bytes, policy
    from email.errors import MessageError

    try:
        parts = list(message_from_bytes(data, policy=policy.compat32).walk())
    except (MessageError, ValueError, LookupError):
        return ()
    quoted: list[str] = []
    for part in parts:
        if part.get_content_type() in ("text/rfc822-headers", "message/rfc822"):
            quoted += [found.decode("ascii", "replace") for found in _ID.findall(part.as_bytes())[:1]]
    found = []
    for part in parts:
        blocks: Any = part.get_payload()
        if part.get_content_type() == "message/delivery-status" and isinstance(blocks, list):
            ids = tuple(dict.fromkeys([*quoted, *_envid(blocks[0])])) if blocks else ()
            found += [one for block in blocks[1:] if (one := _receipt(block, ids))]
    return tuple(found)


def _envid(block: Mapping[str, str]) -> list[str]:
    """Give the Message-ID that our envelope id is, its xtext undone (RFC 3461 4)."""
    raw = str(block.get("Original-Envelope-Id") or "").strip()
    plain = re.sub(r"\+([0-9A-F]{2})", lambda match: chr(int(match[1], 16)), raw)
    return [f"<{plain.strip('<>')}>"] if plain else []


def _receipt(block: Mapping[str, str], ids: tuple[str, ...]) -> Receipt | None:
    action = str(block.get("Action") or "").strip().lower()
    arrived = {"delivered": True, "relayed": True, "expanded": True, "failed": False, "delayed": None}
    if action not in arrived:
        return None
    address = (
        str(block.get("Original-Recipient") or block.get("Final-Recipient") or "").rpartition(";")[2].strip()
    )
    status = str(block.get("Diagnostic-Code") or block.get("Status") or "").rpartition(";")[2]
    words = " ".join(f"{action} {status}".split())[:300]
    return Receipt(ids, address, arrived[action], words)
