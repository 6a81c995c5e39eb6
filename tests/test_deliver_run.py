"""A send reaches everybody once, however often it is stopped."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from relays import Relay
from sending import clock, copies, enrol, open_ledger

from bulletin.deliver.connection import Timeouts
from bulletin.deliver.ledger import read_tally
from bulletin.deliver.relay import open_transport, parse_relay
from bulletin.deliver.run import deliver
from bulletin.deliver.sandbox import SandboxTransport
from bulletin.deliver.smtp import SmtpTransport
from bulletin.deliver.transport import Transport
from bulletin.errors import RelayError
from bulletin.model.delivery import Outcome, Tally

P0, P1, P2 = (f"p{n}@council.example" for n in range(3))
SENDER = """
import sys
from pathlib import Path
from sending import clock, enrol, open_ledger
from bulletin.deliver.relay import open_transport, parse_relay
from bulletin.deliver.run import deliver
folder, url = Path(sys.argv[1]), sys.argv[2]
say = lambda done, total: print(done, flush=True)
with open_ledger(folder) as ledger, open_transport(parse_relay(url), folder / "out", clock) as transport:
    enrol(ledger, 40)
    deliver(ledger, transport, clock=clock, progress=say)
"""


def send(folder: Path, transport: Transport, count: int = 3, **options: Any) -> Tally:
    """Enrol and deliver, as one run of `bulletin send` does."""
    with transport, open_ledger(folder) as ledger:
        enrol(ledger, count)
        return deliver(ledger, transport, clock=clock, **options)


def smtp(relay: Relay) -> SmtpTransport:
    quick = Timeouts(quit=1)
    return SmtpTransport("127.0.0.1", relay.port, clock, timeouts=quick, pauses=(0, 0))


def kill_after(folder: Path, url: str, done: int) -> None:
    """Start a send in a process of its own and kill it once so many are done."""
    here = Path(__file__).parent
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(here), str(here.parent)))}
    command = [sys.executable, "-c", SENDER, str(folder), url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        for line in process.stdout:
            if int(line) == done:
                break
        time.sleep(0.0007 * done)
        process.send_signal(signal.SIGKILL)


def test_everybody_gets_one_copy_and_a_second_run_sends_nothing(tmp_path: Path) -> None:
    with Relay() as relay:
        first = send(tmp_path, smtp(relay))
        second = send(tmp_path, smtp(relay))
    assert first == second
    assert (first.accepted, first.recipients) == (3, 3)
    assert relay.counts() == {P0: 1, P1: 1, P2: 1}
    assert relay.connections == 1


def test_whoever_is_left_gets_what_is_approved_by_then(tmp_path: Path) -> None:
    with Relay(replies={("RCPT", P1): ["450 later", "250 ok"]}) as relay:
        send(tmp_path, smtp(relay))
        with open_ledger(tmp_path) as ledger, smtp(relay) as transport:
            enrol(ledger, 3, words="Changed\n")
            deliver(ledger, transport, clock=clock)
    assert [b"Changed" in taken.message for taken in relay.taken] == [False, False, True]


def test_a_deferred_person_is_tried_by_the_next_run_and_a_rejected_one_is_not(tmp_path: Path) -> None:
    replies = {("RCPT", P0): ["450 4.2.0 greylisted", "250 OK"], ("RCPT", P1): ["550 5.1.1 no such user"]}
    with Relay(replies={key: list(value) for key, value in replies.items()}) as relay:
        tallies = [send(tmp_path, smtp(relay)) for _ in range(2)]
    assert [(t.accepted, t.deferred, t.rejected) for t in tallies] == [(1, 1, 1), (2, 0, 1)]
    people = {p.address: p for p in read_tally(tmp_path / "ledger.db").people}
    assert (people[P0].attempts, people[P1].attempts) == (2, 1)
    assert people[P1].reply == "550 5.1.1 no such user"


def test_an_unknown_person_is_never_written_to_again(tmp_path: Path) -> None:
    with Relay(drops={("TAKEN", P1): 1}) as relay:
        tallies = [send(tmp_path, smtp(relay)) for _ in range(3)]
    assert {(t.accepted, t.unknown) for t in tallies} == {(2, 1)}
    assert relay.counts() == {P0: 1, P1: 1, P2: 1}


def test_a_drop_before_the_dot_loses_nobody(tmp_path: Path) -> None:
    with Relay(drops={("RCPT", P0): 1, ("DATA", P1): 2, ("BODY", P2): 1}) as relay:
        tally = send(tmp_path, smtp(relay))
    assert tally.accepted + tally.unknown == 3
    assert set(relay.counts().values()) == {1}


@pytest.mark.parametrize("phase", ["RCPT", "DOT"])
def test_a_relay_that_stops_the_run_leaves_everybody_else_pending(phase: str, tmp_path: Path) -> None:
    with Relay(replies={(phase, P1): ["550 5.7.1 relaying denied"]}) as relay:
        with pytest.raises(RelayError, match="relaying denied"):
            send(tmp_path, smtp(relay))
        relay.replies.clear()
        tally = read_tally(tmp_path / "ledger.db")
        assert (tally.accepted, tally.pending) == (1, 2)
        assert send(tmp_path, smtp(relay)).accepted == 3
    assert set(relay.counts().values()) == {1}


def test_stopping_finishes_what_is_in_flight_and_the_next_run_goes_on(tmp_path: Path) -> None:
    seen = []
    with Relay() as relay:
        stopped = send(tmp_path, smtp(relay), progress=lambda *n: seen.append(n), stop=lambda: len(seen) == 2)
        assert (stopped.accepted, stopped.pending, seen) == (2, 1, [(1, 3), (2, 3)])
        assert send(tmp_path, smtp(relay)).accepted == 3


def test_only_those_named_are_written_to(tmp_path: Path) -> None:
    with Relay() as relay:
        tally = send(tmp_path, smtp(relay), only={P1})
    assert (tally.accepted, tally.pending, list(relay.counts())) == (1, 2, [P1])


def test_a_rate_is_kept(tmp_path: Path) -> None:
    with Relay() as relay:
        start = time.monotonic()
        send(tmp_path, smtp(relay), count=6, rate=20)
    assert 0.25 <= time.monotonic() - start < 5


@pytest.mark.parametrize("done", [1, 7, 25])
def test_a_send_that_was_killed_reaches_everybody_once_through_the_sandbox(done: int, tmp_path: Path) -> None:
    kill_after(tmp_path, "sandbox:", done)
    tally = send(tmp_path, SandboxTransport(tmp_path / "out", clock), count=40)
    assert (tally.accepted, tally.unknown) == (40, 0)
    assert (len(copies(tmp_path / "out")), set(copies(tmp_path / "out").values())) == (40, {1})


@pytest.mark.parametrize("done", [3, 11, 30])
def test_a_send_that_was_killed_names_the_one_person_nobody_can_know_about(done: int, tmp_path: Path) -> None:
    with Relay() as relay:
        kill_after(tmp_path, f"smtp://127.0.0.1:{relay.port}", done)
        tally = send(tmp_path, smtp(relay), count=40)
        unknown = [
            p.address for p in read_tally(tmp_path / "ledger.db").people if p.outcome is Outcome.UNKNOWN
        ]
    assert (tally.accepted + tally.unknown, len(unknown) <= 1) == (40, True)
    assert all(count == 1 for count in relay.counts().values())
    assert set(relay.counts()) | set(unknown) == {f"p{n}@council.example" for n in range(40)}


def test_a_folder_takes_a_send_too(tmp_path: Path) -> None:
    transport = open_transport(parse_relay(f"folder:{tmp_path / 'out'}"), tmp_path, clock)
    assert send(tmp_path, transport).accepted == 3
    assert copies(tmp_path / "out") == {P0: 1, P1: 1, P2: 1}
