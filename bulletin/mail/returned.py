"""Read what comes back by mail: reports of what was not delivered, automatic replies, people who write."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from enum import StrEnum
from html import unescape
from itertools import islice
from typing import Any

from bulletin.mail.authentic import Proof, find_proof
from bulletin.mail.report import Report, read_old_report, words_of

_ENVELOPE = ("Delivered-To", "X-Original-To", "X-Envelope-To", "Envelope-To", "To")
_ADDRESS = re.compile(r"[^\s<>(),;:\"@]{1,64}@[^\s<>(),;:\"@]{1,255}")
_SENT_FOR = re.compile(r"\bfor <([^<>\s]{3,320})>")
_DAEMON = re.compile(
    r"(mailer-daemon|postmaster|mail-daemon|microsoftexchange\w*|maildelivery)@?", re.IGNORECASE
)
_AWAY = re.compile(
    r"^\s*(out of (the )?office|automatic reply|auto(matic)?[- ]?(reply|response)|away from|annual leave"
    r"|on (annual )?leave|on holiday|abwesen|automatische antwort|allan o'r swyddfa|ateb awtomatig)",
    re.IGNORECASE,
)
_TAG = re.compile(r"(<[^<>]*>)")
_BLOCK = re.compile(r"</?(br|p|div|li|tr|td|h[1-6]|blockquote|body)\b", re.IGNORECASE)
_UNSEEN = re.compile(r"<(/?)(style|script|title|xml)\b", re.IGNORECASE)
_LONGEST = 2_000
_MOST_LINES = 5
_MOST_REPORTS = 50


class Kind(StrEnum):
    """What sort of mail came back."""

    REPORT = "report"
    AUTOMATIC = "automatic"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class Returned:
    """One message as far as it matters here.

    to: the addresses it came in at, envelope first; writer: the one in From, or ""; subject: as text.
    lines: the first it has that are not empty and not quoted. ours: the Message-IDs of what it returns.
    proof: whether the server that took it in found that the writer's domain sent it; checker: the name of a
    server that looked and is not trusted. generated: a program wrote it, and not in answer to anything.
    """

    kind: Kind
    to: tuple[str, ...] = ()
    writer: str = ""
    subject: str = ""
    ours: tuple[str, ...] = ()
    reports: tuple[Report, ...] = ()
    lines: tuple[str, ...] = ()
    proof: Proof = Proof.LACKING
    checker: str = ""
    generated: bool = False


def read_returned(data: bytes, servers: Collection[str] = ()) -> Returned | None:
    """Read a message that came back, None where it is none; whatever the bytes are, it ends.

    A report is what has a part that reports (RFC 3464) or comes from a mail server and names a failure that
    is known of old; an automatic reply is what says so (RFC 3834 5) or how such replies begin.

    servers: the names our mailbox's own servers give themselves where they say who wrote a message.
    """
    try:
        return _read(message_from_bytes(data), servers)
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None  # a message that breaks the library's parser


def _read(message: Message, servers: Collection[str]) -> Returned | None:
    if not message.keys():
        return None
    reports = tuple(_reports(message))
    writer = _writer(message)
    daemon = _DAEMON.match(writer) is not None or _text(message, "Return-Path").strip() == "<>"
    if not reports and daemon:
        reports = tuple(read_old_report(message))
    subject = " ".join(_text(message, "Subject").split())[:_LONGEST]
    automatic = daemon or _is_automatic(message, subject)
    fields = ((name, str(value)) for name, value in message.items())
    proof, checker = find_proof(fields, writer, servers)
    return Returned(
        kind=Kind.REPORT if reports else Kind.AUTOMATIC if automatic else Kind.LETTER,
        to=tuple(dict.fromkeys(_arrived_at(message))),
        writer=writer,
        subject=subject,
        ours=tuple(dict.fromkeys(_message_ids(message))),
        reports=reports[:_MOST_REPORTS],
        lines=_first_lines(message),
        proof=proof,
        checker=checker,
        generated=not daemon and _is_generated(message, subject),
    )


def _reports(message: Message) -> Iterator[Report]:
    """Give every recipient's block of every delivery-status part."""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            for block in part.get_payload() if part.is_multipart() else ():
                if isinstance(block, Message) and ("Action" in block or "Final-Recipient" in block):
                    yield Report(
                        _typed(block, "Final-Recipient"),
                        _typed(block, "Original-Recipient"),
                        _text(block, "Action").strip().lower()[:20],
                        "".join(re.findall(r"\b[245]\.\d{1,3}\.\d{1,3}\b", _text(block, "Status"))[:1]),
                        " ".join(_text(block, "Diagnostic-Code").split())[:_LONGEST],
                    )


def _message_ids(message: Message) -> Iterator[str]:
    """Give the Message-IDs of what is returned: a whole message, its headers, or what stands in the words."""
    for part in message.walk():
        if part is not message and part.get_content_type() in ("message/rfc822", "text/rfc822-headers"):
            payload: Any = part.get_payload()
            inner = payload[0].get("Message-ID", "") if isinstance(payload, list) and payload else ""
            found = str(inner) if inner else "\n".join(re.findall(r"(?im)^message-id:.*", words_of(part)))
            yield from re.findall(r"<[^<>\s]{3,300}>", found)


def _arrived_at(message: Message) -> Iterator[str]:
    """Give the addresses a message came in at: what servers noted of its envelope, then its To."""
    for name in _ENVELOPE:
        yield from _addresses(message, name)
    for trace in message.get_all("Received", [])[:10]:
        yield from (address.lower() for address in _SENT_FOR.findall(str(trace)))


def _addresses(message: Message, name: str) -> Iterator[str]:
    """Give what looks like an address in a header, wherever it stands."""
    for value in message.get_all(name, [])[:10]:
        yield from (address.lower() for address in _ADDRESS.findall(str(value)[:_LONGEST]))


def _writer(message: Message) -> str:
    """Give the one address in From, or "" where it could be read in two ways.

    `email.utils` before Python 3.11.10 takes a name that looks like an address for one (CVE-2023-27043), so
    that anybody could write as anybody.
    """
    values = message.get_all("From", [])
    if len(values) != 1:
        return ""
    bare = re.sub(r'"(?:[^"\\]|\\.)*"|\([^()]*\)', "", str(values[0])[:_LONGEST])
    found = re.findall(r"<([^<>]*)>", bare) or _ADDRESS.findall(bare)
    one = found[0].strip().lower() if len(found) == 1 else ""
    return one if _ADDRESS.fullmatch(one) else ""


def _is_automatic(message: Message, subject: str) -> bool:
    """Whether a message says that no person wrote it (RFC 3834 5, and what is said without a standard)."""
    return (
        _submitted(message) not in ("", "no")
        or "List-Id" in message
        or _text(message, "Precedence").strip().lower() in ("bulk", "junk", "auto_reply", "list")
        or _says_away(message, subject)
    )


def _is_generated(message: Message, subject: str) -> bool:
    """Whether a program wrote it of itself, as a mail program does whose button for leaving is pressed."""
    return _submitted(message) == "auto-generated" and not _says_away(message, subject)


def _says_away(message: Message, subject: str) -> bool:
    return "X-Autoreply" in message or "X-Autorespond" in message or _AWAY.match(subject) is not None


def _submitted(message: Message) -> str:
    return _text(message, "Auto-Submitted").partition(";")[0].strip().lower()


def _first_lines(message: Message) -> tuple[str, ...]:
    """Give the first lines of what somebody wrote, without those they quote."""
    for part in message.walk():
        if part.get_content_type() in ("text/plain", "text/html"):
            words = words_of(part)[: 20 * _LONGEST]
            if part.get_content_subtype() == "html":
                words = unescape(_shown(words))
            lines = (" ".join(line.split())[:_LONGEST] for line in words.splitlines())
            return tuple(islice((one for one in lines if one and not one.startswith(">")), _MOST_LINES))
    return ()


def _shown(page: str) -> str:
    """Give the words of a page that are shown, in time that grows with its length alone."""
    kept: list[str] = []
    unseen = False
    for piece in _TAG.split(page):
        if match := _UNSEEN.match(piece):
            unseen = not match[1]
        if _BLOCK.match(piece):
            kept.append("\n")
        elif not (unseen or piece.startswith("<")):
            kept.append(" ".join(piece.replace("\n", " ").splitlines()))
    return "".join(kept)


def _typed(block: Message, name: str) -> str:
    """Give an address with its type before it: `rfc822; jo@council.example`."""
    value = _text(block, name)
    return value.rpartition(";")[2].strip().strip("<>").lower()[:320]


def _text(message: Message, name: str) -> str:
    return _decoded(str(message.get(name, "")))


def _decoded(value: str) -> str:
    """Decode encoded words (RFC 2047); what cannot be decoded stays as it is."""
    if "=?" not in value:
        return value
    try:
        pieces = [
            piece.decode(charset or "ascii", "replace") if isinstance(piece, bytes) else piece
            for piece, charset in decode_header(value[:_LONGEST])
        ]
    except (ValueError, LookupError, MessageError):
        return value
    return "".join(pieces)
