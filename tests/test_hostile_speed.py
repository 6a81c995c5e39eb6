"""No text takes long: four times the text takes about four times the work, whatever it is."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest
from hostile_texts import TEXTS
from small_issue import DAY, SETTINGS, edition, issue, item

from bulletin import charset, markdown, prose
from bulletin.check import check_edition, check_issue
from bulletin.dates import read_when
from bulletin.lists import read_roster, read_suppressions
from bulletin.markdown.parse import EMPTY_CELLS
from bulletin.settings.values import EditionSettings

QUICK = 30
"""Seconds for all of it together: what is slow here took minutes for a single text."""

READERS: dict[str, Callable[[str], object]] = {
    "html": lambda text: markdown.to_html(text, heading=3),
    "text": markdown.to_text,
    "words": markdown.plain,
    "links": markdown.links,
    "one line": lambda text: markdown.to_inline_html(markdown.literal(text)),
    "address": lambda text: markdown.public_url(f"https://{text}"),
    "sentences": prose.sentences,
    "acronyms": prose.acronyms,
    "same": prose.normalise,
    "shouted": prose.is_shouted,
    "date": lambda text: read_when(text, DAY),
    "charset": charset.clean,
    "roster": lambda text: read_roster("x", text.encode()),
    "suppressed": lambda text: read_suppressions(text.encode()),
    "rules": lambda text: check_issue(issue(wrong_text(text), wrong_labels(text)), SETTINGS, DAY),
    "edition": lambda text: edition(wrong_text(text), wrong_labels(text[: len(text) // 8])),
}

KNOWN = (
    ("words", "schemes"), ("words", "addresses-run-together"), ("words", "half-schemes"),
    ("words", "hosts-that-are-none"), ("words", "closing-brackets"), ("words", "full-stops"),
    ("html", "ragged-table"), ("one line", "newlines"), ("one line", "spaces-and-newlines"),
    ("suppressed", "one-long-name"), ("roster", "at-signs"), ("address", "international-hosts"),
)  # fmt: skip
"""What once took minutes."""


def wrong_text(text: str) -> object:
    return item("x", "events", text=text)


def wrong_labels(text: str) -> object:
    plain = item("y", "events", title=text, summary=text, link=text, contact=text, where=text)
    return replace(plain, organisation=text, section_words=text, share_words=text, language=text, area=text)


def seconds(reader: str, text: str) -> float:
    """Give the time a reader takes, with nothing remembered from before."""
    markdown.parse.tokens.cache_clear()
    start = perf_counter()
    READERS[reader](text)
    return perf_counter() - start


def report(pairs: list[tuple[str, str]], size: int) -> None:
    """Read texts of a size and of four times the size; say which and how long. For a process of its own."""
    READERS["edition"]("warm")
    for reader, name in pairs:
        print(f"{reader} of {name}:", end=" ", flush=True)
        once = seconds(reader, TEXTS[name](size))
        again = seconds(reader, TEXTS[name](4 * size))
        if again > 0.5 and again > 8 * once:
            once = min(once, seconds(reader, TEXTS[name](size)))
            again = min(again, seconds(reader, TEXTS[name](4 * size)))
        print(f"{once:.2f} {again:.2f}", flush=True)


def run(pairs: list[tuple[str, str]], size: int, limit: int) -> list[tuple[str, float, float]]:
    """Run `report` in a process that can be stopped, since a regular expression cannot."""
    code = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import test_hostile_speed as one; "
    )
    try:
        done = subprocess.run(
            [sys.executable, "-c", f"{code}one.report({pairs!r}, {size})"],
            capture_output=True, text=True, check=False, timeout=limit, cwd=Path(__file__).parent.parent,
        )  # fmt: skip
    except subprocess.TimeoutExpired as late:
        pytest.fail(f"not done after {limit} seconds: {(late.stdout or b'').decode().splitlines()[-1]}")
    assert done.returncode == 0, done.stdout[-200:] + done.stderr[-2000:]
    lines = [line.rpartition(": ") for line in done.stdout.splitlines()]
    return [(name, *map(float, times.split())) for name, _, times in lines]  # type: ignore[misc]


def test_what_once_took_minutes_takes_a_moment() -> None:
    run(list(KNOWN), 25_000, QUICK)


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS)
def test_four_times_the_text_is_about_four_times_the_work(reader: str) -> None:
    for name, once, again in run([(reader, name) for name in TEXTS], 5_000, 300):
        assert again < 0.5 or again < 8 * once, f"{name}: {once} s, then {again} s"


def test_no_more_of_a_text_is_read_than_can_go_out() -> None:
    whole = markdown.LONGEST_TEXT
    assert len(markdown.plain("word " * whole)) < whole + 10
    assert markdown.plain("word " * whole).endswith("…")
    assert markdown.plain("a" * whole) == "a" * whole


def test_what_is_not_read_is_an_error_that_names_the_item() -> None:
    long = issue(item("long", text="a " * markdown.LONGEST_TEXT))
    found = check_edition(edition(*long.items), long, EditionSettings("everyone"), SETTINGS)
    assert [one.detail for one in found if one.rule == "edition-size" and "items/long.md" in one.detail] == [
        "issues/2026-11/items/long.md has 200,000 characters; what is over 100,000 is not printed"
    ]


def test_a_wide_table_with_short_rows_makes_no_page_of_empty_cells() -> None:
    page = markdown.to_html(TEXTS["ragged-table"](10_000), heading=3)
    assert page.count("<td") <= EMPTY_CELLS + 10_000 // 6


def test_a_long_text_between_two_words_does_not_hold_up_the_search_for_a_line() -> None:
    text = "a " + "\u2013 " * 10_000 + f"\n\na \u2013 \u2013 + {'word ' * 30}"
    start = perf_counter()
    assert check_issue(issue(item("x", text=text)), SETTINGS, date(2026, 11, 26))
    assert perf_counter() - start < QUICK
