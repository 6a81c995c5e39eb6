"""`approve` says who is new since the approval before, and how many have gone."""

from pathlib import Path

import pytest
from officer import Officer, at

APPROVE = ("approve", "--by", "Jo")


def test_who_is_new_is_named_with_the_list_that_brought_them(officer: Officer) -> None:
    officer.add("new@parish.example")
    officer.edit("mailing_lists/core.csv", "bob@parish.example,Bob\n", "")
    said = officer(*APPROVE)
    assert "Since this issue was approved before: 1 person added, 1 gone." in said.out
    assert "  new: new@parish.example (list clerks)" in said.out
    assert "many at once" not in said.out


def test_the_same_people_need_no_words(officer: Officer) -> None:
    officer.edit("mailing_lists/core.csv", "ann@parish.example,Ann\n", "")  # she is on the other list too
    assert "Since" not in officer(*APPROVE).out
    assert officer(*APPROVE, json=True).data["added"] == []


def test_the_first_approval_of_all_has_nothing_to_compare_with(tmp_path: Path) -> None:
    said = at("built", tmp_path)(*APPROVE, json=True)
    assert "added" not in said.data


def test_dozens_at_once_are_pointed_out(officer: Officer) -> None:
    officer.add_many(40)
    said = officer(*APPROVE)
    assert "40 people added, 0 gone" in said.out
    assert "  and 35 more: 35 on clerks" in said.out
    assert "That is many at once" in said.out


def test_a_new_issue_is_compared_with_the_last(officer: Officer) -> None:
    later = officer.on("2026-12-10")
    assert later("new", "2026-12", "--meeting", "2026-12-10").code == 0
    assert later("collect").code in (0, 1)
    later("build")
    officer.add("new@parish.example")
    said = later(*APPROVE, json=True)
    assert (said.data["since"], said.data["added"], said.data["gone"]) == (
        "2026-11",
        ["new@parish.example"],
        0,
    )


@pytest.mark.parametrize("words", ["{", "[]", '{"format": 9}'])
def test_a_damaged_approval_does_not_stand_in_the_way(officer: Officer, words: str) -> None:
    officer.path("approval.json").write_text(words)
    assert officer(*APPROVE).code == 0


def test_a_new_key_makes_nobody_new(officer: Officer) -> None:
    key = officer.folder / "workspace.key"
    key.write_text(f"{'ab' * 32}\n{key.read_text()}")
    assert officer(*APPROVE, json=True).data["added"] == []
