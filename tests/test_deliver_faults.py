"""Whatever a relay does, it is known what it may have taken, and nobody is blamed for it."""

import time

import pytest
from fault_relay import OFFERS, FaultRelay
from sending import NOON, clock, delivery

from bulletin.deliver.sending.run import offer
from bulletin.deliver.smtp.access import Access
from bulletin.deliver.smtp.client import SmtpTransport, loopback_transport
from bulletin.deliver.smtp.connection import Timeouts
from bulletin.deliver.transport import UnreachableError
from bulletin.errors import RelayError
from bulletin.model.delivery import Attempt, Delivery, Envelope, Outcome

A, B, C, D = (f"{letter}@council.example" for letter in "abcd")
SENDER = "bounces@avonbridge.example"
QUICK = Timeouts(greeting=1, command=1, data=1, dot=1, quit=1)
PLAIN = tuple(offer for offer in OFFERS if offer != "PIPELINING")
WAYS = pytest.mark.parametrize("offers", [OFFERS, PLAIN], ids=["pipelining", "in-turn"])
ENVELOPE = pytest.mark.parametrize("phase", ["MAIL", "RCPT", "DATA"])


def transport(relay: FaultRelay, **more: object) -> SmtpTransport:
    return loopback_transport(relay.port, clock, Access(timeouts=QUICK, pauses=(0,), **more))  # type: ignore[arg-type]


def send_all(relay: FaultRelay, *to: str) -> dict[str, Attempt]:
    """Send to each in turn as a sender does: the next envelope along with the terminator."""
    deliveries = [delivery(one) for one in to]
    found = {}
    with transport(relay) as smtp:
        for one, following in zip(deliveries, [*deliveries[1:], None], strict=True):
            found[one.envelope.recipient] = smtp.stage(one) or smtp.release(following)
    return found


def outcomes(found: dict[str, Attempt]) -> list[str]:
    return [attempt.outcome.value for attempt in found.values()]


@WAYS
def test_everybody_gets_one_copy_over_one_connection(offers: tuple[str, ...]) -> None:
    with FaultRelay(offers=offers) as relay:
        found = send_all(relay, A, B, C)
    assert outcomes(found) == ["accepted"] * 3
    assert (relay.connections, relay.counts()) == (1, {A: 1, B: 1, C: 1})
    assert [taken.message for taken in relay.taken] == [delivery(to).message for to in (A, B, C)]


@pytest.mark.parametrize(("offers", "trips"), [(OFFERS, 1), (PLAIN, 4)], ids=["pipelining", "in-turn"])
def test_a_message_costs_one_round_trip_with_pipelining_and_four_without(
    offers: tuple[str, ...], trips: int
) -> None:
    with FaultRelay(offers=offers) as relay:
        send_all(relay, *(f"p{n}@council.example" for n in range(30)))
    assert 30 * trips <= relay.answers <= 30 * trips + 10


@WAYS
@pytest.mark.parametrize("phase", ["RCPT", "DATA"])
@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        ("450 4.2.0 greylisted", "deferred"),
        ("451 4.3.0 local error", "deferred"),
        ("452 4.3.1 no space", "deferred"),
        ("550 5.1.1 no such user", "rejected"),
        ("552 5.2.2 mailbox full", "rejected"),
        ("554 5.4.4 no route", "rejected"),
    ],
)
def test_a_refusal_in_the_envelope_is_that_persons_alone(
    reply: str, outcome: str, phase: str, offers: tuple[str, ...]
) -> None:
    with FaultRelay({(phase, B): [reply]}, offers=offers) as relay:
        found = send_all(relay, A, B, C)
    assert outcomes(found) == ["accepted", outcome, "accepted"]
    assert found[B] == Attempt(Outcome(outcome), reply, NOON)
    assert (relay.connections, relay.counts()) == (1, {A: 1, C: 1})


@WAYS
def test_a_sender_put_off_for_now_is_a_delivery_put_off(offers: tuple[str, ...]) -> None:
    with FaultRelay({("MAIL", SENDER): ["250 ok", "452 4.3.1 no space"]}, offers=offers) as relay:
        found = send_all(relay, A, B, C)
    assert outcomes(found) == ["accepted", "deferred", "accepted"]
    assert (relay.connections, relay.counts()) == (1, {A: 1, C: 1})


@WAYS
@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        ("450 4.7.1 later", "deferred"),
        ("451 x", "deferred"),
        ("554 5.6.0 no", "rejected"),
        ("550", "rejected"),
    ],
)
def test_a_refusal_after_the_dot_is_that_persons_alone(
    reply: str, outcome: str, offers: tuple[str, ...]
) -> None:
    with FaultRelay({("DOT", B): [reply]}, offers=offers) as relay:
        found = send_all(relay, A, B, C)
    assert outcomes(found) == ["accepted", outcome, "accepted"]
    assert (relay.connections, relay.counts()) == (1, {A: 1, C: 1})


@WAYS
@pytest.mark.parametrize("phase", ["MAIL", "RCPT", "DATA", "DOT"])
@pytest.mark.parametrize("reply", ["550 5.7.30 basic auth is off", "530 sign in", "552 5.3.4 too big"])
def test_a_refusal_of_us_stops_the_run_and_blames_nobody(
    reply: str, phase: str, offers: tuple[str, ...]
) -> None:
    script = {(phase, "*"): reply}
    with FaultRelay(script, offers=offers) as relay, pytest.raises(RelayError, match=reply) as stopped:
        send_all(relay, A, B)
    assert not isinstance(stopped.value, UnreachableError)
    assert (relay.taken, stopped.value.hint != "") == ([], True)


@WAYS
@ENVELOPE
@pytest.mark.parametrize("act", ["421 4.3.2 closing", "drop", "half 250 ok", "raw \0\0\r\n", "raw 25\r\n"])
def test_a_connection_lost_in_the_envelope_is_opened_again(
    act: str, phase: str, offers: tuple[str, ...]
) -> None:
    who = SENDER if phase == "MAIL" else A
    with FaultRelay({(phase, who): [act]}, offers=offers) as relay:
        found = send_all(relay, A, B)
    assert outcomes(found) == ["accepted", "accepted"]
    assert (relay.connections, relay.counts()) == (2, {A: 1, B: 1})


@WAYS
@pytest.mark.parametrize("act", ["drop", "421 4.4.2 timeout", "451 4.3.0 cut off"])
def test_a_relay_that_breaks_off_in_the_body_has_taken_nothing(act: str, offers: tuple[str, ...]) -> None:
    big = Delivery(B, Envelope(SENDER, B), "<x@y.example>", b"a: b\r\n\r\n" + (b"x" * 990 + b"\r\n") * 9000)
    with FaultRelay({("BODY", B): [act]}, offers=offers) as relay, transport(relay) as smtp:
        attempt = offer(smtp, big)
        assert offer(smtp, delivery(C)).outcome is Outcome.ACCEPTED
    assert attempt.outcome in (Outcome.ACCEPTED, Outcome.DEFERRED)
    assert relay.counts()[B] == (attempt.outcome is Outcome.ACCEPTED)


@WAYS
@pytest.mark.parametrize(
    ("act", "copies"),
    [
        ("drop", 0),
        ("take drop", 1),
        ("half 250 ok", 1),
        ("take raw hello\r\n", 1),
        ("take 354 what", 1),
        ("take endless", 1),
    ],
)
def test_no_answer_after_the_dot_is_unknown_and_one_person_alone(
    act: str, copies: int, offers: tuple[str, ...]
) -> None:
    with FaultRelay({("DOT", B): [act]}, offers=offers) as relay:
        found = send_all(relay, A, B, C)
    assert outcomes(found) == ["accepted", "unknown", "accepted"]
    assert (relay.counts()[A], relay.counts()[B], relay.counts()[C]) == (1, copies, 1)


@pytest.mark.parametrize(("act", "copies"), [("hang", 0), ("take hang", 1), ("raw 250", 0)])
def test_silence_after_the_dot_is_unknown_and_one_person_alone(act: str, copies: int) -> None:
    with FaultRelay({("DOT", A): [act]}) as relay:
        found = send_all(relay, A, B)
    assert (outcomes(found), "no answer came" in found[A].reply) == (["unknown", "accepted"], True)
    assert (relay.counts()[A], relay.counts()[B]) == (copies, 1)


@WAYS
def test_silence_in_the_envelope_costs_a_connection_and_nobody_a_copy(offers: tuple[str, ...]) -> None:
    with FaultRelay({("RCPT", A): ["hang"]}, offers=offers) as relay:
        assert outcomes(send_all(relay, A, B)) == ["accepted", "accepted"]
    assert (relay.connections, relay.counts()) == (2, {A: 1, B: 1})


def test_421_after_the_dot_means_that_it_was_not_taken_and_may_be_offered_again() -> None:
    with FaultRelay({("DOT", A): ["421 4.3.2 closing"]}) as relay, transport(relay) as smtp:
        first, second = offer(smtp, delivery(A)), offer(smtp, delivery(A))
    assert (first, second.outcome) == (
        Attempt(Outcome.PENDING, "421 4.3.2 closing", NOON),
        Outcome.ACCEPTED,
    )
    assert (relay.counts(), relay.connections) == ({A: 1}, 2)


def test_an_answer_that_drips_is_waited_for_no_longer_than_it_may_take() -> None:
    with FaultRelay({("DOT", A): ["drip 250 2.0.0 a long answer comes slowly"]}) as relay:
        start = time.monotonic()
        found = send_all(relay, A)
    assert (outcomes(found), time.monotonic() - start < 3) == (["unknown"], True)


@pytest.mark.parametrize(
    "act",
    ["hang", "drop", "endless", "raw hello\r\n", "raw 2\r\n", f"raw 220 {'x' * 9000}", "421 busy", "450 x"],
)
@pytest.mark.parametrize("phase", ["CONNECT", "EHLO"])
def test_a_relay_that_cannot_greet_gets_nothing_and_ends_this_connection_alone(act: str, phase: str) -> None:
    with (
        FaultRelay({(phase, ""): act}) as relay,
        transport(relay) as smtp,
        pytest.raises(UnreachableError, match="no connection to the relay"),
    ):
        smtp.stage(delivery(A))
    assert "MAIL" not in relay.verbs()


@pytest.mark.parametrize("phase", ["CONNECT", "EHLO"])
def test_a_relay_that_lastingly_wants_no_mail_stops_the_run(phase: str) -> None:
    with (
        FaultRelay({(phase, ""): "554 5.7.1 blocked", ("HELO", ""): "554 no"}) as relay,
        transport(relay) as smtp,
        pytest.raises(RelayError, match="554 5\\.7\\.1 blocked"),
    ):
        smtp.stage(delivery(A))
    assert relay.connections == 1


def test_a_relay_that_knows_only_helo_is_used_without_extensions() -> None:
    with FaultRelay({("EHLO", ""): "502 5.5.1 what"}) as relay:
        assert outcomes(send_all(relay, A, B)) == ["accepted"] * 2
    assert (relay.taken[0].mail, relay.taken[0].rcpt) == ("", "")


def test_a_message_larger_than_the_relay_takes_is_not_offered() -> None:
    with FaultRelay(offers=("SIZE 100",)) as relay, pytest.raises(RelayError, match="up to 100 octets"):
        send_all(relay, A)
    assert "MAIL" not in relay.verbs()


def test_what_was_announced_and_not_staged_is_not_sent_and_costs_a_connection() -> None:
    with FaultRelay() as relay, transport(relay) as smtp:
        assert smtp.stage(delivery(A)) is None
        assert smtp.release(delivery(B)).outcome is Outcome.ACCEPTED
        assert offer(smtp, delivery(C)).outcome is Outcome.ACCEPTED
    assert (relay.counts(), relay.connections) == ({A: 1, C: 1}, 2)


def test_a_relay_that_forgets_an_envelope_sent_ahead_is_sent_no_more_of_them() -> None:
    with FaultRelay({("DOT", A): ["forget 250 ok"]}) as relay:
        assert outcomes(send_all(relay, A, B, C)) == ["accepted"] * 3
    assert (relay.counts(), relay.connections) == ({A: 1, B: 1, C: 1}, 2)


def test_closing_with_a_message_in_hand_or_announced_sends_nothing() -> None:
    with FaultRelay() as relay:
        in_hand, announced = transport(relay), transport(relay)
        in_hand.stage(delivery(A))
        announced.stage(delivery(B))
        announced.release(delivery(C))
        in_hand.close()
        announced.close()
    assert relay.counts() == {B: 1}


def test_a_server_that_wants_a_body_for_a_refused_recipient_gets_none() -> None:
    """It answers DATA with 354 all the same; the empty message that would end it might be delivered."""
    with FaultRelay({("RCPT", A): ["raw 550 5.1.1 no\r\n354 go on\r\n"]}) as relay:
        found = send_all(relay, A, B)
    assert (outcomes(found), relay.counts()) == (["rejected", "accepted"], {B: 1})


def test_the_envelope_asks_for_reports_where_they_are_offered() -> None:
    with FaultRelay() as relay, transport(relay, success_reports=True) as smtp:
        offer(smtp, delivery("o'neil+a=b@council.example"))
    taken = relay.taken[0]
    mark = delivery("o'neil+a=b@council.example").message_id.strip("<>")
    assert taken.mail == f"SIZE={len(taken.message)} RET=HDRS ENVID={mark}"
    assert taken.rcpt == "NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;o'neil+2Ba+3Db@council.example"


def test_each_reply_that_asks_for_patience_is_heard_once_it_is_clear_that_it_does() -> None:
    heard: list[str] = []
    script = {
        ("RCPT", A): ["421 4.7.0 slower"],
        ("RCPT", B): ["450 4.7.1 later"],
        ("EHLO", ""): ["250 first", "450 busy"],
    }
    access = Access(timeouts=QUICK, pauses=(0, 0), heard=heard.append)
    with FaultRelay(script) as relay, loopback_transport(relay.port, clock, access) as smtp:
        assert [offer(smtp, delivery(to)).outcome.value for to in (A, B)] == ["accepted", "deferred"]
    assert heard == ["450 busy", "421 4.7.0 slower", "450 4.7.1 later"]


def test_a_body_that_many_share_is_not_copied_into_their_messages() -> None:
    whole = delivery(A).message
    start, _, rest = whole.partition(b"\r\n\r\n")
    shared = Delivery(A, Envelope(SENDER, A), "<x@y.example>", start + b"\r\n\r\n", rest)
    with FaultRelay() as relay, transport(relay) as smtp:
        offer(smtp, shared)
    assert relay.taken[0].message == whole
