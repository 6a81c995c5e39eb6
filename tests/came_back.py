"""Messages that came back, for tests: reports in every form, automatic replies, people who write."""

DAEMON = "MAILER-DAEMON@mx.council.example"
QMAIL = """\
Hi. This is the qmail-send program at mx.council.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<{final}>:
{words}

--- Below this line is a copy of the message.
"""


def report(
    to: str,
    final: str,
    status: str = "5.1.1",
    action: str = "failed",
    words: str = "550 user unknown",
    **more: str,
) -> bytes:
    """A report by the standard (RFC 3464); id: of its Message-ID; returned: headers of what it returns."""
    return _lines(
        "Return-Path: <>",
        f"Delivered-To: {to}",
        f"From: Mail Delivery <{DAEMON}>",
        f"To: {to}",
        "Subject: Undelivered Mail",
        f"Message-ID: <{more.get('id', final)}@mx>",
        "Auto-Submitted: auto-replied",
        "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
        *("", "--b", "Content-Type: text/plain", "", "Your message could not be delivered."),
        *("--b", "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mx.council.example", ""),
        f"Final-Recipient: rfc822; {final}",
        f"Action: {action}",
        f"Status: {status}",
        f"Diagnostic-Code: smtp; {words}",
        *("", "--b", "Content-Type: text/rfc822-headers", ""),
        more.get("returned", "Subject: Communicate 14"),
        *("", "--b--", ""),
    )


def old_report(to: str, final: str, words: str = "Sorry, no mailbox here by that name.") -> bytes:
    """A report as qmail writes it, older than the standard."""
    head = (
        "Return-Path: <>",
        f"Delivered-To: {to}",
        f"From: {DAEMON}",
        f"To: {to}",
        "Subject: failure notice",
    )
    return _lines(*head, "", *QMAIL.format(final=final, words=words).split("\n"))


def letter(writer: str, subject: str, to: str = "leave@partnership.example", **headers: str) -> bytes:
    """A letter from somebody."""
    more = (f"{name.replace('_', '-')}: {value}" for name, value in headers.items())
    return _lines(f"From: {writer}", f"To: {to}", f"Subject: {subject}", *more, "", "Thank you.", "")


def proven(writer: str, subject: str, to: str = "leave@partnership.example", **headers: str) -> bytes:
    """A letter that the server of our own mailbox found to be sent by its writer's domain."""
    checked = "Authentication-Results: mx.partnership.example; dmarc=pass header.from="
    domain = writer.rpartition("@")[2].strip(">").lower()
    arrived = (
        "Received: from out.example by mx.partnership.example with ESMTPS; Thu, 26 Nov 2026 09:00:00 +0000"
    )
    return _lines(f"{checked}{domain}", arrived, "") + letter(writer, subject, to, **headers)


def _lines(*lines: str) -> bytes:
    return "\r\n".join(lines).encode()
