"""What the connections of one run have in common: how it is to go, and whether it may go on."""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime

from bulletin.deliver.loop import Task, current
from bulletin.deliver.record.ledger import Ledger
from bulletin.deliver.record.rows import Entry
from bulletin.deliver.sending.breaker import Breaker, Outage
from bulletin.deliver.sending.committer import Committer
from bulletin.deliver.sending.pace import Pace
from bulletin.deliver.sending.quota import Quota
from bulletin.deliver.transport import Clock
from bulletin.deliver.waiting import sleep
from bulletin.model.delivery import Attempt, Delivery, Outcome

_STEP = 0.1
_AGAIN = (Outcome.DEFERRED, Outcome.PENDING)


@dataclass(frozen=True, slots=True)
class Order:
    """How a run is to go.

    progress: is told how many of how many are done. stop: asked before each delivery.
    only: the keys of those to write to, None for everybody who is left; whoever was rejected is tried again
    when named. connections: how many at once. quota: what the relay takes in 24 hours, None for any.
    retry_wait: seconds to wait in all before those put off are tried again, twice at most; 0 leaves them.
    seeds: copies for our own addresses that go first; a refusal stops the run before anybody else is
    written to.
    """

    clock: Clock
    progress: Callable[[int, int], None] = lambda _done, _total: None
    stop: Callable[[], bool] = lambda: False
    only: Collection[str] | None = None
    connections: int = 1
    pace: Pace = field(default_factory=lambda: Pace(None))
    quota: Quota | None = None
    retry_wait: float = 0
    seeds: tuple[Delivery, ...] = ()


class Shared:
    """One run, as all of its connections see it.

    date: that of every message. failure: the first thing that stopped the run. spent: whether the relay
    takes no more today. again: how many of this round are worth another try. stopped_at: whose refusal
    stopped the run.
    """

    def __init__(self, ledger: Ledger, committer: Committer, order: Order) -> None:
        self.ledger = ledger
        self.committer = committer
        self.clock = order.clock
        self.date: datetime = ledger.first_sent_at or order.clock()
        self.pace = order.pace
        self.breaker = Breaker()
        self.outage = Outage()
        self.failure: BaseException | None = None
        self.spent = False
        self.again = 0
        self.stopped_at: list[str] = []
        self._stop = order.stop
        self._progress = order.progress
        self.total = ledger.waiting() if order.only is None else len(order.only)
        self._done = 0
        self._counting = True
        self._quota = order.quota
        self._counted: set[int] = set()
        self._halted = False
        self._at_work = 0
        self._idle: list[Task] = []

    def halt(self) -> None:
        """Let nobody begin another delivery."""
        self._halted = True

    def fail(self, failure: BaseException, entry: Entry | None = None) -> None:
        """Halt; the first failure is the one that is told, and with whom it came is remembered."""
        self.failure = self.failure or failure
        if entry:
            self.stopped_at.append(entry.recipient.key)
        self.halt()

    def is_over(self) -> bool:
        """Whether no further delivery may begin."""
        if not self._halted and self._stop():
            self.halt()
        return self._halted

    def may_offer(self, entry: Entry) -> bool:
        """Take one off what the relay still takes today, if there is one left; whoever has theirs goes on."""
        if self._quota is None or entry.number in self._counted:
            self._counted.discard(entry.number)
            return True
        self.spent = self.spent or not self._quota.spend()
        return not self.spent

    def give_back(self, entry: Entry) -> None:
        """Put back an entry that could not be offered, which counts already."""
        self._counted.add(entry.number)
        self.committer.give_back(entry)
        if self._idle:
            self._idle.pop().wake()

    def join(self) -> None:
        """Count one more connection that may give somebody back."""
        self._at_work += 1

    def leave(self) -> None:
        """Count one fewer; with the last, whoever waits for somebody to be given back waits no more."""
        self._at_work -= 1
        while self._idle and not self._at_work:
            self._idle.pop().wake(in_time=False)

    def more_to_come(self) -> bool:
        """Wait until a connection gives somebody back; give False where none will.

        A relay that takes few connections at once would else keep those without one waiting for ever, each
        with somebody in hand, while those that have one are done.
        """
        self.leave()
        given_back = False
        if self._at_work and not self.is_over() and (task := current()):
            self._idle.append(task)
            given_back = task.rest()
        self.join()
        return given_back

    def wait_to_connect(self, seconds: float) -> None:
        """Wait with nobody in hand, and no longer than there may be somebody to write to."""
        self.leave()
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and not self.is_over():
            if self.committer.is_exhausted and not self._at_work:
                break
            sleep(min(left, _STEP))
        self.join()

    def tell(self, entry: Entry, attempt: Attempt) -> None:
        """Record what came of an entry, tell of it, and judge whether the run may go on.

        Raises:
            RelayError: too many were refused.
        """
        self.committer.settle(entry, attempt)
        self.again += attempt.outcome in _AGAIN
        if self._counting:
            self._done += 1
            self._progress(self._done, self.total)
        self.breaker.judge(attempt)

    def begin_round(self, wanted: Callable[[Entry], bool], *outcomes: Outcome, counting: bool) -> None:
        """Begin with whoever is wanted and stands at these outcomes."""
        self._counting = counting
        if not counting:
            self.again = 0
        self.committer.begin_round(wanted, outcomes)

    def pause(self, seconds: float) -> bool:
        """Wait, and give False where the run is over before."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and not self.is_over():
            sleep(min(left, _STEP))
        return not self.is_over()
