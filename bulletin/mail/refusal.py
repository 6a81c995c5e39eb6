"""Tell from a server's words whether it is our own address that it does not like."""

import re

_SENDER = re.compile(
    r"(?<!\bto )(?<!\bto the )\bsender\b(?:'s)?(?: address| domain)?:? (?:\S+ )?"
    r"(?:rejected|refused|denied|unknown|invalid|not found|does not exist|verif\w+|callout)"
    r"|\b(?:invalid|unknown|unverified|unroutable|non-?existent|bad|verify|verifying) sender\b"
    r"|\bverification failed for\b|\bsender callout\b",
    re.IGNORECASE,
)


def is_about_sender(words: str) -> bool:
    """Whether a refusal is about who writes, and so says nothing of whoever was written to.

    Many servers look the envelope's sender up while they are offered a recipient, and then answer with "no
    such user" about the sender (Postfix's `reject_unlisted_sender`, Exim's `verify = sender/callout`).
    """
    return _SENDER.search(words) is not None
