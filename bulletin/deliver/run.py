"""Deliver an issue: from the ledger alone, one message a person, each step marked before it is taken."""

from collections.abc import Callable, Collection
from datetime import datetime

from bulletin.deliver.ledger import Entry, Ledger
from bulletin.deliver.pace import Pace
from bulletin.deliver.transport import Clock, Transport
from bulletin.errors import RelayError
from bulletin.mail.addresses import wire_address
from bulletin.mail.message import message
from bulletin.model.delivery import Attempt, Delivery, Envelope, Outcome, Tally


def deliver(  # noqa: PLR0913  the arguments are the surroundings, and each caller sets but a few
    ledger: Ledger,
    transport: Transport,
    *,
    clock: Clock,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    stop: Callable[[], bool] = lambda: False,
    rate: float | None = None,
    only: Collection[str] | None = None,
) -> Tally:
    """Write to everybody who is pending or deferred; whoever is accepted or unknown is never touched.

    progress: is told how many of how many are done. stop: asked between deliveries.
    rate: messages a second, None for as fast as it goes. only: the keys of those to write to.

    Raises:
        RelayError: the relay stops the run; everybody not settled is still pending.
    """
    _ask_after_unknown(ledger, transport)
    date = ledger.first_sent_at or clock()
    done, total, pace = 0, ledger.count(only), Pace(rate)
    try:
        for entry in ledger.remaining(only):
            if not pace.is_due():
                ledger.flush()
            if stop() or not pace.wait(stop):
                break
            if ledger.claim(entry):
                _deliver_one(ledger, transport, entry, date, clock)
            done += 1
            progress(done, total)
    finally:
        ledger.flush()
    return ledger.tally()


def offer(transport: Transport, delivery: Delivery) -> Attempt:
    """Offer one delivery that no ledger knows, such as a test copy."""
    return transport.stage(delivery) or transport.release()


def _ask_after_unknown(ledger: Ledger, transport: Transport) -> None:
    """Settle what an earlier run left unknown, where the transport can look."""
    for entry in ledger.unknown():
        attempt = transport.settle(entry.message_id)
        if attempt:
            ledger.settle(entry, attempt)
    ledger.flush()


def _deliver_one(ledger: Ledger, transport: Transport, entry: Entry, date: datetime, clock: Clock) -> None:
    """Stage, mark, release, record: between the mark and the record nobody can know."""
    attempt = transport.stage(_delivery(ledger, entry, date))
    if attempt is None:
        ledger.dot(entry, clock())
        try:
            attempt = transport.release()
        except RelayError as error:
            ledger.settle(entry, Attempt(Outcome.PENDING, error.detail, clock()))
            raise
    ledger.settle(entry, attempt)


def _delivery(ledger: Ledger, entry: Entry, date: datetime) -> Delivery:
    """Make an entry's message from what the ledger has frozen."""
    content = ledger.content(entry.content)
    envelope = Envelope(entry.sender, wire_address(entry.recipient.address))
    data = message(content, entry.recipient, entry.message_id, date)
    return Delivery(entry.recipient.key, envelope, entry.message_id, data)
