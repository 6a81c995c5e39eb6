"""Count what a relay was offered in these 24 hours, over all issues, corrections and test copies."""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from bulletin.deliver.record.schema import transaction
from bulletin.deliver.transport import Clock
from bulletin.errors import BulletinError

DAY = timedelta(hours=24)
_PATIENCE = 30.0
_TABLE = "CREATE TABLE IF NOT EXISTS offered (account TEXT NOT NULL, at REAL NOT NULL)"
_INDEX = "CREATE INDEX IF NOT EXISTS by_account ON offered (account, at)"
_SPEND = """
    INSERT INTO offered SELECT ?1, ?2
    WHERE (SELECT count(*) FROM offered WHERE account = ?1 AND at > ?3) < ?4
"""


class Quota:
    """What an account may still offer its relay in 24 hours, kept in a file that every send of a user shares.

    path: the file, made where it is not there. account: what is counted together. most: how many.
    A copy counts when it is offered, before it goes out; of two sends at once, neither takes what is the
    other's. What is marked later than now, because the clock was set back, counts too.
    """

    def __init__(self, path: Path, account: str, most: int, clock: Clock) -> None:
        self._path, self._account, self._most, self._clock = path, account, most, clock

    def spend(self) -> bool:
        """Count one more, durably, and tell whether there was room for it.

        Raises:
            BulletinError: the file cannot be written.
        """
        now = self._clock().timestamp()
        try:
            with closing(self._open()) as file, transaction(file):
                file.execute("DELETE FROM offered WHERE at <= ?", (now - DAY.total_seconds(),))
                since = now - DAY.total_seconds()
                return file.execute(_SPEND, (self._account, now, since, self._most)).rowcount == 1
        except (sqlite3.Error, OSError) as error:
            raise self._unusable(error) from error

    def next_at(self) -> datetime:
        """Say when there is room again, at the earliest."""
        now = self._clock()
        since = (now - DAY).timestamp()
        sql = "SELECT at FROM offered WHERE account = ? AND at > ? ORDER BY at DESC LIMIT 1 OFFSET ?"
        try:
            with closing(self._open()) as file:
                row = file.execute(sql, (self._account, since, self._most - 1)).fetchone()
        except (sqlite3.Error, OSError) as error:
            raise self._unusable(error) from error
        return datetime.fromtimestamp(row[0], now.tzinfo) + DAY if row else now

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = sqlite3.connect(self._path, isolation_level=None, timeout=_PATIENCE)
        file.execute("PRAGMA synchronous = FULL")
        file.execute(_TABLE)
        file.execute(_INDEX)
        return file

    def _unusable(self, error: Exception) -> BulletinError:
        return BulletinError(
            f"{self._path}, where the day's messages are counted, cannot be used ({error})",
            "see that you may write there; where it is damaged, delete it: the count begins anew",
        )
