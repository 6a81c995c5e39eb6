"""Keep the durable record of who was offered their copy and what came of it."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Self

from bulletin.deliver.record import enrolment, moves, reading
from bulletin.deliver.record.rows import Entry, Naming
from bulletin.deliver.record.schema import (
    open_exclusively,
    plain_words,
    read_meta,
    transaction,
    write_meta,
)
from bulletin.deliver.record.spare import free_spare, keep_spare
from bulletin.deliver.record.tally import count, people, read_tally
from bulletin.mail.message import Content
from bulletin.model.delivery import Attempt, Outcome, Person, Recipient, Tally

__all__ = ["Entry", "Ledger", "read_tally"]


class Ledger:
    """One issue's record, held by one process alone.

    Whoever is claimed is known in memory alone, since nothing is taken before `dot`. A result waits in
    memory for the next commit, so that it and the next `dot` are one; `flush` writes it at once.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._unwritten: list[moves.Move] = []
        self._contents: dict[str, Content] = {}

    @classmethod
    def open(cls, path: Path, issue: str, *, rehearsal: bool) -> Self:
        """Open the ledger of an issue, or begin it, and settle what a run that was killed left behind.

        Raises:
            BulletinError: a send of this issue is running; the file is another format, issue or kind.
        """
        ledger = cls(open_exclusively(path, issue, rehearsal=rehearsal), path)
        try:
            with plain_words(path):
                moves.recover(ledger._connection)
                keep_spare(path)
        except BaseException:
            ledger.close()
            raise
        return ledger

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Write what waits and let go of the file."""
        free_spare(self._path)
        try:
            self.flush()
        finally:
            self._connection.close()

    @property
    def first_sent_at(self) -> datetime | None:
        """The moment of the issue's first send, which is the date of every message."""
        moment = self.note("first_sent_at")
        return datetime.fromisoformat(moment) if moment else None

    @property
    def approval(self) -> str:
        """The digest of the approval the latest recipients were enrolled under, or ""."""
        return self.note("approval")

    def note(self, key: str) -> str:
        """Give a line the ledger keeps of itself, or ""."""
        with plain_words(self._path):
            return read_meta(self._connection, key)

    def keep_note(self, key: str, value: str) -> None:
        """Keep a line, durably."""
        with plain_words(self._path), transaction(self._connection):
            write_meta(self._connection, key, value)

    def enrol(
        self,
        contents: Iterable[Content],
        recipients: Iterable[Recipient],
        *,
        naming: Naming,
        first_sent_at: datetime,
        approval: str = "",
    ) -> int:
        """Add everybody who is not in it yet, all or nobody, and give how many.

        Whoever is in it and has no copy gets what is approved now; nobody else's row is changed.

        contents: one for each edition; what is frozen here is what goes out.
        first_sent_at: kept from the first call.

        Raises:
            BulletinError: a name or an address that no message can carry.
        """
        with plain_words(self._path), transaction(self._connection):
            added = enrolment.enrol(self._connection, contents, recipients, naming)
            if not read_meta(self._connection, "first_sent_at"):
                write_meta(self._connection, "first_sent_at", first_sent_at.isoformat())
            if approval:
                write_meta(self._connection, "approval", approval)
        return added

    def withdraw(self, keys: Iterable[str]) -> int:
        """Take out everybody suppressed by now who is not yet settled, and give how many that were.

        keys: of everybody on the lists who is suppressed; those who have had no copy are counted so.
        """
        self.flush()
        with plain_words(self._path), transaction(self._connection):
            gone, kept_off = enrolment.withdraw(self._connection, keys)
            write_meta(self._connection, "suppressed", str(kept_off))
        return gone

    def page(self, last: int, outcomes: tuple[Outcome, ...]) -> list[Entry]:
        """Give the next entries after a number, as they stand now."""
        with plain_words(self._path):
            return reading.page(self._connection, last, outcomes)

    def select(self, *outcomes: Outcome) -> Iterator[str]:
        """Give the keys of everybody with one of these outcomes, one by one."""
        with plain_words(self._path):
            self.flush()
            yield from reading.keys_of(self._connection, outcomes)

    def entries(self, outcome: Outcome) -> Iterator[Entry]:
        """Give everybody with an outcome, one by one."""
        with plain_words(self._path):
            self.flush()
            yield from reading.every(self._connection, outcome)

    def unknown(self) -> Iterator[Entry]:
        """Give everybody of whom nobody knows whether they were reached."""
        return self.entries(Outcome.UNKNOWN)

    def find(self, key: str) -> tuple[Entry, Outcome] | None:
        """Give somebody's entry and how it stands, None for a stranger."""
        with plain_words(self._path):
            self.flush()
            return reading.with_key(self._connection, key)

    def content(self, digest: str) -> Content:
        """Give an edition as it was frozen; those read once are kept.

        Raises:
            BulletinError: the bytes are no longer those that were approved.
        """
        if digest not in self._contents:
            with plain_words(self._path):
                self._contents[digest] = reading.thaw(self._connection, digest, self._path.name)
        return self._contents[digest]

    def settle(self, entry: Entry, attempt: Attempt) -> None:
        """Record what came of an entry; it is written with the next commit."""
        self._unwritten.append(moves.result(entry, attempt))

    def dot(self, entry: Entry, at: datetime) -> None:
        """Mark, durably, that a terminator is about to be sent."""
        self.commit([(entry, at)])

    def commit(self, dots: Sequence[tuple[Entry, datetime]] = ()) -> None:
        """Write, durably and as one, every result that waits, and that these terminators are to be sent.

        Raises:
            BulletinError: the disk will not have it; the results still wait. ValueError: one of them may not
                be sent again.
        """
        marks = (moves.mark(entry, at) for entry, at in dots)
        with plain_words(self._path):
            moves.write(self._connection, [*self._unwritten, *marks])
        self._unwritten.clear()

    def flush(self) -> None:
        """Write, durably, every result that waits."""
        if self._unwritten:
            self.commit()

    def rescue(self) -> None:
        """Write the results that wait into the room kept free for a full disk."""
        free_spare(self._path)
        self.flush()

    def waiting(self) -> int:
        """Count who is pending or deferred."""
        with plain_words(self._path):
            self.flush()
            return reading.waiting(self._connection)

    def tally(self) -> Tally:
        """Count the outcomes; `people` has the persons, who may be many."""
        with plain_words(self._path):
            self.flush()
            return count(self._connection)

    def people(self) -> Iterator[Person]:
        """Give everybody who was to get a copy, in the order they were enrolled."""
        with plain_words(self._path):
            self.flush()
            yield from people(self._connection)
