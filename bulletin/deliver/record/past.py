"""Look back into ledgers: what they say of somebody, erasing them, copies of them while they are in use."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bulletin.deliver.private import open_private
from bulletin.deliver.record.schema import (
    STOPS,
    is_locked,
    open_for_reading,
    plain_words,
    read_meta,
    transaction,
    write_meta,
)
from bulletin.errors import BulletinError

_COPIES = """
    SELECT key, address, name, list, edition, message_id,
    CASE state WHEN 'dot' THEN 'unknown' WHEN 'claimed' THEN 'pending' ELSE state END,
    reply, attempts, at FROM deliveries ORDER BY number
"""
_ERASE = "UPDATE deliveries SET key = ?2, address = ?2, name = '', reply = ''{more} WHERE key = ?1"
_TOKENS = ("leave_subject", "leave_url")
"""Columns that hold a reader's own way out; the first format has none."""
_BEHIND = "UPDATE meta SET value = value - 1 WHERE key = 'opened'"
_TRIES = 20
_WAL_HEADER = 32


@dataclass(frozen=True, slots=True)
class Copy:
    """What a ledger says of a recipient; outcome: an Outcome, or "withdrawn" before it was offered."""

    key: str
    address: str
    name: str
    list: str
    edition: str
    message_id: str
    outcome: str
    reply: str
    attempts: int
    at: str


def copies(path: Path) -> Iterator[Copy]:
    """Give every recipient of a ledger nobody is writing to.

    Raises:
        BulletinError: a send is running, or it is no ledger of this format.
    """
    with open_for_reading(path) as connection:
        for row in connection.execute(_COPIES):
            yield Copy(*row)


def keys_in(path: Path) -> tuple[str, ...]:
    """Give the keys of everybody a ledger names, also as somebody whose refusal stopped a run.

    Raises:
        BulletinError: a send is running, or it is no ledger of this format.
    """
    with open_for_reading(path) as connection:
        rows = connection.execute("SELECT key FROM deliveries ORDER BY number")
        return tuple(dict.fromkeys([*(str(key) for (key,) in rows), *read_meta(connection, STOPS).split()]))


def is_in_use(path: Path) -> bool:
    """Whether somebody is sending from a ledger at this moment."""
    with closing(sqlite3.connect(path, isolation_level=None, timeout=0.2)) as connection:
        try:
            connection.execute("SELECT 1 FROM sqlite_master").fetchone()
        except sqlite3.Error as error:
            return is_locked(error)
    return False


def erase(path: Path, stands_for: Callable[[str], str | None]) -> int:
    """Put something else in the place of people's keys and addresses, and leave no byte of them in the file.

    stands_for: gives what stands for a key from now on, or None where it is to stay.

    Returns:
        How many people were erased; their outcomes stay.

    Raises:
        BulletinError: a send is running, or it is no ledger of this format.
    """
    known = keys_in(path)
    pairs = [(key, other) for key in known if (other := stands_for(key)) is not None and other != key]
    if not pairs:
        return 0
    with plain_words(path), closing(sqlite3.connect(path, isolation_level=None, timeout=2.0)) as connection:
        connection.execute("PRAGMA secure_delete = ON")
        columns = {row[1] for row in connection.execute("PRAGMA table_info(deliveries)")}
        more = "".join(f", {name} = ''" for name in _TOKENS if name in columns)
        with transaction(connection):
            connection.executemany(_ERASE.format(more=more), pairs)
            left = [key for key in read_meta(connection, STOPS).split() if key not in dict(pairs)]
            write_meta(connection, STOPS, "\n".join(left))
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return len(pairs)


def snapshot(path: Path, into: Path) -> None:
    """Copy a ledger as it stands into one new file, whole and checked, also while a send is writing to it.

    A copy made in the middle of a run is told to be behind: it does not know who is written to after it.

    Raises:
        BulletinError: it is damaged, or was never still for long enough.
    """
    beside = into.with_name(f".{into.name}.copy")
    try:
        running = is_in_use(path)
        _copy_files(path, beside)
        running = running or is_in_use(path)
        with plain_words(path), closing(sqlite3.connect(beside, isolation_level=None)) as connection:
            if connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                raise BulletinError(
                    f"{path.name} is damaged, so no copy was made", "put back an earlier copy"
                )
            if running:
                connection.execute(_BEHIND)
            open_private(into).close()
            connection.execute("VACUUM INTO ?", (str(into),))
    finally:
        for ending in ("", "-wal", "-shm", "-journal"):
            beside.with_name(beside.name + ending).unlink(missing_ok=True)


def _copy_files(path: Path, beside: Path) -> None:
    """Copy a database and then its write-ahead log, as they would lie there after a power cut.

    A running send holds the ledger for itself, so nobody can ask SQLite. But whatever reaches the database
    file is in the log first, and stays there until the log begins anew with another salt in its header
    (https://www.sqlite.org/walformat.html): the same header before and after means that nothing is missing.
    """
    log, copied = path.with_name(f"{path.name}-wal"), beside.with_name(f"{beside.name}-wal")
    for _ in range(_TRIES):
        header = _header(log)
        shutil.copyfile(path, beside)
        copied.unlink(missing_ok=True)
        if header:
            shutil.copyfile(log, copied)
        if _header(log) == header:
            return
    raise BulletinError(f"{path.name} is changing too fast to be copied", "try again in a moment")


def _header(log: Path) -> bytes:
    try:
        with log.open("rb") as file:
            return file.read(_WAL_HEADER)
    except FileNotFoundError:
        return b""
