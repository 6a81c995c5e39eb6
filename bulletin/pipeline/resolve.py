"""`resolve`: settle whom nobody knows about, from a relay's log, a delivery report or the officer's word."""

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin.deliver.guard import admit
from bulletin.deliver.ledger import Ledger
from bulletin.deliver.receipt import is_report, read_receipts
from bulletin.deliver.relay_log import Fate, Log, Trace, clock_offset, read_log
from bulletin.deliver.rows import Entry
from bulletin.errors import BulletinError, UsageError
from bulletin.lists import identity
from bulletin.model.delivery import Attempt, Outcome, Tally
from bulletin.pipeline.job import Job
from bulletin.pipeline.lost import find_lost, give_up
from bulletin.pipeline.report import begun_ledger
from bulletin.pipeline.send import here

if TYPE_CHECKING:
    from bulletin.model.delivery import Person

_MARGIN = timedelta(minutes=2)
_SECONDS = timedelta(seconds=2)
_LOG_WORDS = {
    Fate.SENT: (Outcome.ACCEPTED, "the relay's log: passed on"),
    Fate.TAKEN: (Outcome.ACCEPTED, "the relay's log: taken"),
    Fate.BOUNCED: (Outcome.REJECTED, "the relay's log: refused further on"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What to settle by: logs and reports, the addresses to count as reached, those to write to again.

    adopt: take a ledger that may be a copy for the only one. only_plan: change nothing.
    """

    evidence: tuple[Path, ...] = ()
    assume_sent: tuple[str, ...] = ()
    resend: tuple[str, ...] = ()
    adopt: bool = False
    only_plan: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """One unknown person and what they are settled as, None for still unknown; how: by what, or why not."""

    address: str
    outcome: Outcome | None
    how: str


@dataclass(frozen=True, slots=True)
class Resolved:
    """Everybody who was unknown, and how all stands afterwards.

    given_up: a ledger that is lost was given up, so that the next send begins another.
    """

    people: tuple[Settled, ...]
    tally: Tally
    given_up: bool = False


def resolve(job: Job, asked: Asked) -> Resolved:
    """Settle whoever is unknown as far as the evidence goes; nobody else's outcome is touched.

    Raises:
        UsageError: an address is none of those unknown.
        BulletinError: nothing was sent, its ledger is lost, or the evidence cannot be read.
    """
    if lost := find_lost(job):
        if asked.adopt:
            if not asked.only_plan:
                give_up(job)
            return Resolved((), Tally(job.issue, rehearsal=False), given_up=True)
        if not lost.is_copy:
            raise lost.error()
    path, rehearsal = begun_ledger(job)
    with Ledger.open(path, job.issue, rehearsal=rehearsal) as ledger:
        if not rehearsal and not asked.only_plan:
            admit(ledger, path.resolve(), here(job), adopt=asked.adopt)
        unknown = list(ledger.unknown())
        attempts = _by_word(unknown, ledger, asked, job.now)
        for source in asked.evidence:
            left = [entry for entry in unknown if entry.number not in attempts]
            attempts |= _by_evidence(source, left, ledger, job.now)
        if not asked.only_plan:
            for entry in unknown:
                attempt = attempts.get(entry.number)
                if attempt and attempt.outcome is not Outcome.UNKNOWN:
                    ledger.settle(entry, attempt)
            ledger.flush()
        return Resolved(
            tuple(_settled(entry, attempts.get(entry.number)) for entry in unknown), ledger.tally()
        )


def _settled(entry: Entry, attempt: Attempt | None) -> Settled:
    if attempt is None:
        return Settled(entry.recipient.address, None, f"look for {entry.message_id} in the relay's log")
    outcome = None if attempt.outcome is Outcome.UNKNOWN else attempt.outcome
    return Settled(entry.recipient.address, outcome, attempt.reply)


def _by_word(unknown: list[Entry], ledger: Ledger, asked: Asked, now: datetime) -> dict[int, Attempt]:
    """Take the officer's word."""
    by_key = {entry.recipient.key: entry for entry in unknown}
    found: dict[int, Attempt] = {}
    for addresses, outcome, words in (
        (asked.assume_sent, Outcome.ACCEPTED, "taken to have been sent, on the officer's word"),
        (asked.resend, Outcome.PENDING, "to be sent again, on the officer's word"),
    ):
        for address in addresses:
            entry = by_key.get(identity(address))
            if entry is None:
                raise _not_unknown(address, ledger)
            if entry.number in found:
                raise UsageError(
                    f"{address} was named both to be taken as sent and to be sent again", "choose one"
                )
            found[entry.number] = Attempt(outcome, words, now)
    return found


def _not_unknown(address: str, ledger: Ledger) -> UsageError:
    known = ledger.find(identity(address))
    if known is None:
        return UsageError(
            f"nobody with the address {address} is in this issue's ledger", "see: bulletin report --all"
        )
    return UsageError(
        f"{address} is {known[1].value}, not unknown, so there is nothing to settle",
        "see: bulletin report --all",
    )


def _by_evidence(source: Path, unknown: list[Entry], ledger: Ledger, now: datetime) -> dict[int, Attempt]:
    """Settle from one file, or from every file of a folder of reports."""
    found: dict[int, Attempt] = {}
    for path in sorted(source.iterdir()) if source.is_dir() else [source]:
        if path.is_file():
            beginning = b"".join(_open(path, 1))
            if is_report(beginning):
                found |= _by_report(b"".join(_open(path)), unknown, now)
            else:
                found |= _by_log(path, unknown, ledger, now)
    return found


def _by_report(data: bytes, unknown: list[Entry], now: datetime) -> dict[int, Attempt]:
    """Settle by a delivery report: it names the message, and the person too."""
    found = {}
    for receipt in read_receipts(data):
        for entry in unknown:
            if entry.message_id in receipt.message_ids:
                outcome = Outcome.REJECTED if receipt.arrived is False else Outcome.ACCEPTED
                found[entry.number] = Attempt(outcome, f"a delivery report: {receipt.words}", now)
    return found


def _by_log(path: Path, unknown: list[Entry], ledger: Ledger, now: datetime) -> dict[int, Attempt]:
    """Settle by a log; who is not in it was not reached only if it covers the moment for certain."""
    people = {person.address: person for person in ledger.people()}
    known = {entry.message_id: at for entry, at in _accepted(ledger, people)}
    wanted = {entry.message_id for entry in unknown}
    log = read_log(_lines(path), wanted | known.keys(), now)
    offset = clock_offset(
        (trace.at, known[one]) for one, trace in log.traces.items() if one in known and trace.at
    )
    found = {}
    for entry in unknown:
        trace = log.traces.get(entry.message_id)
        at = _plain(people[entry.recipient.address].at)
        covered = _covers(log, offset, at)
        found[entry.number] = Attempt(*_judged(trace, covered=covered, name=path.name), now)
    return found


def _judged(trace: Trace | None, *, covered: bool, name: str) -> tuple[Outcome, str]:
    """Say what a log's trace of a message means, or that it has none."""
    if trace and trace.fate is not Fate.BROKEN_OFF:
        outcome, words = _LOG_WORDS[trace.fate]
        return outcome, f"{words} ({trace.why})"
    if covered:
        return (
            Outcome.PENDING,
            f"not taken: {name} has others of this issue before and after, and not this one",
        )
    return Outcome.UNKNOWN, (
        f"{name} does not show that it was taken, nor for certain that it covers the moment; give all of "
        "the log, two minutes after the send or later"
    )


def _accepted(ledger: Ledger, people: "dict[str, Person]") -> Iterator[tuple[Entry, datetime]]:
    """Give everybody the relay has accepted, with the moment: what its log must know of too."""
    for entry in ledger.entries(Outcome.ACCEPTED):
        yield entry, _plain(people[entry.recipient.address].at)


def _covers(log: Log, offset: timedelta | None, at: datetime) -> bool:
    """Whether a message marked at a moment would be in a log if it had been taken.

    The log must show others of this issue and begin before the moment; and go on for two minutes after it, or
    show that every connection of that time has ended.
    """
    if offset is None or log.first is None or log.last is None:
        return False
    there = at + offset
    is_open = any(began <= there + _SECONDS for began in log.open.values())
    ended = log.sessions > 0 and log.last >= there - _SECONDS and not is_open
    return log.first <= there + _SECONDS and (ended or there <= log.last - _MARGIN)


def _plain(at: str) -> datetime:
    """Read a moment of the ledger, in UTC without an offset."""
    from datetime import UTC

    moment = datetime.fromisoformat(at)
    return moment.astimezone(UTC).replace(tzinfo=None)


def _lines(path: Path) -> Iterator[str]:
    for line in _open(path):
        yield line.decode("utf-8", "replace").rstrip("\r\n")


def _open(path: Path, most: int | None = None) -> Iterable[bytes]:
    """Give a file's lines, unpacked where it is a .gz, or its first bytes."""
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
        with gzip.open(path, "rb") if packed else path.open("rb") as file:
            if most is not None:
                yield file.read(65536)
            else:
                yield from file
    except (OSError, EOFError) as error:
        raise BulletinError(
            f"{path} could not be read: {getattr(error, 'strerror', None) or error}",
            "give the relay's log, like --relay-log mail.log, or a delivery report saved as .eml",
        ) from None
