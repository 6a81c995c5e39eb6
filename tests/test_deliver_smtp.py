"""SMTP by phases, against a real relay on loopback: it is always known what may have been taken."""

import socket
import threading
from contextlib import suppress

import pytest
from relays import Relay
from sending import NOON, clock, delivery

from bulletin.deliver.sending.run import offer
from bulletin.deliver.smtp.access import Access
from bulletin.deliver.smtp.client import SmtpTransport, loopback_transport
from bulletin.deliver.smtp.connection import Timeouts
from bulletin.deliver.smtp.wire import Stuffing
from bulletin.errors import RelayError
from bulletin.model.delivery import Attempt, Delivery, Envelope, Outcome

ME, YOU, SENDER = "p1@council.example", "p2@council.example", "bounces@avonbridge.example"
QUICK = Timeouts(greeting=2, command=2, data=2, dot=2, quit=1)


def transport(port: int, timeouts: Timeouts = QUICK) -> SmtpTransport:
    return loopback_transport(port, clock, Access(timeouts=timeouts, pauses=(0, 0)))


def test_a_message_arrives_as_it_was_made_in_its_envelope() -> None:
    with Relay() as relay, transport(relay.port) as smtp:
        assert offer(smtp, delivery()) == Attempt(Outcome.ACCEPTED, "250 2.0.0 OK: queued", NOON)
    [taken] = relay.taken
    assert (taken.sender, taken.recipient, taken.message) == (SENDER, ME, delivery().message)


@pytest.mark.parametrize(
    "data", [b".\r\n..\r\n.a\r\n\r\n.\r\n", b"a\r\n.", b"", b"a: b\r\n\r\n" + b"\r\n.x" * 50000 + b"\r\n"]
)
def test_full_stops_at_line_starts_arrive_as_they_were(data: bytes) -> None:
    with Relay() as relay, transport(relay.port) as smtp:
        offer(smtp, delivery(data=data or b"\r\n"))
    assert relay.taken[0].message == (data if data.endswith(b"\r\n") else data + b"\r\n")


def test_nothing_is_taken_before_the_terminator() -> None:
    with Relay() as relay:
        with transport(relay.port) as smtp:
            assert smtp.stage(delivery()) is None
        with transport(relay.port) as smtp:
            offer(smtp, delivery(YOU))
    assert list(relay.counts()) == [YOU]


def test_one_connection_serves_several_and_is_reset_after_a_refusal() -> None:
    with Relay(replies={("RCPT", ME): ["550 5.1.1 no such user"]}) as relay, transport(relay.port) as smtp:
        outcomes = [offer(smtp, delivery(to)).outcome for to in (ME, YOU, "p3@council.example")]
    assert outcomes == [Outcome.REJECTED, Outcome.ACCEPTED, Outcome.ACCEPTED]
    assert (relay.connections, relay.commands.count("RSET")) == (1, 1)


@pytest.mark.parametrize("phase", ["RCPT", "DATA", "DOT"])
@pytest.mark.parametrize(
    ("reply", "outcome"),
    [("450 4.2.0 greylisted", Outcome.DEFERRED), ("550 5.1.1 no such user", Outcome.REJECTED)],
)
def test_a_refusal_is_told_with_the_relays_words(phase: str, reply: str, outcome: Outcome) -> None:
    with Relay(replies={(phase, ME): [reply]}) as relay, transport(relay.port) as smtp:
        assert offer(smtp, delivery()) == Attempt(outcome, reply, NOON)
        assert offer(smtp, delivery(YOU)).outcome is Outcome.ACCEPTED


@pytest.mark.parametrize("phase", ["RCPT", "DATA", "BODY"])
def test_a_drop_before_the_dot_is_tried_again_on_a_new_connection(phase: str) -> None:
    with Relay(drops={(phase, ME): 1}) as relay, transport(relay.port) as smtp:
        big = Delivery(
            ME, Envelope(SENDER, ME), "<x@y.example>", b"a: b\r\n\r\n" + (b"x" * 990 + b"\r\n") * 8000
        )
        assert offer(smtp, big).outcome is Outcome.ACCEPTED
    assert (relay.connections, relay.counts()[ME]) == (2, 1)


def test_a_connection_lost_between_the_two_steps_carries_nothing_and_is_opened_again() -> None:
    with Relay(drops={("BODY", ME): 1}) as relay, transport(relay.port) as smtp:
        assert smtp.stage(delivery()) is None
        wait_for_the_end(smtp)
        assert smtp.release().outcome is Outcome.ACCEPTED
    assert relay.counts()[ME] == 1


def wait_for_the_end(smtp: SmtpTransport) -> None:
    """Wait until the other side has hung up."""
    connection = smtp._dialogue._connection._socket  # noqa: SLF001  there is no other way to see it
    connection.settimeout(5)
    with suppress(ConnectionResetError):
        assert connection.recv(1, socket.MSG_PEEK) == b""


@pytest.mark.parametrize(("phase", "copies"), [("DOT", 0), ("TAKEN", 1)])
def test_a_drop_after_the_dot_is_unknown_whether_it_was_taken_or_lost(phase: str, copies: int) -> None:
    with Relay(drops={(phase, ME): 1}) as relay, transport(relay.port) as smtp:
        attempt = offer(smtp, delivery())
        assert (attempt.outcome, attempt.reply.partition(":")[0]) == (
            Outcome.UNKNOWN,
            "no answer came after the whole message was sent",
        )
        assert offer(smtp, delivery(YOU)).outcome is Outcome.ACCEPTED
    assert relay.counts()[ME] == copies


def test_a_relay_too_slow_after_the_dot_leaves_it_unknown() -> None:
    with Relay(slow=5) as relay, transport(relay.port) as smtp:
        attempt = offer(smtp, delivery())
    assert (attempt.outcome, "in time" in attempt.reply) == (Outcome.UNKNOWN, True)


@pytest.mark.parametrize("phase", ["MAIL", "RCPT", "DATA"])
def test_421_is_the_connections_failure_and_nobody_is_blamed(phase: str) -> None:
    who = SENDER if phase == "MAIL" else ME
    with (
        Relay(replies={(phase, who): ["421 4.3.2 later", "450 4.2.0 x"]}) as relay,
        transport(relay.port) as smtp,
    ):
        assert offer(smtp, delivery()).reply == "450 4.2.0 x"
    assert relay.connections == 2


def test_a_delivery_that_costs_two_connections_stays_pending_each_time() -> None:
    with Relay(drops={("RCPT", ME): 99}) as relay, transport(relay.port) as smtp:
        assert smtp.stage(delivery()).outcome is Outcome.PENDING
        assert offer(smtp, delivery(YOU)).outcome is Outcome.ACCEPTED
        for _ in range(2):
            assert smtp.stage(delivery()).reply == "it closed the connection"
    assert relay.connections == 6


def test_a_relay_that_is_not_there_stops_the_run() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with transport(port) as smtp, pytest.raises(RelayError, match="nothing answers there"):
        smtp.stage(delivery())


@pytest.mark.parametrize("reply", ["550 5.7.30 basic authentication is off", "552 5.3.4 too big"])
@pytest.mark.parametrize("phase", ["MAIL", "RCPT", "DATA", "DOT"])
def test_a_refusal_about_us_stops_the_run_and_blames_nobody(phase: str, reply: str) -> None:
    who = SENDER if phase == "MAIL" else ME
    relay = Relay(replies={(phase, who): [reply]})
    with relay, transport(relay.port) as smtp, pytest.raises(RelayError, match=reply) as stopped:
        offer(smtp, delivery())
    assert stopped.value.exit_code == 5


def test_a_greeting_that_refuses_stops_the_run() -> None:
    with (
        Relay(greeting="554 5.3.2 closed") as relay,
        transport(relay.port) as smtp,
        pytest.raises(RelayError, match=r"554 5\.3\.2 closed"),
    ):
        smtp.stage(delivery())


def test_a_message_larger_than_the_relay_takes_is_not_offered() -> None:
    with (
        Relay(size_limit=100) as relay,
        transport(relay.port) as smtp,
        pytest.raises(RelayError, match="up to 100 octets"),
    ):
        smtp.stage(delivery())
    assert not relay.commands


def test_parameters_are_used_only_when_they_are_needed() -> None:
    plain, accented = delivery(), delivery("josé@council.example")
    with Relay() as relay, transport(relay.port) as smtp:
        assert [offer(smtp, d).outcome for d in (plain, accented)] == [Outcome.ACCEPTED] * 2
    size, utf8 = relay.commands
    assert size == f"MAIL SIZE={len(plain.message)}"
    assert utf8 == f"MAIL SIZE={len(accented.message)} BODY=8BITMIME SMTPUTF8"
    assert relay.taken[1].recipient == "josé@council.example"


def test_an_accented_address_is_refused_where_the_relay_takes_none() -> None:
    with Relay(smtputf8=False) as relay, transport(relay.port) as smtp:
        attempt = smtp.stage(delivery("josé@council.example"))
    assert (attempt.outcome, "SMTPUTF8" in attempt.reply) == (Outcome.REJECTED, True)


def talk(server: socket.socket, *answers: bytes) -> threading.Thread:
    """Answer one connection with raw bytes: one at once, then one for each line read."""

    def run() -> None:
        peer, _ = server.accept()
        with peer, peer.makefile("rb") as lines, suppress(ConnectionError):
            for answer in answers:
                peer.sendall(answer)
                lines.readline()
            lines.read()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread


def offered_to(*answers: bytes) -> Attempt:
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = talk(server, *answers)
        smtp = loopback_transport(server.getsockname()[1], clock, Access(timeouts=QUICK, pauses=()))
        with smtp:
            attempt = offer(smtp, delivery())
        thread.join(5)
    return attempt


def test_a_server_that_knows_only_helo_is_spoken_to() -> None:
    answers = [b"220 x\r\n", b"502 no\r\n", b"250 x\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go\r\n"]
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = talk(server, *answers)
        with loopback_transport(server.getsockname()[1], clock, Access(timeouts=QUICK, pauses=())) as smtp:
            assert smtp.stage(delivery()) is None
        thread.join(5)


@pytest.mark.parametrize(
    "answers",
    [
        [b"hello\r\n"],
        [b"220 " + b"x" * 9000 + b"\r\n"],
        [b"220-x\r\n" * 200 + b"220 x\r\n"],
        [b"220-x\r\n220"],
        [b""],
    ],
    ids=["garbage", "long-line", "endless", "cut-short", "silent"],
)
def test_a_server_that_breaks_the_rules_gets_nothing_and_nobody_is_blamed(answers: list[bytes]) -> None:
    with pytest.raises(RelayError, match="no connection to the relay"):
        offered_to(*answers)


@pytest.mark.parametrize(
    ("replies", "why"),
    [
        (["250 a", "250 a", "250 not 354"], "it answered 250 where that makes no sense"),
        (["250 a\r\n250 b"], "it answered more than it was asked"),
        (["250 a", "250 a\r\n250-b"], "it answered more than it was asked"),
    ],
)
def test_replies_out_of_step_leave_the_delivery_pending(replies: list[str], why: str) -> None:
    answers = [f"{reply}\r\n".encode() for reply in ["220 x", "250 x", *replies]]
    assert offered_to(*answers) == Attempt(Outcome.PENDING, why, NOON)


def test_stuffing_doubles_full_stops_and_ends_the_last_line() -> None:
    wires = [Stuffing().wire(delivery(data=data)) for data in (b".a\r\nb\r\n.c\r\n", b"a\r\n.")]
    assert [wire.data for wire in wires] == [b"..a\r\nb\r\n..c\r\n", b"a\r\n..\r\n"]
