"""Sentences, words, acronyms and folding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.prose import acronyms, is_shouted, normalise, opening, sentences, words


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two! Three?", 3),
        ("It costs 5.30 at www.a.example/x.y today.", 1),
        ("Ask Mr. Webb, e.g. on Thurs. 4 Dec. at St. John's.", 1),
        ("Ask J. Webb. He knows.", 2),
        ('She said "come." They came.', 2),
        ("First line\nSecond line", 2),
        ("Wait... what? 2,000 came.", 2),
        ("See https://a.example. https://b.example is new.", 2),
        ("", 0),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, count: int) -> None:
    assert len(sentences(text)) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It's a well-known thing", 4),
        ("£60,000 at 10:30", 3),
        ("https://a.example/b/c?d=e", 1),
        ("\u2013 & \u2022", 0),
    ],
)
def test_words_are_counted_as_people_count_them(text: str, count: int) -> None:
    assert len(words(text)) == count


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The LSPs and the LSP met", ("LSP",)),
        ("The local strategic partnership (LSP) met; the LSP was glad", ()),
        ("The LSP (local strategic partnership) met", ()),
        ("The Local Strategic Partnerships (LSPs) met", ()),
        ("A meeting (LSP) was held", ("LSP",)),
        ("ASB stands for anti-social behaviour. The ASB team", ()),
        ("The commissioner\u2019s office (\u201cOPCC\u201d); anti-social behaviour (ASB)", ("OPCC",)),
        ("NHS, UK, PDF, GP and BBC", ()),
        ("Part II and Henry VIII", ()),
        ("AB1 2CD, WR9 8AB, SW1A1AA, A38, M5 and B4090", ()),
        ("COVID-19, B2B, A&E, GOV.UK", ()),
        ("PLEASE NOTE THIS CHANGE and it is FREE", ()),
        ("HTTPS://WWW.EXAMPLE/ABC and JO@EXAMPLE", ()),
        ("The VCSE sector; VCSE's work; the CVS.", ("VCSE", "CVS")),
        ("ABCDEFGH is no acronym", ()),
    ],
)
def test_acronyms_a_reader_may_not_know(text: str, found: tuple[str, ...]) -> None:
    assert acronyms(text) == found


def test_an_acronym_everybody_here_knows_is_left_out() -> None:
    assert acronyms("The VCS and the cab", ["vcs"]) == ()


@pytest.mark.parametrize(
    ("title", "shouted"),
    [
        ("LIBRARY OPENS ON SUNDAYS", True),
        ("KINGSBROOK", True),
        ("NEW BUS", True),
        ("NHS 111", False),
        ("LSP", False),
        ("Library NEWS", False),
        ("2026", False),
        ("", False),
    ],
)
def test_a_title_in_capitals_is_a_shout(title: str, shouted: bool) -> None:
    assert is_shouted(title) is shouted


def test_folding_forgets_case_marks_and_kinds_of_quote() -> None:
    assert (
        normalise("O\u2019Neil\u2019s  \u201cBIG\u201d\u2014caf\u00e9!")
        == normalise("o'neil's big cafe\u0301")
        == "oneils big caf\u00e9"
    )


def test_an_opening_is_cut_after_a_word() -> None:
    assert opening("one two three", 2) == "one two..."
    assert opening("one two", 2) == "one two"


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text())
def test_no_word_is_lost_between_sentences(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


@given(st.text(alphabet="ABC( )s.,\n'", max_size=60))
def test_any_words_have_acronyms_or_none(text: str) -> None:
    assert all(2 <= len(name) <= 6 for name in acronyms(text))
