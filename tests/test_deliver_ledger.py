"""The ledger knows who had their copy, whatever happens to the program."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sending import NAMING, NOON, content_of, enrol, open_ledger, person, waiting

from bulletin.deliver.record.ledger import Ledger, read_tally
from bulletin.deliver.record.schema import open_exclusively
from bulletin.errors import BulletinError
from bulletin.model.delivery import Attempt, Outcome, Recipient


def outcomes(ledger: Ledger) -> list[str]:
    return [p.outcome.value for p in ledger.people()]


def at_the_dot(tmp_path: Path) -> None:
    """A ledger whose first person's terminator was about to be sent when the run ended."""
    ledger = open_ledger(tmp_path)
    enrol(ledger, 2)
    ledger.dot(waiting(ledger)[0], NOON)
    ledger.close()


def tamper(folder: Path, statement: str) -> None:
    """Change a ledger behind the program's back."""
    with closing(sqlite3.connect(folder / "ledger.db")) as connection, connection:
        connection.execute(statement)


def test_a_person_is_enrolled_once_whatever_the_edition_or_the_case(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        assert enrol(ledger, 3) == 3
        again = Recipient("p1@council.example", "P1@Council.example", "Pat", "other", "list")
        contents = [content_of(), content_of(name="other")]
        assert ledger.enrol(contents, [again, person(9)], naming=NAMING, first_sent_at=NOON) == 1
        assert [p.address.lower() for p in ledger.people()][1:] == [
            f"p{n}@council.example" for n in (1, 2, 9)
        ]


def test_the_date_of_the_first_send_and_the_edition_are_kept(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        assert ledger.first_sent_at is None
        enrol(ledger, 1)
        later = NOON.replace(year=2027)
        ledger.enrol([content_of("New\n")], [person(5)], naming=NAMING, first_sent_at=later, approval="abc")
        assert (ledger.first_sent_at, ledger.approval) == (NOON, "abc")
        first, second = waiting(ledger)
        assert ledger.content(first.content) == content_of()
        assert ledger.content(second.content) == content_of("New\n")
        assert ledger.tally().approval == "abc"


def test_nobody_is_enrolled_when_one_of_them_cannot_be_written_to(tmp_path: Path) -> None:
    bad = [person(1), person(2, name="a\r\nBcc: x")]
    with open_ledger(tmp_path) as ledger:
        with pytest.raises(BulletinError, match="To header"):
            ledger.enrol([content_of()], bad, naming=NAMING, first_sent_at=NOON)
        assert ledger.tally().recipients == 0


def test_what_was_at_the_dot_is_unknown_and_never_offered_again(tmp_path: Path) -> None:
    at_the_dot(tmp_path)
    assert read_tally(tmp_path / "ledger.db").unknown == 1
    with open_ledger(tmp_path) as ledger:
        assert outcomes(ledger) == ["unknown", "pending"]
        assert [e.recipient.key for e in waiting(ledger)] == ["p1@council.example"]
        [unknown] = ledger.unknown()
        with pytest.raises(ValueError, match="may not be sent again"):
            ledger.dot(unknown, NOON)


def test_what_was_only_claimed_is_pending_again(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        enrol(ledger, 1)
    tamper(tmp_path, "UPDATE deliveries SET state = 'claimed'")
    assert read_tally(tmp_path / "ledger.db").pending == 1
    with open_ledger(tmp_path) as ledger:
        assert outcomes(ledger) == ["pending"]


def test_an_attempt_counts_only_where_a_server_answered(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        enrol(ledger, 1)
        [entry] = waiting(ledger)
        for outcome in (Outcome.PENDING, Outcome.DEFERRED, Outcome.UNKNOWN, Outcome.ACCEPTED):
            ledger.settle(entry, Attempt(outcome, "words", NOON))
        [shown] = ledger.people()
    assert (shown.attempts, shown.outcome, shown.at) == (2, Outcome.ACCEPTED, NOON.isoformat())


def test_a_suppressed_person_is_taken_out_and_counted_and_comes_back_with_a_new_enrolment(
    tmp_path: Path,
) -> None:
    with open_ledger(tmp_path) as ledger:
        enrol(ledger, 3)
        ledger.settle(waiting(ledger)[0], Attempt(Outcome.ACCEPTED, "250", NOON))
        gone = ledger.withdraw({"p0@council.example", "p1@council.example", "never@council.example"})
        tally = ledger.tally()
        assert (gone, tally.suppressed, tally.recipients, tally.pending) == (1, 2, 2, 1)
        assert enrol(ledger, 3) == 1
        assert ledger.withdraw(set()) == 0
        assert (ledger.tally().pending, ledger.tally().suppressed) == (2, 0)


def test_many_marks_and_results_are_one_commit(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        enrol(ledger, 3)
        first, second, third = waiting(ledger)
        ledger.commit([(first, NOON), (second, NOON)])
        ledger.settle(first, Attempt(Outcome.ACCEPTED, "250", NOON))
        ledger.settle(second, Attempt(Outcome.PENDING, "421", NOON))
        ledger.commit([(second, NOON), (third, NOON)])
        ledger.settle(third, Attempt(Outcome.DEFERRED, "450", NOON))
    assert [p.outcome.value for p in read_tally(tmp_path / "ledger.db").people] == [
        "accepted",
        "unknown",
        "deferred",
    ]


def test_of_a_commit_that_may_not_be_nothing_counts(tmp_path: Path) -> None:
    at_the_dot(tmp_path)
    with open_ledger(tmp_path) as ledger:
        [unknown], [pending] = ledger.unknown(), waiting(ledger)
        ledger.settle(pending, Attempt(Outcome.DEFERRED, "450", NOON))
        with pytest.raises(ValueError, match="may not be sent again"):
            ledger.commit([(pending, NOON), (unknown, NOON)])
        assert outcomes(ledger) == ["unknown", "deferred"]


def test_a_second_send_is_told_that_one_is_running_and_so_is_report(tmp_path: Path) -> None:
    with open_ledger(tmp_path):
        with pytest.raises(BulletinError, match="a send of this issue is running"):
            open_ledger(tmp_path)
        with pytest.raises(BulletinError, match="a send of this issue is running"):
            read_tally(tmp_path / "ledger.db")


def test_report_reads_without_leaving_anything_behind(tmp_path: Path) -> None:
    with open_ledger(tmp_path, rehearsal=True) as ledger:
        enrol(ledger, 2)
    before = sorted(tmp_path.iterdir())
    tally = read_tally(tmp_path / "ledger.db")
    assert (tally.issue, tally.rehearsal, tally.pending, len(tally.people)) == ("2026-11", True, 2, 2)
    assert sorted(tmp_path.iterdir()) == before
    with pytest.raises(BulletinError, match="nothing has been sent"):
        read_tally(tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize("wrong", ["issue", "kind"])
def test_a_ledger_of_another_issue_or_kind_is_refused(wrong: str, tmp_path: Path) -> None:
    open_ledger(tmp_path).close()
    with pytest.raises(BulletinError, match=wrong):
        Ledger.open(
            tmp_path / "ledger.db", "2027-02" if wrong == "issue" else "2026-11", rehearsal=wrong == "kind"
        )


@pytest.mark.parametrize("statement", ["UPDATE meta SET value = '3' WHERE key = 'format'", "DROP TABLE meta"])
def test_a_ledger_of_another_format_is_refused(statement: str, tmp_path: Path) -> None:
    open_ledger(tmp_path).close()
    tamper(tmp_path, statement)
    for reader in (lambda: open_ledger(tmp_path), lambda: read_tally(tmp_path / "ledger.db")):
        with pytest.raises(BulletinError, match="ledger"):
            reader()


def test_a_file_that_is_no_ledger_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ledger.db").write_bytes(b"not a database" * 100)
    with pytest.raises(BulletinError, match="damaged or is no ledger"):
        open_ledger(tmp_path)


def test_a_frozen_edition_that_was_tampered_with_is_refused(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        enrol(ledger, 1)
    tamper(tmp_path, "UPDATE contents SET subject = 'other'")
    with open_ledger(tmp_path) as ledger:
        [entry] = waiting(ledger)
        with pytest.raises(BulletinError, match="damaged"):
            ledger.content(entry.content)


def test_commits_last_through_a_power_cut(tmp_path: Path) -> None:
    with closing(open_exclusively(tmp_path / "ledger.db", "2026-11", rehearsal=False)) as connection:
        names = ("journal_mode", "synchronous", "locking_mode")
        agreed = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names]
    assert agreed == ["wal", 2, "exclusive"]


def test_a_ledger_of_the_first_format_is_read_and_brought_up_to_this_one(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        enrol(ledger, 2)
    for column in ("leave_subject", "leave_url"):
        tamper(tmp_path, f"ALTER TABLE deliveries DROP COLUMN {column}")
    tamper(tmp_path, "UPDATE meta SET value = '1' WHERE key = 'format'")
    assert read_tally(tmp_path / "ledger.db").pending == 2
    with open_ledger(tmp_path) as ledger:
        assert [e.leaving.url for e in waiting(ledger)] == ["", ""]
