"""`bulletin collect` at the command line: what was deleted can be had again, and nothing goes unsaid."""

from pathlib import Path

import pytest
from officer import Officer, at


@pytest.fixture
def officer(tmp_path: Path) -> Officer:
    return at("collected", tmp_path).on("2026-11-16")


def test_a_deleted_item_stays_deleted_until_it_is_asked_for(officer: Officer) -> None:
    officer.path("items/a-winter-walk.md").unlink()
    said = officer("collect").out

    assert "hint: to get it back: bulletin collect --restore a-winter-walk" in said
    assert not officer.path("items/a-winter-walk.md").exists()
    assert "walk.md → a-winter-walk" in officer("collect", "--restore", "a-winter-walk").out
    assert officer.path("items/a-winter-walk.md").exists()


def test_an_issue_whose_items_are_all_gone_says_so_and_gets_them_back(officer: Officer) -> None:
    before = {path.name: path.read_bytes() for path in officer.path("items").glob("*.md")}
    for name in before:
        officer.path(f"items/{name}").unlink()
    said = officer("collect").out

    assert f"Nothing is left of {len(before)} items made before" in said
    assert "bulletin collect --restore all" in said
    assert officer("collect", "--restore", "all").code == 0
    assert {path.name: path.read_bytes() for path in officer.path("items").glob("*.md")} == before


def test_what_is_not_gone_cannot_be_restored(officer: Officer) -> None:
    said = officer("collect", "--restore", "a-winter-walk")

    assert said.code == 2
    assert "a-winter-walk is no item that is gone" in said.err


def test_an_item_whose_file_is_gone_too_is_named(officer: Officer) -> None:
    officer.path("items/a-winter-walk.md").unlink()
    (officer.folder / "contributions/walk.md").unlink()

    assert "a-winter-walk could not be made: bring its file" in officer("collect", "--restore", "all").out


def test_a_list_that_is_not_there_is_said_by_check(officer: Officer) -> None:
    (officer.folder / "mailing_lists/clerks.csv").unlink()
    said = officer("check").out

    assert 'the edition "everyone" goes to the list "clerks", which is not there [roster-missing]' in said
