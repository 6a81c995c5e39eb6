"""What a mail server reports of one recipient, also in the forms that are older than the standard."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Report:
    """What a report says of one recipient (RFC 3464 2.3), small letters; "" for what it does not say.

    final, original: the address that failed, and the one it was first sent to.
    action: failed, delayed, delivered, relayed or expanded; status: like 5.1.1; words: the server's own.
    """

    final: str = ""
    original: str = ""
    action: str = ""
    status: str = ""
    words: str = ""


def read_old_report(message: Message) -> Iterator[Report]:
    """Give what a report in an older form says; a status is not among it, so its words have to tell."""
    from flufl.bounce import all_failures

    logging.getLogger("flufl.bounce").disabled = True  # it logs what it cannot read as a fault
    try:
        temporary, permanent = all_failures(message)
    except Exception:  # noqa: BLE001 -- twenty readers of old forms, and any bytes at all
        return
    words = " ".join(_words(message).split())[:_LONGEST]
    for addresses, action in ((permanent, "failed"), (temporary, "delayed")):
        for address in sorted(addresses):
            yield Report(address.decode("utf-8", "replace").strip().lower()[:320], "", action, "", words)


def _words(message: Message) -> str:
    """Give the words of the first part of text."""
    for part in message.walk():
        if part.get_content_maintype() == "text":
            return words_of(part)
    return ""


def words_of(part: Message) -> str:
    """Give the words of one part, however it is encoded; other encodings than UTF-8 lose letters."""
    payload = part.get_payload(decode=True)
    return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
