"""Whoever has left stays off, also when suppressed.csv or the key is lost, and may come back."""

import json
import secrets
from pathlib import Path

import pytest
from fault_relay import FaultRelay
from officer import Officer, at, through

ANN, EVE = "ann@parish.example", "eve@parish.example"
APPROVE = ("approve", "--by", "Jo")


@pytest.fixture
def officer(tmp_path: Path) -> Officer:
    officer = at("approved", tmp_path)
    assert officer("lists", "suppress", ANN).code == 0
    assert officer(*APPROVE).code == 0
    return officer


def suppressed(officer: Officer) -> Path:
    return officer.folder / "mailing_lists/suppressed.csv"


def forgotten(officer: Officer) -> Officer:
    """Forget Ann, who is then put on a list again."""
    assert officer("lists", "forget", ANN, "--yes").code == 0
    officer.add(ANN)
    return officer


def key(officer: Officer, *, old: bool) -> None:
    """Put a new key into workspace.key, with the old one or without."""
    path = officer.folder / "workspace.key"
    path.write_text(f"{secrets.token_hex(32)}\n{path.read_text() if old else ''}")


@pytest.mark.parametrize("data", [None, b"", b"email\n", b"email\neve@parish.example\n"])
def test_a_list_of_leavers_that_lost_somebody_stops_all(officer: Officer, data: bytes | None) -> None:
    suppressed(officer).unlink()
    if data is not None:
        suppressed(officer).write_bytes(data)
    for words in (APPROVE, ("send", "--plan"), ("lists", "add", "core", "new@x.example", "--yes")):
        said = officer(*words)
        assert said.code == 1
        assert "who left" in said.err
        assert ANN in said.err
        assert "bulletin lists allow ADDRESS" in said.err
    checked = officer("lists", "check")
    assert (checked.code, "send refuses until this is put right" in checked.out) == (1, True)
    assert "who left" in officer("doctor", "--offline").out


def test_a_file_put_back_is_whole_again(officer: Officer) -> None:
    data = suppressed(officer).read_bytes()
    suppressed(officer).unlink()
    assert officer(*APPROVE).code == 1
    suppressed(officer).write_bytes(data)
    assert officer(*APPROVE).code == 0


def test_without_a_backup_their_marks_keep_them_off(officer: Officer) -> None:
    suppressed(officer).unlink()
    assert "2 people who left are kept off the lists again" in officer("lists", "restore").out
    assert officer("lists", "restore").out == "Nobody who left was missing.\n"
    assert officer(*APPROVE).code == 0
    assert officer("send", "--plan", json=True).data["recipients"] == 3
    assert "@" not in suppressed(officer).read_text()


def test_somebody_who_wants_it_again_is_allowed(officer: Officer) -> None:
    assert officer("lists", "allow", ANN.upper()).code == 0
    assert officer("lists", "allow", ANN).code == 2
    assert officer(*APPROVE).code == 0
    assert officer("send", "--plan", json=True).data["recipients"] == 4
    assert EVE in suppressed(officer).read_text()


def test_a_line_taken_out_by_hand_needs_that_word(officer: Officer) -> None:
    officer.edit("mailing_lists/suppressed.csv", EVE, "")
    officer.edit("mailing_lists/suppressed.csv", ANN, EVE)
    assert f"1 person who left is no longer in suppressed.csv (on the lists: {ANN})" in officer(*APPROVE).err
    assert officer("lists", "allow", ANN).code == 0
    assert officer(*APPROVE).code == 0


def test_somebody_forgotten_may_come_back_too(officer: Officer) -> None:
    forgotten(officer)
    assert officer("lists", "allow", ANN).code == 0
    assert officer(*APPROVE).code == 0
    assert officer("send", "--plan", json=True).data["recipients"] == 4


def test_the_forgotten_are_missed_as_those_who_left_are(officer: Officer) -> None:
    forgotten(officer)
    suppressed(officer).unlink()
    assert ANN in officer(*APPROVE).err
    assert officer("lists", "restore").code == 0
    officer(*APPROVE)
    assert officer("send", "--plan", json=True).data["recipients"] == 3


def test_a_key_that_was_replaced_stops_all(officer: Officer) -> None:
    key(forgotten(officer), old=False)
    said = officer(*APPROVE)
    assert said.code == 1
    assert "made with a key that is not in workspace.key" in said.err
    assert "bad  key: " in officer("doctor", "--offline").out


def test_a_key_that_was_added_above_the_old_one_is_fine(officer: Officer) -> None:
    key(forgotten(officer), old=True)
    assert officer(*APPROVE).code == 0
    assert "ok   key: " in officer("doctor", "--offline").out
    assert officer("send", "--plan", json=True).data["recipients"] == 3
    suppressed(officer).unlink()
    assert officer(*APPROVE).code == 1


def test_forgetting_after_a_new_key_leaves_nothing_amiss(officer: Officer) -> None:
    key(officer, old=True)
    forgotten(officer)
    assert officer(*APPROVE).code == 0


def test_no_address_is_in_what_is_kept(officer: Officer) -> None:
    kept = (officer.folder / "mailing_lists/left.json").read_text("utf-8")
    assert len(json.loads(kept)["marks"]) == 2
    assert "@" not in kept


def test_damage_is_said_and_does_not_keep_anybody_from_leaving(officer: Officer) -> None:
    (officer.folder / "mailing_lists/left.json").write_text("[]")
    assert "left.json is damaged" in officer(*APPROVE).err
    assert officer("lists", "suppress", "bob@parish.example").code == 0
    (officer.folder / "mailing_lists/left.json").unlink()
    assert officer(*APPROVE).code == 0


def test_a_correction_is_not_sent_either(officer: Officer) -> None:
    (officer.folder / "t.md").write_text("It is at 10am.\n", "utf-8")
    words = ("correct", "--text", officer.folder / "t.md", "--plan")
    with FaultRelay({}) as relay:
        assert officer.send(*through(relay), confirm=3).code == 0
        assert officer(*words, *through(relay)).code == 0
        suppressed(officer).unlink()
        assert "who left" in officer(*words, *through(relay)).err
