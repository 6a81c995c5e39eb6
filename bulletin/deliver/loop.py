"""Let the connections of a run take turns in one thread: whoever has to wait lets the others go on.

Each is a greenlet, so a conversation reads as if it were the only one. Threads would cost more than the
sending itself, since most system calls hand the interpreter over.
"""

import math
import selectors
import socket
import time
from collections import deque
from collections.abc import Callable
from typing import Protocol

from greenlet import getcurrent, greenlet

READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE
Selector: type[selectors.BaseSelector] = getattr(selectors, "PollSelector", selectors.SelectSelector)
"""How to watch a few sockets: `select`, which knows no more than 1,024 files, is all there is on Windows."""

_LONGEST = 1.0
"""Seconds to watch at a time: on Windows Ctrl-C is heard only in between, elsewhere nearly always at once."""


class Chore(Protocol):
    """Something that is done for all tasks at once, between their turns."""

    def due(self) -> float:
        """Give the moment it is due, by the monotonic clock; infinity while there is nothing to do."""

    def do(self) -> None:
        """Do it, and wake whoever rests until it is done."""


class Task(greenlet):
    """One job of a loop; deadline: the moment until which it rests at most, by the monotonic clock."""

    def __init__(self, job: Callable[[], object], loop: "Loop") -> None:
        super().__init__(lambda _in_time: job(), loop.home)
        self.deadline = math.inf
        self._loop = loop

    def rest(self, deadline: float = math.inf) -> bool:
        """Let the others go on until this one is woken; give False where the deadline comes first.

        Called by the task itself.
        """
        self.deadline = deadline
        return bool(self._loop.home.switch())

    def watch(self, one: socket.socket, events: int, deadline: float) -> bool:
        """Rest until there is something to READ or room to WRITE; False where the deadline comes first."""
        self._loop.selector.register(one, events, self)
        try:
            return self.rest(deadline)
        finally:
            self._loop.selector.unregister(one)

    def wake(self, *, in_time: bool = True) -> None:
        """Let it go on when its turn comes; called by others, once while it rests."""
        self.deadline = math.inf
        self._loop.runnable.append((self, in_time))


class Loop:
    """Runs tasks by turns until each has ended, and a chore between them.

    home: where the loop itself runs. selector: what tasks wait for. runnable: whose turn is next, and whether
    they were woken in time.
    """

    def __init__(self, chore: Chore) -> None:
        self.home = getcurrent()
        self.selector = Selector()
        self.runnable: deque[tuple[Task, bool]] = deque()
        self._chore = chore
        self._tasks: list[Task] = []

    def add(self, *jobs: Callable[[], object]) -> None:
        """Let jobs begin when their turns come."""
        for job in jobs:
            self._tasks.append(Task(job, self))
            self._tasks[-1].wake()

    def run(self) -> None:
        """Run until every job has ended, once; what one of them raises ends the others where they stand."""
        try:
            while self._tasks:
                while self.runnable:
                    task, in_time = self.runnable.popleft()
                    task.switch(in_time)
                self._tasks = [task for task in self._tasks if not task.dead]
                if self._chore.due() <= time.monotonic():
                    self._chore.do()
                elif self._tasks:
                    self._wake_some()
        finally:
            self.runnable.clear()
            for task in self._tasks:
                task.throw()
            self.selector.close()

    def _wake_some(self) -> None:
        """Wait until somebody can go on or the chore is due; nobody waits past their deadline."""
        until = min(self._chore.due(), *(task.deadline for task in self._tasks))
        for key, _ in self._select(max(until - time.monotonic(), 0)):
            key.data.wake()
        now = time.monotonic()
        if until <= now:
            for task in self._tasks:
                if task.deadline <= now:
                    task.wake(in_time=False)

    def _select(self, seconds: float) -> list[tuple[selectors.SelectorKey, int]]:
        """Wait so long at most for any of the sockets; Windows cannot wait for none of them."""
        if self.selector.get_map():
            return self.selector.select(min(seconds, _LONGEST))
        time.sleep(seconds)
        return []


def current() -> Task | None:
    """Give the task that calls this, None outside of a loop."""
    one = getcurrent()
    return one if isinstance(one, Task) else None
