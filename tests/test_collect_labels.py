"""Labels that stand where they should not: misspelt, under a greeting, a second block, none at all."""

import pytest
from drop_folder import DropFolder
from hypothesis import given
from hypothesis import strategies as st

from bulletin.collect.words.draft import drafts_from
from bulletin.labels import LABELS, SYNONYMS
from bulletin.labels.stray import meant_label, stray_labels
from bulletin.model.contribution import FileOutcome

ONE = "Title: Item one\nFrom: Upper Harrow\nSection: Key messages\n\nWords of one.\n"
TWO = "Title: Item two\nFrom: Upper Harrow\nSection: Successes\n\nWords of two.\n"


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("Titel: All wrong\nSecton: Events\n\nWords.", "Title"),
        ("Titel: All wrong\n\nWords.", "Title"),
        ("Contcat: jo@upper.example\nFrm: Us\nTitel: All wrong\nSecton: Events\n\nWords.", "Contact"),
    ],
)
def test_misspelt_labels_are_asked_about_with_what_may_be_meant(
    folder: DropFolder, words: str, label: str
) -> None:
    folder.drop("pool.txt", words)
    row = folder.collect()["pool.txt"]

    assert row.outcome is FileOutcome.NEEDS_YOU
    assert f'did you mean "{label}"?' in row.why
    assert "move the labels in it up" in row.hint


@pytest.mark.parametrize("greeting", ["Hello,", "Hello,\n", "Dear Jo\n\nhere is our item:\n"])
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_labels_under_a_greeting_are_read_and_that_is_said(
    folder: DropFolder, name: str, greeting: str
) -> None:
    folder.drop(name, f"{greeting}\n{ONE}")
    row = folder.collect()[name]
    item = folder.items()["item-one"]

    assert (row.outcome, item.title, item.text) == (FileOutcome.READ, "Item one", "Words of one.")
    assert row.notes[0].startswith("the words above its labels were left out: ")


def test_an_embargo_above_the_labels_counts(folder: DropFolder) -> None:
    folder.drop("a.txt", f"EMBARGOED until 9 December 2026\n{ONE}")
    folder.collect()
    item = folder.items()["item-one"]

    assert (item.embargo.words, item.hold, item.text) == ("9 December 2026", "embargo", "Words of one.")


def test_more_than_a_greeting_above_the_labels_stays() -> None:
    (draft,), (note,) = drafts_from(f"{'Many words. ' * 20}\n\n{ONE}")

    assert (draft.labels["title"], draft.text.count("Many"), draft.text[-13:]) == (
        "Item one",
        20,
        "Words of one.",
    )
    assert "kept above its text" in note


@pytest.mark.parametrize("between", ["", "---\n", "\n* * *\n\n"])
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_two_blocks_of_labels_become_two_items(folder: DropFolder, name: str, between: str) -> None:
    folder.drop(name, f"{ONE}\n{between}{TWO}")
    row = folder.collect()[name]
    items = folder.items()

    assert row.items == ("item-one", "item-two")
    assert "there are 2 blocks of labels in it, so it became as many items" in row.notes
    assert [one.text for one in items.values()] == ["Words of one.", "Words of two."]
    assert items["item-two"].section_words == "Successes"


def test_an_e_mail_with_two_blocks_becomes_two_items(folder: DropFolder) -> None:
    head = "From: jo@upper.example\nSubject: Two\nDate: Mon, 9 Nov 2026 10:00:00 +0000\nMIME-Version: 1.0\n"
    folder.drop("a.eml", f"{head}\nHello,\n\n{ONE}\n{TWO}")

    assert folder.collect()["a.eml"].items == ("item-one", "item-two")


def test_a_block_that_is_not_sure_to_be_an_item_is_asked_about(folder: DropFolder) -> None:
    folder.drop("a.txt", f"Contact: Jo Field\nSection: Key messages\n\nA pool\n\nIt opens.\n{TWO}")
    row = folder.collect()["a.txt"]

    assert (row.outcome, len(row.items)) == (FileOutcome.NEEDS_YOU, 1)
    assert '"Title: Item two" stands in its text' in row.why


@pytest.mark.parametrize("name", [*LABELS, *SYNONYMS])
def test_a_label_is_never_taken_for_another(name: str) -> None:
    assert not meant_label(name)


@pytest.mark.parametrize(
    "word", ["note", "time", "dates", "there", "here", "form", "cost", "speaker", "links", "event", "open"]
)
def test_an_ordinary_word_is_no_label(word: str) -> None:
    assert not meant_label(word)
    assert not stray_labels("A title", f"{word.title()}: something\n\nWhen: on Friday\nWhere: the hall")


@given(st.text(), st.text())
def test_any_text_can_be_looked_at(title: str, text: str) -> None:
    for stray in stray_labels(title, text):
        assert -1 <= stray.at < text.count("\n") + 1


@given(
    st.lists(st.sampled_from([ONE, TWO, "Hello,", "---", "Words.", "Title: x"]), max_size=6).map("\n".join)
)
def test_no_word_below_the_first_labels_is_lost(text: str) -> None:
    drafts, notes = drafts_from(text)
    kept = " ".join([*notes, *(one for draft in drafts for one in (*draft.labels.values(), draft.text))])

    assert kept.count("Words of one") == text.count("Words of one")
    assert kept.count("Words of two") == text.count("Words of two")


def test_a_title_worked_out_from_the_file_s_name_is_said_beside_other_things(folder: DropFolder) -> None:
    folder.drop("library_hours.txt", "A long sentence that is no title, since it ends in a full stop.")
    row = folder.collect()["library_hours.txt"]

    assert row.why == 'no section could be worked out; title "Library hours" from the file\'s name'


def test_a_file_whose_name_says_nothing_needs_a_title(folder: DropFolder) -> None:
    folder.drop("New Text Document (2).txt", "A sentence that is no title, since it ends in a full stop.")
    row = folder.collect()["New Text Document (2).txt"]

    assert row.why.startswith("no title could be worked out")
    assert (row.items, "write a line `Title: ...`" in row.hint) == (("new-text-document-2",), True)


@pytest.mark.parametrize(
    ("name", "outcome"), [("a.docx", FileOutcome.NEEDS_YOU), ("a.eml", FileOutcome.NEEDS_YOU),
                          ("a.txt", FileOutcome.READ), ("a.md", FileOutcome.READ)]
)  # fmt: skip
def test_an_empty_file_is_nothing_or_lost(folder: DropFolder, name: str, outcome: FileOutcome) -> None:
    folder.drop(name, b"")

    assert folder.collect()[name].outcome is outcome


def test_a_damaged_open_document_is_no_archive(folder: DropFolder) -> None:
    folder.drop("a.odt", b"PK\x03\x04 cut short")

    assert "OpenDocument" in folder.collect()["a.odt"].why
