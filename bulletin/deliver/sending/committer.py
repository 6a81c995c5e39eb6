"""Write the ledger for all connections of a run: many marks and results, one commit."""

import math
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Self

from bulletin.deliver.loop import Task, current
from bulletin.deliver.record.ledger import Ledger
from bulletin.deliver.record.rows import Entry
from bulletin.errors import BulletinError
from bulletin.model.delivery import Attempt, Outcome

_SOON = 0.2


class Committer:
    """Gives the entries of a round, and commits what becomes of them; the chore of a run's loop.

    A mark waits for company, since a commit takes as long for one as for all: until everybody has asked who
    shared the last one, and no longer than that one took. A result goes with the next mark, and soon where
    there is none.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._wanted: Callable[[Entry], bool] = lambda _entry: True
        self._outcomes: tuple[Outcome, ...] = ()
        self._read_to: int | None = None
        self._feed: deque[Entry] = deque()
        self._marks: list[tuple[Entry, datetime]] = []
        self._asking: list[Task] = []
        self._lately: set[Task] = set()
        self._patience = 0.0
        self._due = math.inf
        self._failure: Exception | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._marks = []  # whoever asked for one of these has ended, and sends no terminator
        if self._failure is None:
            self.do()
        if self._failure is not None:
            with suppress(BulletinError):
                self._ledger.rescue()
            if kind is None:
                raise self._failure

    def begin_round(self, wanted: Callable[[Entry], bool], outcomes: tuple[Outcome, ...]) -> None:
        """Read from the beginning whoever is wanted and stands at one of these outcomes when reached."""
        self.do()
        self._wanted, self._outcomes, self._read_to = wanted, outcomes, 0

    def take(self) -> Entry | None:
        """Give the next entry of the round, None where nobody is left."""
        while not self._feed and self._read_to is not None and self._failure is None:
            entries = self._ledger.page(self._read_to, self._outcomes)
            self._feed.extend(filter(self._wanted, entries))
            self._read_to = entries[-1].number if entries else None
        return self._feed.popleft() if self._feed and self._failure is None else None

    @property
    def is_exhausted(self) -> bool:
        """Whether the round has nobody left to give."""
        return self._read_to is None and not self._feed

    def give_back(self, entry: Entry) -> None:
        """Put back an entry that nobody was offered, for whoever takes the next one."""
        self._feed.appendleft(entry)

    def settle(self, entry: Entry, attempt: Attempt) -> None:
        """Record what came of an entry."""
        self._ledger.settle(entry, attempt)
        self._due = min(self._due, time.monotonic() + _SOON)

    def mark(self, entry: Entry, at: datetime) -> None:
        """Mark that an entry's terminator is about to be sent; come back when that is on the disk.

        Raises:
            BulletinError: it is not, and will not be: the terminator must not be sent.
            ValueError: nobody who could wait has asked.
        """
        if (task := current()) is None:
            raise ValueError("a mark is waited for by a task of the run's loop")
        self._marks.append((entry, at))
        self._ask(task)
        task.rest()
        if self._failure is not None:
            raise self._failure

    def due(self) -> float:
        """Give the moment of the next commit, by the monotonic clock."""
        return self._due

    def do(self) -> None:
        """Commit, and wake whoever has asked for it."""
        begun = time.monotonic()
        try:
            if self._failure is None:
                self._ledger.commit(self._marks)
        except Exception as failure:  # noqa: BLE001  whoever has asked raises it
            self._failure = failure
        self._patience = time.monotonic() - begun
        for task in self._asking:
            task.wake()
        self._lately = set(self._asking)
        self._marks, self._asking, self._due = [], [], math.inf

    def _ask(self, task: Task) -> None:
        self._asking.append(task)
        self._lately.discard(task)
        if not self._lately:
            self._due = -math.inf
        elif len(self._asking) == 1:
            self._due = min(self._due, time.monotonic() + self._patience)
