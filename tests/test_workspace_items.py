"""An item's file: what the tool writes is what it reads, and what the officer does to it is understood."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from drop_folder import DropFolder
from hypothesis import given
from hypothesis import strategies as st

from bulletin.labels import LABELS
from bulletin.model.issue import Item
from bulletin.model.partnership import Share
from bulletin.settings import read_settings
from bulletin.workspace.files import as_text
from bulletin.workspace.items import carried_over, read_item, write_item

SETTINGS = read_settings('[partnership]\nname = "A"\n[sender]\nname = "A"\naddress = "a@a.example"\n')
MEETING = date(2026, 11, 12)


def item(source: str | bytes, reference: date = MEETING) -> Item:
    text = source if isinstance(source, str) else as_text(source)
    return read_item("issues/2026-11/items/x.md", text, SETTINGS, reference)


LINE = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\u2018"), min_size=1
)
LABELLED = st.dictionaries(st.sampled_from(LABELS), LINE.map(str.strip).filter(bool))


@given(LABELLED, st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r")))
def test_what_is_written_is_read_back(labels: dict[str, str], text: str) -> None:
    read = item(write_item(labels, text))

    assert (read.title, read.summary, read.link) == tuple(
        labels.get(name, "") for name in ("title", "summary", "link")
    )
    assert (read.when.words, read.share_words) == (labels.get("when", ""), labels.get("share", ""))
    assert read.text.split() == text.split()
    assert (read.hold, read.source, read.unknown) == ("", "", ())


@given(st.sampled_from([*LABELS, "source", "inferred", "Price"]), st.text())
def test_no_value_can_write_another_label(name: str, value: str) -> None:
    read = item(write_item({name: value}, "Text."))

    assert read.text == "Text."
    assert (read.hold, len(read.unknown)) == ("", 1 if name == "Price" else 0)
    assert set(read.lines) <= {name, "format", "text"}


@given(st.binary())
def test_whatever_the_bytes_there_is_an_item(data: bytes) -> None:
    assert item(data).id == "x"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_an_item_saved_by_notepad_reads_the_same(encoding: str) -> None:
    written = write_item(
        {"title": "Caf\u00e9", "section": "events", "hold": "late"}, "One.\n\nTwo \u2013 three."
    )
    saved = written.decode().replace("\n", "\r\n").encode(encoding)

    assert item(saved) == item(written)


def test_labels_are_written_in_one_order_and_empty_ones_left_out() -> None:
    labels = {"hold": "late", "Price": "free", "when": "4 December 2026", "title": "Library", "link": ""}

    assert write_item(labels, "\nWords.\n\n") == (
        b"---\nTitle: Library\nWhen: 4 December 2026\nPrice: free\nHold: late\nFormat: 1\n---\n\nWords.\n"
    )


@pytest.mark.parametrize(
    ("words", "share"),
    [
        ("", Share.PUBLIC),
        ("Public", Share.PUBLIC),
        ("PARTNERS ", Share.PARTNERS),
        ("no", Share.NO),
        ("nobody", Share.NO),
    ],
)
def test_words_nobody_knows_keep_an_item_closest(words: str, share: Share) -> None:
    assert item(f"Title: a\nShare: {words}\n").share is share


@pytest.mark.parametrize("words", ["events", "EVENTS", "Events", "key messages", "Key-Messages"])
def test_a_section_is_known_by_its_id_or_heading(words: str) -> None:
    assert item(f"Section: {words}\n").section is not None


def test_lines_are_those_of_the_file() -> None:
    read = item("---\nTitle: a\n\nWhen: 4 December 2026\n---\n\nText.")

    assert (read.line("title"), read.line("when"), read.line("text"), read.line("where")) == (2, 4, 7, 1)


def test_an_item_carried_over_keeps_its_words_and_says_why() -> None:
    source = "---\nTitle: a\nPrice: free\nHold: late\nInferred: title from its heading\n---\n\nText."
    copy = item(carried_over(source, item(source), "rolled over", hold=""))

    assert (copy.title, copy.text, copy.hold) == ("a", "Text.", "")
    assert copy.inferred == ("title from its heading", "rolled over")
    assert [label.name for label in copy.unknown] == ["Price"]


def test_a_year_worked_out_from_one_meeting_is_not_worked_out_anew_from_the_next() -> None:
    source = "Closes: 5pm on 8 January\nOpens: 2 Nov\nWhen: 4 to 6 December 2026\n\nText."
    before = item(source)
    after = item(carried_over(source, before, "carried over", hold=""), date(2027, 2, 11))

    assert (after.closes.end, after.closes.ends) == (date(2027, 1, 8), before.closes.ends)
    assert (after.opens.start, after.when.words) == (before.opens.start, "4 to 6 December 2026")


def test_an_item_that_cannot_be_decoded_stops_nothing(tmp_path: Path) -> None:
    folder = DropFolder(tmp_path / "work")
    path = folder.path("broken")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"Title: caf\xe9\n\n\x00\xff\x81")
    path.with_name("good.md").write_text("Title: Good\n\nText.", "utf-8")

    assert sorted(folder.items()) == ["broken", "good"]
    assert [outline.id for outline in folder.workspace.outlines("2026-11", folder.settings, {})] == [
        "broken",
        "good",
    ]
    assert folder.collect() == {}


def test_a_hold_in_issue_toml_is_a_hold(tmp_path: Path) -> None:
    folder = DropFolder(tmp_path / "work")
    folder.path("a").parent.mkdir(parents=True, exist_ok=True)
    folder.path("a").write_text("Title: A\n\nText.", "utf-8")
    toml = folder.root / "issues/2026-11/issue.toml"
    toml.write_text(toml.read_text("utf-8") + '\n[holds]\na = "waiting for the date"\n', "utf-8")

    assert folder.items()["a"] == replace(folder.items()["a"], hold="waiting for the date")
