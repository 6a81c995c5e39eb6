"""Deliver an issue: from the ledger alone, one message a person, each step marked before it is taken."""

import random
from collections.abc import Callable, Collection, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime

from bulletin.deliver.loop import Loop
from bulletin.deliver.record.ledger import Ledger
from bulletin.deliver.record.rows import Entry
from bulletin.deliver.record.schema import STOPS
from bulletin.deliver.sending.canary import send_seeds
from bulletin.deliver.sending.committer import Committer
from bulletin.deliver.sending.lane import Lane
from bulletin.deliver.sending.shared import Order, Shared
from bulletin.deliver.transport import Transport
from bulletin.model.delivery import Attempt, Delivery, Outcome, Tally

__all__ = ["Order", "Sent", "deliver", "offer"]

_SHARES = (1 / 3, 2 / 3)
_PEOPLE_EACH = 5
_MOST_STOPS = 100


@dataclass(frozen=True, slots=True)
class Sent:
    """How everything stands after a run; next_at: when the relay takes more, if its day is used up."""

    tally: Tally
    next_at: datetime | None = None


def deliver(ledger: Ledger, connect: Callable[[], Transport], order: Order) -> Sent:
    """Write to everybody who is pending or deferred; whoever is accepted or unknown is never touched.

    connect: gives a transport of its own for each connection.

    Raises:
        RelayError: the relay stops the run; everybody not settled is still pending.
        BulletinError: the ledger cannot be written any more, so nothing more was sent.
    """
    with ExitStack() as stack:
        first = stack.enter_context(connect())
        _ask_after_unknown(ledger, first)
        if order.only is None and order.seeds and ledger.waiting():
            send_seeds(ledger, first, order)
        shared, last = Shared(ledger, Committer(ledger), order), _stopped_at(ledger)
        connections = min(order.connections, 1 + shared.total // _PEOPLE_EACH)
        transports = (first, *(stack.enter_context(connect()) for _ in range(connections - 1)))
        try:
            with shared.committer:
                _rounds([Lane(transport, shared) for transport in transports], shared, order, last)
        finally:
            _say_goodbye(transports, shared)
    lost_at = sorted(shared.outage.lost_at) if shared.failure else ()
    _note_stops(ledger, (*last, *lost_at, *shared.stopped_at))
    if shared.failure:
        raise shared.failure
    return Sent(ledger.tally(), order.quota.next_at() if order.quota and shared.spent else None)


def offer(transport: Transport, delivery: Delivery) -> Attempt:
    """Offer one delivery that no ledger knows, such as a test copy."""
    return transport.stage(delivery) or transport.release()


def _rounds(lanes: list[Lane], shared: Shared, order: Order, last: tuple[str, ...]) -> None:
    """Go through everybody once, and through those put off twice more, after waits with full jitter.

    Those whose refusal stopped an earlier run come last, or they would stop every run before the others.
    """
    rejected = () if order.only is None else (Outcome.REJECTED,)
    for wanted in (_wanted(order, but=last), *([_wanted(order, among=last)] if last else [])):
        shared.begin_round(wanted, Outcome.PENDING, Outcome.DEFERRED, *rejected, counting=True)
        _work(lanes, shared)
    for share in _SHARES:
        wait = random.uniform(0, share * order.retry_wait)  # noqa: S311  no secret
        if not (order.retry_wait and shared.again and not shared.spent and shared.pause(wait)):
            return
        shared.begin_round(_wanted(order), Outcome.DEFERRED, Outcome.PENDING, counting=False)
        _work(lanes, shared)


def _work(lanes: list[Lane], shared: Shared) -> None:
    """Let every connection work until the round is over: the first alone until it has worked in this run.

    So a wrong password is tried once.
    """
    first, *others = (lane.run for lane in lanes)
    loop = Loop(shared.committer)
    loop.add(first)
    shared.outage.when_it_works(lambda: loop.add(*others))
    loop.run()


def _say_goodbye(transports: Iterable[Transport], shared: Shared) -> None:
    """Close all connections at once, so that a relay that is silent is waited for once."""
    loop = Loop(shared.committer)
    loop.add(*(transport.close for transport in transports))
    loop.run()


def _wanted(
    order: Order, *, but: Collection[str] = (), among: Collection[str] | None = None
) -> Callable[[Entry], bool]:
    only = order.only

    def is_wanted(entry: Entry) -> bool:
        key = entry.recipient.key
        return key not in but and (among is None or key in among) and (only is None or key in only)

    return is_wanted


def _stopped_at(ledger: Ledger) -> tuple[str, ...]:
    """Give the keys of those whose refusal stopped an earlier run."""
    return tuple(ledger.note(STOPS).split())


def _note_stops(ledger: Ledger, keys: tuple[str, ...]) -> None:
    """Remember them, and write what waits."""
    ledger.flush()
    if keys != _stopped_at(ledger):
        ledger.keep_note(STOPS, "\n".join(list(dict.fromkeys(keys))[-_MOST_STOPS:]))


def _ask_after_unknown(ledger: Ledger, transport: Transport) -> None:
    """Settle what an earlier run left unknown, where the transport can look."""
    for entry in ledger.unknown():
        attempt = transport.settle(entry.message_id)
        if attempt is None:
            break
        ledger.settle(entry, attempt)
    ledger.flush()
