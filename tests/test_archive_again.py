"""`archive` again and again: only what changed is composed and written, with always the same result."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from officer import ISSUE, Officer, at, contents

from bulletin.model.correction import Corrected, Correction
from bulletin.pipeline import archived_issue
from bulletin.workspace.archived import OURS, publish
from bulletin.workspace.corrections import mark_corrected, read_marks

LATER = "2027-02"


def pages(officer: Officer) -> dict[str, bytes]:
    return contents(officer.folder / "archive")


def mark(officer: Officer, corrected: tuple[Corrected, ...]) -> None:
    """Let corrections stand in corrections.json, as sending them does."""
    mark_corrected(
        officer.path("corrections.json").parent,
        [
            Correction(number, one.text, one.items, at=one.at.isoformat(), by="Jo")
            for number, one in enumerate(corrected, 1)
        ],
    )


def next_issue(officer: Officer) -> Officer:
    """Bring the next issue out, of what is still open."""
    later = officer.on("2027-02-25")
    (later.folder / "contributions/fair.md").write_text(
        "Title: A spring fair\nSection: events\nWhen: 4 March 2027, 10am\n\nStalls.\n", "utf-8"
    )
    for words in (
        ("new", LATER, "--meeting", "2027-02-11"),
        ("collect",),
        ("build",),
        ("approve", "--by", "Jo"),
    ):
        assert later(*words).code == 0, words
    return later


def composed(officer: Officer, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Archive, and give the issues that were composed for it."""
    found: list[str] = []
    compose = archived_issue.compose

    def noted(issue, *rest):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN002, ANN202
        found.append(issue.id)
        return compose(issue, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(archived_issue, "compose", noted)
        assert officer("archive").code == 0
    return found


def test_what_did_not_change_is_not_composed_again(officer: Officer, monkeypatch: pytest.MonkeyPatch) -> None:
    assert composed(officer, monkeypatch) == [ISSUE]
    assert composed(officer, monkeypatch) == []


def test_one_more_issue_writes_its_pages_its_neighbour_and_the_lists(officer: Officer) -> None:
    officer("archive")
    before = pages(officer)
    said = next_issue(officer)("archive", json=True)
    after = pages(officer)
    touched = {name for name in after if after[name] != before.get(name)} - {OURS}
    assert said.data["changed"] == len(touched)
    assert f"{ISSUE}/index.html" in touched
    assert not {name for name in touched if name.startswith((f"{ISSUE}/items", "search/2026", "years/2026"))}


@pytest.mark.parametrize("spoilt", ["archived.json", "nothing"])
def test_step_by_step_gives_the_same_as_all_at_once(officer: Officer, spoilt: str) -> None:
    officer("archive")
    later = next_issue(officer)
    for path in officer.folder.glob(f"issues/*/{spoilt}"):
        path.write_text('{"format": 1}', "utf-8")
    later("archive")
    steps = pages(officer)
    for path in officer.folder.glob("issues/*/archived.json"):
        path.unlink()
    later("archive")
    assert pages(officer) == steps


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("bulletin.toml", "[site]\n", '[site]\nurl = "https://bulletin.parish.example"\n'),
        ("templates/site/item.html", "", "<title>Ours</title>"),
    ],
    ids=["a setting", "a template"],
)
def test_a_changed_setting_or_template_makes_all_pages_again(
    officer: Officer, monkeypatch: pytest.MonkeyPatch, file: str, old: str, new: str
) -> None:
    officer("archive")
    path = officer.folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(path.read_text("utf-8").replace(old, new) if old else new, "utf-8")
    assert composed(officer, monkeypatch) == [ISSUE]


def test_a_page_that_was_lost_or_spoilt_comes_back(officer: Officer) -> None:
    officer("archive")
    before = pages(officer)
    (officer.folder / "archive/2026-11/items/a-winter-walk/index.html").write_text("spoilt", "utf-8")
    (officer.folder / "archive/2026-11/bulletin.txt").unlink()
    officer("archive")
    assert pages(officer) == before


def test_the_pages_of_an_issue_that_is_gone_go_and_nothing_else(officer: Officer) -> None:
    officer("archive")
    before = pages(officer)
    later = next_issue(officer)
    later("archive")
    foreign = officer.folder / "archive" / LATER / "photo.jpg"
    foreign.write_bytes(b"mine")
    (officer.folder / "issues" / LATER / "approval.json").unlink()
    assert later("archive", json=True).data["gone"] > 5
    after = pages(officer)
    assert after.pop(f"{LATER}/photo.jpg") == b"mine"
    assert after == before
    assert not (officer.folder / "archive" / LATER / "items").exists()


def test_a_list_of_our_files_that_leads_elsewhere_deletes_nothing(tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("mine", "utf-8")
    folder = tmp_path / "archive"
    folder.mkdir()
    names = ["../precious.txt", str(tmp_path / "precious.txt"), "", 7]
    (folder / OURS).write_text(json.dumps({"format": 1, "files": names}), "utf-8")
    publish(folder, {"index.html": b"x"}, ())
    assert (tmp_path / "precious.txt").exists()


def test_a_run_that_was_stopped_leaves_a_list_of_everything_it_may_have_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path, {"old.html": b"1"}, ())
    monkeypatch.setattr("bulletin.workspace.archived.write", stopped_at("b.html"))
    with pytest.raises(KeyboardInterrupt):
        publish(tmp_path, {"a.html": b"1", "b.html": b"2"}, ())
    monkeypatch.undo()
    assert publish(tmp_path, {"c.html": b"3"}, ()) == (1, 2)
    assert sorted(contents(tmp_path)) == [OURS, "c.html"]


def stopped_at(name: str):  # type: ignore[no-untyped-def]  # noqa: ANN201
    from bulletin.workspace.files import write

    def act(path: Path, data: bytes) -> None:
        if path.name == name:
            raise KeyboardInterrupt
        write(path, data)

    return act


def test_a_correction_marks_the_pages_of_its_issue(officer: Officer, monkeypatch: pytest.MonkeyPatch) -> None:
    officer("archive")
    one = Corrected(datetime(2026, 12, 3, 9, 30, tzinfo=UTC), "It is at **11am**.", ("a-winter-walk",))
    mark(officer, (one,))
    assert read_marks(officer.path("corrections.json"), "it") == (one,)
    assert composed(officer, monkeypatch) == [ISSUE]
    walk = pages(officer)["2026-11/items/a-winter-walk/index.html"].decode()
    assert "<strong>Corrected on" in walk
    assert "It is at <strong>11am</strong>." in walk
    assert b"Corrected" not in pages(officer)["2026-11/items/a-police-survey/index.html"]


@pytest.mark.parametrize("words", ["{", "[]", '{"format": 2}', '{"format": 1, "corrections": [{"at": "x"}]}'])
def test_damaged_corrections_are_said_in_a_sentence(officer: Officer, words: str) -> None:
    officer.path("corrections.json").write_text(words, "utf-8")
    said = officer("archive")
    assert said.code == 1
    assert "issues/2026-11/corrections.json is damaged or of another version" in said.err


def test_contacts_are_left_out_where_the_settings_say_so(officer: Officer) -> None:
    officer("archive")
    assert any(b"01632 960123" in data for data in pages(officer).values())
    officer.edit("bulletin.toml", "[site]\n", "[site]\ncontacts = false\n")
    assert officer("archive").code == 0
    assert not [
        name for name, data in pages(officer).items() if b"01632 960123" in data or b"Jo Field" in data
    ]


def test_an_archive_for_partners_asks_not_to_be_listed(officer: Officer) -> None:
    officer.edit("bulletin.toml", "[site]\n", '[site]\nreach = "partners"\n')
    officer("archive")
    assert b'<meta name="robots" content="noindex">' in pages(officer)["index.html"]
    assert b"Draft priorities" in pages(officer)["2026-11/index.html"]


def test_what_may_go_no_further_is_in_no_archive_at_all(tmp_path: Path) -> None:
    officer = at("collected", tmp_path)
    officer.edit("bulletin.toml", "[site]\n", '[site]\nreach = "partners"\n')
    officer.edit_item("draft-priorities", "Share: partners", "Share: no")
    assert officer("build").code == 0
    officer("approve", "--by", "Jo")
    assert officer("archive").code == 0
    assert not any(b"Draft priorities" in data or b"Not yet" in data for data in pages(officer).values())


@pytest.mark.parametrize("page", ["item.html", "glossary.html"])
def test_a_template_that_names_a_reader_is_refused(officer: Officer, page: str) -> None:
    folder = officer.folder / "templates/site"
    folder.mkdir(parents=True)
    (folder / page).write_text("<title>x</title> BOB@parish.example", "utf-8")
    said = officer("archive")
    assert said.code == 1
    assert "1 address of a mailing list: bob@parish.example" in said.err
    assert not (officer.folder / "archive").exists()


def test_a_correction_that_quotes_what_is_for_partners_alone_is_refused(officer: Officer) -> None:
    one = Corrected(datetime(2026, 12, 3, tzinfo=UTC), "Draft priorities came too early.")
    mark(officer, (one, replace(one, text="Sorry.")))
    said = officer("archive")
    assert said.code == 1
    assert "would show words of issues/2026-11/items/draft-priorities.md" in said.err


def test_an_issue_called_like_a_page_of_the_site_is_refused(officer: Officer) -> None:
    officer.path("").rename(officer.folder / "issues/search")
    said = officer("archive")
    assert said.code == 1
    assert 'an issue called "search"' in said.err
