"""Merging two items: nothing lost, nothing chosen silently, nothing let out further than it may go."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.labels import LABELS, read_labels
from bulletin.model.merged import Merged, Unsettled
from bulletin.prose import normalise
from bulletin.workspace.items import write_item
from bulletin.workspace.merging import hold_merged, merge_items, merged_into
from bulletin.workspace.outline import TOOL_LABELS

MEETING = date(2026, 11, 12)
TEXT = "The council looks again at every route.\n\n- bring a map\n- bring a friend"


def item(text: str = TEXT, **labels: str) -> str:
    return write_item({"title": "Bus review", **labels}, text).decode()


def merged(keep: str, other: str) -> Merged:
    return merge_items(keep, other, "other", MEETING)


def labels(of: Merged) -> dict[str, str]:
    found = read_labels(of.data.decode(), TOOL_LABELS)
    return {name: label.value for name, label in found.labels.items()}


def test_labels_that_are_missing_are_added() -> None:
    done = merged(item(), item(link="https://a.example/bus", where="Town Hall"))

    assert done.added == (("link", "https://a.example/bus"), ("where", "Town Hall"))
    assert labels(done)["where"] == "Town Hall"
    assert done.unsettled == ()


def test_labels_that_differ_stay_and_both_are_shown() -> None:
    done = merged(item(closes="8 January 2027"), item(closes="15 January 2027"))

    assert done.unsettled == (Unsettled("closes", "8 January 2027", "15 January 2027"),)
    assert labels(done)["closes"] == "8 January 2027"
    assert labels(done)["settle"] == 'Closes: here "8 January 2027", in other "15 January 2027"'


@pytest.mark.parametrize(
    ("label", "one", "two"),
    [
        ("closes", "11:59pm on Friday 8 January 2027", "8 Jan 2027, 23:59"),
        ("when", "Thursday 3 December 2026, 10am to midday", "Thurs 3rd Dec 10-12"),
        ("link", "https://www.a.example/bus/", "http://a.example/bus"),
        ("from", "Kingsbrook Council", "KINGSBROOK COUNCIL"),
        ("section", "key-messages", "Key messages"),
    ],
)
def test_the_same_said_otherwise_is_no_difference(label: str, one: str, two: str) -> None:
    assert merged(item(**{label: one}), item(**{label: two})).unsettled == ()


def test_paragraphs_and_points_that_are_not_there_are_added() -> None:
    done = merged(item(), item(f"- Bring a map!\n- bring a torch\n\n{TEXT.upper()}\n\nNew."))

    assert done.paragraphs == ("- bring a torch", "New.")
    assert read_labels(done.data.decode()).text.endswith("- bring a friend\n\n- bring a torch\n\nNew.")


def test_a_paragraph_in_other_words_is_added_and_to_be_settled() -> None:
    done = merged(item("The hall is open on Mondays."), item("The hall is open on Tuesdays."))

    assert done.paragraphs == ("The hall is open on Tuesdays.",)
    assert [one.label for one in done.unsettled] == ["text"]


@pytest.mark.parametrize(
    ("one", "two", "stands"),
    [
        ("public", "no", "no"),
        ("partners", "public", "partners"),
        ("", "partners", "partners"),
        ("no", "sometimes", "sometimes"),
    ],
)
def test_what_may_travel_less_far_stands(one: str, two: str, stands: str) -> None:
    assert labels(merged(item(share=one), item(share=two)))["share"] == stands


@pytest.mark.parametrize(
    ("one", "two", "stands"),
    [
        ("1 December 2026", "3 December 2026", "3 December 2026"),
        ("3 December 2026", "1 December 2026", "3 December 2026"),
        ("3 December 2026", "until we ring", "until we ring"),
        ("", "3 December 2026", "3 December 2026"),
    ],
)
def test_the_longer_embargo_stands(one: str, two: str, stands: str) -> None:
    assert labels(merged(item(embargo=one), item(embargo=two)))["embargo"] == stands


def test_what_everybody_was_to_see_is_not_narrowed() -> None:
    done = merged(item(), item(audience="parish councils", area="Harrowell"))

    assert "audience" not in labels(done)
    assert [one.label for one in done.unsettled] == ["audience", "area"]


def test_two_audiences_are_both_meant() -> None:
    done = merged(item(audience="residents"), item(audience="Residents, parish councils"))

    assert labels(done)["audience"] == "residents, parish councils"
    assert done.unsettled == ()


def test_words_for_another_picture_are_not_taken() -> None:
    done = merged(item(image="a.jpg"), item(image="b.jpg", alt="A bus"))

    assert "alt" not in labels(done)


def test_merging_again_adds_nothing() -> None:
    keep, other = item(closes="1 May 2027"), item("New.", closes="2 May 2027", link="https://a.example/b")
    once = merged(keep, other)
    twice = merged(once.data.decode(), other)

    assert (twice.data, twice.added, twice.paragraphs) == (once.data, (), ())


def test_the_other_is_held_and_keeps_its_words() -> None:
    held = hold_merged(item(hold="late", source="contributions/a.txt"), "keep").decode()

    assert held == item(hold="merged into keep, late", source="contributions/a.txt")
    assert merged_into("merged into keep, late") == "keep"
    assert merged_into("late, my reasons") == ""


WORDS = st.text(alphabet="abc :;-*#>\n\"'", max_size=30)
ITEMS = st.builds(
    lambda values, text: write_item(values, text).decode(),
    st.dictionaries(st.sampled_from((*LABELS, "Price")), WORDS, max_size=6),
    WORDS,
)


@given(ITEMS, ITEMS)
def test_every_word_of_the_kept_one_stays_and_every_label_of_the_other_is_there_or_told(
    keep: str, other: str
) -> None:
    done = merged(keep, other)
    mine, theirs, now = (read_labels(one, TOOL_LABELS) for one in (keep, other, done.data.decode()))

    assert normalise(mine.text) in normalise(now.text)
    assert {name for name, label in mine.labels.items() if label.value} <= set(now.labels)
    told = {*now.labels, *(one.label for one in done.unsettled), "alt"}
    assert {name for name, label in theirs.labels.items() if normalise(label.value)} <= told
