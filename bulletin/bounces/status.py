"""Whether a report means that an address is gone for good, and what to call it."""

import re

from bulletin.mail.refusal import is_about_sender
from bulletin.mail.report import Report

_GONE = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})
"""No such mailbox, no such host, no address at all, moved away, null MX, disabled (RFC 3463, RFC 7505)."""
_GENERAL = frozenset({"", "5.0.0", "5.1.0", "5.4.1", "5.5.0"})
"""What servers say when they say nothing; some put "no such user" behind it."""
_NOBODY = re.compile(
    r"user unknown|unknown (user|recipient|address|mailbox)|no such (user|recipient|mailbox|address|person)"
    r"|(user|mailbox|recipient|account|address)( \S{1,80})? (does not exist|doesn't exist|not found|unknown)"
    r"|no mailbox (here )?by that name|(account|mailbox) (has been |is )?(disabled|closed|deactivated)"
    r"|invalid (recipient|mailbox)|recipient (address )?rejected: (user|access denied)",
    re.IGNORECASE,
)
RECEIPTS = frozenset({"delivered", "relayed", "expanded"})


def is_for_good(report: Report) -> bool:
    """Whether an address is gone: policies, full mailboxes and our own sender are not about it."""
    if report.action not in ("failed", "") or report.status.startswith(("2", "4")):
        return False
    if is_about_sender(report.words):
        return False
    if report.status in _GONE:
        return True
    return report.status in _GENERAL and _NOBODY.search(report.words) is not None


def is_about(report: Report, address: str) -> bool:
    """Whether a report is about the address we wrote to, and not about one of several people behind it.

    A server may write the domain otherwise (`jo@council.example`, `jo@council.mail.example`): the part
    before the @ decides.
    """
    local = address.rpartition("@")[0].casefold()
    return not report.final or report.final.rpartition("@")[0].casefold() == local


def reason(report: Report) -> str:
    """Say why, in a few words for the record."""
    return f"no such address ({report.status})" if report.status else "no such address"
