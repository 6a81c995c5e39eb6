"""Ask a ledger that is open: who waits, what is frozen, who has which outcome. Nothing here writes."""

import sqlite3
from collections.abc import Iterator

from bulletin.deliver.record.rows import BY_KEY, ROWS, THAW, Entry, entry_of, fields_of
from bulletin.errors import BulletinError
from bulletin.mail.message import Content, digest_of
from bulletin.model.delivery import Outcome

PAGE = 200
"""Rows read at once: the memory a send takes does not grow with the number of people."""

WAITING = (Outcome.PENDING, Outcome.DEFERRED)
"""Who a send writes to unless it is told otherwise."""


def page(connection: sqlite3.Connection, last: int, outcomes: tuple[Outcome, ...]) -> list[Entry]:
    """Give the next entries after a number that stand at one of up to three outcomes, in their order."""
    states = (outcomes * 3)[:3]
    return [entry_of(row) for row in connection.execute(ROWS, (last, *states, PAGE))]


def every(connection: sqlite3.Connection, outcome: Outcome) -> Iterator[Entry]:
    """Give everybody with an outcome, page by page, in the order they were enrolled."""
    last = 0
    while entries := page(connection, last, (outcome,)):
        yield from entries
        last = entries[-1].number


def with_key(connection: sqlite3.Connection, key: str) -> tuple[Entry, Outcome] | None:
    """Give somebody's entry and how it stands, None for a stranger and for who was taken out."""
    row = connection.execute(BY_KEY, (key,)).fetchone()
    return (entry_of(row[1:]), Outcome(row[0])) if row else None


def keys_of(connection: sqlite3.Connection, outcomes: tuple[Outcome, ...]) -> Iterator[str]:
    """Give the keys of everybody with one of these outcomes, one by one."""
    rows = connection.execute("SELECT key, state FROM deliveries")
    return (key for key, state in rows if state in outcomes)


def waiting(connection: sqlite3.Connection) -> int:
    """Count who is pending or deferred."""
    sql = "SELECT count(*) FROM deliveries WHERE state IN (?, ?)"
    return int(connection.execute(sql, WAITING).fetchone()[0])


def thaw(connection: sqlite3.Connection, digest: str, name: str) -> Content:
    """Give an edition as it was frozen; `name` is the ledger's.

    Raises:
        BulletinError: the bytes are no longer those that were approved.
    """
    row = connection.execute(THAW, (digest,)).fetchone()
    found = Content(*row) if row else None
    if found is None or digest_of(*fields_of(found)) != digest:
        raise BulletinError(
            f"the edition kept in {name} is damaged; nothing more was sent",
            "put back a copy of the ledger from a backup",
        )
    return found
