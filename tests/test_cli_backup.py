"""`bulletin backup`: the whole workspace, whole or not at all, also while a send is writing."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from officer import Officer, contents, through, until
from relays import Relay
from sending import enrol, open_ledger

from bulletin.deliver.record.past import copies, snapshot
from bulletin.errors import BulletinError


def test_every_file_is_in_it_and_it_goes_on_working(officer: Officer, tmp_path: Path) -> None:
    officer.send()
    said = officer("backup", tmp_path / "copy", json=True)
    kept, made = contents(officer.folder), contents(tmp_path / "copy")
    passing = {".bulletin.lock", "issues/2026-11/rehearsal.db-wal"}
    assert set(made) == set(kept) - passing
    assert {name for name in made if made[name] != kept[name]} <= {"issues/2026-11/rehearsal.db"}
    assert said.data["files"] == len(made)
    assert Officer(tmp_path / "copy")("report", json=True).data == officer("report", json=True).data


def test_the_key_stays_readable_by_its_owner_alone(officer: Officer, tmp_path: Path) -> None:
    officer("backup", tmp_path / "copy")
    assert (tmp_path / "copy/workspace.key").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "copy").stat().st_mode & 0o077 == 0


@pytest.mark.skipif(os.name == "nt", reason="modes are of POSIX")
def test_so_does_a_ledger(officer: Officer, tmp_path: Path) -> None:
    with Relay() as relay:
        officer.send(*through(relay))
    officer("backup", tmp_path / "copy")
    assert (tmp_path / "copy/issues/2026-11/ledger.db").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("into", ["issues/copy", "."])
def test_a_backup_does_not_go_into_what_it_is_of(officer: Officer, into: str) -> None:
    before = contents(officer.folder)
    assert officer("backup", officer.folder / into).code == 2
    assert contents(officer.folder) == before


def test_a_folder_that_is_there_is_left_alone(officer: Officer, tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    assert officer("backup", tmp_path / "copy").code == 2
    assert list((tmp_path / "copy").iterdir()) == []


def test_half_a_backup_is_none(officer: Officer, tmp_path: Path) -> None:
    officer.path("ledger.db").write_bytes(b"no ledger at all, but as long as one " * 200)
    assert officer("backup", tmp_path / "copy").code == 1
    assert [path.name for path in tmp_path.iterdir()] == ["work"]


def test_while_a_send_holds_the_ledger_its_last_word_is_copied(tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    with open_ledger(tmp_path) as ledger:
        enrol(ledger, 300)
        with pytest.raises(BulletinError, match="a send of this issue"):
            list(copies(tmp_path / "ledger.db"))
        snapshot(tmp_path / "ledger.db", tmp_path / "copy/ledger.db")
    assert [copy.outcome for copy in copies(tmp_path / "copy/ledger.db")] == ["pending"] * 300
    assert [path.name for path in (tmp_path / "copy").iterdir()] == ["ledger.db"]


def test_a_real_send_is_backed_up_in_its_middle(officer: Officer, tmp_path: Path) -> None:
    officer.path("issue.toml").with_name("notes.txt").write_text("mine", "utf-8")
    with Relay(slow=0.3) as relay:
        sending = officer.start("send", "--confirm", 4, *through(relay))
        with sending:
            while not relay.taken and sending.poll() is None:
                pass
            assert officer.outside("backup", tmp_path / "copy").code == 0
            assert sending.wait(timeout=60) == 0
    copied = Officer(tmp_path / "copy")("report", json=True).data
    assert copied["recipients"] == 4
    assert officer("report", json=True).data["accepted"] == 4


@pytest.mark.parametrize("killed", [False, True])
def test_a_backup_from_the_middle_of_a_send_is_not_sent_from(
    officer: Officer, tmp_path: Path, killed: bool
) -> None:
    with Relay(slow=0.3) as relay:
        with officer.start("send", "--confirm", 4, "--connections", 1, *through(relay)) as sending:
            until(lambda: relay.taken)
            assert officer("backup", tmp_path / "copy").code == 0
            until(lambda: len(relay.taken) > 2)
            if killed:
                sending.kill()
        shutil.rmtree(officer.folder)
        (tmp_path / "copy").rename(officer.folder)
        said = officer.send(*through(relay))
    assert (said.code, "an older copy of itself" in said.err) == (1, True)
    assert set(relay.counts().values()) == {1}


def test_so_is_one_that_another_program_made_then(officer: Officer, tmp_path: Path) -> None:
    with Relay(slow=0.3) as relay:
        with officer.start("send", "--confirm", 4, "--connections", 1, *through(relay)):
            until(lambda: relay.taken)
            shutil.copytree(officer.folder, tmp_path / "copy")
        shutil.rmtree(officer.folder)
        (tmp_path / "copy").rename(officer.folder)
        said = officer.send(*through(relay))
    assert (said.code, "an older copy of itself" in said.err) == (1, True)
    assert set(relay.counts().values()) == {1}


def test_a_backup_from_after_a_send_goes_on_where_that_ended(officer: Officer, tmp_path: Path) -> None:
    with Relay(replies={("RCPT", "dan@parish.example"): ["450 4.2.0 later", "250 ok"]}) as relay:
        assert officer.send(*through(relay)).code == 4
        officer("backup", tmp_path / "copy")
        shutil.rmtree(officer.folder)
        (tmp_path / "copy").rename(officer.folder)
        assert officer.send(*through(relay)).code == 0
    assert (set(relay.counts().values()), len(relay.counts())) == ({1}, 4)


def test_a_snapshot_never_loses_what_was_committed_before_it(tmp_path: Path) -> None:
    path = tmp_path / "busy.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("PRAGMA locking_mode = EXCLUSIVE")
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("CREATE TABLE meta (key TEXT, value TEXT)")
        writer.execute("CREATE TABLE rows (n INTEGER PRIMARY KEY, words TEXT)")
        for number in range(400):
            writer.execute("INSERT INTO rows VALUES (?, ?)", (number, "x" * 20_000))
            if number % 20 == 0:  # the log begins anew every thousand pages
                snapshot(path, tmp_path / f"{number}.db")
                with closing(sqlite3.connect(tmp_path / f"{number}.db")) as copy:
                    assert copy.execute("SELECT count(*) FROM rows").fetchone()[0] == number + 1
