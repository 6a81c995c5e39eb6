"""Keep to a rate, slower where the relay asks for it: so many messages a second over all connections."""

import time
from collections.abc import Callable

from bulletin.deliver.waiting import sleep

_STEP = 0.1
_CATCH_UP = 0.25
_SLOWEST = 0.1
_CALM = 10.0
_FASTER = 1.25
_FORGOTTEN = 20.0
_SHORTEST = 0.1


class Pace:
    """A token bucket for all connections; waiting is by a clock that nobody can set back.

    It catches up with a quarter of a second at most, or with one message: that keeps the rate however long
    single messages take, and never bursts. `slow` halves it once in ten seconds at most; every ten seconds
    without a complaint make it a quarter faster again, up to the rate it was given.

    rate: messages a second, None for as fast as it goes.
    """

    def __init__(self, rate: float | None, now: Callable[[], float] = time.monotonic) -> None:
        self._ceiling = rate
        self._rate = rate
        self._now = now
        self._begun: float | None = None
        self._next = self._changed = now()
        self._taken = 0

    @property
    def is_free(self) -> bool:
        """Whether there is no rate to keep."""
        return self._rate is None

    @property
    def rate(self) -> float | None:
        """Messages a second as they may go now, None for as fast as it goes."""
        return self._rate

    def wait(self, stop: Callable[[], bool]) -> bool:
        """Wait for the next moment; give False where `stop` says so before it comes."""
        if self._begun is None:
            self._begun = self._now()
        if self._rate is None:
            self._taken += 1
            return True
        moment = self._book()
        while (left := moment - self._now()) > 0:
            if stop():
                return False
            sleep(min(left, _STEP))
        return True

    def slow(self) -> None:
        """Go at half the rate from now on; complaints that come together count once."""
        now = self._now()
        if self._rate is not None and now - self._changed < _CALM and self._rate != self._ceiling:
            return
        self._rate = max((self._rate or self._so_far(now)) / 2, _SLOWEST)
        self._changed = self._next = now

    def _so_far(self, now: float) -> float:
        """Give how many a second it was, since the first."""
        return self._taken / max(now - (now if self._begun is None else self._begun), _SHORTEST)

    def _book(self) -> float:
        """Take the next moment there is."""
        self._taken += 1
        now = self._now()
        self._recover(now)
        gap = 1 / self._rate if self._rate else 0.0
        moment = max(self._next, now - max(gap, _CATCH_UP))
        self._next = moment + gap
        return moment

    def _recover(self, now: float) -> None:
        """Go a little faster after a while without a complaint."""
        if self._rate is None or self._rate == self._ceiling or now - self._changed < _CALM:
            return
        self._changed = now
        self._rate *= _FASTER
        if self._ceiling is not None:
            self._rate = min(self._rate, self._ceiling)
        elif self._rate > _FORGOTTEN * max(self._so_far(now), 1.0):
            self._rate = None
