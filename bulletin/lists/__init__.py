"""Rosters and suppressions: who gets a copy, once, and who must not be written to."""

from bulletin.lists.book import Addressed, address_book
from bulletin.lists.identity import identity, problem_with
from bulletin.lists.roster import (
    Roster,
    Suppression,
    Suppressions,
    mistyped,
    mistyped_beside,
    read_roster,
    read_suppressions,
)

__all__ = [
    "Addressed",
    "Roster",
    "Suppression",
    "Suppressions",
    "address_book",
    "identity",
    "mistyped",
    "mistyped_beside",
    "problem_with",
    "read_roster",
    "read_suppressions",
]
