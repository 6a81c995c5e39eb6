"""Write the ledger from one thread for all connections: many marks and results, one commit."""

import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from queue import Empty, SimpleQueue
from typing import NamedTuple, Self

from bulletin.deliver.ledger import Ledger
from bulletin.deliver.rows import Entry
from bulletin.errors import BulletinError
from bulletin.model.delivery import Attempt, Outcome

_IDLE = 0.2
_LOW_WATER = 200
_LOOK_AGAIN = 0.5
_NEVER = sys.maxsize


class _Mark(NamedTuple):
    """One terminator about to be sent, and the lock to release once that is on the disk."""

    entry: Entry
    at: datetime
    durable: threading.Lock


class Turn:
    """One connection's place in the next commit; used by its thread alone."""

    def __init__(self, committer: "Committer") -> None:
        self._committer = committer
        self._durable = threading.Lock()
        self._durable.acquire()

    def begin(self, entry: Entry, at: datetime) -> None:
        """Ask for the mark that this entry's terminator is about to be sent."""
        self._committer.ask(_Mark(entry, at, self._durable))

    def wait(self) -> None:
        """Wait until the mark is on the disk.

        Raises:
            BulletinError: it is not, and will not be: the terminator must not be sent.
        """
        while not self._durable.acquire(timeout=_LOOK_AGAIN):
            self._committer.raise_failure()


class Committer:
    """The thread that alone uses an open ledger while this is entered: it commits, and it reads ahead."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._wanted: Callable[[Entry], bool] = lambda _entry: True
        self._asked: deque[_Mark] = deque()
        self._enough = _NEVER
        self._bell: SimpleQueue[None] = SimpleQueue()
        self._lately: frozenset[threading.Lock] = frozenset()
        self._took = 0.0
        self._feed: SimpleQueue[Entry] = SimpleQueue()
        self._outcomes: tuple[Outcome, ...] = ()
        self._last = 0
        self._read = threading.Event()
        self._read.set()
        self._ending = False
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="ledger", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._ending = True
        self._bell.put(None)
        self._thread.join()
        if self._failure is not None:
            with suppress(BulletinError):
                self._ledger.rescue()
        if kind is None:
            self.raise_failure()
        self._failure = self._failure or BulletinError("the ledger is closed")

    def begin_round(self, wanted: Callable[[Entry], bool], outcomes: tuple[Outcome, ...]) -> None:
        """Read from the beginning whoever is wanted and stands at one of these outcomes when reached."""
        self._wanted, self._outcomes, self._last = wanted, outcomes, 0
        self._read.clear()
        self._bell.put(None)

    def take(self, seconds: float = 0) -> Entry | None:
        """Give the next entry of the round, None where none is at hand in time: see `is_exhausted`."""
        try:
            return self._feed.get(timeout=seconds) if seconds else self._feed.get_nowait()
        except Empty:
            return None

    def give_back(self, entry: Entry) -> None:
        """Put back an entry that nobody was offered."""
        self._feed.put(entry)

    @property
    def is_exhausted(self) -> bool:
        """Whether the round has nobody left."""
        return self._failure is not None or (self._read.is_set() and self._feed.empty())

    def settle(self, entry: Entry, attempt: Attempt) -> None:
        """Record what came of an entry; it is written with the next commit, and soon where there is none."""
        self._ledger.settle(entry, attempt)

    def ask(self, mark: _Mark) -> None:
        """Ask for a mark."""
        self._asked.append(mark)
        if len(self._asked) >= self._enough:
            self._bell.put(None)

    def raise_failure(self) -> None:
        """Raise what keeps the ledger from being written, if anything does."""
        if self._failure is not None:
            raise self._failure

    def _run(self) -> None:
        try:
            while True:
                marks = self._gather()
                begun = time.monotonic()
                self._ledger.commit([(mark.entry, mark.at) for mark in marks])
                self._took = time.monotonic() - begun
                for mark in marks:
                    mark.durable.release()
                if self._ending:
                    return
                self._read_ahead()
        except BaseException as failure:  # noqa: BLE001  whoever waits for this thread raises it
            self._failure = failure

    def _gather(self) -> list[_Mark]:
        """Give every mark asked for by now; wait a moment for a first one, and for enough company.

        Enough is half of the connections at work, so that one half's marks are written while the other half
        sends: smaller commits would take the processor from those about to ask. It waits no longer for that
        than the last commit took.
        """
        self._await(1, _IDLE)
        if self._asked:
            asking = frozenset(mark.durable for mark in self._asked.copy())
            self._await((len(asking | self._lately) + 1) // 2, self._took)
        marks = [self._asked.popleft() for _ in range(len(self._asked))]
        self._lately = frozenset(mark.durable for mark in marks)
        return marks

    def _await(self, enough: int, seconds: float) -> None:
        """Wait until so many marks are asked for, or so long, or until something else is to be done."""
        self._enough = enough
        if len(self._asked) < enough:
            with suppress(Empty):
                self._bell.get(timeout=seconds)
        self._enough = _NEVER
        while not self._bell.empty():
            self._bell.get_nowait()

    def _read_ahead(self) -> None:
        """Keep enough entries at hand for every connection, and their editions."""
        while not self._read.is_set() and self._feed.qsize() < _LOW_WATER:
            entries = self._ledger.page(self._last, self._outcomes)
            for entry in filter(self._wanted, entries):
                self._ledger.content(entry.content)
                self._feed.put(entry)
            if entries:
                self._last = entries[-1].number
            else:
                self._read.set()
