"""Turn recipients and editions into a ledger's rows and back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bulletin.mail import headers
from bulletin.mail.addresses import wire_address
from bulletin.mail.message import Content, Leaving
from bulletin.model.delivery import Recipient

FREEZE = """
    INSERT OR IGNORE INTO contents (edition, subject, sender, list_id, leave, headers, body, digest)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
THAW = "SELECT edition, subject, sender, list_id, leave, headers, body, digest FROM contents WHERE digest = ?"
ENROL = """
    INSERT INTO deliveries
    (key, address, name, edition, list, content, message_id, sender, leave_subject, leave_url)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (key) DO UPDATE SET state = 'pending' WHERE state = 'withdrawn'
"""
REFRESH = """
    UPDATE deliveries SET address = ?2, name = ?3, edition = ?4, list = ?5, content = ?6, sender = ?8,
    leave_subject = ?9, leave_url = ?10
    WHERE key = ?1 AND (state = 'pending' OR state = 'deferred' OR state = 'rejected')
    AND (content, address, name, sender, leave_subject, leave_url) != (?6, ?2, ?3, ?8, ?9, ?10)
"""
ROWS = """
    SELECT number, key, address, name, edition, list, content, message_id, sender, leave_subject, leave_url
    FROM deliveries WHERE number > ? AND state IN (?, ?, ?) ORDER BY number LIMIT ?
"""
BY_KEY = """
    SELECT CASE state WHEN 'dot' THEN 'unknown' WHEN 'claimed' THEN 'pending' ELSE state END,
    number, key, address, name, edition, list, content, message_id, sender, leave_subject, leave_url
    FROM deliveries WHERE key = ? AND state != 'withdrawn'
"""

_BY_LIST = Leaving()


@dataclass(frozen=True, slots=True)
class Entry:
    """One recipient's row: what it takes to make and send their message."""

    number: int
    recipient: Recipient
    content: str
    message_id: str
    sender: str
    leaving: Leaving


@dataclass(frozen=True, slots=True)
class Naming:
    """How each person's copy is named and where it leads back to, when they are enrolled.

    message_id: gives it for a recipient's key. sender: gives the envelope sender for a Message-ID, None for
    the content's own. leaving: gives somebody's own way out, None for one that names the list alone.
    """

    message_id: Callable[[str], str]
    sender: Callable[[str], str] | None = None
    leaving: Callable[[Recipient], Leaving] | None = None


def row_of(person: Recipient, content: Content, naming: Naming) -> tuple[str, ...]:
    """Make a recipient's row, and make sure now that a message can carry their name and address."""
    message_id = naming.message_id(person.key)
    leaving = naming.leaving(person) if naming.leaving else Leaving()
    headers.mailbox("To", person.name, person.address)
    wire_address(person.address)
    return (
        person.key,
        person.address,
        person.name,
        person.edition,
        person.list,
        content.digest,
        message_id,
        naming.sender(message_id) if naming.sender else content.sender,
        leaving.subject,
        leaving.url,
    )


def entry_of(row: tuple[Any, ...]) -> Entry:
    """Make an entry of what ROWS gives."""
    number, key, address, name, edition, list_name, content, message_id, sender, subject, url = row
    recipient = Recipient(key, address, name, edition, list_name)
    leaving = Leaving(subject, url) if subject or url else _BY_LIST
    return Entry(number, recipient, content, message_id, sender, leaving)


def fields_of(content: Content) -> tuple[str | bytes, ...]:
    """Give what a content's digest is of, in its order."""
    return (
        content.edition,
        content.subject,
        content.sender,
        content.list_id,
        content.leave,
        content.headers,
        content.body,
    )
