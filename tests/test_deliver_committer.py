"""Marks share commits: nobody's terminator goes before its own is on the disk, and nobody waits for long."""

import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from sending import NOON, enrol, open_ledger, waiting

from bulletin.deliver.loop import Loop
from bulletin.deliver.record.ledger import Ledger
from bulletin.deliver.record.rows import Entry
from bulletin.deliver.sending.committer import Committer
from bulletin.errors import BulletinError

SLOW = 0.05
LANES = 6


class Slowly:
    """A ledger whose commits take their time, and what was in each."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.commits: list[list[int]] = []
        self.fails = False

    def commit(self, dots: Sequence[tuple[Entry, datetime]] = ()) -> None:
        if self.fails:
            raise BulletinError("the disk is full")
        if dots:
            time.sleep(SLOW)
        self.ledger.commit(dots)
        self.commits += [[entry.number for entry, _ in dots]] if dots else []

    def rescue(self) -> None:
        """Nothing waits."""

    @property
    def marked(self) -> set[int]:
        return {number for numbers in self.commits for number in numbers}


def mark_all(committer: Committer, entries: Sequence[Entry], slowly: Slowly, early: list[int]) -> None:
    """Ask for one mark after the other, and note those that were not on the disk after the wait."""
    for entry in entries:
        committer.mark(entry, NOON)
        early.extend({entry.number} - slowly.marked)


def test_marks_of_many_connections_share_commits_and_none_is_passed_early(tmp_path: Path) -> None:
    early: list[int] = []
    with open_ledger(tmp_path) as ledger:
        enrol(ledger, 60)
        entries, slowly = waiting(ledger), Slowly(ledger)
        with Committer(slowly) as committer:  # type: ignore[arg-type]
            loop = Loop(committer)
            loop.add(*(partial(mark_all, committer, entries[n::LANES], slowly, early) for n in range(LANES)))
            loop.run()
    assert (early, len(slowly.marked)) == ([], 60)
    assert len(slowly.commits) <= 60 // LANES + 2


def test_nobody_waits_longer_for_company_than_a_commit_takes(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        enrol(ledger, 20)
        entries, slowly = waiting(ledger), Slowly(ledger)
        with Committer(slowly) as committer:  # type: ignore[arg-type]
            shares = (entries[LANES:], *([entry] for entry in entries[1:LANES]))  # the others end soon
            loop = Loop(committer)
            loop.add(*(partial(mark_all, committer, share, slowly, []) for share in shares))
            begun = time.monotonic()
            loop.run()
    assert time.monotonic() - begun < (20 - LANES + 1) * SLOW * 1.5 + 0.5


def test_a_mark_that_cannot_be_written_is_passed_by_nobody(tmp_path: Path) -> None:
    passed: list[int] = []
    with open_ledger(tmp_path) as ledger:
        enrol(ledger, LANES)
        slowly = Slowly(ledger)
        slowly.fails = True
        committer = Committer(slowly)  # type: ignore[arg-type]

        def try_it(entry: Entry) -> None:
            with pytest.raises(BulletinError, match="full"):
                committer.mark(entry, NOON)
            passed.append(entry.number)

        with suppress(BulletinError), committer:
            loop = Loop(committer)
            loop.add(*(partial(try_it, entry) for entry in waiting(ledger)))
            loop.run()
    assert len(passed) == LANES


def test_a_mark_nobody_waits_for_any_more_is_not_written(tmp_path: Path) -> None:
    def press() -> None:
        raise KeyboardInterrupt

    with open_ledger(tmp_path) as ledger:
        enrol(ledger, 1)
        with suppress(KeyboardInterrupt), Committer(ledger) as committer:
            loop = Loop(committer)
            loop.add(partial(committer.mark, waiting(ledger)[0], NOON), press)
            loop.run()
        assert ledger.tally().pending == 1
