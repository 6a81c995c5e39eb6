"""A rate is kept, however messages come, and a relay that asks for less gets less."""

import pytest
from sending import NOON

from bulletin.deliver.sending.breaker import Breaker
from bulletin.deliver.sending.pace import Pace
from bulletin.errors import RelayError
from bulletin.model.delivery import Attempt, Outcome


class Clock:
    """A clock that moves when somebody waits."""

    def __init__(self) -> None:
        self.time = 1000.0

    def __call__(self) -> float:
        return self.time

    def move(self, seconds: float) -> None:
        self.time += seconds


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Clock:
    watch = Clock()
    monkeypatch.setattr("time.sleep", lambda seconds: setattr(watch, "time", watch.time + seconds))
    return watch


def never() -> bool:
    return False


def offered(pace: Pace, watch: Clock, seconds: float, takes: float = 0.0) -> int:
    """Count how many messages go in so many seconds, each of which takes some time."""
    end, count = watch.time + seconds, 0
    while watch.time < end:
        pace.wait(never)
        watch.time += takes
        count += 1
    return count


@pytest.mark.parametrize("rate", [0.5, 5.0, 50.0])
@pytest.mark.parametrize("part", [0.0, 0.3, 0.9])
def test_a_rate_is_kept_within_3_per_cent(rate: float, part: float, watch: Clock) -> None:
    count = offered(Pace(rate, watch), watch, 600, part / rate)
    assert abs(count / 600 / rate - 1) < 0.03


def test_after_a_pause_no_burst_follows(watch: Clock) -> None:
    pace = Pace(10, watch)
    offered(pace, watch, 5)
    watch.time += 60
    assert offered(pace, watch, 1) <= 15


def test_without_a_rate_nobody_waits_until_the_relay_asks(watch: Clock) -> None:
    pace = Pace(None, watch)
    offered(pace, watch, 10, takes=0.01)
    pace.slow()
    assert pace.rate == pytest.approx(50, rel=0.02)


def test_complaints_that_come_together_count_once(watch: Clock) -> None:
    pace = Pace(16, watch)
    for _ in range(5):
        pace.slow()
    assert pace.rate == 8


def test_the_rate_comes_back_by_and_by_and_no_higher(watch: Clock) -> None:
    pace = Pace(16, watch)
    pace.slow()
    offered(pace, watch, 15)
    assert pace.rate == 10
    offered(pace, watch, 60)
    assert pace.rate == 16


def test_however_often_it_is_asked_a_message_goes_every_ten_seconds(watch: Clock) -> None:
    pace = Pace(1, watch)
    for _ in range(20):
        pace.slow()
        watch.time += 11
    assert pace.rate == 0.1


def test_waiting_ends_when_the_run_does(watch: Clock) -> None:
    pace = Pace(0.01, watch)
    pace.wait(never)
    assert not pace.wait(lambda: watch.time > 1001)
    assert watch.time < 1002


def judged(*outcomes: str) -> Breaker:
    breaker = Breaker()
    for outcome in outcomes:
        reply = "550 5.1.1 no" if outcome == "rejected" else ""
        breaker.judge(Attempt(Outcome(outcome), reply, NOON))
    return breaker


def test_one_in_twenty_refused_stops_a_run_once_there_are_twenty() -> None:
    few = ["accepted"] * 18 + ["rejected"]
    judged(*few * 19)
    with pytest.raises(RelayError, match="20 of 380 people were refused"):
        judged(*few * 20)
    judged(*(["accepted"] * 30 + ["rejected"]) * 100)


def test_whoever_the_relay_never_saw_is_no_refusal() -> None:
    breaker = Breaker()
    for _ in range(100):
        breaker.judge(Attempt(Outcome.REJECTED, "the relay takes no address with accents", NOON))
        breaker.judge(Attempt(Outcome.DEFERRED, "450 later", NOON))
