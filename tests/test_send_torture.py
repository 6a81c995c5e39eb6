"""kill -9 at random moments, through a relay that drops, defers and lies: nobody lost, nobody twice."""

import multiprocessing
import os
import random
import threading
import time
from collections import Counter
from pathlib import Path

import pytest
from fault_relay import FaultRelay
from officer import Officer, through, writing_to

from bulletin.deliver.record.ledger import read_tally
from bulletin.model.delivery import Outcome

pytestmark = pytest.mark.skipif(os.name == "nt", reason="kill -9 is of POSIX")
CONNECTIONS = 3


class Mischief:
    """What the relay does wrong: by chance, and to the same person at the same step once at most."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311  no secret
        self._lock = threading.Lock()
        self._done: set[tuple[str, str]] = set()
        self.unanswered = 0

    def __call__(self, phase: str, address: str) -> str:
        with self._lock:
            act = self._act(phase, self._chance.random())
            if not act or (phase, address) in self._done:
                return ""
            self._done.add((phase, address))
            self.unanswered += phase != "BODY" and act.endswith(("drop", "ok"))  # an answer may go with it
            return act

    @staticmethod
    def _act(phase: str, chance: float) -> str:
        if phase == "DOT":
            acts = ((0.01, "drop"), (0.02, "take drop"), (0.03, "half 250 ok"), (0.05, "451 4.3.0 later"))
        elif phase == "RCPT":
            acts = ((0.01, "drop"), (0.06, "450 4.2.0 greylisted"), (0.07, "421 4.3.2 restarting"))
        else:
            acts = ((0.01, "drop"),) if phase in ("DATA", "BODY") else ()
        return next((act for most, act in acts if chance < most), "")


def process_of(officer: Officer, *words: object) -> "multiprocessing.Process":
    """Give a process of its own that runs a command: forked by one that has imported all of it already."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(
        ["officer", "bulletin.cli.send", "bulletin.pipeline.send", "bulletin.deliver.smtp.client"]
    )
    return context.Process(target=officer, args=words)


def send_and_kill(officer: Officer, relay: FaultRelay, count: int, after: int) -> None:
    """Send in a process of its own; kill it once so many more were taken, or it has ended."""
    words = (*through(relay), "--connections", CONNECTIONS, "--confirm", count)
    most = len(relay.taken) + after
    process = process_of(officer, "send", *words)
    process.start()
    while process.is_alive() and len(relay.taken) < most:
        time.sleep(0.0005)
    process.kill()
    process.join()
    process.close()


def torture(officer: Officer, count: int, kills: int, seed: int) -> None:
    chance, mischief = random.Random(seed), Mischief(seed)  # noqa: S311  no secret
    with FaultRelay(mischief) as relay:
        for _ in range(kills):
            send_and_kill(officer, relay, count, chance.randrange(1, max(2, 2 * count // kills)))
        for _ in range(20):
            again = officer.send(*through(relay), confirm=count)
            if again.code != 4:
                break
        judge(officer, relay.counts(), count, kills * CONNECTIONS + mischief.unanswered)


def judge(officer: Officer, taken: Counter[str], count: int, most_unknown: int) -> None:
    """See that everybody is accounted for, by what the relay took and what the ledger says."""
    tally = read_tally(officer.path("ledger.db"))
    people = {one.address: one.outcome for one in tally.people}
    unknown = {address for address, outcome in people.items() if outcome is Outcome.UNKNOWN}
    assert (len(people), tally.pending, tally.deferred, tally.rejected) == (count, 0, 0, 0)
    assert max(taken.values()) == 1, "somebody has two copies"
    assert people.keys() - taken.keys() <= unknown, "somebody is missed who is not named unknown"
    assert {address for address in people if people[address] is Outcome.ACCEPTED} <= taken.keys()
    assert len(unknown) <= most_unknown


def test_200_people_through_5_kills(tmp_path: Path) -> None:
    torture(writing_to(200, tmp_path), 200, kills=5, seed=14)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Take as many runs of the long one as were asked for."""
    if "seed" in metafunc.fixturenames:
        metafunc.parametrize("seed", range(1, metafunc.config.getoption("--torture") + 1))


@pytest.mark.slow
def test_2000_people_through_100_kills(seed: int, tmp_path: Path) -> None:
    torture(writing_to(2000, tmp_path), 2000, kills=100, seed=seed)
