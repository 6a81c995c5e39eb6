"""Each reply of a server means one thing for the delivery in hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.deliver.smtp.advice import ADVICE, advised, explain
from bulletin.deliver.smtp.replies import (
    Meaning,
    Phase,
    ProtocolError,
    asks_to_slow,
    meaning,
    parse_reply,
    proposes_suppression,
)


@pytest.mark.parametrize(
    ("line", "phase", "means"),
    [
        (b"250 OK", Phase.RCPT, Meaning.GO_ON),
        (b"251 will forward", Phase.RCPT, Meaning.GO_ON),
        (b"354 go on", Phase.DATA, Meaning.GO_ON),
        (b"450 4.2.0 greylisted", Phase.RCPT, Meaning.LATER),
        (b"452 4.3.1 no space", Phase.MAIL, Meaning.LATER),
        (b"450 4.7.1 slow down", Phase.DOT, Meaning.LATER),
        (b"550 5.1.1 no such user", Phase.RCPT, Meaning.REFUSED),
        (b"553 5.1.8 <b@x.example>: Sender address rejected: Domain not found", Phase.RCPT, Meaning.STOP),
        (b"550 5.1.0 <b@x.example>: Sender address rejected: User unknown", Phase.RCPT, Meaning.STOP),
        (b"550 Sender verify failed", Phase.RCPT, Meaning.STOP),
        (b"550 5.1.1 the sender of this will get a report", Phase.RCPT, Meaning.REFUSED),
        (b"550", Phase.RCPT, Meaning.REFUSED),
        (b"554 5.6.0 content", Phase.DOT, Meaning.REFUSED),
        (b"552 5.2.2 mailbox full", Phase.RCPT, Meaning.REFUSED),
        (b"421 4.3.2 shutting down", Phase.RCPT, Meaning.CLOSING),
        (b"421 bye", Phase.CONNECT, Meaning.CLOSING),
        (b"550 5.7.30 basic authentication is off", Phase.RCPT, Meaning.STOP),
        (b"530 authentication required", Phase.RCPT, Meaning.STOP),
        (b"552 5.3.4 too big", Phase.DOT, Meaning.STOP),
        (b"553 5.1.8 sender rejected", Phase.MAIL, Meaning.STOP),
        (b"554 no mail here", Phase.CONNECT, Meaning.STOP),
        (b"451 4.3.0 busy", Phase.CONNECT, Meaning.CLOSING),
        (b"454 4.7.0 no TLS now", Phase.STARTTLS, Meaning.STOP),
        (b"454 4.7.0 later", Phase.AUTH, Meaning.CLOSING),
        (b"535 5.7.8 wrong password", Phase.AUTH, Meaning.STOP),
        (b"552 message size exceeds fixed limit", Phase.DOT, Meaning.STOP),
        (b"552 mailbox full, size over quota", Phase.RCPT, Meaning.REFUSED),
        (b"552", Phase.DOT, Meaning.REFUSED),
        (b"556 5.1.10 no mail for this domain", Phase.RCPT, Meaning.REFUSED),
        (b"550 5.7.1 relaying denied", Phase.RCPT, Meaning.STOP),
        (b"554 5.7.1 looks like spam", Phase.DOT, Meaning.STOP),
    ],
)
def test_a_reply_means(line: bytes, phase: Phase, means: Meaning) -> None:
    assert meaning(parse_reply((line,)), phase) is means


@pytest.mark.parametrize("line", [b"250 OK", b"220 hello"])
def test_a_reply_that_makes_no_sense_ends_the_conversation(line: bytes) -> None:
    with pytest.raises(ProtocolError):
        meaning(parse_reply((line,)), Phase.DATA)


@pytest.mark.parametrize(
    "lines",
    [
        [b"hello"],
        [b"25 OK"],
        [b"250OK"],
        [b"150 x"],
        [b"650 x"],
        [b""],
        [b"250-a", b"251 b"],
        [b"250 a\0b"],
        [b"250 a\rb"],
        [b"2\xb250 x"],
    ],
)
def test_garbage_is_no_reply(lines: list[bytes]) -> None:
    with pytest.raises(ProtocolError):
        parse_reply(tuple(lines))


def test_a_reply_of_several_lines_is_shown_on_one_without_control_characters() -> None:
    reply = parse_reply((b"550-5.1.1 no\x1b[31m such", b"550 user \xff"))
    assert str(reply) == "550 5.1.1 no [31m such user \N{REPLACEMENT CHARACTER}"
    assert reply.enhanced == (5, 1, 1)


@given(st.binary(max_size=80))
def test_whatever_a_server_says_is_a_reply_in_one_printable_line_or_none(line: bytes) -> None:
    try:
        reply = parse_reply((line,))
    except ProtocolError:
        return
    assert str(reply).isprintable()
    assert len(str(reply)) <= 300


@pytest.mark.parametrize(
    ("line", "slow"),
    [
        (b"421 4.7.0 busy", True),
        (b"450 4.7.1 slow down", True),
        (b"450 4.2.0 greylisted", False),
        (b"550 5.7.1 denied", False),
        (b"250 ok", False),
    ],
)
def test_some_replies_ask_for_less_mail_at_a_time(line: bytes, slow: bool) -> None:
    assert asks_to_slow(str(parse_reply((line,)))) is slow


@pytest.mark.parametrize(
    ("words", "proposed"),
    [
        ("550 5.1.1 no such user", True),
        ("550 5.1.10 null MX", True),
        ("550 no such user", False),
        ("552 5.2.2 full", False),
        ("451 4.1.1 not now", False),
        ("550 5.7.1 denied", False),
        ("the relay takes no 8-bit text (8BITMIME)", False),
        ("550", False),
        ("", False),
    ],
)
def test_only_an_address_that_does_not_exist_is_proposed_for_suppression(words: str, proposed: bool) -> None:
    assert proposes_suppression(words) is proposed


@pytest.mark.parametrize(
    ("words", "explained"),
    [
        ("550 5.7.30 Basic authentication is not supported", "no longer lets programs sign in"),
        ("535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled", "switched off"),
        ("535 5.7.3 Authentication unsuccessful", "the password was not accepted"),
        ("535 5.7.8 Error: authentication failed", "the password was not accepted"),
        ("530 5.7.0 Must issue a STARTTLS command first", "smtp+starttls://"),
        ("530 5.7.57 Client not authenticated", "put the user into its address"),
        ("550 5.7.60 Client does not have permissions to send as this sender", "in the name of"),
        ("554 5.7.1 <jo@b.example>: Relay access denied", "does not know us"),
        ("550 5.7.1 relaying denied", "does not know us"),
        ("550 5.7.54 Unable to relay recipient in non-accepted domain", "does not know us"),
        ("554 5.7.1 Message contains spam or virus", "takes the message for spam"),
        ("550 5.7.26 This mail is unauthenticated: SPF and DKIM", "domain's records"),
        ("550 5.7.512 no", "not of any reader"),
        ("552 5.3.4 Message size exceeds fixed limit", "larger than the relay takes"),
        ("552 5.2.2 over quota", "mailbox is full"),
        ("452 4.2.2 over quota", "mailbox is full"),
        ("450 4.2.1 disabled", "switched off for now"),
        ("550 5.1.1 <jo@junk.example> content", "no such mailbox"),
        ("550 No such user here", "no such mailbox"),
        ("550 5.1.2 bad domain", "no such domain"),
        ("556 5.1.10 null MX", "takes no mail at all"),
        ("450 4.2.0 <jo@b.example>: Greylisted, come back", "offered twice"),
        ("450 4.7.1 Please try again later", "offered twice"),
        ("552 Requested mail action aborted: exceeded storage allocation", "mailbox is full"),
        ("552 too many recipients", "no more people for now"),
        ("452 4.5.3 Too many recipients", "no more people for now"),
        ("452 4.3.1 Insufficient system storage", "disk is full"),
        ("552", "over its limit"),
        ("550 5.4.1 Recipient address rejected: Access denied", "misspelt, or closed"),
        ("550 Requested action not taken: mailbox unavailable", "misspelt, or closed"),
        ("554 5.4.4 unable to route", "no way to their server"),
        ("451 4.3.0 local error", "try again later"),
        ("450 4.7.25 slow", "lower rate"),
        ("432 4.3.2 Concurrent connections limit exceeded", "lower rate"),
        ("421 4.3.2 Service not available", "closed the connection"),
        ("250 2.0.0 ok", ""),
        ("written as 0001.eml", ""),
    ],
)
def test_the_replies_officers_meet_are_explained(words: str, explained: str) -> None:
    found = explain(words)
    assert explained in found
    assert bool(explained) == bool(found)


@pytest.mark.parametrize(
    "line", [b"550 No such user here", b"550 5.1.1 x", b"550 5.1.0 Sender verify failed"]
)
def test_what_stops_a_run_is_never_explained_as_a_readers_address(line: bytes) -> None:
    assert advised(parse_reply((line,))).startswith("our own address is refused, not a reader's")


def test_a_refusal_of_our_own_sender_proposes_to_suppress_nobody() -> None:
    words = "550 5.1.0 <b@x.example>: Sender address rejected: User unknown in local recipient table"
    assert proposes_suppression("550 5.1.0 User unknown")
    assert not proposes_suppression(words)


def test_an_explanation_is_a_sentence_or_two_without_its_last_full_stop() -> None:
    assert not [one.words for one in ADVICE if one.words.endswith(".") or not one.words.isprintable()]
