"""One connection's work in a run: take, stage, mark, release, record, over and over."""

import random
from dataclasses import dataclass

from bulletin.deliver.record.rows import Entry
from bulletin.deliver.sending.letter import delivery_of
from bulletin.deliver.sending.shared import Shared
from bulletin.deliver.transport import AGAIN, Transport, UnreachableError
from bulletin.errors import RelayError
from bulletin.model.delivery import Attempt, Delivery, Outcome

_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 15.0


@dataclass(frozen=True, slots=True)
class _Job:
    """An entry in hand and its message."""

    entry: Entry
    delivery: Delivery


class Lane:
    """One connection of a run."""

    def __init__(self, transport: Transport, shared: Shared) -> None:
        self._transport = transport
        self._shared = shared
        self._failures = 0

    def run(self) -> None:
        """Deliver until the round has nobody left or the run is over; what fails is left with `Shared`."""
        self._shared.join()
        try:
            job = self._take()
            while job or self._shared.more_to_come():
                job = (self._deliver(job) if job else None) or self._take()
        except Exception as failure:  # noqa: BLE001  whoever began the run raises it
            self._shared.fail(failure)
        finally:
            self._shared.leave()

    def _deliver(self, job: _Job) -> _Job | None:
        """Deliver one; give the next where its envelope went out with this one's end."""
        following = None
        try:
            attempt = self._transport.stage(job.delivery)
            if attempt is None:
                following = self._take_at_hand()
                attempt = self._release(job, following)
        except UnreachableError as error:
            self._without_connection(error, job, following)
            return None
        except RelayError as error:
            self._shared.committer.settle(job.entry, self._pending(error))
            self._shared.fail(error, job.entry)
            return None
        self._shared.tell(job.entry, attempt)
        if attempt.outcome is Outcome.PENDING:
            return self._after_loss(job, attempt, following)
        self._shared.outage.ended()
        self._failures = 0
        return None if self._shared.is_over() else following

    def _release(self, job: _Job, following: _Job | None) -> Attempt:
        """Send the terminator once its mark is durable; what was not taken is marked as pending again."""
        self._shared.committer.mark(job.entry, self._shared.clock())
        try:
            return self._transport.release(following.delivery if following else None)
        except UnreachableError as error:
            self._shared.committer.settle(job.entry, self._pending(error))
            raise

    def _pending(self, error: RelayError) -> Attempt:
        """Give what keeps the relay's words with whoever they were said of."""
        return Attempt(Outcome.PENDING, error.detail, self._shared.clock())

    def _after_loss(self, job: _Job, attempt: Attempt, following: _Job | None) -> _Job | None:
        """Go on after somebody who is left for the next round; where many running are, it is the relay."""
        if self._shared.outage.lost(job.entry.recipient.key):
            error = UnreachableError(f"the relay keeps hanging up: {attempt.reply}", AGAIN)
            self._without_connection(error, following)
            return None
        return None if self._shared.is_over() else following

    def _without_connection(self, error: UnreachableError, *jobs: _Job | None) -> None:
        """Give what is in hand back to whoever has a connection, and wait with jitter before trying again."""
        for job in jobs:
            if job:
                self._shared.give_back(job.entry)
        self._shared.outage.met(error)
        longest = min(_FIRST_PAUSE * 2**self._failures, _LONGEST_PAUSE)
        self._failures += 1
        self._shared.wait_to_connect(random.uniform(longest / 4, longest))  # noqa: S311  no secret

    def _take(self) -> _Job | None:
        """Wait for the next moment and give the next person, None where nobody is left or the run is over."""
        shared = self._shared
        entry = None if shared.is_over() else shared.committer.take()
        if entry and shared.may_offer(entry) and shared.pace.wait(shared.is_over):
            return self._job(entry)
        return None

    def _take_at_hand(self) -> _Job | None:
        """Give the next person at once, None where there is nobody at hand or a pause is due."""
        shared = self._shared
        if not shared.pace.is_free or shared.is_over():
            return None
        entry = shared.committer.take()
        if entry is None or not shared.may_offer(entry):
            return None
        shared.pace.wait(shared.is_over)
        return self._job(entry)

    def _job(self, entry: Entry) -> _Job:
        """Make an entry's message from what the ledger has frozen."""
        shared = self._shared
        return _Job(entry, delivery_of(entry, shared.ledger.content(entry.content), shared.date))
