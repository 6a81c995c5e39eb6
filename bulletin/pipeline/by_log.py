"""Settle whom nobody knows about by the relay's log: read as one, however many files it has."""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from bulletin.deliver.evidence.relay_log import Fate, Log, Trace, clock_offset, first_moment, read_log
from bulletin.deliver.record.ledger import Ledger
from bulletin.deliver.record.rows import Entry
from bulletin.model.delivery import Attempt, Outcome

Attempts = dict[int, Attempt]
"""What was found out of whom, by the number of their entry."""
_MARGIN = timedelta(minutes=2)
_SECONDS = timedelta(seconds=2)
_AROUND = timedelta(minutes=10)
"""How near somebody was sent to, who must be in a log if another one is to be missed there."""
_LOG_WORDS = {
    Fate.SENT: (Outcome.ACCEPTED, "the relay's log: passed on"),
    Fate.TAKEN: (Outcome.ACCEPTED, "the relay's log: taken"),
    Fate.BOUNCED: (Outcome.REJECTED, "the relay's log: refused further on"),
}


class Source(NamedTuple):
    """One file of a log: its name, and what opens its lines."""

    name: str
    lines: Callable[[], Iterator[str]]


class _Seen(NamedTuple):
    """What was read: the log's name and words, its clock, and when those were taken whom it does not have."""

    name: str
    log: Log
    offset: timedelta | None
    lacking: Sequence[datetime]

    def covers(self, at: datetime) -> bool:
        """Whether a message marked at a moment of ours would be in it if it had been taken."""
        return self.offset is not None and _covers(self.log, at + self.offset)


def settle_by_log(
    sources: Sequence[Source], unknown: Sequence[Entry], ledger: Ledger, now: datetime
) -> Attempts:
    """Settle by a log; who is not in it was not reached only if it covers the moment for certain.

    Raises:
        BulletinError: one of its files cannot be read.
    """
    moments = {person.address: _plain(person.at) for person in ledger.people()}
    taken = dict(_taken(ledger, moments))
    log = _read(sources, {entry.message_id for entry in unknown} | taken.keys(), now)
    offset = clock_offset(
        (trace.at, taken[one]) for one, trace in log.traces.items() if one in taken and trace.at
    )
    names = ", ".join(source.name for source in sources[:5]) + (", ..." if sources[5:] else "")
    seen = _Seen(
        f"the log ({names})" if sources[1:] else names,
        log,
        offset,
        tuple(at for one, at in taken.items() if one not in log.traces),
    )
    return {
        entry.number: Attempt(*_judged(entry, seen, moments[entry.recipient.address]), now)
        for entry in unknown
    }


def _taken(ledger: Ledger, moments: dict[str, datetime]) -> Iterator[tuple[str, datetime]]:
    """Give the Message-ID and moment of everybody whose copy the relay itself said that it took."""
    replies = {person.address: person.reply for person in ledger.people()}
    for entry in ledger.entries(Outcome.ACCEPTED):
        address = entry.recipient.address
        if replies[address].startswith("2"):
            yield entry.message_id, moments[address]


def _read(sources: Sequence[Source], wanted: Collection[str], now: datetime) -> Log:
    """Read all files of a log, the oldest first; of two that begin in one second the plain name is newer."""
    files = sorted(sources, key=lambda source: source.name, reverse=True)
    begun = [(at, source) for source in files if (at := first_moment(source.lines(), now))]
    begun.sort(key=lambda pair: pair[0])
    return read_log((source.lines() for _, source in begun), wanted, now)


def _judged(entry: Entry, seen: _Seen, at: datetime) -> tuple[Outcome, str]:
    """Say what a log's trace of a message means, or that it has none."""
    trace: Trace | None = seen.log.traces.get(entry.message_id)
    if trace and trace.fate is not Fate.BROKEN_OFF:
        outcome, words = _LOG_WORDS[trace.fate]
        return outcome, f"{words} ({trace.why})"
    if not seen.covers(at):
        return Outcome.UNKNOWN, (
            f"{seen.name} does not show that it was taken, nor for certain that it covers the moment; give "
            "all of the log, two minutes after the send or later"
        )
    if elsewhere := sum(abs(one - at) <= _AROUND and seen.covers(one) for one in seen.lacking):
        return Outcome.UNKNOWN, (
            f"{seen.name} lacks others too whom the relay took in these minutes ({elsewhere}); if it has "
            "several servers, give the logs of all of them"
        )
    return (
        Outcome.PENDING,
        f"not taken: {seen.name} has others of this issue before and after, and not this one",
    )


def _covers(log: Log, there: datetime) -> bool:
    """Whether a message marked at a moment of the log's clock would be in it if it had been taken.

    The log must begin before the moment, and go on for two minutes after it, or show that every connection
    of that time has ended.
    """
    is_open = any(began <= there + _SECONDS for began in log.open.values())
    ended = log.sessions > 0 and not is_open
    return any(
        first <= there + _SECONDS and (there <= last - _MARGIN or (ended and there <= last + _SECONDS))
        for first, last in log.spans
    )


def _plain(at: str) -> datetime:
    """Read a moment of the ledger, in UTC without an offset."""
    moment = datetime.fromisoformat(at)
    return moment.astimezone(UTC).replace(tzinfo=None)
