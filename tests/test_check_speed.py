"""The work of `check` grows with the number of items, however alike they are."""

import sys
from dataclasses import replace
from time import process_time

import pytest
from rule_prose import DAY, ITEMS, MEETING, Case, issue, settings

from bulletin.check import check_issue
from bulletin.check.likeness import CANDIDATES, alike, candidates, likeness, runs
from bulletin.model.issue import Issue
from bulletin.workspace.items import read_item

USUAL = Case("", "", DAY, {}, ())
STORY = " ".join(f"word{number % 37} goes{number % 11} along here" for number in range(40))


def alike_items(count: int) -> Issue:
    source = (
        "Title: Story {0}\nSection: Key messages\nLink: https://a.example/same\n\n"
        + STORY
        + f" and {{0}} of {count}.\n"
    )
    paths = [f"{ITEMS}item-{number}.md" for number in range(count)]
    items = (read_item(path, source.format(path[-8:]), settings(USUAL), MEETING) for path in paths)
    return replace(issue(USUAL), items=tuple(items))


def calls(count: int) -> int:
    """Count the function calls that checking so many items takes."""
    made, own, total = alike_items(count), settings(USUAL), 0

    def counted(_frame: object, event: str, _arg: object) -> None:
        nonlocal total
        total += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        check_issue(made, own, DAY)
    finally:
        sys.setprofile(None)
    return total


def test_ten_times_the_items_take_ten_times_the_work() -> None:
    calls(20)  # what is imported and compiled once
    assert calls(400) < 11 * calls(40)


@pytest.mark.parametrize("count", [10, 100, 1000])
def test_no_text_is_compared_with_more_than_a_few(count: int) -> None:
    texts = [runs(f"{STORY} and {number}") for number in range(count)]
    pairs = list(candidates(texts))
    assert len(pairs) <= CANDIDATES * count
    assert all(later > earlier for later, earlier in pairs)


def test_every_one_of_a_thousand_like_texts_is_found_out() -> None:
    texts = [runs(f"{STORY} and {number}") for number in range(1000)]
    assert sorted(alike(texts, 0.5)) == list(range(1, 1000))


def test_two_like_texts_are_found_among_many_that_share_a_phrase() -> None:
    phrase = "for more about the partnership and its work see the website of the district council"
    texts = [runs(f"{phrase} " + " ".join(f"w{number}x{at}" for at in range(40))) for number in range(500)]
    texts.append(texts[321] | runs("a new sentence at the end of it"))
    assert alike(texts, 0.5) == {500: (321, likeness(texts[500], texts[321]))}


@pytest.mark.parametrize(
    "hostile", ["(A" * 50_000, "a" * 100_000, "\"'" * 50_000, "a@" * 50_000, "ABC " * 25_000]
)
def test_no_text_is_slow_to_check(hostile: str) -> None:
    item = read_item(
        f"{ITEMS}a.md", f"Title: A\nSection: Key messages\n\n{hostile}\n", settings(USUAL), MEETING
    )
    before = process_time()
    check_issue(replace(issue(USUAL), items=(item,)), settings(USUAL), DAY)
    assert process_time() - before < 5
