"""Write to our own seed addresses first: nobody else is written to before they have been taken."""

from bulletin.deliver.record.ledger import Ledger
from bulletin.deliver.record.reading import WAITING
from bulletin.deliver.record.rows import Entry
from bulletin.deliver.sending.letter import delivery_of
from bulletin.deliver.sending.shared import Order
from bulletin.deliver.transport import Clock, Transport
from bulletin.errors import RelayError
from bulletin.model.delivery import Attempt, Delivery, Outcome

_NOTE = "seed "
_WORDS = {
    Outcome.REJECTED: "our own address {} was refused",
    Outcome.DEFERRED: "our own address {} was put off",
    Outcome.PENDING: "the connection was lost at our own address {}",
    Outcome.UNKNOWN: "nobody knows whether our own address {} has its copy",
}
_HINT = (
    "run the same command again later (who is unknown: bulletin resolve); if it stays so, show these words "
    "to whoever runs the relay, or see sender.seeds in bulletin.toml"
)


def send_seeds(ledger: Ledger, transport: Transport, order: Order) -> None:
    """Send each seed address its copies until each of them is accepted once in the life of the ledger.

    A seed that is on a list gets its own copy before the others. One that is not is no recipient, and no
    count has it; after a kill it may get a second copy, which tells more than none.

    Raises:
        RelayError: one of them is not known to be accepted, so nobody else was written to.
    """
    for seed in order.seeds:
        found = ledger.find(seed.id)
        if found is None and ledger.note(_NOTE + seed.message_id):
            continue
        if found and found[1] not in WAITING:
            attempt = Attempt(found[1], "bulletin report says more", order.clock())
        elif order.quota and not order.quota.spend():
            return  # then nobody else is written to today either
        elif found:
            attempt = _among(ledger, transport, found[0], order.clock)
        else:
            attempt = _beside(ledger, transport, seed, order.clock)
        if attempt.outcome is not Outcome.ACCEPTED:
            what = _WORDS[attempt.outcome].format(seed.envelope.recipient)
            raise RelayError(f"{what} ({attempt.reply}), so nobody else was written to", _HINT)


def _beside(ledger: Ledger, transport: Transport, seed: Delivery, clock: Clock) -> Attempt:
    """Send a copy to a seed the ledger has no row for; a note says that it was taken."""
    attempt = transport.stage(seed) or transport.release()
    if attempt.outcome is Outcome.ACCEPTED:
        ledger.keep_note(_NOTE + seed.message_id, clock().isoformat())
    return attempt


def _among(ledger: Ledger, transport: Transport, entry: Entry, clock: Clock) -> Attempt:
    """Send somebody their copy before all others, each step marked as for everybody."""
    date = ledger.first_sent_at or clock()
    attempt = transport.stage(delivery_of(entry, ledger.content(entry.content), date))
    if attempt is None:
        ledger.dot(entry, clock())
        try:
            attempt = transport.release()
        except RelayError as error:
            ledger.settle(entry, Attempt(Outcome.PENDING, error.detail, clock()))
            ledger.flush()
            raise
    ledger.settle(entry, attempt)
    ledger.flush()
    return attempt
