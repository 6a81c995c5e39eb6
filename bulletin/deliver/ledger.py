"""Keep the durable record of who was offered their copy and what came of it."""

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

from bulletin.deliver.rows import (
    DOT,
    ENROL,
    FREEZE,
    REFRESH,
    ROWS,
    SETTLE,
    THAW,
    Entry,
    entry_of,
    fields_of,
    row_of,
)
from bulletin.deliver.schema import open_exclusively, plain_words, read_meta, transaction, write_meta
from bulletin.deliver.tally import count, people, read_tally
from bulletin.errors import BulletinError
from bulletin.mail.message import Content, digest_of
from bulletin.model.delivery import Attempt, Outcome, Person, Recipient, Tally

__all__ = ["Entry", "Ledger", "read_tally"]

_PAGE = 200
_MOST_UNWRITTEN = 50
_ADVISED_WAIT = timedelta(minutes=15)
_ANSWERED = (Outcome.ACCEPTED, Outcome.DEFERRED, Outcome.REJECTED)
_CUT_OFF = "the run ended after the whole message was sent and before an answer came"


class Ledger:
    """One issue's record, held by one process alone; one thread writes it.

    A claim lives in memory, since nothing is taken before `dot`. A result may wait in memory for the next
    `dot`, so that both are one commit; `flush` writes it at once.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._claimed: set[int] = set()
        self._unwritten: list[tuple[str, str, bool, str, str, int]] = []
        self._contents: dict[str, Content] = {}

    @classmethod
    def open(cls, path: Path, issue: str, *, rehearsal: bool) -> Self:
        """Open the ledger of an issue, or begin it, and settle what a run that was killed left behind.

        Raises:
            BulletinError: another send of this issue is running; the file is another format, issue or kind.
        """
        ledger = cls(open_exclusively(path, issue, rehearsal=rehearsal), path)
        try:
            ledger._recover()
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
        try:
            self.flush()
        finally:
            self._connection.close()

    @property
    def first_sent_at(self) -> datetime | None:
        """The moment of the issue's first send, which is the date of every message."""
        with plain_words(self._path):
            moment = read_meta(self._connection, "first_sent_at")
        return datetime.fromisoformat(moment) if moment else None

    @property
    def approval(self) -> str:
        """The digest of the approval the latest recipients were enrolled under, or ""."""
        with plain_words(self._path):
            return read_meta(self._connection, "approval")

    def enrol(
        self,
        contents: Iterable[Content],
        recipients: Iterable[Recipient],
        *,
        identify: Callable[[str], str],
        first_sent_at: datetime,
        approval: str = "",
    ) -> int:
        """Add everybody who is not in it yet, all or nobody, and give how many.

        Whoever is in it and has no copy gets what is approved now; nobody else's row is changed.

        contents: one for each edition; what is frozen here is what goes out.
        identify: gives the Message-ID for a recipient's key. first_sent_at: kept from the first call.

        Raises:
            BulletinError: a name or an address that no message can carry.
        """
        editions = {content.edition: content for content in contents}
        rows = [row_of(person, editions[person.edition], identify(person.key)) for person in recipients]
        connection = self._connection
        with plain_words(self._path), transaction(connection):
            connection.executemany(FREEZE, [(*fields_of(c), c.digest) for c in editions.values()])
            before = connection.total_changes
            connection.executemany(ENROL, rows)
            added = connection.total_changes - before
            connection.executemany(REFRESH, rows)
            if not read_meta(connection, "first_sent_at"):
                write_meta(connection, "first_sent_at", first_sent_at.isoformat())
            if approval:
                write_meta(connection, "approval", approval)
        return added

    def withdraw(self, keys: Collection[str]) -> int:
        """Take out everybody suppressed by now who is not yet settled, and give how many that were.

        keys: of everybody on the lists who is suppressed; those who have had no copy are counted so.
        """
        self.flush()
        connection = self._connection
        with plain_words(self._path), transaction(connection):
            connection.execute("CREATE TEMP TABLE IF NOT EXISTS leaving (key TEXT PRIMARY KEY)")
            connection.execute("DELETE FROM leaving")
            connection.executemany("INSERT OR IGNORE INTO leaving VALUES (?)", ((key,) for key in keys))
            gone = connection.execute(
                "UPDATE deliveries SET state = 'withdrawn' "
                "WHERE state IN ('pending', 'deferred') AND key IN (SELECT key FROM leaving)"
            ).rowcount
            kept_off = connection.execute(
                "SELECT count(*) FROM leaving LEFT JOIN deliveries USING (key) "
                "WHERE state IS NULL OR state = 'withdrawn'"
            ).fetchone()[0]
            write_meta(connection, "suppressed", str(kept_off))
        return gone

    def remaining(self, only: Collection[str] | None = None) -> Iterator[Entry]:
        """Give one by one whoever is to be written to: pending and deferred, as they stand when reached.

        only: keys; whoever is named and was rejected is tried again too.
        """
        last = 0
        while page := self._page(last, rejected=only is not None):
            for entry in page:
                last = entry.number
                if entry.number not in self._claimed and (only is None or entry.recipient.key in only):
                    yield entry

    def select(self, *outcomes: Outcome) -> frozenset[str]:
        """Give the keys of everybody with one of these outcomes."""
        with plain_words(self._path):
            self.flush()
            rows = self._connection.execute("SELECT key, state FROM deliveries")
            return frozenset(key for key, state in rows if state in outcomes)

    def unknown(self) -> list[Entry]:
        """Give everybody of whom nobody knows whether they were reached."""
        with plain_words(self._path):
            rows = self._connection.execute(ROWS, (0, "unknown", "", "", -1))
            return [entry_of(row) for row in rows]

    def content(self, digest: str) -> Content:
        """Give an edition as it was frozen.

        Raises:
            BulletinError: the bytes are no longer those that were approved.
        """
        if digest not in self._contents:
            with plain_words(self._path):
                row = self._connection.execute(THAW, (digest,)).fetchone()
            found = Content(*row)
            if digest_of(*fields_of(found)) != digest:
                raise BulletinError(
                    f"the edition kept in {self._path.name} is damaged; nothing more was sent",
                    "put back a copy of the ledger from a backup",
                )
            self._contents[digest] = found
        return self._contents[digest]

    def claim(self, entry: Entry) -> bool:
        """Take an entry in hand, unless somebody has."""
        if entry.number in self._claimed:
            return False
        self._claimed.add(entry.number)
        return True

    def dot(self, entry: Entry, at: datetime) -> None:
        """Mark, durably, that the terminator is about to be sent; results that wait are written with it."""
        with plain_words(self._path), transaction(self._connection):
            self._write_waiting()
            if self._connection.execute(DOT, (at.isoformat(), entry.number)).rowcount != 1:
                raise ValueError(f"delivery {entry.number} may not be sent again")
        self._unwritten.clear()

    def settle(self, entry: Entry, attempt: Attempt) -> None:
        """Record what came of an entry; an attempt counts only where a server answered for the recipient."""
        deferred = attempt.outcome is Outcome.DEFERRED
        next_at = (attempt.at + _ADVISED_WAIT).isoformat() if deferred else ""
        answered = attempt.outcome in _ANSWERED
        self._unwritten.append(
            (attempt.outcome.value, attempt.reply, answered, attempt.at.isoformat(), next_at, entry.number)
        )
        self._claimed.discard(entry.number)
        if len(self._unwritten) >= _MOST_UNWRITTEN:
            self.flush()

    def flush(self) -> None:
        """Write, durably, every result that waits."""
        if self._unwritten:
            with plain_words(self._path), transaction(self._connection):
                self._write_waiting()
            self._unwritten.clear()

    def count(self, only: Collection[str] | None = None) -> int:
        """Count whoever `remaining` would give."""
        if only is not None:
            return sum(1 for _ in self.remaining(only))
        with plain_words(self._path):
            self.flush()
            sql = "SELECT count(*) FROM deliveries WHERE state IN ('pending', 'deferred')"
            return int(self._connection.execute(sql).fetchone()[0])

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

    def _page(self, last: int, *, rejected: bool) -> list[Entry]:
        with plain_words(self._path):
            self.flush()
            states = ("pending", "deferred", "rejected" if rejected else "pending")
            return [entry_of(row) for row in self._connection.execute(ROWS, (last, *states, _PAGE))]

    def _write_waiting(self) -> None:
        self._connection.executemany(SETTLE, self._unwritten)

    def _recover(self) -> None:
        """Take back what was provably not taken, and name what nobody can know."""
        with plain_words(self._path), transaction(self._connection):
            self._connection.execute("UPDATE deliveries SET state = 'pending' WHERE state = 'claimed'")
            self._connection.execute(
                "UPDATE deliveries SET state = 'unknown', reply = ? WHERE state = 'dot'", (_CUT_OFF,)
            )
