"""A contribution's labels, read by one line reader."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.labels import LABELS, SYNONYMS, Labelled, label_line, read_labels


def values(source: str, *extra: str) -> dict[str, str]:
    return {name: label.value for name, label in read_labels(source, extra).labels.items()}


def words(read: Labelled) -> str:
    """Give every word a reading kept, wherever it put it."""
    labels = [*read.labels.values(), *read.unknown]
    return " ".join([*(f"{label.name} {label.value}" for label in labels), read.text])


@pytest.mark.parametrize(
    "source",
    [
        "---\nTitle: Library opens\nWhen: 4 December\n---\nDoors at ten.",
        "---\n\nTitle: Library opens\n\nWhen: 4 December\n---\n\n\nDoors at ten.\n",
        "Title: Library opens\nWhen: 4 December\n\nDoors at ten.",
        "\n\nTitle: Library opens\n\nWhen: 4 December\n\nDoors at ten.",
        "TITLE: Library opens\nwhen : 4 December\nDoors at ten.",
        "Headline: Library opens\nDate and time: 4 December\n\nDoors at ten.",
        'Title: "Library opens"\nWhen: \u201c4 December\u201d\n\nDoors at ten.',
        "Title: Library\n  opens\nWhen:\n\t4 December\n\nDoors at ten.",
        "Title:Library opens\nWhen:\xa04 December\n\nDoors at ten.",
        "**Title:** Library opens\n**When**: 4 December\n\nDoors at ten.",
        "**Title: Library opens**\n__When: 4 December__\n\nDoors at ten.",
        "---\nTitle: Library opens\nWhen: 4 December\n\nDoors at ten.",
    ],
    ids=[
        "between lines", "blank lines between lines", "without lines", "blank lines", "any case", "synonyms",
        "quotes", "indented lines go on", "no space or Word's", "bold", "bold to the end",
        "closing line forgotten",
    ],
)  # fmt: skip
def test_every_way_of_writing_labels_reads_the_same(source: str) -> None:
    assert values(source) == {"title": "Library opens", "when": "4 December"}
    assert read_labels(source).text == "Doors at ten."


@pytest.mark.parametrize("name", LABELS)
def test_every_label_is_read_first_in_a_text(name: str) -> None:
    assert values(f"{name.upper()}: a value\n\nText") == {name: "a value"}


@pytest.mark.parametrize(("name", "meant"), SYNONYMS.items())
def test_a_synonym_means_its_label(name: str, meant: str) -> None:
    assert values(f"{name.title()}: a value") == {meant: "a value"}


@pytest.mark.parametrize(
    "source",
    [
        "Note: the hall is shut",
        "10:30 start, bring a coat",
        "https://www.council.example/plan",
        "Dear all,\n\nplease print this.\n\nFrom: Jane\nTitle: Not one",
        "The plan\n\nTitle: Not one",
        "We meet at\nWhere: nobody knows",
        "---\n\nAn opening between two rules.\n\n---\n\nTitle: Not one",
        "- Title: a bullet",
        "",
        "   \n\t\n",
    ],
)
def test_prose_is_not_mistaken_for_labels(source: str) -> None:
    read = read_labels(source)

    assert (read.labels, read.unknown) == ({}, ())
    assert read.text.split() == source.split()


@pytest.mark.parametrize(
    "value",
    [
        "New bus: route 12",
        "Jane: 01632 960001",
        "@home",
        "No",
        "10:30",
        "2026-12-04",
        "4.12",
        "a #tag",
        "a: b: c",
    ],
)
def test_a_value_is_the_rest_of_its_line(value: str) -> None:
    assert values(f"Title: {value}") == {"title": value}


def test_labels_may_stand_under_a_heading_which_stays_in_the_text() -> None:
    read = read_labels("# Library opens\n\nWhen: 4 December\nDoors at ten.")

    assert {name: label.value for name, label in read.labels.items()} == {"when": "4 December"}
    assert read.text == "# Library opens\n\nDoors at ten."


def test_an_unknown_label_is_told_of_with_its_line() -> None:
    read = read_labels("Title: Library\nPrice: free\n\nDoors at ten.")

    assert [tuple(label) for label in read.unknown] == [("Price", "free", 2)]


def test_a_line_between_the_lines_that_is_no_label_is_told_of() -> None:
    read = read_labels("---\nTitle: Library\nopens on Sundays\n---\n")

    assert [tuple(label) for label in read.unknown] == [("opens on Sundays", "", 3)]


def test_a_label_given_twice_stays_in_the_text_the_second_time() -> None:
    read = read_labels("Title: Library\nWhen: Monday\nWhen: Tuesday\n\nDoors at ten.")

    assert read.labels["when"].value == "Monday"
    assert read.text == "When: Tuesday\n\nDoors at ten."


def test_only_known_labels_may_do_without_a_space_or_be_bold() -> None:
    read = read_labels("Title: Library\nWeb:https://x.example\n**Bring:** a coat\nRoom:12")

    assert read.labels["link"].value == "https://x.example"
    assert (read.unknown, read.text) == ((), "**Bring:** a coat\nRoom:12")


@pytest.mark.parametrize(
    "value", ['\'tis "so"', '"A" and "B"', "'90s and '00s", "\u201cA\u201d or \u201cB\u201d", '"']
)
def test_quotes_that_are_not_round_the_value_stay(value: str) -> None:
    assert values(f"Title: {value}") == {"title": value}


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("Doors at ten.", 1),
        (" \n\nDoors at ten.", 3),
        ("Title: Library\n\nDoors at ten.", 3),
        ("---\nTitle: Library\n---\nDoors at ten.", 4),
    ],
)
def test_the_text_s_first_line_is_known(source: str, line: int) -> None:
    read = read_labels(source)

    assert read.text_line == line
    assert read.text == source.split("\n")[line - 1]


def test_lines_under_a_heading_are_counted_right() -> None:
    read = read_labels("# Library\n\nWhen: Monday\n\nOne.\nTwo.")

    assert read.text.split("\n")[6 - read.text_line] == "Two."


PIECES = st.sampled_from(
    ["---", "Title: a b", "When:", "  on and on", "\tmore", "Note: x", "words here", "", "# Heading",
    "**From:** me",
     "Link:x", "10:30 start", " ", "title: again", "'Where': q", "\u201cq\u201d", "-", "Summary: 'in quotes'"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("\n".join))
def test_no_word_is_ever_lost(source: str) -> None:
    marks = dict.fromkeys(map(ord, ":*-'\u201c\u201d"), " ")

    assert sorted(words(read_labels(source)).translate(marks).split()) == sorted(
        source.translate(marks).split()
    )


@given(st.text())
def test_whatever_it_is_given_it_reads(source: str) -> None:
    read = read_labels(source, ("hold",))

    assert read.text_line >= 1


@given(st.sampled_from(LABELS), st.text())
def test_a_label_written_can_never_become_two(name: str, value: str) -> None:
    read = read_labels(f"---\n{label_line(name, value)}\n---\n")

    assert (list(read.labels), read.unknown, read.text) == ([name], (), "")


@given(
    st.text(
        st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\u2018"), min_size=1
    )
)
def test_a_label_written_reads_back_as_it_is(value: str) -> None:
    assert values(f"---\n{label_line('title', value)}\n---\n") == {"title": value.strip()}


@pytest.mark.parametrize(
    "source",
    [
        "Title: " + "a" * 1_000_000,
        "a" * 1_000_000,
        "a " * 500_000,
        "a-" * 500_000,
        "a" + " " * 1_000_000 + "x",
        "**" * 500_000,
        "Title: x\n" + "\n" * 1_000_000,
        "Title: x\n" + " y\n" * 300_000,
        "Title: x\n" + "Title: x\n" * 50_000,
    ],
    ids=["value", "word", "words", "hyphens", "blanks", "marks", "blank lines", "indented lines", "labels"],
)
def test_hostile_lines_cost_no_more_than_long_ones(source: str) -> None:
    start = time.process_time()
    read_labels(source)

    assert time.process_time() - start < 5


def test_the_date_at_the_head_of_a_blogs_page_is_no_event() -> None:
    read = read_labels("---\ntitle: Trees\nauthor: Jo\ndate: 17 August 2018\n---\nWe planted ten.")
    assert "when" not in read.labels
    assert [(label.name, label.value) for label in read.unknown][-1] == ("Published", "17 August 2018")


def test_the_date_of_a_form_is_when_it_is() -> None:
    assert values("---\ntitle: Trees\ndate: 17 August 2027\n---\nCome.")["when"] == "17 August 2027"
    assert values("title: Trees\nauthor: Jo\ndate: 17 August 2027\n\nCome.")["when"] == "17 August 2027"
