"""A ledger that was sent from and is gone: nobody begins another without the officer's word."""

import shutil
from pathlib import Path

import pytest
from fault_relay import FaultRelay
from officer import PEOPLE, Officer, through

LOST = "began to be sent for real on Thursday 26 November 2026"


def other_computer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BULLETIN_DATA", str(tmp_path / "another"))


def test_a_deleted_ledger_stops_every_command_that_needs_it(officer: Officer) -> None:
    with FaultRelay({}) as relay:
        officer.send(*through(relay))
        officer.path("ledger.db").unlink()
        for words in (("send", "--plan", *through(relay)), ("report",), ("resolve",)):
            said = officer(*words)
            assert said.code == 1
            assert LOST in said.err
            assert "to 4 recipients" in said.err
            assert "do not send without it" in said.err
        assert officer.send(*through(relay)).code == 1
    assert set(relay.counts().values()) == {1}


def test_status_says_that_the_ledger_is_gone(officer: Officer) -> None:
    with FaultRelay({}) as relay:
        officer.send(*through(relay))
    officer.path("ledger.db").unlink()
    assert "bulletin report, which says what to do" in officer("status").out


@pytest.mark.parametrize("data", [b"", b"a letter to the council\n" * 99])
def test_a_file_that_is_no_ledger_is_to_be_put_back_and_not_moved_away(officer: Officer, data: bytes) -> None:
    with FaultRelay({}) as relay:
        officer.send(*through(relay))
        officer.path("ledger.db").write_bytes(data)
        said = officer.send(*through(relay))
        assert "put back the newest copy" in said.err
        assert "do not send without it" in said.err
        officer.path("ledger.db").unlink()
        assert LOST in officer.send(*through(relay)).err
    assert set(relay.counts().values()) == {1}


def test_a_backup_from_before_the_send_put_in_its_place_is_not_sent_from(
    officer: Officer, tmp_path: Path
) -> None:
    officer("backup", tmp_path / "backup")
    with FaultRelay({}) as relay:
        officer.send(*through(relay))
        shutil.rmtree(officer.folder)
        (tmp_path / "backup").rename(officer.folder)
        assert LOST in officer.send(*through(relay)).err
    assert set(relay.counts().values()) == {1}


def test_of_two_copies_from_before_the_send_one_is_sent_from(officer: Officer, tmp_path: Path) -> None:
    shutil.copytree(officer.folder, tmp_path / "copy")
    with FaultRelay({}) as relay:
        officer.send(*through(relay))
        said = Officer(tmp_path / "copy").send("--relay", "smtp://localhost:25")
    assert said.code == 1
    assert f"was sent for real from the ledger at {officer.path('ledger.db').resolve()}" in said.err


def test_a_copy_may_be_tried_out_through_a_relay_for_that_and_says_what_it_is(
    officer: Officer, tmp_path: Path
) -> None:
    shutil.copytree(officer.folder, tmp_path / "copy")
    with FaultRelay({}) as relay:
        officer.send(*through(relay))
        said = Officer(tmp_path / "copy").send(*through(relay))
    assert (said.code, set(relay.counts().values())) == (0, {2})
    assert "this workspace is a copy of that one" in said.err


def test_on_another_computer_the_note_beside_the_issue_tells(
    officer: Officer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FaultRelay({}) as relay:
        officer.send(*through(relay))
        officer.path("ledger.db").unlink()
        other_computer(monkeypatch, tmp_path)
        assert LOST in officer.send(*through(relay)).err
        officer.path("sent.json").write_text("{", "utf-8")
        assert "its ledger is not at" in officer.send(*through(relay)).err
    assert set(relay.counts().values()) == {1}


def test_a_copy_may_rehearse_and_report(officer: Officer, tmp_path: Path) -> None:
    shutil.copytree(officer.folder, tmp_path / "copy")
    copy = Officer(tmp_path / "copy")
    with FaultRelay({}) as relay:
        officer.send(*through(relay))
    assert copy.send().code == 0
    assert "as rehearsed" in copy("report").out
    assert "bulletin send --plan" in copy("status").out


def test_a_ledger_put_back_after_all_takes_the_word_back(officer: Officer) -> None:
    with FaultRelay({}) as relay:
        officer.send(*through(relay))
        officer.path("ledger.db").rename(officer.folder / "old.db")
        assert "bad  ledger: issue 2026-11" in officer("doctor", "--offline").out
        assert officer("resolve", "--adopt").code == 0
        (officer.folder / "old.db").rename(officer.path("ledger.db"))
        assert officer.send(*through(relay)).code == 0
        officer.path("ledger.db").unlink()
        assert LOST in officer.send(*through(relay)).err
    assert set(relay.counts().values()) == {1}


def test_with_the_officers_word_another_is_begun_once(officer: Officer) -> None:
    with FaultRelay({}) as relay:
        officer.send(*through(relay))
        shutil.copy(officer.path("ledger.db"), officer.folder / "old.db")
        officer.path("ledger.db").unlink()
        assert "would be given up" in officer("resolve", "--adopt", "--plan").out
        assert LOST in officer.send(*through(relay)).err
        assert "also to those who have had their copy" in officer("resolve", "--adopt").out
        assert officer.send(*through(relay)).code == 0
        assert set(relay.counts().values()) == {2}
        officer.path("ledger.db").unlink()
        assert LOST in officer.send(*through(relay)).err
        (officer.folder / "old.db").rename(officer.path("ledger.db"))
        assert "does not know it" in officer.send(*through(relay)).err


def test_rehearsals_are_free_of_all_this(officer: Officer) -> None:
    for _ in range(2):
        assert officer.send().code == 0
        officer.path("rehearsal.db").unlink()
    assert not officer.path("sent.json").exists()


def test_a_send_that_reached_nobody_may_begin_anew_with_what_is_approved_next(officer: Officer) -> None:
    with FaultRelay({("MAIL", "*"): "550 5.7.1 not you"}) as relay:
        assert officer.send(*through(relay)).code == 5
    officer.add("new@parish.example")
    officer("approve", "--by", "Jo")
    with FaultRelay({}) as relay:
        assert officer.send(*through(relay), confirm=5).code == 0
    assert len(relay.counts()) == 5


def test_another_workspace_in_the_place_of_one_that_is_gone_is_free(officer: Officer, tmp_path: Path) -> None:
    with FaultRelay({}) as relay:
        officer.send(*through(relay))
        shutil.rmtree(officer.folder)
        officer("init", officer.folder)
        officer("new", "2026-11", "--meeting", "2026-11-12")
        assert "is not approved" in officer("send", "--plan", *through(relay)).err


def test_a_lost_ledger_of_a_correction_is_missed_too(officer: Officer) -> None:
    words = ("correct", "--text", officer.folder / "text.md", "--by", "Jo", "--confirm", len(PEOPLE))
    (officer.folder / "text.md").write_text("It is at 10am.\n", "utf-8")
    with FaultRelay({}) as relay:
        officer.send(*through(relay))
        assert officer(*words, *through(relay)).code == 0
        officer.path("corrections/1/ledger.db").unlink()
        said = officer(*words, *through(relay))
    assert "correction 1 of issue 2026-11 began to be sent for real" in said.err
    assert set(relay.counts().values()) == {2}
