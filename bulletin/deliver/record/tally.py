"""Count a ledger: how an issue's deliveries stand, and person by person."""

import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

from bulletin.deliver.record.moves import CUT_OFF
from bulletin.deliver.record.schema import open_for_reading, read_meta
from bulletin.model.delivery import Outcome, Person, Tally

_SHOWN = "CASE state WHEN 'dot' THEN 'unknown' WHEN 'claimed' THEN 'pending' ELSE state END"
_COUNTS = f"SELECT {_SHOWN}, count(*) FROM deliveries GROUP BY 1"  # noqa: S608  constants alone
_REPLY = "CASE state WHEN 'dot' THEN ? ELSE reply END"
_PEOPLE = f"""
    SELECT address, edition, {_SHOWN}, {_REPLY}, attempts, at FROM deliveries
    WHERE state != 'withdrawn' ORDER BY number
"""  # noqa: S608  constants alone
_STANDING = f"SELECT key, edition, {_SHOWN} FROM deliveries WHERE state != 'withdrawn' ORDER BY number"  # noqa: S608  constants alone


def read_tally(path: Path, of: Collection[Outcome] = tuple(Outcome)) -> Tally:
    """Count a ledger nobody is writing to, without changing anything.

    of: the outcomes whose people are given one by one; they may be very many.

    Raises:
        BulletinError: there is none, a send is running, or it is not of this format.
    """
    with open_for_reading(path) as connection:
        named = (one for one in people(connection) if one.outcome in of) if of else ()
        return replace(count(connection), people=tuple(named))


def read_standing(path: Path) -> Iterator[tuple[str, str, Outcome]]:
    """Give everybody's key, their edition and their outcome, from a ledger nobody is writing to.

    Raises:
        BulletinError: as `read_tally`.
    """
    with open_for_reading(path) as connection:
        for key, edition, state in connection.execute(_STANDING):
            yield key, edition, Outcome(state)


def count(connection: sqlite3.Connection) -> Tally:
    """Count the outcomes; people are left out, since they may be many."""
    states = dict(connection.execute(_COUNTS))
    counts = {outcome.value: states.get(outcome.value, 0) for outcome in Outcome}
    return Tally(
        issue=read_meta(connection, "issue"),
        rehearsal=read_meta(connection, "rehearsal") == "1",
        approval=read_meta(connection, "approval"),
        relay=read_meta(connection, "relay"),
        suppressed=int(read_meta(connection, "suppressed") or 0),
        **counts,
    )


def people(connection: sqlite3.Connection) -> Iterator[Person]:
    """Give everybody who was to get a copy, in the order they were enrolled."""
    for address, edition, state, reply, attempts, at in connection.execute(_PEOPLE, (CUT_OFF,)):
        yield Person(address, edition, Outcome(state), reply, attempts, at)
