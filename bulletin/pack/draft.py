"""A pack as a message that is not sent yet: it opens for editing and says nothing of any mailing list."""

from bulletin.mail.draft import Attachment, Draft, draft_message
from bulletin.model.edition import Edition


def message_draft(edition: Edition) -> bytes:
    """Give an edition as a draft with its calendar files attached, from nobody and to nobody.

    Whoever sends it adds From, To, Date and Message-ID by sending it.
    """
    files = tuple(
        Attachment(file.name, "text/calendar; charset=utf-8", file.data) for file in edition.calendar
    )
    return draft_message(
        Draft("", "", "", "", "", edition.subject, edition.text, edition.html, files, edition.images)
    )
