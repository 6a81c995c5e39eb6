"""Days and spans of days in a sentence: the grammar of what is written."""

import re
from functools import cache
from typing import NamedTuple

from bulletin.dates.names import MONTHS, month_number, weekday_number
from bulletin.dates.unsure import unread
from bulletin.dates.words import Sentence

_LEAD = r"(?:Wc?o?)?"
_DAY_MONTH = r"[ON]o?M(?:c?[Yy]|N(?!c?[RrUAM]))?"
_MONTH_DAY = r"Mo?(?:[ON]c?[Yy]|O(?![RrUA][ON])|N(?![RrUA][ONTC]))"
_ONE = rf"{_LEAD}(?:{_DAY_MONTH}|{_MONTH_DAY}|[DSs])(?:c?W(?!c?o?[ONMDSs]))?"
_FIRST = rf"(?:{_ONE}|{_LEAD}[ON])"
_MONTH_FIRST = rf"(?P<head>{_LEAD}Mo?[ON])[RrU]o?(?P<tail>[ON](?!c?o?M)(?:c?[Yy])?)"


class Day(NamedTuple):
    """A day as written, 0 for a month or year not given; weekdays: 0 (Monday) to 6; short: a year like 26."""

    day: int
    month: int
    year: int
    weekdays: tuple[int, ...]
    short: bool = False


class Days(NamedTuple):
    """The tokens from start to end that name a first and a last day (None: one day).

    both: whether they are said to be two days ("4 and 5 December"), not a span; hours: whether each has a
    time of its own ("10pm on 4 December to 2am on 5 December").
    """

    start: int
    end: int
    first: Day
    last: Day | None
    both: bool = False
    hours: bool = False


@cache
def _grammar() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<between>b)?f?o?(?P<first>{_FIRST})c?(?(between)A|(?:[RrU]|(?P<both>A)))o?(?P<last>{_ONE})"
        rf"|{_MONTH_FIRST}|(?P<one>{_ONE})"
    )


def find_days(sentence: Sentence) -> list[Days]:
    """Find every day and span of days in reading order."""
    return [_days(sentence, match) for match in _grammar().finditer(sentence.kinds)]


def _days(sentence: Sentence, match: re.Match[str]) -> Days:
    def day(group: str) -> Day:
        return _day(sentence.kinds[slice(*match.span(group))], sentence.texts[slice(*match.span(group))])

    if match["one"]:
        return Days(match.start(), match.end(), day("one"), None)
    if match["head"]:
        first = day("head")
        return Days(match.start(), match.end(), first, day("tail")._replace(month=first.month))
    return Days(match.start(), match.end(), day("first"), day("last"), both=match["both"] is not None)


def _day(kinds: str, texts: tuple[str, ...]) -> Day:
    """Read the parts of one day from its tokens."""
    weekdays = tuple(weekday_number(text) for kind, text in zip(kinds, texts, strict=True) if kind == "W")
    day, month, year, short = 0, 0, 0, False
    for kind, text in zip(kinds, texts, strict=True):
        if kind == "D":
            year, month, day = (int(part) for part in text[:10].split("-"))
        elif kind == "S":
            day, month, year, short = _numbers(text)
        elif kind == "s":
            number, name, *rest = re.split("[-/]", text)
            day, month = int(number), month_number(name)
            year, short = _full_year(rest[0]) if rest else (0, False)
        elif kind == "M":
            month = month_number(text)
        elif kind in "Yy" or (kind == "N" and day):
            year, short = _full_year(text.lstrip("'"))
        elif kind in "ON":
            day = _ordinal(text)
    return Day(day, month, year, weekdays, short)


def _ordinal(text: str) -> int:
    """Read 4 or 4th; raise UnsureError for 22st, which may be the 21st or the 22nd."""
    number, suffix = int(text[:2].rstrip("snrt")), text.lstrip("0123456789")
    proper = "th" if number in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    if suffix not in ("", proper):
        raise unread(f'"{text}" is not a day: write the number alone, for example "{number} December 2026"')
    return number


def _numbers(text: str) -> tuple[int, int, int, bool]:
    """Read 18/12/2026 day first; raise UnsureError where the month could come first."""
    day, month, written = re.split(r"[/.-]", text)
    year, short = _full_year(written)
    if int(day) <= 12 and int(month) <= 12 and int(day) != int(month) and int(day) and int(month):
        one, other = f"{int(day)} {MONTHS[int(month) - 1]}", f"{int(month)} {MONTHS[int(day) - 1]}"
        raise unread(f"{text} could be {one} or {other}: write the month as a word")
    return int(day), int(month), year, short


def _full_year(written: str) -> tuple[int, bool]:
    return (int(written), False) if len(written) == 4 else (2000 + int(written), True)
