"""Make the message of one recipient: the edition encoded once, a few headers for each person."""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from bulletin.mail import headers
from bulletin.mail.addresses import wire_address, wire_domain
from bulletin.mail.leaving import NAMES, Leaving, list_headers, names_of, way_out
from bulletin.mail.parts import Part, calendar_part, image_part, multipart, text_part
from bulletin.mail.verify import verify, verify_head, verify_lines
from bulletin.model.delivery import Recipient
from bulletin.model.edition import Edition

__all__ = [
    "Content",
    "Leaving",
    "Letterhead",
    "content",
    "digest_of",
    "head",
    "message",
    "message_id",
    "rid_of",
    "verify",
]

TEST_MARK = "TEST: "
_PERSONAL = ("To", "Message-ID")
_SHARED = ("Date", "Subject")
_BY_NAME = Leaving()
_COMMON = ("From", "Reply-To", "Auto-Submitted", "MIME-Version", "Content-Type")
_LIST_ID = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+")
_CONTENT_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+@-]*")
_RID = re.compile(r"<[^<>@]*\.([a-z2-7]{26})@[^<>@]+>")
_LONGEST_ISSUE = 37


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What every message of an issue says about where it comes from.

    name, address: the From; reply_to: where answers go, "" for `address`.
    list_id: the list's own name (RFC 2919), like `communicate.avonbridge.example`, without brackets.
    leave: the address to write to for no more of this; sender: the envelope sender, where bounces go.
    domain, issue: what a Message-ID is made of.
    """

    name: str
    address: str
    reply_to: str
    list_id: str
    leave: str
    sender: str
    domain: str
    issue: str


@dataclass(frozen=True, slots=True)
class Content:
    """One edition ready to travel: all that its messages share; `digest` is of all the rest.

    subject: as text, without a mark; sender, list_id, leave: as in the letterhead.
    headers: the header lines all share, CRLF each; body: the MIME body, CRLF throughout.
    """

    edition: str
    subject: str
    sender: str
    list_id: str
    leave: str
    headers: bytes
    body: bytes
    digest: str


@dataclass(frozen=True, slots=True)
class _Frame:
    """Header lines that all copies of an edition share, before, between and after the personal ones.

    end: with the empty line.
    """

    date: bytes
    middle: bytes
    end: bytes


def content(edition: Edition, letterhead: Letterhead, *, calendar_attached: bool) -> Content:
    """Encode an edition once for everybody; the same edition and letterhead give the same bytes.

    Raises:
        BulletinError: a value no header can hold, named with its header.
    """
    headers.text("Subject", edition.subject)
    top = _body(edition, calendar_attached=calendar_attached)
    verify_lines(top.body)
    fields = (
        edition.name,
        edition.subject,
        wire_address(letterhead.sender),
        _list_id(letterhead.list_id),
        wire_address(letterhead.leave),
        _common_headers(letterhead) + top.headers,
        top.body,
    )
    return Content(*fields, digest=digest_of(*fields))


def digest_of(*fields: str | bytes) -> str:
    """Give the SHA-256 of fields in their order, each with its length so that none can pass for two."""
    total = hashlib.sha256()
    for field in fields:
        octets = field.encode() if isinstance(field, str) else field
        total.update(b"%d:" % len(octets) + octets)
    return total.hexdigest()


def message(
    content: Content, recipient: Recipient, message_id: str, date: datetime, *, test: bool = False
) -> bytes:
    """Give one recipient's message (RFC 5322, CRLF), verified; a test copy has a mark and no List headers.

    Raises:
        BulletinError: a name or an address no header can hold, or a message that is not as meant.
    """
    return head(content, recipient, message_id, date, test=test) + content.body


def head(  # noqa: PLR0913  what differs from copy to copy, and each caller has it from somewhere else
    content: Content,
    recipient: Recipient,
    message_id: str,
    date: datetime,
    *,
    test: bool = False,
    leaving: Leaving = _BY_NAME,
) -> bytes:
    """Give the beginning of one recipient's message, verified: its headers and the empty line after them.

    `content.body` is the rest, the same for everybody.

    Raises:
        BulletinError: as for `message`.
    """
    frame = _frame(content, date, test=test)
    personal = (
        headers.mailbox("To", recipient.name, recipient.address),
        headers.structured("Message-ID", message_id),
        b"" if test else way_out(content.leave, recipient.list, leaving),
    )
    verify_head(b"".join(personal), _PERSONAL if test else (*_PERSONAL, *names_of(leaving)))
    to, named, out = personal
    return b"".join((frame.date, to, named, frame.middle, out, frame.end))


def message_id(issue_id: str, key: str, domain: str, secret: bytes) -> str:
    """Give `<issue.rid@domain>`: the same on every attempt, and no address in it.

    rid: 26 characters of base32 (130 bits) of an HMAC-SHA256 over the issue and the recipient's key.
    """
    if not secret:
        raise ValueError("a Message-ID needs the workspace's key")
    named = b"\0".join((b"message-id", issue_id.encode(), key.encode()))
    mac = hmac.new(secret, named, hashlib.sha256).digest()
    rid = base64.b32encode(mac)[:26].decode("ascii").lower()
    issue = re.sub(r"[^A-Za-z0-9-]+", "-", issue_id)[:_LONGEST_ISSUE]
    return f"<{issue}.{rid}@{wire_domain(domain)}>"


def rid_of(message_id: str) -> str:
    """Give the rid of a Message-ID that `message_id` made.

    Raises:
        ValueError: it made no such.
    """
    match = _RID.fullmatch(message_id)
    if not match:
        raise ValueError(f"not a Message-ID of ours: {message_id!r}")
    return match[1]


def _common_headers(letterhead: Letterhead) -> bytes:
    """Write the headers all recipients share, but for Content-Type.

    Auto-Submitted (RFC 3834 5) and List-Id keep holiday replies away; Precedence is in no standard.
    """
    return b"".join(
        (
            headers.mailbox("From", letterhead.name, letterhead.address),
            headers.mailbox("Reply-To", "", letterhead.reply_to or letterhead.address),
            headers.structured("Auto-Submitted", "auto-generated"),
            headers.structured("MIME-Version", "1.0"),
        )
    )


@lru_cache(maxsize=64)
def _frame(content: Content, date: datetime, *, test: bool) -> _Frame:
    """Write the headers that all copies share, verified once: no name is among the personal ones too."""
    subject = TEST_MARK + content.subject if test else content.subject
    first, second = headers.date("Date", date), headers.text("Subject", subject)
    same = b"" if test else list_headers(content.list_id, content.leave)
    names = (*_SHARED, *(() if test else NAMES), *_COMMON)
    verify_head(b"".join((first, second, same, content.headers)), names, addressees=0)
    return _Frame(first, second + same, content.headers + b"\r\n")


def _list_id(list_id: str) -> str:
    """Give a list id in ASCII; the letterhead makes it from settings, so a bad one is our own mistake."""
    wire = list_id if list_id.isascii() else wire_domain(list_id)
    if not _LIST_ID.fullmatch(wire):
        raise ValueError(f"not a list id: {list_id!r}")
    return wire


def _body(edition: Edition, *, calendar_attached: bool) -> Part:
    """Build the MIME tree: text and HTML as alternatives, pictures with the HTML, events attached."""
    boundary = "=_" + _edition_digest(edition)[:24]
    page = text_part("html", edition.html)
    carried = [image for image in edition.images if f"cid:{image.name}" in edition.html]
    if carried:
        images = [image_part(_content_id(i.name), i.media_type, i.data) for i in carried]
        page = multipart("related", [page, *images], f"{boundary}.related", 'type="text/html"')
    top = multipart("alternative", [text_part("plain", edition.text), page], f"{boundary}.alternative")
    if not (calendar_attached and edition.calendar):
        return top
    events = [calendar_part(file.name, file.data) for file in edition.calendar]
    return multipart("mixed", [top, *events], f"{boundary}.mixed")


def _content_id(name: str) -> str:
    """Check the name of a picture: compose makes it, so a bad one is our own mistake."""
    if not _CONTENT_ID.fullmatch(name):
        raise ValueError(f"not a name a cid: address can hold: {name!r}")
    return name


def _edition_digest(edition: Edition) -> str:
    """Give a digest of all that an edition shows, for its boundaries."""
    images = [field for i in edition.images for field in (i.name, i.media_type, i.data)]
    events = [field for file in edition.calendar for field in (file.name, file.data)]
    return digest_of(edition.subject, edition.text, edition.html, *images, *events)
