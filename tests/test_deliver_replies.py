"""Each reply of a server means one thing for the delivery in hand."""

import pytest

from bulletin.deliver.replies import Meaning, Phase, ProtocolError, meaning, parse_reply


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
    ],
)
def test_a_reply_means(line: bytes, phase: Phase, means: Meaning) -> None:
    assert meaning(parse_reply([line]), phase) is means


@pytest.mark.parametrize("line", [b"250 OK", b"220 hello"])
def test_a_reply_that_makes_no_sense_ends_the_conversation(line: bytes) -> None:
    with pytest.raises(ProtocolError):
        meaning(parse_reply([line]), Phase.DATA)


@pytest.mark.parametrize(
    "lines", [[b"hello"], [b"25 OK"], [b"250OK"], [b"150 x"], [b"650 x"], [b""], [b"250-a", b"251 b"]]
)
def test_garbage_is_no_reply(lines: list[bytes]) -> None:
    with pytest.raises(ProtocolError):
        parse_reply(lines)


def test_a_reply_of_several_lines_is_shown_on_one_without_control_characters() -> None:
    reply = parse_reply([b"550-5.1.1 no\x1b[31m such", b"550 user \xff"])
    assert str(reply) == "550 5.1.1 no [31m such user \N{REPLACEMENT CHARACTER}"
    assert reply.enhanced == (5, 1, 1)
