"""`bulletin merge`: two items that tell one story become one."""

from pathlib import Path

import pytest
from officer import Officer, at

KEEP, OTHER = "a-police-survey", "police-survey-for-villages"
AGAIN = """Title: Police survey for villages
Link: https://police.example/survey
Closes: 27 November 2026

Brief.

It takes four minutes.
"""


@pytest.fixture
def officer(tmp_path: Path) -> Officer:
    officer = at("new", tmp_path).on("2026-11-19")
    (officer.folder / "contributions/again.md").write_text(AGAIN, "utf-8")
    assert officer("collect").code == 0
    return officer


def item(officer: Officer, name: str) -> str:
    return (officer.path("items") / f"{name}.md").read_text("utf-8")


def test_it_says_what_it_did_and_how_to_undo_it(officer: Officer) -> None:
    said = officer("merge", KEEP, OTHER)

    assert said.code == 0, said.err
    assert said.out.splitlines()[:3] == [
        "Put into a-police-survey:",
        "  Link: https://police.example/survey",
        "  a paragraph: It takes four minutes.",
    ]
    assert f"To undo: delete the line `Hold:` in issues/2026-11/items/{OTHER}.md" in said.out


def test_both_items_say_so_and_check_reminds(officer: Officer) -> None:
    officer("merge", KEEP, OTHER)

    assert "Hold: merged into a-police-survey\n" in item(officer, OTHER)
    assert f"merged with {OTHER} (contributions/again.md)" in item(officer, KEEP)
    rules = [one["rule"] for one in officer("check", json=True).data["findings"]]
    assert ("unsettled" in rules, "duplicate" in rules) == (True, False)


def test_as_json_it_has_the_same(officer: Officer) -> None:
    data = officer("merge", KEEP, OTHER, json=True).data

    assert (data["keep"], data["other"]) == (KEEP, OTHER)
    assert data["added"] == {"link": "https://police.example/survey"}
    assert data["paragraphs"] == ["It takes four minutes."]
    assert [one["label"] for one in data["unsettled"]] == ["title"]


def test_collecting_again_changes_neither(officer: Officer) -> None:
    officer("merge", KEEP, OTHER)
    before = {path.name: path.read_bytes() for path in officer.path("items").iterdir()}
    officer("collect")

    assert {path.name: path.read_bytes() for path in officer.path("items").iterdir()} == before


def test_the_line_deleted_undoes_the_hold(officer: Officer) -> None:
    before = item(officer, OTHER)
    officer("merge", KEEP, OTHER)
    officer.edit_item(OTHER, "Hold: merged into a-police-survey\n", "")

    assert item(officer, OTHER) == before


@pytest.mark.parametrize(
    ("keep", "other", "says"),
    [
        ("a-polic-survey", "a-winter-walk", 'did you mean "a-police-survey"?'),
        ("../../bulletin.toml", "a-winter-walk", "there is no item"),
        ("a-winter-walk", "A-Winter-Walk.md", "is one item"),
        ("zzz", "a-winter-walk", "`bulletin check` names each item"),
    ],
)
def test_what_cannot_be_merged_is_refused_and_nothing_changes(
    officer: Officer, keep: str, other: str, says: str
) -> None:
    before = {path.name: path.read_bytes() for path in officer.path("items").iterdir()}
    said = officer("merge", keep, other)

    assert (said.code, says in said.err) == (2, True)
    assert {path.name: path.read_bytes() for path in officer.path("items").iterdir()} == before


def test_an_item_that_was_merged_is_not_merged_again(officer: Officer) -> None:
    officer("merge", KEEP, OTHER)
    said = officer("merge", "a-winter-walk", OTHER)

    assert (said.code, "was merged into a-police-survey before" in said.err) == (1, True)


def test_a_path_from_a_finding_will_do(officer: Officer) -> None:
    path = "issues/2026-11/items/a-police-survey.md"

    assert officer("merge", path, "police-survey-for-villages.md").code == 0


def test_what_was_merged_is_not_carried_over_and_what_comes_again_is_offered(officer: Officer) -> None:
    officer("merge", KEEP, OTHER)
    officer.on("2026-11-20")("new", "2027-02", "--meeting", "2027-02-11")
    items = officer.folder / "issues/2027-02/items"
    assert [path.stem for path in items.iterdir()] == ["a-police-survey"]
    (officer.folder / "contributions/fresh.md").write_text(AGAIN.replace("four", "five"), "utf-8")
    officer.on("2026-11-21")("collect")
    found = officer.on("2026-11-21")("check", json=True).data["findings"]
    offers = [one for one in found if f"bulletin merge {KEEP} {OTHER}" in one["hint"]]

    assert "rolled over from issue 2026-11" in offers[0]["detail"]
