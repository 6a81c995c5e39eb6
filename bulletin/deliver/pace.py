"""Keep to a rate: so many messages a second, and no faster."""

import time
from collections.abc import Callable

_STEP = 0.1


class Pace:
    """The moments at which the next message may go; never more than one message is caught up."""

    def __init__(self, rate: float | None) -> None:
        self._gap = 1 / rate if rate else 0.0
        self._next = time.monotonic()

    def is_due(self) -> bool:
        """Tell whether `wait` would return at once."""
        return not self._gap or time.monotonic() >= self._next

    def wait(self, stop: Callable[[], bool]) -> bool:
        """Wait for the next moment; give False where `stop` says so before it comes."""
        if not self._gap:
            return True
        while (left := self._next - time.monotonic()) > 0:
            if stop():
                return False
            time.sleep(min(left, _STEP))
        self._next = max(self._next + self._gap, time.monotonic() - self._gap)
        return True
