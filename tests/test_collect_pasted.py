"""Text pasted from Word, from plans and from print: lists, tables, broken lines, what is on every page."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.collect.readers.text import read_plain
from bulletin.collect.reading import Reading
from bulletin.collect.words.plain import Pasted, plain_to_markdown, read_pasted
from bulletin.collect.words.printed import without_page_furniture
from bulletin.markdown import plain, to_html
from bulletin.model.contribution import FileOutcome

LONG = "This line is of the length at which programs break lines by themselves and"
WIDE = "A paragraph that nobody has broken is as long as it likes to be, and goes on and on and on. " * 2
PLAN = "Ref\tWhat\tWhen by\tWho\tComments"


def read(text: str) -> Reading:
    return read_plain("a.txt", text.encode())


def shown(text: str) -> str:
    return to_html(plain_to_markdown(text), heading=4).replace("\n", "")


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("\u2022 a\n    \u2022 b\n    \u2022 c\n\u2022 d", "- a\n  - b\n  - c\n- d"),
        ("\u00b7\ta\no\tb\n\u25aa\tc\n\u00b7\td", "- a\n  - b\n    - c\n- d"),
        ("1. a\n   \u2022 b\n2. c", "1. a\n   - b\n2. c"),
        ("- 3.2 These:\n - 3.2.1 a\n - 3.2.2 b", "- 3.2 These:\n  - 3.2.1 a\n  - 3.2.2 b"),
        ("\u2022 a\n\n\u2022 b\n\n\n\u2022 c", "- a\n- b\n- c"),
        ("\u2022a\n\uf0a7b", "- a\n  - b"),
        ("- a\n  goes on\n- b", "- a  \n  goes on\n- b"),
        ("\u2022 a\n\n  more of a\n\u2022 b", "- a\n\n  more of a\n- b"),
        ("1. Why?\n\u00b7 a\n2. How?\n\u00b7 b", "1. Why?\n\n- a\n\n2. How?\n\n- b"),
        ("Bring: \u25aa a coat \u25aa a torch", "Bring:\n\n- a coat\n- a torch"),
        ("Town Hall \u2022 High Street \u2022 Harrowell", "Town Hall \u2022 High Street \u2022 Harrowell"),
    ],
    ids=lambda value: value[:24],
)
def test_lists_are_nested_by_indent_or_as_word_nests_its_bullets(text: str, markdown: str) -> None:
    assert plain_to_markdown(text) == markdown


@pytest.mark.parametrize("text", ["1. a\n3. b", "7. a\n\n12. b", "1. a\n1. b", "2. a\n1. b"])
def test_no_number_becomes_another(text: str) -> None:
    assert "<li>b" not in shown(text)
    assert text.rpartition("\n")[2] in plain(plain_to_markdown(text))


def test_a_heading_over_a_paragraph_nobody_broke_stays_apart() -> None:
    heading = "Notes of a visit to every one of the village halls that are warm in winter"
    parts = [heading, WIDE.strip(), "Who came", WIDE.strip()]
    assert plain_to_markdown("\n".join(parts)) == "\n\n".join(parts)
    assert plain_to_markdown(f"\u2022 {WIDE}\n{heading}") == f"- {WIDE.strip()}\n\n{heading}"


def test_words_in_two_pairs_of_asterisks_are_bold_and_one_pair_is_not() -> None:
    assert shown("The **first** of 2 ** 3 *notes*") == "<p>The <strong>first</strong> of 2 ** 3 *notes*</p>"


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("the com-", "munity. A community is", "community."),
        ("they co-", "operate. We co-operate", "co-operate."),
        ("an in-", "depth look", "in-depth look"),
        ("the pre-", "and post-16 groups", "pre- and post-16"),
        ("see https://x.example/a-", "b today", "a- b today"),
        ("from 10 -", "about noon", "10 - about noon"),
    ],
)
def test_a_word_broken_at_a_line_s_end_is_joined_where_that_is_safe(
    before: str, after: str, joined: str
) -> None:
    assert joined in plain(plain_to_markdown(f"{LONG} {before}\n{after}"))


def test_a_soft_hyphen_joins_and_is_said() -> None:
    reading = read(f"{LONG} com\u00ad\nmunity and neigh\u00adbours.")
    assert "community and neighbours." in reading.drafts[0].text
    assert "joined 1 word parted by soft hyphens; removed 1 soft hyphen" in reading.why


@pytest.mark.parametrize(
    "furniture",
    ["Page 3 of 12", "page 3", "- Page 3 -", "P a g e | 3", "3 | Page",
     "Created on 12/03/2026 S:\\Plans\\Bus.doc", "Printed: 12/03/2026 14:05",
     "C:\\Users\\jo\\Bus plan.docx", "Last saved 1.2.26, Bus plan v3.docx"],
)  # fmt: skip
def test_what_a_printer_puts_on_a_page_is_cut_and_said(furniture: str) -> None:
    reading = read(f"{LONG}\n\n{furniture}\n\nMore.")
    assert reading.drafts[0].text == f"{LONG}\n\nMore."
    assert reading.notes == (f'what a printer puts on every page was cut: "{furniture}"',)


@pytest.mark.parametrize(
    "words",
    ["Ages:\n\n7\n\nto\n\n9", "See page 3 of 12", "Page turners meet", "Created on 12/03/2026 by the council",
     "Fees\n\nFree entry\n\nFete\n\nFree entry", "Our plan.docx is attached", "12/03/2026", "2026\n\n2027"],
)  # fmt: skip
def test_words_that_only_look_like_it_stay(words: str) -> None:
    assert without_page_furniture(f"Start.\n\n{words}\n\nEnd.") == (f"Start.\n\n{words}\n\nEnd.", ())


def test_page_numbers_that_count_up_and_running_heads_go_their_first_time_stays() -> None:
    text = (
        "Bus plan\n\nOne.\n\n1\n\nBus plan\n\nTwo.\n\nDraft\n\n2\n\nThree.\n\nDraft\n\n3\n\nBus plan\n\nEnd."
    )
    kept, notes = without_page_furniture(text)
    assert kept.split() == ["Bus", "plan", "One.", "Two.", "Draft", "Three.", "End."]
    assert notes == ('what a printer puts on every page was cut: "1", "Bus plan", "2", "Draft" and "3"',)


def test_a_form_feed_ends_a_page() -> None:
    assert read("One.\fTwo.").drafts[0].text == "One.\n\nTwo."


def test_a_plan_keeps_its_columns_as_a_list_of_its_actions() -> None:
    pasted = read_pasted(
        f"{PLAN}\n1. For us\t\t\t\t\nA.1\tMend the gate\t1 May\tJo\tAsk: \u25aa the farm \u25aa the school\n"
        f"A.2\tPaint the hall within a week of\tJune\t\tBring brushes\n\n{PLAN}\n\tthe fete.\t\t\tand paint."
    )
    assert pasted.markdown == (
        "**1. For us**\n\n"
        "- **Ref:** A.1  \n  **What:** Mend the gate  \n  **When by:** 1 May  \n  **Who:** Jo  \n"
        "  **Comments:** Ask:\n  - the farm\n  - the school\n"
        "- **Ref:** A.2  \n  **What:** Paint the hall within a week of the fete.  \n  **When by:** June  \n"
        "  **Comments:** Bring brushes and paint."
    )
    assert [note.partition(":")[0] for note in pasted.notes] == [
        "put on the row above, since its first column is empty",
        'the head of a table, "Ref What When by Who Comments", stands once here, not 2 times',
    ]
    assert pasted.asks == ()


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("Day\tWhere\nMonday\tHall | bar\nFriday\tPub",
         "| Day | Where |\n| --- | --- |\n| Monday | Hall \\| bar |\n| Friday | Pub |"),
        ("Day   Where   Time\nMonday   Hall   10am",
         "| Day | Where | Time |\n| --- | --- | --- |\n| Monday | Hall | 10am |"),
        ("Monday\t10am\nFriday\t2pm", "- **Monday**  \n  10am\n- **Friday**  \n  2pm"),
        ("Contact:\tJo\nPapers:\t", "Contact: Jo  \nPapers:"),
        ("Subject\tWhat comes next\n------\t--", "**Subject**  \nWhat comes next"),
        ("Day\t\tWhere\nMonday\t\t\tHall", "| Day | Where |\n| --- | --- |\n| Monday | Hall |"),
        ("\tAn indented line\n\tand another", "An indented line  \nand another"),
        ("One\ttab", "One tab"),
        ("\u2022\ta\n\u2022\tb", "- a\n- b"),
        ("It   is   justified.\nAs some   are.", "It   is   justified.  \nAs some   are."),
    ],
    ids=lambda value: value[:20],
)  # fmt: skip
def test_a_table_is_one_where_its_columns_can_be_told_apart(text: str, markdown: str) -> None:
    assert plain_to_markdown(text) == markdown


def test_a_row_that_may_belong_to_the_one_above_is_asked_about() -> None:
    asks = read_pasted(f"{PLAN}\nA.1\tMend it.\tMay\tJo\tDone.\n\t\t\t\tBy whom?").asks
    assert asks == ('does "By whom?" belong to the row above it, "A.1"?',)


@pytest.mark.parametrize(
    "head", ["Ref What When by Who Comments", "Ref\nWhat\nWhen by\nWho\nComments", "Action By whom? By when?"]
)
def test_a_table_without_columns_keeps_its_rows_and_asks_somebody_to_look(head: str) -> None:
    reading = read(f"The plan\n\n{head}\nA.1 Mend {LONG} May Jo\nA.2 Paint {LONG} June Ann\n")
    assert reading.outcome is FileOutcome.NEEDS_YOU
    assert f'a table has lost its columns, "{" ".join(head.split())}"' in reading.why
    assert "\n\nA.2 Paint" in reading.drafts[0].text


def test_marks_of_a_web_page_s_list_become_the_list() -> None:
    pasted = read_pasted('Do this: <ul style="list-style-type: none"> \u25aa first \u25aa then')
    assert pasted == Pasted(
        "Do this:\n\n- first\n- then",
        ('the marks of a web page\'s list were cut: <ul style="list-style-type: none">',),
    )


def words_of(text: str) -> set[str]:
    return set(re.findall(r"[a-z\u00e9]+", text, re.IGNORECASE))


LINES = st.lists(
    st.text(st.sampled_from("aZ\u00e9*-|.:o1\u00b7\u25aa\t \u00ad"), max_size=60)
    | st.sampled_from([LONG, WIDE, "A.1\tx\ty\tz\tw", "\t\t\t\tx", "--\t--", "a   b", "", "1. a"]),
    max_size=12,
).map("\n".join)  # fmt: skip


@given(LINES)
def test_no_letter_of_a_pasted_table_or_list_is_lost_or_moved_to_another_word(text: str) -> None:
    pasted = plain(plain_to_markdown(text))
    assert Counter(filter(str.isalpha, pasted.replace("o", ""))) == Counter(
        filter(str.isalpha, text.replace("o", ""))
    )
    whole = text.replace("\u00ad", "")
    joined = re.sub("-\n[\t ]*", "", whole)
    assert words_of(pasted) <= words_of(whole) | words_of(joined)


@given(st.text())
def test_whatever_is_pasted_is_read(text: str) -> None:
    assert read(text).outcome in (FileOutcome.READ, FileOutcome.NEEDS_YOU, FileOutcome.NOT_READ)
