"""Write to our own seed addresses first: what they are refused, everybody would be."""

from bulletin.deliver.ledger import Ledger
from bulletin.deliver.letter import delivery_of
from bulletin.deliver.reading import WAITING
from bulletin.deliver.rows import Entry
from bulletin.deliver.transport import Clock, Transport
from bulletin.errors import RelayError
from bulletin.model.delivery import Attempt, Delivery, Outcome

_NOTE = "seed "
_NOT_TAKEN = (Outcome.DEFERRED, Outcome.PENDING, Outcome.REJECTED)


def send_seeds(ledger: Ledger, transport: Transport, seeds: tuple[Delivery, ...], clock: Clock) -> None:
    """Send each seed address its copy, once in the life of the ledger.

    A seed that is on a list gets its own copy before the others. One that is not is no recipient, and no
    count has it.

    Raises:
        RelayError: one of them is refused, so nobody else was written to.
    """
    for seed in seeds:
        found = ledger.find(seed.id)
        if found is None:
            attempt = _beside(ledger, transport, seed, clock)
        elif found[1] in WAITING:
            attempt = _among(ledger, transport, found[0], clock)
        else:
            continue
        if attempt and attempt.outcome is Outcome.REJECTED:
            raise RelayError(
                f"our own address {seed.envelope.recipient} was refused ({attempt.reply}), so nobody "
                "else was written to",
                "see sender.seeds in bulletin.toml, and show these words to whoever runs the relay",
            )


def _beside(ledger: Ledger, transport: Transport, seed: Delivery, clock: Clock) -> Attempt | None:
    """Send a copy to a seed the ledger has no row for; a note says that it has gone."""
    note = _NOTE + seed.message_id
    if ledger.note(note):
        return None
    attempt = transport.stage(seed)
    if attempt is None:
        ledger.keep_note(note, clock().isoformat())
        attempt = transport.release()
    if attempt.outcome in _NOT_TAKEN:
        ledger.keep_note(note, "")
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
