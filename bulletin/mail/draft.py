"""Write a letter that is not sent yet: a mail program opens it for editing, and an edited one can be told."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from bulletin.errors import BulletinError
from bulletin.mail import headers
from bulletin.mail.addresses import wire_address
from bulletin.mail.parts import Part, attachment_part, image_part, multipart, text_part
from bulletin.mail.verify import verify_head, verify_lines
from bulletin.model.edition import Image

_UNMARKED = "=_" + "0" * 24
_BOUNDARY = re.compile(rb'boundary="(=_[0-9a-f]{24})')


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that travels along, to the byte."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter for one person, not sent yet.

    name, address: who it is from; address is "" where nobody knows who will send it, and then it has no From.
    reply_to: where the answer goes, "" for `address`.
    to_name, to: whom it is to; to is "" where nobody knows, and then it has no To.
    images: the pictures the HTML shows as `cid:NAME`.
    """

    name: str
    address: str
    reply_to: str
    to_name: str
    to: str
    subject: str
    text: str
    html: str = ""
    attachments: tuple[Attachment, ...] = ()
    images: tuple[Image, ...] = ()


def draft_message(draft: Draft) -> bytes:
    """Give a draft as RFC 5322 bytes: no Date and no Message-ID, which it gets when it is sent.

    `X-Unsent: 1` lets Outlook open it for editing. Its boundary is made of a digest of all the rest.

    Raises:
        BulletinError: a value no header can hold.
    """
    body = _body(draft)
    lines = [*_head(draft)]
    head = b"".join(line for _, line in lines) + body.headers
    verify_head(head, [*(name for name, _ in lines), "Content-Type"], addressees=1 if draft.to else 0)
    verify_lines(body.body)
    return _marked(head + b"\r\n" + body.body)


def is_as_written(message: bytes) -> bool:
    """Whether a draft is to the byte as `draft_message` gave it, whichever version of the program it was."""
    found = _BOUNDARY.search(message)
    return found is not None and _marked(message.replace(found[1], _UNMARKED.encode())) == message


def usable(address: str) -> str:
    """Give an address that can be written to, else "": people write all sorts of things for one."""
    try:
        return address.strip() if wire_address(address.strip()) else ""
    except BulletinError:
        return ""


def _marked(message: bytes) -> bytes:
    """Put a digest of a message into its boundaries."""
    mark = b"=_" + sha256(message).hexdigest()[:24].encode()
    return message.replace(_UNMARKED.encode(), mark)


def _head(draft: Draft) -> Iterator[tuple[str, bytes]]:
    """Write the headers but Content-Type, each with its name."""
    if draft.address:
        yield "From", headers.mailbox("From", draft.name, draft.address)
    if draft.reply_to and draft.reply_to != draft.address:
        yield "Reply-To", headers.mailbox("Reply-To", "", draft.reply_to)
    if draft.to:
        yield "To", headers.mailbox("To", draft.to_name, draft.to)
    yield "Subject", headers.text("Subject", draft.subject)
    yield "X-Unsent", headers.structured("X-Unsent", "1")
    yield "MIME-Version", headers.structured("MIME-Version", "1.0")


def _page(draft: Draft) -> Part:
    """Give the HTML, with the pictures it shows as `cid:NAME`."""
    page = text_part("html", draft.html)
    if not draft.images:
        return page
    images = [image_part(one.name, one.media_type, one.data) for one in draft.images]
    return multipart("related", [page, *images], f"{_UNMARKED}.related", 'type="text/html"')


def _body(draft: Draft) -> Part:
    """Build the MIME tree, a multipart whatever there is: its boundary is where the mark goes."""
    words = text_part("plain", draft.text)
    if draft.html:
        inner = f"{_UNMARKED}.alternative"
        words = multipart("alternative", [words, _page(draft)], inner)
    files = [attachment_part(one.name, one.media_type, one.data) for one in draft.attachments]
    return multipart("mixed", [words, *files], _UNMARKED)
