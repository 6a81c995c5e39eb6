"""Make one person's delivery from what the ledger has frozen, and from nothing else."""

from datetime import datetime

from bulletin.deliver.record.rows import Entry
from bulletin.mail.addresses import wire_address
from bulletin.mail.message import Content, head
from bulletin.model.delivery import Delivery, Envelope


def delivery_of(entry: Entry, content: Content, date: datetime) -> Delivery:
    """Give an entry's message in its envelope; its body is the same object for everybody."""
    beginning = head(content, entry.recipient, entry.message_id, date, leaving=entry.leaving)
    envelope = Envelope(entry.sender, wire_address(entry.recipient.address))
    return Delivery(entry.recipient.key, envelope, entry.message_id, beginning, content.body)
