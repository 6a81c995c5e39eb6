"""Write who is to get a copy into a ledger, and take out who is not; within a transaction of the caller's."""

import sqlite3
from collections.abc import Iterable

from bulletin.deliver.record.rows import ENROL, FREEZE, REFRESH, Naming, fields_of, row_of
from bulletin.mail.message import Content
from bulletin.model.delivery import Recipient


def enrol(
    connection: sqlite3.Connection,
    contents: Iterable[Content],
    recipients: Iterable[Recipient],
    naming: Naming,
) -> int:
    """Freeze the editions and add everybody who is not there yet; give how many, see `Ledger.enrol`."""
    editions = {content.edition: content for content in contents}
    connection.executemany(FREEZE, [(*fields_of(c), c.digest) for c in editions.values()])
    added = 0
    for person in recipients:
        row = row_of(person, editions[person.edition], naming)
        added += connection.execute(ENROL, row).rowcount
        connection.execute(REFRESH, row)
    return added


def withdraw(connection: sqlite3.Connection, keys: Iterable[str]) -> tuple[int, int]:
    """Take out whoever of these is not yet settled; give how many, and how many of all have had no copy."""
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
    return gone, int(kept_off)
