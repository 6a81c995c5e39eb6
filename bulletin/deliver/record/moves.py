"""Move a ledger's rows from one state to the next: the marks before terminators, and what came of them."""

import sqlite3
from datetime import datetime, timedelta

from bulletin.deliver.record.rows import Entry
from bulletin.deliver.record.schema import transaction
from bulletin.model.delivery import Attempt, Outcome

Move = tuple[int, str, str | None, bool, str | None, str]
"""A row's number, the new state, the reply, whether it counts, when, next when; None for as it was."""

_ADVISED_WAIT = timedelta(minutes=15)
_ANSWERED = (Outcome.ACCEPTED, Outcome.DEFERRED, Outcome.REJECTED)
CUT_OFF = "the run ended after the whole message was sent and before an answer came"
"""What there is to say of somebody in place of a relay's reply."""
_MOVE = """
    UPDATE deliveries SET state = ?2, reply = coalesce(?3, reply), attempts = attempts + ?4,
    at = coalesce(?5, at), next_at = ?6
    WHERE number = ?1
    AND (?2 != 'dot' OR state = 'pending' OR state = 'deferred' OR state = 'rejected')
"""
"""A row whose terminator may not be sent stays where it is; `schema` says why there is no IN."""


def result(entry: Entry, attempt: Attempt) -> Move:
    """Give the move that a result is; an attempt counts only where a server answered for the recipient.

    Whoever is unknown keeps the moment of the mark: that is when a relay may have taken it.
    """
    deferred = attempt.outcome is Outcome.DEFERRED
    next_at = (attempt.at + _ADVISED_WAIT).isoformat() if deferred else ""
    answered = attempt.outcome in _ANSWERED
    at = None if attempt.outcome is Outcome.UNKNOWN else attempt.at.isoformat()
    return entry.number, attempt.outcome.value, attempt.reply, answered, at, next_at


def mark(entry: Entry, at: datetime) -> Move:
    """Give the move that says that an entry's terminator is about to be sent."""
    return entry.number, "dot", None, False, at.isoformat(), ""


def write(connection: sqlite3.Connection, moves: list[Move]) -> None:
    """Make moves, durably and all or none, in their order.

    Raises:
        ValueError: the terminator of one of them may not be sent.
    """
    if not moves:
        return
    with transaction(connection):
        if connection.executemany(_MOVE, moves).rowcount != len(moves):
            raise ValueError(f"one of the deliveries {[one[0] for one in moves]} may not be sent again")


def recover(connection: sqlite3.Connection) -> None:
    """Take back what was provably not taken, and name what nobody can know."""
    with transaction(connection):
        connection.execute("UPDATE deliveries SET state = 'pending' WHERE state = 'claimed'")
        connection.execute(
            "UPDATE deliveries SET state = 'unknown', reply = ? WHERE state = 'dot'", (CUT_OFF,)
        )
