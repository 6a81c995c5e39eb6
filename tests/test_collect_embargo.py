"""An embargo in words holds an item as a label does, whatever kind of file it came in."""

import pytest
from drop_folder import DropFolder, labelled
from word_sample import bold, docx, p, r

from bulletin.collect.marking import embargo_around, embargo_of
from bulletin.collect.reading import Draft

STORY = "Free swimming for under-16s\n\nChildren swim free at weekends from January.\n"
UNTIL = "EMBARGOED until 00:01 on 3 December"


@pytest.mark.parametrize(
    ("line", "until"),
    [
        (UNTIL, "00:01 on 3 December"),
        (
            "**STRICTLY EMBARGOED UNTIL 00.01 HRS, 3 DECEMBER 2026**",
            "00.01 HRS, 3 DECEMBER 2026",
        ),
        ("NOT FOR PUBLICATION BEFORE 9am on 4 December 2026", "9am on 4 December 2026"),
        ("Press release - embargoed for release: 7 December 2026, 6 a.m. GMT", "7 December 2026, 6 a.m. GMT"),
        ("This press release is under embargo until Friday 4 December", "Friday 4 December"),
        ("> EMBARGO: 3 December 2026", "3 December 2026"),
        ("EMBARGOED", "EMBARGOED"),
        ("NOT FOR RELEASE", "NOT FOR RELEASE"),
    ],
)
def test_a_line_that_says_only_this_becomes_the_label(line: str, until: str) -> None:
    draft = embargo_of(Draft({}, f"{line}\n\n{STORY}"))

    assert (draft.labels["embargo"], draft.text) == (until, STORY.strip("\n"))
    assert draft.inferred[0].startswith("embargo from the line")


@pytest.mark.parametrize(
    "text",
    [
        f"{UNTIL}. The pool reopens.",
        "EMBARGOED: New pool opens\n\nWords.",
        f"Press\n\n{UNTIL}. X",
    ],
)
def test_a_line_that_goes_on_stays_in_the_text_too(text: str) -> None:
    draft = embargo_of(Draft({}, text))

    assert draft.labels["embargo"]
    assert draft.text == text


@pytest.mark.parametrize(
    "text",
    ["Embargo lifted on parking", "Embargo on parking in the square", "The embargo is over.",
     "Not for publication: ring me", "We are not for release of the report", "Words.\n\n" * 5 + UNTIL],
)  # fmt: skip
def test_prose_is_no_embargo(text: str) -> None:
    assert "embargo" not in embargo_of(Draft({}, text)).labels


def test_a_label_says_it_better() -> None:
    draft = Draft({"embargo": "1 December 2026"}, f"{UNTIL}\n\n{STORY}")

    assert embargo_of(draft) == draft


def test_a_title_or_a_file_s_name_may_say_so() -> None:
    draft = embargo_of(Draft({"title": "EMBARGOED until 3 Dec: Free swimming"}, STORY))

    assert draft.labels == {"title": "EMBARGOED until 3 Dec: Free swimming", "embargo": "3 Dec"}
    assert embargo_around((), "Press release EMBARGOED.docx") == ("EMBARGOED", "the file's name")
    assert embargo_around((), "embargoes of old.txt") == ("", "")


def test_a_word_document_waits_whole_whatever_its_stories(folder: DropFolder) -> None:
    folder.drop(
        "a.docx", docx(p(r(UNTIL)), p(bold("Free swimming")), p(r("Children swim free at weekends.")))
    )
    folder.collect()

    assert {item.hold for item in folder.items().values()} == {"embargo"}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", f"{UNTIL}\n\n{STORY}"),
        ("a.md", f"# {UNTIL}\n\n{STORY}"),
        ("a.html", f"<html><body><p><b>{UNTIL}</b></p><h1>Free swimming</h1><p>Weekends.</p></body></html>"),
        ("a.eml", f"From: jo@a.example\nSubject: Free swimming\n\n{UNTIL}\n\n{STORY}"),
        ("b.eml", f"From: jo@a.example\nSubject: Fwd: FW: {UNTIL}: swimming\n\n{STORY}"),
        ("c.txt", f"From: Pool\nSection: events\n\n{UNTIL}\n\n{STORY}"),
    ],
)
def test_every_kind_of_file_with_words_waits(folder: DropFolder, name: str, data: str) -> None:
    folder.drop(name, data)
    folder.collect()
    (item,) = folder.items().values()

    assert (item.hold, item.embargo.words.rstrip(".")) == ("embargo", "00:01 on 3 December")


def test_words_that_went_with_a_forwarded_story_count(folder: DropFolder) -> None:
    head = "From: Al <al@a.example>\nSubject: FW: Free swimming\n\nEmbargoed until 3 December 2026. Al\n\n"
    first = "From: Jo <jo@b.example>\nSent: 12 November 2026 10:00\nTo: Al\nSubject: Free swimming\n\n"
    folder.drop("a.eml", f"{head}{first}{STORY}")
    folder.collect()
    (item,) = folder.items().values()

    assert item.hold == "embargo"
    assert "embargo from the words that came with it" in item.inferred


def test_a_row_of_a_table_speaks_for_itself_alone(folder: DropFolder) -> None:
    rows = "Title,When,Embargo\nTea,4 December 2026,3 December 2026\nCake,5 December 2026,\n"
    folder.drop("a.csv", rows)
    folder.collect()

    assert {name: item.hold for name, item in folder.items().items()} == {"tea": "embargo", "cake": ""}


def test_an_embargo_that_comes_later_holds_an_item_nobody_edited(folder: DropFolder) -> None:
    folder.drop("a.txt", labelled())
    folder.collect()
    folder.drop("a.txt", labelled(embargo="3 December 2026"))
    folder.collect()

    assert folder.items()["library-opens"].hold == "embargo"


def test_collecting_again_after_the_embargo_was_lifted_by_hand_keeps_it_lifted(folder: DropFolder) -> None:
    folder.drop("a.txt", f"{UNTIL}\n\n{STORY}")
    folder.collect()
    (item,) = folder.items()
    folder.edit(item, "Hold: embargo\n", "")
    folder.collect()

    assert folder.items()[item].hold == ""
