"""Turn recipients and editions into a ledger's rows and back; the statements that move them."""

from dataclasses import dataclass

from bulletin.mail import headers
from bulletin.mail.addresses import wire_address
from bulletin.mail.message import Content
from bulletin.model.delivery import Recipient

FREEZE = """
    INSERT OR IGNORE INTO contents (edition, subject, sender, list_id, leave, headers, body, digest)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
THAW = "SELECT edition, subject, sender, list_id, leave, headers, body, digest FROM contents WHERE digest = ?"
ENROL = """
    INSERT INTO deliveries (key, address, name, edition, list, content, message_id, sender)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (key) DO UPDATE SET state = 'pending' WHERE state = 'withdrawn'
"""
REFRESH = """
    UPDATE deliveries SET address = ?2, name = ?3, edition = ?4, list = ?5, content = ?6, sender = ?8
    WHERE key = ?1 AND state IN ('pending', 'deferred', 'rejected')
    AND (content != ?6 OR address != ?2 OR name != ?3)
"""
ROWS = """
    SELECT number, key, address, name, edition, list, content, message_id, sender FROM deliveries
    WHERE number > ? AND state IN (?, ?, ?) ORDER BY number LIMIT ?
"""
DOT = """
    UPDATE deliveries SET state = 'dot', at = ?
    WHERE number = ? AND state IN ('pending', 'deferred', 'rejected')
"""
SETTLE = """
    UPDATE deliveries SET state = ?, reply = ?, attempts = attempts + ?, at = ?, next_at = ? WHERE number = ?
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One recipient's row: what it takes to make and send their message."""

    number: int
    recipient: Recipient
    content: str
    message_id: str
    sender: str


def row_of(person: Recipient, content: Content, message_id: str) -> tuple[str, ...]:
    """Make a recipient's row, and make sure now that a message can carry their name and address."""
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
        content.sender,
    )


def entry_of(row: tuple[int, str, str, str, str, str, str, str, str]) -> Entry:
    """Make an entry of what ROWS gives."""
    number, key, address, name, edition, list_name, content, message_id, sender = row
    return Entry(number, Recipient(key, address, name, edition, list_name), content, message_id, sender)


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
