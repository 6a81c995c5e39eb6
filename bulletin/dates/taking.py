"""Take days, times and repetition out of a sentence, and keep what is left of it."""

import re
from functools import cache
from typing import NamedTuple

from bulletin.dates.clock import Times, find_times
from bulletin.dates.days import Days, find_days
from bulletin.dates.names import weekday_number
from bulletin.dates.unsure import unread
from bulletin.dates.words import Sentence, split_words

EVENT = 'write it like "Tuesday 17 November 2026, 10am to 12:30pm"'
DEADLINE = 'write it like "5pm on Friday 4 December 2026"'
MORE_THAN_ONE = 'there is more than one date in it: write one, or a span like "4 to 6 December 2026"'


class Taken(NamedTuple):
    """What a sentence says: its one day or span, times, and the weekday it is repeated on.

    rest: the sentence with days marked `#`, times `=` and repetition `*`.
    weekday: 0 to 6, None where nothing or only "weekly" is said; weekly: whether it repeats.
    """

    sentence: Sentence
    rest: Sentence
    days: Days
    times: list[Times]
    weekly: bool
    weekday: int | None


def take(words: str, *, deadline: bool) -> Taken:
    """Take what the words say apart, or raise UnsureError where they do not hold one day or span."""
    sentence = split_words(words)
    weekly, weekday, rest = _take_repetition(sentence)
    days, rest = _take_days(rest, weekly=weekly, example=DEADLINE if deadline else EVENT)
    times = find_times(rest, whole_day="D" in sentence.kinds)
    for found in times:
        rest = rest.masked(found.start, found.end, "=")
    return Taken(sentence, rest, days, times, weekly, weekday)


def _take_repetition(sentence: Sentence) -> tuple[bool, int | None, Sentence]:
    """Take out the first "every Tuesday", "Tuesdays" or "weekly"."""
    for said, length in (("EW", 2), ("P", 1), ("L", 1)):
        start = sentence.kinds.find(said)
        if start >= 0:
            weekday = None if said == "L" else weekday_number(sentence.texts[start + length - 1])
            return True, weekday, sentence.masked(start, start + length, "*")
    return False, None, sentence


def _take_days(sentence: Sentence, *, weekly: bool, example: str) -> tuple[Days, Sentence]:
    found = find_days(sentence)
    rest = sentence
    for days in found:
        rest = rest.masked(days.start, days.end, "#")
    if not found:
        raise _no_day(sentence, example)
    if weekly and len(found) == 2 and _says_until(sentence, *found):
        return Days(found[0].start, found[1].end, found[0].first, found[1].first), rest
    if len(found) == 2 and _hours_each().match(rest.kinds):
        first, last = found
        for at in range(first.end, last.start):
            rest = rest.masked(at, at + 1, "o") if rest.kinds[at] in "RrU" else rest
        return Days(first.start, last.end, first.first, last.first, hours=True), rest
    if len(found) > 1:
        raise unread(MORE_THAN_ONE)
    return found[0], rest


@cache
def _hours_each() -> re.Pattern[str]:
    """Two days, each after or before a time of its own, with "to" between them."""
    return re.compile(r"[^#]*(?:[TC]c?o?#+c?[RrU]o?[TC]c?o?#+|#+c?o?[TC]c?[RrU]o?#+c?o?[TC])[^#]*$")


def _says_until(sentence: Sentence, first: Days, last: Days) -> bool:
    """Whether the second day ends a repetition: "..., then every Tuesday until 26 January 2027"."""
    between = sentence.kinds[first.end : last.start]
    return first.last is None and last.last is None and between.rstrip("o").endswith(("*U", "*r", "*cU"))


def _no_day(sentence: Sentence, example: str) -> Exception:
    """Say what is missing where no day and month could be read together."""
    kinds, texts = sentence.kinds, sentence.texts
    if "w" in kinds:
        return unread(f"{texts[kinds.index('w')]} names no day: {example}")
    if "F" in kinds:
        return unread(f"{texts[kinds.index('F')]} may not be a date: write the month as a word, and the year")
    if "M" in kinds:
        return unread(f"there is a month but no day in it: {example}")
    if "W" in kinds or "*" in kinds:
        return unread(f"there is a weekday but no date in it: {example}")
    return unread(f"there is no day and month in it: {example}")
