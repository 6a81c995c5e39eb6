"""Explain a relay's refusal to an officer: what it means, and what to do about it."""

import re
from typing import NamedTuple

from bulletin.deliver.smtp.replies import Reply
from bulletin.mail.refusal import is_about_sender


class Advice(NamedTuple):
    """What is said of replies that look like `pattern`, as they are shown: code, enhanced code, words."""

    pattern: re.Pattern[str]
    words: str


def _advice(pattern: str, words: str) -> Advice:
    return Advice(re.compile(pattern, re.IGNORECASE), words)


_NOBODY = "there is no such mailbox. Look for a slip of the pen; if there is none, suppress the address"
OUR_SENDER = (
    "our own address is refused, not a reader's. See that the mailboxes of address and bounces in [sender] "
    "exist and are spelt right; else show these words to whoever runs the relay"
)
# The first that matches is given, so the particular ones stand before the general.
ADVICE = (
    _advice(
        r"[45]\d\d [45]\.2\.2\b|[45]52 (?!\d\.).*(?:full|quota|storage allocation)|552 .*full",
        "their mailbox is full; they stay on the list",
    ),
    _advice(r"[45]\d\d [45]\.2\.1\b", "their mailbox is switched off for now; they stay on the list"),
    _advice(r"5\d\d 5\.1\.10\b|556\b", "their domain takes no mail at all"),
    _advice(r"5\d\d 5\.1\.2\b", "there is no such domain: look for a slip of the pen after the @"),
    _advice(
        r"5\d\d 5\.1\.[0136]\b|550 (?!\d\.).*(?:no such user|user unknown|unknown user|does not exist)",
        _NOBODY,
    ),
    _advice(
        r"\d{3} 5\.7\.30\b|.*basic auth\w* (?:is )?(?:disabled|not supported|off)",
        "Microsoft no longer lets programs sign in to this mailbox with a password. Ask IT for a token: "
        'auth = "xoauth2" and a password_command that prints one, or for a relay that needs no password',
    ),
    _advice(
        r"535 5\.7\.139\b|535 .*SmtpClientAuthentication is disabled",
        "signing in by SMTP is switched off for this mailbox or the whole organisation. Ask IT to allow "
        '"Authenticated SMTP" for it',
    ),
    _advice(
        r"(?:535|534|538)\b|5\d\d 5\.7\.8\b",
        "the user name or the password was not accepted. See that the user in the relay's address and the "
        "password belong together; a mailbox with two-step sign-in needs an app password",
    ),
    _advice(
        r"530\b.*starttls|\d{3} 5\.7\.(?:0|10)\b.*starttls",
        "this relay takes mail only over TLS: begin its address with smtp+starttls://",
    ),
    _advice(
        r"530\b|5\d\d .*(?:authentication|sign.?in|login) (?:is )?required",
        "this relay wants one to sign in: put the user into its address, like smtp+starttls://USER@HOST:587",
    ),
    _advice(
        r"5\d\d (?:5\.7\.60\b|.*SendAsDenied|.*not (?:allowed|authori[sz]ed) to send as)",
        "the account may not send in the name of [sender] address. Ask IT to let it send as that address",
    ),
    _advice(
        r"5\d\d .*(?:relay(?:ing)? (?:access )?(?:denied|not permitted)|(?:unable|not permitted) to relay)",
        "the relay does not know us, so it passes nothing on to other organisations. Sign in, or ask IT to "
        "let this computer relay",
    ),
    _advice(
        r"5\d\d .*(?:spam|junk|bulk|blocked|blacklist|blocklist|reputation|content)",
        "the relay takes the message for spam. Show IT these words and a test copy; do not send again before "
        "they have found the reason",
    ),
    _advice(
        r"5\d\d .*(?:dmarc|spf|dkim)|\d{3} 5\.7\.(?:2[0-9])\b",
        "the relay may not send for our domain (SPF, DKIM or DMARC). IT adds it to the domain's records",
    ),
    _advice(
        r"5\d\d 5\.7\.\d+\b", "it is a matter of the relay's rules, not of any reader. Show IT these words"
    ),
    _advice(
        r"552 5\.3\.4\b|5\d\d .*(?:message size|too (?:large|big))",
        "the message is larger than the relay takes. Make its pictures smaller, or ask whoever runs it",
    ),
    _advice(
        r"45[01] .*gr[ae]y.?list|45[01] 4\.7\.1\b.*(?:try|later|wait)",
        "their server wants a message offered twice (greylisting). Sending again in 15 minutes is enough",
    ),
    _advice(
        r"[45]\d\d [45]\.5\.3\b|[45]52 .*too many recipients",
        "the relay takes no more people for now. A lower rate in [relay] keeps it content",
    ),
    _advice(
        r"4\d\d 4\.3\.1\b|452\b", "the relay's own disk is full. Try again later, or tell whoever runs it"
    ),
    _advice(
        r"4\d\d 4\.7\.\d+\b|421 .*(?:too many|rate|limit)|4[35][24] .*(?:rate|thrott|limit|exceeded)",
        "the relay takes no more for now. A lower rate in [relay] keeps it content",
    ),
    _advice(r"421\b", "the relay closed the connection for now. Try again later"),
    _advice(
        r"550 5\.4\.1\b|5(?:50|53) (?!\d\.).*(?:mailbox unavailable|not found|rejected)",
        "their server takes nothing for this address: it is misspelt, or closed to letters from outside",
    ),
    _advice(
        r"[45]\d\d [45]\.4\.\d+\b|4\d\d 4\.1\.8\b",
        "the relay finds no way to their server. Look for a slip of the pen after the @, or try again later",
    ),
    _advice(r"552\b", "a mailbox or a message is over its limit. Ask them whether their mailbox is full"),
    _advice(r"4\d\d\b", "not for now: they ask us to try again later. 15 minutes are often enough"),
)


def explain(words: str) -> str:
    """Say in plain words what a reply, as it is shown, means; "" where there is nothing to add."""
    if is_about_sender(words):
        return OUR_SENDER
    return next((one.words for one in ADVICE if one.pattern.match(words)), "")


def advised(reply: Reply) -> str:
    """Say what to do about a reply that stops the run: what is about an address is then about our own."""
    found = explain(str(reply))
    ours = found == _NOBODY or (reply.enhanced is not None and reply.enhanced[:2] == (5, 1))
    return OUR_SENDER if ours else found or "show these words to whoever runs the relay"
