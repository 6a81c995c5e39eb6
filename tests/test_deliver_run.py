"""A send reaches everybody once, however often it is stopped."""

import os
import subprocess
import sys
import time
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from fault_relay import FaultRelay
from relays import Relay
from sending import clock, copies, delivery, enrol, open_ledger

from bulletin.deliver.record.ledger import read_tally
from bulletin.deliver.relays.relay import open_relay, parse_relay
from bulletin.deliver.sending.pace import Pace
from bulletin.deliver.sending.quota import Quota
from bulletin.deliver.sending.run import Order, deliver
from bulletin.deliver.smtp.access import Access
from bulletin.deliver.smtp.client import SmtpTransport, loopback_transport
from bulletin.deliver.smtp.connection import Timeouts
from bulletin.errors import RelayError
from bulletin.model.delivery import Tally

P0, P1, P2, P3 = (f"p{n}@council.example" for n in range(4))
SENDER = """
import sys
from pathlib import Path
from sending import clock, enrol, open_ledger
from bulletin.deliver.relays.relay import open_relay, parse_relay
from bulletin.deliver.sending.run import Order, deliver
folder, url = Path(sys.argv[1]), sys.argv[2]
say = lambda done, total: print(done, flush=True)
with open_ledger(folder) as ledger, open_relay(parse_relay(url), folder / "out", clock) as connect:
    enrol(ledger, 40)
    deliver(ledger, connect, Order(clock, say))
"""


def send(folder: Path, relay: Any, count: int = 3, words: str = "Hello\n", **options: Any) -> Tally:
    """Enrol and deliver, as one run of `bulletin send` does."""
    with open_ledger(folder) as ledger:
        enrol(ledger, count, words)
        return deliver(ledger, partial(smtp, relay), Order(clock, **options)).tally


def send_with(access: Access, folder: Path, relay: Any, count: int, **options: Any) -> Tally:
    """Send with other patience than usual in these tests."""
    with open_ledger(folder) as ledger:
        enrol(ledger, count)
        connect = partial(loopback_transport, relay.port, clock, access)
        return deliver(ledger, connect, Order(clock, **options)).tally


def smtp(relay: Any) -> SmtpTransport:
    quick = Access(timeouts=Timeouts(greeting=2, dot=2, quit=1), pauses=(0, 0))
    return loopback_transport(relay.port, clock, quick)


def send_by(url: str, folder: Path, count: int = 40) -> Tally:
    with open_ledger(folder) as ledger, open_relay(parse_relay(url), folder / "out", clock) as connect:
        enrol(ledger, count)
        return deliver(ledger, connect, Order(clock)).tally


def kill_after(folder: Path, url: str, done: int) -> None:
    """Start a send in a process of its own and kill it once so many are done."""
    here = Path(__file__).parent
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(here), str(here.parent)))}
    command = [sys.executable, "-c", SENDER, str(folder), url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout
        for line in process.stdout:
            if int(line) == done:
                break
        time.sleep(0.0007 * done)
        process.kill()


def test_everybody_gets_one_copy_and_a_second_run_sends_nothing(tmp_path: Path) -> None:
    with Relay() as relay:
        first = send(tmp_path, relay)
        second = send(tmp_path, relay)
    assert first == second
    assert (first.accepted, first.recipients) == (3, 3)
    assert relay.counts() == {P0: 1, P1: 1, P2: 1}
    assert relay.connections == 1


def test_many_connections_share_the_work_and_nobody_gets_two(tmp_path: Path) -> None:
    with FaultRelay({}) as relay:
        tally = send(tmp_path, relay, count=200, connections=5)
    assert (tally.accepted, set(relay.counts().values()), len(relay.counts())) == (200, {1}, 200)
    assert relay.connections == 5


def test_where_few_are_left_few_connections_are_opened(tmp_path: Path) -> None:
    with Relay() as relay:
        send(tmp_path, relay, count=7, connections=50)
    assert relay.connections == 2


def test_whoever_is_left_gets_what_is_approved_by_then(tmp_path: Path) -> None:
    with Relay(replies={("RCPT", P1): ["450 later", "250 ok"]}) as relay:
        send(tmp_path, relay)
        send(tmp_path, relay, words="Changed\n")
    assert [b"Changed" in taken.message for taken in relay.taken] == [False, False, True]


def test_a_deferred_person_is_tried_by_the_next_run_and_a_rejected_one_is_not(tmp_path: Path) -> None:
    replies = {("RCPT", P0): ["450 4.2.0 greylisted", "250 OK"], ("RCPT", P1): ["550 5.1.1 no such user"]}
    with Relay(replies={key: list(value) for key, value in replies.items()}) as relay:
        tallies = [send(tmp_path, relay) for _ in range(2)]
    assert [(t.accepted, t.deferred, t.rejected) for t in tallies] == [(1, 1, 1), (2, 0, 1)]
    people = {p.address: p for p in read_tally(tmp_path / "ledger.db").people}
    assert (people[P0].attempts, people[P1].attempts) == (2, 1)
    assert people[P1].reply == "550 5.1.1 no such user"


def test_a_deferred_person_is_tried_twice_more_in_the_run_and_no_oftener(tmp_path: Path) -> None:
    with Relay(replies={("RCPT", P0): ["450 4.2.1 busy"], ("RCPT", P1): ["450 later", "250 ok"]}) as relay:
        begun = time.monotonic()
        tally = send(tmp_path, relay, retry_wait=0.3)
        took = time.monotonic() - begun
    people = {p.address: p for p in read_tally(tmp_path / "ledger.db").people}
    assert (tally.accepted, tally.deferred) == (2, 1)
    assert (people[P0].attempts, people[P1].attempts) == (3, 2)
    assert took < 3


def test_an_unknown_person_is_never_written_to_again(tmp_path: Path) -> None:
    with Relay(drops={("TAKEN", P1): 1}) as relay:
        tallies = [send(tmp_path, relay, retry_wait=0.1) for _ in range(3)]
    assert {(t.accepted, t.unknown) for t in tallies} == {(2, 1)}
    assert relay.counts() == {P0: 1, P1: 1, P2: 1}


def test_a_drop_before_the_dot_loses_nobody(tmp_path: Path) -> None:
    with Relay(drops={("RCPT", P0): 1, ("DATA", P1): 2, ("BODY", P2): 1}) as relay:
        tally = send(tmp_path, relay, retry_wait=0.1)
    assert tally.accepted + tally.unknown == 3
    assert set(relay.counts().values()) == {1}


@pytest.mark.parametrize("phase", ["RCPT", "DOT"])
def test_a_relay_that_stops_the_run_leaves_everybody_else_pending(phase: str, tmp_path: Path) -> None:
    with Relay(replies={(phase, P1): ["550 5.7.1 relaying denied"]}) as relay:
        with pytest.raises(RelayError, match="relaying denied"):
            send(tmp_path, relay)
        relay.replies.clear()
        tally = read_tally(tmp_path / "ledger.db")
        assert (tally.accepted, tally.rejected, tally.pending) == (1, 0, 2)
        assert send(tmp_path, relay).accepted == 3
    assert set(relay.counts().values()) == {1}


@pytest.mark.parametrize("phase", ["RCPT", "DOT"])
def test_whoever_stopped_a_run_keeps_the_relays_words(phase: str, tmp_path: Path) -> None:
    with Relay(replies={(phase, P1): ["550 5.7.1 relaying denied"]}) as relay, pytest.raises(RelayError):
        send(tmp_path, relay)
    replies = [one.reply for one in read_tally(tmp_path / "ledger.db").people]
    assert ["relaying denied" in words for words in replies] == [False, True, False]


ALWAYS_LOSES = {
    ("RCPT", P1): "421 4.7.0 busy",
    ("RCPT", P2): "raw hello world\r\n",
    ("DATA", P3): "250 ok",
}


@pytest.mark.parametrize(("count", "connections"), [(4, 1), (4, 2), (600, 4)])
def test_whoever_always_costs_a_connection_is_left_and_holds_nobody_up(
    count: int, connections: int, tmp_path: Path
) -> None:
    heard: list[str] = []
    access = Access(timeouts=Timeouts(greeting=2, dot=2, quit=1), heard=heard.append)
    with FaultRelay(ALWAYS_LOSES) as relay, open_ledger(tmp_path) as ledger:
        enrol(ledger, count)
        begun, order = time.monotonic(), Order(clock, connections=connections, retry_wait=0.5)
        tally = deliver(ledger, lambda: loopback_transport(relay.port, clock, access), order).tally
    assert (tally.accepted, tally.pending, heard) == (count - 3, 3, [])
    assert time.monotonic() - begun < 15
    left = [one.reply for one in read_tally(tmp_path / "ledger.db").people if one.reply[:3] != "250"]
    assert left[0] == "it said 421 4.7.0 busy"


def test_a_relay_that_hangs_up_on_everybody_is_recognised(tmp_path: Path) -> None:
    with (
        FaultRelay(lambda phase, _: "421 4.3.2 closing" if phase == "RCPT" else "") as relay,
        pytest.raises(RelayError, match=r"keeps hanging up: it said 421 4\.3\.2 closing"),
    ):
        send(tmp_path, relay, count=50, connections=3)
    assert relay.connections < 20


def test_whoever_was_met_when_a_relay_hung_up_on_all_comes_last_in_the_next_run(tmp_path: Path) -> None:
    bad = [f"p{n}@council.example" for n in range(6)]
    with FaultRelay({("RCPT", who): "421 not you" for who in bad}) as relay:
        with pytest.raises(RelayError, match="not you"):
            send(tmp_path, relay, count=9)
        with suppress(RelayError):
            send(tmp_path, relay, count=9)
    assert len(relay.counts()) == 3


def test_whoever_stopped_a_run_comes_last_in_the_next(tmp_path: Path) -> None:
    refused = "550 5.7.1 this mailbox takes mail from its own organisation alone"
    with Relay(replies={("RCPT", P0): [refused], ("RCPT", P1): [refused]}) as relay:
        for left in (3, 2 + 1, 2):
            with pytest.raises(RelayError, match="mailbox"):
                send(tmp_path, relay)
            assert read_tally(tmp_path / "ledger.db").pending == left
    assert relay.counts() == {P2: 1}


def test_stopping_finishes_what_is_in_flight_and_the_next_run_goes_on(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    with Relay() as relay:
        told = {"progress": lambda *n: seen.append(n), "stop": lambda: len(seen) == 2}
        stopped = send(tmp_path, relay, **told)
        assert (stopped.accepted, stopped.pending, seen) == (2, 1, [(1, 3), (2, 3)])
        assert send(tmp_path, relay).accepted == 3


def test_ctrl_c_at_any_moment_doubles_nobody_and_names_whoever_may_have_a_copy(tmp_path: Path) -> None:
    def press(done: int, _total: int) -> None:
        if done == 20:
            raise KeyboardInterrupt

    with FaultRelay() as relay:
        with pytest.raises(KeyboardInterrupt):
            send(tmp_path, relay, count=100, connections=5, progress=press)
        tally = send(tmp_path, relay, count=100, connections=5)
    assert set(relay.counts().values()) == {1}
    assert (tally.accepted + tally.unknown, tally.unknown <= 5) == (100, True)


def test_a_connection_that_hangs_holds_up_nobody_else(tmp_path: Path) -> None:
    moments = [time.monotonic()]
    with FaultRelay({("CONNECT", ""): ["220 hello", "hang"]}) as relay:
        tally = send(
            tmp_path, relay, count=100, connections=2, progress=lambda *_: moments.append(time.monotonic())
        )
    assert (tally.accepted, set(relay.counts().values())) == (100, {1})
    assert moments[99] - moments[0] < 2 < moments[100] - moments[0]  # its own greeting may take two seconds


def test_only_those_named_are_written_to_and_a_rejected_one_among_them(tmp_path: Path) -> None:
    with Relay(replies={("RCPT", P1): ["550 5.1.1 no", "250 ok"]}) as relay:
        send(tmp_path, relay)
        tally = send(tmp_path, relay, count=5, only={P1})
    assert (tally.accepted, tally.rejected, tally.pending) == (3, 0, 2)


@pytest.mark.parametrize("connections", [1, 3])
def test_a_rate_is_kept_over_all_connections(connections: int, tmp_path: Path) -> None:
    with Relay() as relay:
        start = time.monotonic()
        send(tmp_path, relay, count=61, pace=Pace(50), connections=connections)
    assert 0.93 <= time.monotonic() - start < 2.5


@pytest.mark.parametrize("done", [1, 7, 25])
def test_a_send_that_was_killed_reaches_everybody_once_through_the_sandbox(done: int, tmp_path: Path) -> None:
    kill_after(tmp_path, "sandbox:", done)
    tally = send_by("sandbox:", tmp_path)
    assert (tally.accepted, tally.unknown) == (40, 0)
    assert (len(copies(tmp_path / "out")), set(copies(tmp_path / "out").values())) == (40, {1})


def test_a_folder_takes_a_send_too(tmp_path: Path) -> None:
    assert send_by(f"folder:{tmp_path / 'out'}", tmp_path, count=3).accepted == 3
    assert copies(tmp_path / "out") == {P0: 1, P1: 1, P2: 1}


def test_a_relay_that_is_not_there_is_told_at_once(tmp_path: Path) -> None:
    with FaultRelay({}) as relay:
        pass
    with pytest.raises(RelayError, match="nothing answers there"):
        send(tmp_path, relay)
    assert read_tally(tmp_path / "ledger.db").pending == 3


def test_a_relay_that_hangs_up_on_most_connections_still_gets_everything(tmp_path: Path) -> None:
    with FaultRelay({("CONNECT", ""): ["", *["421 4.7.0 too many connections"] * 6]}) as relay:
        tally = send(tmp_path, relay, count=60, connections=4)
    assert (tally.accepted, set(relay.counts().values())) == (60, {1})


def test_a_relay_that_takes_few_connections_at_once_gets_everything(tmp_path: Path) -> None:
    def act(phase: str, _address: str) -> str:
        return "421 4.7.0 too many connections" if phase == "CONNECT" and len(relay.open) > 2 else ""

    with FaultRelay(act) as relay:
        tally = send_with(Access(pauses=(0.3,)), tmp_path, relay, count=60, connections=8)
    assert (tally.accepted, set(relay.counts().values())) == (60, {1})


def test_whoever_a_silent_connection_holds_gets_theirs_from_one_that_works(tmp_path: Path) -> None:
    quick = Access(timeouts=Timeouts(greeting=0.2), pauses=())
    with FaultRelay({("CONNECT", ""): ["220 hello", "hang", "hang"]}) as relay:
        tally = send_with(quick, tmp_path, relay, count=20, connections=3)
    assert (tally.accepted, relay.connections) == (20, 3)


def test_a_connection_that_waits_to_try_again_does_not_hold_up_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bulletin.deliver.sending.lane._FIRST_PAUSE", 15.0)
    begun = time.monotonic()
    with FaultRelay({("CONNECT", ""): ["220 hello", *["421 4.7.0 too many connections"] * 9]}) as relay:
        tally = send_with(Access(pauses=()), tmp_path, relay, count=60, connections=4)
    assert (tally.accepted, set(relay.counts().values())) == (60, {1})
    assert time.monotonic() - begun < 3


def test_all_connections_say_goodbye_at_once(tmp_path: Path) -> None:
    begun = time.monotonic()
    with FaultRelay({("QUIT", ""): "hang"}) as relay:
        send(tmp_path, relay, count=100, connections=5)
        assert relay.verbs().count("QUIT") == 5
    assert 1 < time.monotonic() - begun < 4.5  # each waits a second for the answer, and there are five


def test_twenty_refused_in_a_row_stop_the_run(tmp_path: Path) -> None:
    with (
        FaultRelay(lambda phase, _address: "550 5.1.1 no" if phase == "RCPT" else "") as relay,
        pytest.raises(RelayError, match="20 people running were refused"),
    ):
        send(tmp_path, relay, count=50)
    tally = read_tally(tmp_path / "ledger.db")
    assert (tally.rejected, tally.pending) == (20, 30)


def test_people_put_off_never_stop_the_run(tmp_path: Path) -> None:
    with FaultRelay(lambda phase, _address: "451 4.7.1 greylisted" if phase == "RCPT" else "") as relay:
        assert send(tmp_path, relay, count=30).deferred == 30


def test_our_own_addresses_come_first_and_their_refusal_stops_all(tmp_path: Path) -> None:
    seed = delivery("seed@avonbridge.example")
    with Relay(replies={("RCPT", seed.id): ["550 5.1.1 no", "250 ok"]}) as relay:
        with pytest.raises(RelayError, match=r"our own address seed@avonbridge.example was refused"):
            send(tmp_path, relay, seeds=(seed,))
        assert relay.taken == []
        tallies = [send(tmp_path, relay, seeds=(seed,), count=count) for count in (3, 4)]
        assert relay.taken[0].recipient == seed.id
    assert (relay.counts()[seed.id], tallies[1].recipients) == (1, 4)


@pytest.mark.parametrize("act", ["450 4.2.0 later", "421 4.3.2 no", "drop"])
@pytest.mark.parametrize("to", ["seed@avonbridge.example", P2])
def test_nobody_is_written_to_before_our_own_copy_is_accepted(act: str, to: str, tmp_path: Path) -> None:
    with FaultRelay({("DOT", to): [act, act]}) as relay:
        for _ in range(2):
            with pytest.raises(RelayError, match=f"our own address {to}"):
                send(tmp_path, relay, seeds=(delivery(to),))
        assert relay.taken == []


def test_our_own_address_on_a_list_gets_its_one_copy_first(tmp_path: Path) -> None:
    with Relay() as relay:
        tally = send(tmp_path, relay, seeds=(delivery(P2),))
    assert [taken.recipient for taken in relay.taken] == [P2, P0, P1]
    assert tally.accepted == 3


def test_no_more_are_offered_than_the_relay_takes_in_a_day(tmp_path: Path) -> None:
    with Relay() as relay:
        tallies = [
            send(tmp_path, relay, count=5, quota=Quota(tmp_path / "offered.db", "relay", most, clock))
            for most in (2, 2, 4)
        ]
    assert [(t.accepted, t.pending) for t in tallies] == [(2, 3), (2, 3), (4, 1)]


def test_many_connections_use_all_that_the_relay_takes_in_a_day(tmp_path: Path) -> None:
    quota = Quota(tmp_path / "offered.db", "relay", 20, clock)
    with FaultRelay({("CONNECT", ""): ["220 hello", "drop", "220 hello", "drop"]}) as relay:
        tally = send(tmp_path, relay, count=60, connections=10, quota=quota, retry_wait=30)
    assert (tally.accepted, tally.pending, len(relay.taken)) == (20, 40, 20)
