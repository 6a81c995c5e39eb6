"""`resolve`: settle whom nobody knows about, from a relay's log, a delivery report or the officer's word."""

import gzip
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from bulletin.deliver.evidence.receipt import is_report, read_receipts
from bulletin.deliver.record.guard import admit
from bulletin.deliver.record.ledger import Ledger
from bulletin.deliver.record.rows import Entry
from bulletin.errors import BulletinError, UsageError
from bulletin.lists import identity
from bulletin.model.delivery import Attempt, Outcome, Tally
from bulletin.pipeline.by_log import Attempts, Source, settle_by_log
from bulletin.pipeline.job import Job
from bulletin.pipeline.lost import find_lost, give_up
from bulletin.pipeline.report import begun_ledger
from bulletin.pipeline.send import here


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
        left = [entry for entry in unknown if entry.number not in attempts]
        attempts |= _by_evidence(asked.evidence, left, ledger, job.now)
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


def _by_word(unknown: list[Entry], ledger: Ledger, asked: Asked, now: datetime) -> Attempts:
    """Take the officer's word."""
    by_key = {entry.recipient.key: entry for entry in unknown}
    found: Attempts = {}
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


def _by_evidence(sources: Iterable[Path], unknown: list[Entry], ledger: Ledger, now: datetime) -> Attempts:
    """Settle by reports, and whom they do not name by the files of a log, which are read as one."""
    found: Attempts = {}
    logs: list[Path] = []
    for path in _files(sources):
        if is_report(b"".join(_open(path, 1))):
            _by_report(b"".join(_open(path)), unknown, found, now)
        else:
            logs.append(path)
    left = [entry for entry in unknown if entry.number not in found]
    if logs and left:
        files = [Source(path.name, partial(_lines, path)) for path in logs]
        found |= settle_by_log(files, left, ledger, now)
    return found


def _files(sources: Iterable[Path]) -> Iterator[Path]:
    """Give the files that were named, and those in the folders."""
    for source in sources:
        yield from filter(Path.is_file, sorted(source.iterdir()) if source.is_dir() else [source])


def _by_report(data: bytes, unknown: list[Entry], found: Attempts, now: datetime) -> None:
    """Settle by a delivery report: it names the message, and the person too; a delay outweighs no other."""
    for receipt in read_receipts(data):
        outcome = Outcome.REJECTED if receipt.arrived is False else Outcome.ACCEPTED
        attempt = Attempt(outcome, f"a delivery report: {receipt.words}", now)
        for entry in unknown:
            if entry.message_id in receipt.message_ids:
                keep = found.get(entry.number, attempt) if receipt.arrived is None else attempt
                found[entry.number] = keep


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
    except (OSError, EOFError, zlib.error) as error:
        raise BulletinError(
            f"{path} could not be read: {getattr(error, 'strerror', None) or error}",
            "give the relay's log, like --relay-log mail.log, or a delivery report saved as .eml",
        ) from None
