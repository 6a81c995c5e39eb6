"""Open a ledger's file: its tables, its locks, its format, and SQLite's complaints in plain words."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from bulletin.deliver.private import narrow, open_private
from bulletin.deliver.record.spare import MAY_WRITE, unwritable
from bulletin.errors import BulletinError

FORMAT = 2
"""The version of the tables; a later one migrates an earlier one here."""

STOPS = "stops"
"""The line of `meta` with the keys of those whose refusal stopped a run; they are personal data."""

_SECONDS_FOR_A_READER = 2.0
_FULL = 2
_OLDEST = (3, 33)

# The states of a row are compared one by one: IN would build a table of its own each time a row is written.
_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE contents (
    digest TEXT PRIMARY KEY, edition TEXT NOT NULL, subject TEXT NOT NULL, sender TEXT NOT NULL,
    list_id TEXT NOT NULL, leave TEXT NOT NULL, headers BLOB NOT NULL, body BLOB NOT NULL
);
CREATE TABLE deliveries (
    number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, address TEXT NOT NULL, name TEXT NOT NULL,
    edition TEXT NOT NULL, list TEXT NOT NULL, content TEXT NOT NULL REFERENCES contents (digest),
    message_id TEXT NOT NULL UNIQUE, sender TEXT NOT NULL,
    leave_subject TEXT NOT NULL DEFAULT '', leave_url TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT 'pending' CHECK (
        state = 'pending' OR state = 'claimed' OR state = 'dot' OR state = 'accepted' OR state = 'deferred'
        OR state = 'rejected' OR state = 'unknown' OR state = 'withdrawn'),
    reply TEXT NOT NULL DEFAULT '', attempts INTEGER NOT NULL DEFAULT 0,
    at TEXT NOT NULL DEFAULT '', next_at TEXT NOT NULL DEFAULT ''
);
"""

_MIGRATIONS = {
    "1": (
        "ALTER TABLE deliveries ADD COLUMN leave_subject TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE deliveries ADD COLUMN leave_url TEXT NOT NULL DEFAULT ''",
        "UPDATE meta SET value = '2' WHERE key = 'format'",
    )
}
"""How the tables of an older format become those of the next."""


@contextmanager
def plain_words(path: Path) -> Iterator[None]:
    """Put what SQLite complains of into one sentence about the ledger."""
    try:
        yield
    except sqlite3.Error as error:
        raise _explained(error, path) from error


def open_exclusively(path: Path, issue: str, *, rehearsal: bool) -> sqlite3.Connection:
    """Open a ledger for writing, or begin one, alone: nobody else can open it until it is closed.

    Raises:
        BulletinError: somebody else has it, it is not this issue's, or the disk will not do.
    """
    if sqlite3.sqlite_version_info < _OLDEST:
        raise BulletinError(
            f"this Python has SQLite {sqlite3.sqlite_version}, which is too old to keep a ledger",
            "use a Python with SQLite 3.33 or later",
        )
    with plain_words(path):
        if not path.exists():
            _begin(path, issue, rehearsal=rehearsal)
        narrow(path, *(path.with_name(f"{path.name}{ending}") for ending in ("-wal", "-shm")))
        connection = sqlite3.connect(path, isolation_level=None, timeout=_SECONDS_FOR_A_READER)
        try:
            _make_durable(connection)
            with transaction(connection):
                _migrate(connection)
                _recognise(connection, path, issue, rehearsal=rehearsal)
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def open_for_reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a ledger that exists to read it; nothing is left beside it that was not there.

    Raises:
        BulletinError: it is not there, a send is running, or it is no ledger of this format.
    """
    if not path.is_file():
        raise BulletinError(f"there is no ledger at {path.name}: nothing has been sent", "run bulletin send")
    with plain_words(path), closing(_readable(path)) as connection:
        connection.execute("BEGIN")
        _recognise_format(connection, path, oldest=1)
        yield connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Do all of a block or nothing of it, and not return before it is on the disk."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        _roll_back(connection)
        raise
    try:
        connection.execute("COMMIT")
    except BaseException:  # a full disk: what was not written must not be in the way of the next commit
        _roll_back(connection)
        raise


def _roll_back(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")


def read_meta(connection: sqlite3.Connection, key: str) -> str:
    """Give one line of the ledger's own data, or ""."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row else ""


def write_meta(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Write one line of the ledger's own data."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))


def _make_durable(connection: sqlite3.Connection) -> None:
    """Make a commit last through a power cut, and make sure that SQLite has agreed to it."""
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA fullfsync = ON")
    connection.execute("PRAGMA foreign_keys = ON")
    if mode != "wal" or connection.execute("PRAGMA synchronous").fetchone()[0] != _FULL:
        raise BulletinError(
            "this disk cannot keep the ledger safe through a power cut; nothing was sent",
            "move the workspace to a disk of this computer",
        )


def _begin(path: Path, issue: str, *, rehearsal: bool) -> None:
    """Write the tables of a new ledger whole beside its place, then put it there.

    So a run killed meanwhile leaves no ledger, and one without tables is damage: it may have known who has
    had their copy. Creating its write-ahead log later makes the folder's change last.
    """
    beside = path.with_name(f".{path.name}.new")
    try:
        open_private(beside).close()  # SQLite gives its logs the rights of the file
    except OSError as error:
        raise unwritable(path, error) from error
    with closing(sqlite3.connect(beside, isolation_level=None)) as connection, transaction(connection):
        for statement in _TABLES.split(";"):
            connection.execute(statement)
        for key, value in (("format", str(FORMAT)), ("issue", issue), ("rehearsal", str(int(rehearsal)))):
            write_meta(connection, key, value)
    beside.rename(path)


def _migrate(connection: sqlite3.Connection) -> None:
    """Bring an older ledger up to this format; one that is none, or too new, is left as it is."""
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
        while statements := _MIGRATIONS.get(read_meta(connection, "format")):
            for statement in statements:
                connection.execute(statement)


def _recognise(connection: sqlite3.Connection, path: Path, issue: str, *, rehearsal: bool) -> None:
    """Make sure that a ledger is this issue's, and of this kind."""
    _recognise_format(connection, path)
    if read_meta(connection, "issue") != issue:
        raise BulletinError(
            f"{path.name} is the ledger of issue {read_meta(connection, 'issue')}, not of {issue}",
            "put it back where it belongs: a ledger says who has had their copy",
        )
    if read_meta(connection, "rehearsal") != str(int(rehearsal)):
        raise BulletinError(f"{path.name} is of the other kind: rehearsals and real sends have a ledger each")


def _recognise_format(connection: sqlite3.Connection, path: Path, *, oldest: int = FORMAT) -> None:
    """Refuse what is no ledger, or one this program is too old for; reading takes older ones as they are."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
        raise BulletinError(f"{path.name} is not a ledger of this program, or is damaged", _put_back(path))
    version = read_meta(connection, "format")
    if version not in {str(known) for known in range(oldest, FORMAT + 1)}:
        raise BulletinError(
            f"{path.name} has format {version or 'nothing'}; this version of the program knows {FORMAT}",
            "use the version of the program that wrote it, or a newer one",
        )


def _put_back(path: Path) -> str:
    """Say what to do about a ledger that cannot be read."""
    if path.name == "rehearsal.db":
        return "delete it; a rehearsal may be made anew at any time"
    return "put back the newest copy from a backup or the folder's history; do not send without it"


def _readable(path: Path) -> sqlite3.Connection:
    """Connect for reading: as a writer where that is possible, so that a killed run's journal is taken in."""
    address = path.resolve().as_uri()
    connection = sqlite3.connect(f"{address}?mode=rw", uri=True, isolation_level=None, timeout=0.5)
    try:
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        journal = path.with_name(f"{path.name}-wal")
        if is_locked(error) or (journal.exists() and journal.stat().st_size):
            raise
        return sqlite3.connect(f"{address}?mode=ro&immutable=1", uri=True, isolation_level=None)
    return connection


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def is_locked(error: sqlite3.Error) -> bool:
    """Whether SQLite complains that somebody else has the file."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _explained(error: sqlite3.Error, path: Path) -> BulletinError:
    """Say what happened to the ledger and what to do."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if is_locked(error):
        return BulletinError("a send of this issue is running", "wait until it ends, or stop it first")
    if code == sqlite3.SQLITE_FULL:
        return BulletinError(
            "the disk is full, so the ledger cannot be written; sending has stopped",
            "make room, then run the same command: it goes on where it stopped",
        )
    if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return BulletinError(
            f"{path.name} is damaged or is no ledger",
            _put_back(path),
        )
    if barred := next((one for one in (path, path.parent) if one.exists() and not _may_write(one)), None):
        return BulletinError(
            f"you may not write to {barred}, and the ledger needs it, so nothing more was sent", MAY_WRITE
        )
    return BulletinError(
        f"the ledger {path} cannot be written or read ({error}), so nothing more was sent",
        "see that the disk has room and that you may write in this folder, then run the same command",
    )
