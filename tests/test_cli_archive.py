"""`bulletin archive`: pages of what was approved, for the public, with nobody's address."""

from pathlib import Path

import pytest
from officer import LISTS, Officer, at, contents


def pages(officer: Officer) -> dict[str, bytes]:
    return contents(officer.folder / "archive")


def test_the_archive_has_an_index_and_a_page_for_the_issue(officer: Officer) -> None:
    said = officer("archive", json=True)

    assert said.code == 0
    assert {"archive/index.html", "archive/2026-11/index.html"} <= set(said.data["files"])
    ours = sorted(f"archive/{name}" for name in pages(officer) if name != ".bulletin.json")
    assert ours == sorted(said.data["files"])
    assert (said.data["changed"], said.data["gone"]) == (len(ours), 0)


def test_a_second_archive_gives_the_same_bytes_and_touches_nothing(officer: Officer) -> None:
    officer("archive")
    before = pages(officer), {path: path.stat().st_mtime_ns for path in officer.folder.rglob("archive/**/*")}
    officer.on("2027-03-01").outside("archive", env={"PYTHONHASHSEED": "7"})

    assert (
        pages(officer),
        {path: path.stat().st_mtime_ns for path in officer.folder.rglob("archive/**/*")},
    ) == before


def test_it_needs_no_send_but_an_approval(tmp_path: Path) -> None:
    said = at("built", tmp_path)("archive")

    assert said.code == 1
    assert "no issue is approved" in said.err


def test_what_is_for_partners_alone_is_never_in_it(officer: Officer) -> None:
    officer("archive")

    assert b"Draft priorities" in officer.path("editions/partners/bulletin.html").read_bytes()
    assert not any(b"Draft priorities" in data or b"Not yet" in data for data in pages(officer).values())


def test_no_address_of_any_list_is_in_it(officer: Officer) -> None:
    officer.send()
    officer("archive")
    addresses = [
        word.split(",")[0].lower() for rows in LISTS.values() for word in rows.split() if "@" in word
    ]

    assert len(addresses) == 7
    assert [
        one for data in pages(officer).values() for one in addresses if one.encode() in data.lower()
    ] == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("items/a-winter-walk.md", "Bring boots", "Bring stout boots"),
        ("items/a-winter-walk.md", "Title: A winter walk", "Hold: later\nTitle: A winter walk"),
        ("issue.toml", 'introduction = ""', 'introduction = "Hello."'),
        ("issue.toml", "# [holds]", '[holds]\na-winter-walk = "later"\n#'),
        ("issue.toml", "order = []", 'order = ["a-winter-walk"]'),
    ],
    ids=["an item", "a hold in an item", "the introduction", "a hold in the issue", "the order"],
)
def test_what_was_edited_after_approval_is_not_shown(officer: Officer, name: str, old: str, new: str) -> None:
    officer.edit(f"issues/2026-11/{name}", old, new)
    said = officer("archive")

    assert said.code == 1
    assert f"after issue 2026-11 was approved: issues/2026-11/{name}" in said.err
    assert "bulletin --issue 2026-11 build --date 2026-11-26, and approve again" in said.err
    assert not (officer.folder / "archive").exists()


def test_an_item_deleted_after_approval_is_noticed(officer: Officer) -> None:
    officer.path("items/a-winter-walk.md").unlink()

    assert "issues/2026-11/items/a-winter-walk.md" in officer("archive").err


def test_an_item_that_came_after_approval_is_no_matter(officer: Officer) -> None:
    officer.path("items/new.md").write_text("Title: New\nSection: Successes\n\nNews.\n", "utf-8")

    assert officer("archive").code == 0
    assert not any(b"News." in data for data in pages(officer).values())


def test_an_issue_built_again_is_not_silently_left_out(officer: Officer) -> None:
    officer("archive")
    officer.edit_item("a-winter-walk", "boots", "stout boots")
    officer("build")
    before = pages(officer)

    said = officer("archive")
    assert said.code == 1
    assert "was built again after Jo Field approved it" in said.err
    assert pages(officer) == before


def test_what_the_officer_put_beside_the_pages_stays(officer: Officer) -> None:
    officer("archive")
    (officer.folder / "archive/CNAME").write_text("bulletin.parish.example", "utf-8")
    officer("archive")

    assert (officer.folder / "archive/CNAME").exists()


def test_an_approved_issue_stays_in_it_when_the_next_one_comes(officer: Officer) -> None:
    later = officer.on("2027-02-25")
    for words in (
        ("new", "2027-02", "--meeting", "2027-02-11"),
        ("collect",),
        ("build",),
        ("approve", "--by", "Jo"),
    ):
        assert later(*words).code == 0, words
    later("archive")

    assert {"2026-11/index.html", "2027-02/index.html"} <= set(pages(officer))
