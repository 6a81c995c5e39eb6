"""Collecting again: no edit is lost, nothing comes twice, what is late waits."""

from datetime import date

import pytest
from drop_folder import CLOSED, EARLY, LATER, DropFolder, labelled

from bulletin.model.contribution import FileOutcome
from bulletin.workspace.files import digest


def test_collecting_twice_changes_nothing(folder: DropFolder) -> None:
    folder.drop("a.txt", labelled("Library"))
    folder.drop("kingsbrook/b.md", "# Path\n\nLit at last.")
    first, files = folder.collect(), folder.files()

    assert folder.collect() == first
    assert folder.files() == files


def test_the_drop_folder_is_left_as_it_was(folder: DropFolder) -> None:
    path = folder.drop("a.txt", labelled())
    before = path.stat()
    folder.collect()

    assert list(path.parent.iterdir()) == [path]
    assert path.stat().st_mtime_ns == before.st_mtime_ns


def test_an_edit_is_never_overwritten(folder: DropFolder) -> None:
    folder.drop("a.txt", labelled())
    folder.collect()
    folder.edit("library-opens", "Doors at ten.", "Doors at eleven.")
    folder.collect()

    assert folder.items()["library-opens"].text == "Doors at eleven."


def test_a_changed_file_replaces_an_item_nobody_edited(folder: DropFolder) -> None:
    folder.drop("a.txt", labelled(text="Doors at ten."))
    folder.collect()
    folder.drop("a.txt", labelled(title="Library opens at noon", text="Doors at noon."))
    rows = folder.collect()

    assert rows["a.txt"].items == ("library-opens",)
    assert folder.items()["library-opens"].text == "Doors at noon."
    assert folder.issue().changes == ()


def test_a_changed_file_beside_an_edit_shows_both_until_the_item_is_edited_again(folder: DropFolder) -> None:
    folder.drop("a.txt", labelled(text="Doors at ten."))
    folder.collect()
    folder.edit("library-opens", "Doors at ten.", "Doors at 10am.")
    folder.drop("a.txt", labelled(text="Doors at noon."))
    folder.collect()
    (change,) = folder.issue().changes

    assert (change.item, "Doors at noon." in change.theirs) == ("library-opens", True)
    assert folder.items()["library-opens"].text == "Doors at 10am."
    folder.edit("library-opens", "10am", "midday")
    assert folder.issue().changes == ()
    folder.collect()
    assert folder.issue().changes == ()


def test_a_change_stays_open_however_often_one_collects(folder: DropFolder) -> None:
    folder.drop("a.txt", labelled())
    folder.collect()
    folder.edit("library-opens", "ten", "10am")
    folder.drop("a.txt", labelled(text="Doors at noon."))
    changes = [folder.collect() and folder.issue().changes for _ in range(3)]

    assert changes == [changes[0]] * 3
    assert changes[0]


def test_a_change_taken_back_is_no_change(folder: DropFolder) -> None:
    folder.drop("a.txt", labelled())
    folder.collect()
    folder.edit("library-opens", "ten", "10am")
    folder.drop("a.txt", labelled(text="Doors at noon."))
    folder.collect()
    folder.drop("a.txt", labelled())
    folder.collect()

    assert folder.issue().changes == ()


def test_an_edit_that_says_what_the_changed_file_says_settles_it_for_good(folder: DropFolder) -> None:
    folder.drop("a.txt", labelled(text="one"))
    folder.collect()
    folder.edit("library-opens", "one", "two")
    folder.drop("a.txt", labelled(text="two"))
    folder.collect()
    folder.drop("a.txt", labelled(text="three"))
    folder.collect()

    assert folder.items()["library-opens"].text == "three"


def test_a_deleted_item_stays_deleted_even_when_its_file_changes(folder: DropFolder) -> None:
    folder.drop("a.txt", labelled())
    folder.collect()
    folder.path("library-opens").unlink()
    folder.drop("a.txt", labelled(text="Doors at noon."))
    row = folder.collect()["a.txt"]

    assert (row.items, folder.items()) == ((), {})
    assert "deleted" in row.why


def test_a_renamed_file_is_known_by_its_bytes(folder: DropFolder) -> None:
    old = folder.drop("a.txt", labelled())
    folder.collect()
    old.rename(old.with_name("b.txt"))
    rows = folder.collect(CLOSED)
    folder.drop("b.txt", labelled(text="Doors at noon."))
    folder.collect(CLOSED)

    assert rows["b.txt"].items == ("library-opens",)
    assert {name: item.text for name, item in folder.items().items()} == {"library-opens": "Doors at noon."}


def test_a_renamed_file_of_an_edited_item_is_still_followed(folder: DropFolder) -> None:
    old = folder.drop("a.txt", labelled())
    folder.collect()
    folder.edit("library-opens", "ten", "10am")
    old.rename(old.with_name("b.txt"))
    folder.collect()
    folder.drop("b.txt", labelled(text="Doors at noon."))

    assert folder.collect()["b.txt"].items == ("library-opens",)
    assert [change.source for change in folder.issue().changes] == ["contributions/b.txt"]


@pytest.mark.parametrize("edited", [False, True])
def test_an_old_file_put_aside_for_a_new_one_of_its_name_gives_two_items(
    folder: DropFolder, edited: bool
) -> None:
    old = folder.drop("update.txt", labelled("October"))
    folder.collect()
    if edited:
        folder.edit("october", "ten", "10am")
    old.rename(old.with_name("zz old update.txt"))
    folder.drop("update.txt", labelled("November"))
    rows = folder.collect()

    assert rows["update.txt"].items == ("november",)
    assert rows["zz old update.txt"].items == ("october",)
    assert folder.issue().changes == ()


def test_the_same_file_twice_gives_one_item(folder: DropFolder) -> None:
    folder.drop("a.txt", labelled())
    folder.drop("kingsbrook/copy of a.txt", labelled())
    rows = folder.collect()

    assert [row.outcome for row in rows.values()] == [FileOutcome.READ, FileOutcome.IGNORED]
    assert "contributions/a.txt" in rows["kingsbrook/copy of a.txt"].why


def test_a_file_taken_by_an_earlier_issue_is_ignored(folder: DropFolder) -> None:
    folder.drop("a.txt", labelled())
    folder.collect()
    folder.new("2027-02", date(2027, 2, 11))
    row = folder.collect()["a.txt"]

    assert (row.outcome, row.items) == (FileOutcome.IGNORED, ())
    assert "2026-11" in row.why


def test_a_file_that_gave_nothing_to_an_earlier_issue_is_looked_at_again(folder: DropFolder) -> None:
    folder.drop("a.docx", b"PK")
    folder.collect()
    folder.new("2027-02", date(2027, 2, 11))

    assert folder.collect()["a.docx"].outcome is FileOutcome.NOT_READ


def test_the_first_collect_after_closing_takes_everything(folder: DropFolder) -> None:
    folder.drop("a.txt", labelled("One"))
    folder.collect(EARLY)
    folder.drop("b.txt", labelled("Two"))
    folder.collect(CLOSED)

    assert {item.hold for item in folder.items().values()} == {""}


def test_a_file_no_collect_after_closing_saw_is_late_and_waits(folder: DropFolder) -> None:
    folder.drop("a.txt", labelled("One"))
    folder.collect(CLOSED)
    folder.drop("b.txt", labelled("Two"))
    folder.collect(LATER)
    folder.collect(LATER)

    assert {name: item.hold for name, item in folder.items().items()} == {"one": "", "two": "late"}


def test_a_file_seen_in_time_is_not_late_when_it_changes(folder: DropFolder) -> None:
    folder.drop("a.txt", labelled())
    folder.collect(CLOSED)
    folder.drop("a.txt", labelled(text="Doors at noon."))
    folder.collect(LATER)

    assert folder.items()["library-opens"].hold == ""


def test_deleting_the_hold_lets_a_late_item_in_for_good(folder: DropFolder) -> None:
    folder.collect(CLOSED)
    folder.drop("a.txt", labelled())
    folder.collect(LATER)
    folder.edit("library-opens", "Hold: late\n", "")
    folder.collect(LATER)

    assert folder.items()["library-opens"].hold == ""


def test_a_late_item_stays_late_when_its_file_changes(folder: DropFolder) -> None:
    folder.collect(CLOSED)
    folder.drop("a.txt", labelled())
    folder.collect(LATER)
    folder.drop("a.txt", labelled(text="Doors at noon."))
    folder.collect(LATER)

    assert (folder.items()["library-opens"].hold, folder.items()["library-opens"].text) == (
        "late",
        "Doors at noon.",
    )


@pytest.mark.parametrize(
    ("embargo", "hold"),
    [("17 November 2026", "embargo"), ("16 November 2026, 10am", "embargo"), ("after the launch", "embargo"),
     ("16 November 2026, 8am", ""), ("16 November 2026", ""), ("1 November 2026", "")],
)  # fmt: skip
def test_an_item_under_embargo_waits(folder: DropFolder, embargo: str, hold: str) -> None:
    folder.drop("a.txt", labelled(embargo=embargo))
    folder.collect(EARLY)

    assert folder.items()["library-opens"].hold == hold


def test_originals_keep_every_version_as_it_came(folder: DropFolder) -> None:
    folder.drop("sub/a.txt", "one\r\n")
    folder.collect()
    folder.drop("sub/a.txt", "two\r\n")
    folder.collect()
    originals = folder.root / "issues" / "2026-11" / "originals" / "sub"

    assert sorted(path.read_bytes() for path in originals.iterdir()) == [b"one\r\n", b"two\r\n"]


def test_a_file_that_becomes_a_folder_stops_nothing(folder: DropFolder) -> None:
    folder.drop("a", "words")
    folder.collect()
    (folder.root / "contributions" / "a").unlink()
    folder.drop("a/b.txt", labelled())

    assert folder.collect()["a/b.txt"].items == ("library-opens",)
    assert digest(labelled().encode())[:16] in str(list(folder.files()))


def test_an_officer_s_own_item_is_never_overwritten(folder: DropFolder) -> None:
    folder.path("x").parent.mkdir(parents=True, exist_ok=True)
    folder.path("Library-Opens").write_text("Title: mine\n\nMine.", "utf-8")
    folder.drop("a.txt", labelled())
    row = folder.collect()["a.txt"]

    assert row.items == ("library-opens-2",)
    assert folder.items()["Library-Opens"].title == "mine"


def test_letting_a_late_item_in_settles_what_changed_beside_it(folder: DropFolder) -> None:
    folder.collect(CLOSED)
    folder.drop("a.txt", labelled())
    folder.collect(LATER)
    folder.edit("library-opens", "ten", "10am")
    folder.drop("a.txt", labelled(text="Doors at noon."))
    folder.collect(LATER)
    folder.edit("library-opens", "Hold: late\n", "")
    folder.collect(LATER)

    assert folder.issue().changes == ()


def test_a_changed_source_shows_in_its_row_what_it_says_now(folder: DropFolder) -> None:
    folder.drop("a.txt", labelled(text="Tickets cost 5 pounds."))
    folder.collect()
    folder.edit("library-opens", "Library opens", "The library opens")
    folder.drop("a.txt", labelled(text="Tickets cost 6 pounds."))
    note = folder.collect()["a.txt"].notes[0]

    assert note.startswith("it has changed since library-opens was edited, whose words stand: it now says ")
    assert 'Text: "Tickets cost 6 pounds." (in the item: "Tickets cost 5 pounds.")' in note
    folder.edit("library-opens", "5 pounds", "6 pounds")
    assert folder.collect()["a.txt"].notes == ()
