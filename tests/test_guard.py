"""Nothing goes further than it may, whatever was changed between building, approving and sending."""

from pathlib import Path

import pytest
from officer import Officer, at

NARROW = '[lists.core]\nreach = "partners"\n'
WIDE = '[lists.core]\nreach = "public"\n'


def widened(officer: Officer) -> Officer:
    officer.edit("bulletin.toml", NARROW, WIDE)
    return officer


def test_a_partners_edition_is_not_built_for_a_list_of_wider_reach(tmp_path: Path) -> None:
    said = widened(at("collected", tmp_path))("build")
    assert said.code == 1
    assert "audience-leak" in said.out + said.err


@pytest.mark.parametrize(
    ("stage", "words"), [("built", ("approve", "--by", "Jo")), ("approved", ("send", "--plan"))]
)
def test_nor_is_it_approved_or_sent_to_one(tmp_path: Path, stage: str, words: tuple[str, ...]) -> None:
    said = widened(at(stage, tmp_path))(*words)
    assert said.code == 1
    assert 'the edition "partners" is for partners alone, and goes to the list "core"' in said.err


def test_a_list_that_settings_do_not_name_reaches_everybody(tmp_path: Path) -> None:
    officer = at("approved", tmp_path)
    officer.edit("bulletin.toml", NARROW, "")
    assert "which reaches further" in officer("send", "--plan").err


def test_an_item_closed_to_others_after_approval_is_not_sent_to_them(tmp_path: Path) -> None:
    officer = at("approved", tmp_path)
    officer.edit_item("a-winter-walk", "Title:", "Share: partners\nTitle:")
    said = officer.send()
    assert said.code == 1
    assert 'the edition "everyone" is for everybody, and holds "a-winter-walk"' in said.err
    assert not officer.path("rehearsal.db").exists()


def test_an_item_that_was_for_partners_may_still_go_to_them(tmp_path: Path) -> None:
    assert at("approved", tmp_path).send().code == 0
