"""Find dates in running text whose weekday cannot be right."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from bulletin.check.view import View
from bulletin.dates import read_when
from bulletin.model.when import Doubt, DoubtKind

DATES_IN_TEXT = 50
"""How many dates of one text are looked at; a longer list of dates belongs in a spreadsheet of events."""
RECENT = timedelta(weeks=26)
"""How far back a date without a year may lie; one further back is nearer to its next occurrence."""
YEAR = timedelta(days=366)


def wrong_weekdays(view: View) -> Iterator[tuple[str, Doubt, bool]]:
    """Give every date of an item's words on a wrong weekday, and whether its year is written."""
    for words, is_past in _dates_in(view.all_words):
        wrong, certain = _wrong_weekday(words, _reference(view), is_past=is_past)
        if wrong:
            yield words, wrong, certain


def _reference(view: View) -> date:
    """The meeting of the issue an item first came in: a date without a year was written then."""
    return view.issue.came.get(view.item.id, view.issue.meeting)


def _wrong_weekday(words: str, meeting: date, *, is_past: bool) -> tuple[Doubt | None, bool]:
    """Give the doubt about a date's weekday, and whether its year is written and the doubt thus certain.

    Without a year the next such day is meant, or one not long ago; is_past: or any of the past year.
    """
    certain = words[-4:].isdigit()
    doubt = _doubt(words, meeting)
    day = None if certain or doubt is None else _last(words, meeting)
    if day and (is_past or meeting - day <= RECENT):
        doubt = _doubt(f"{words} {day.year}", meeting)
    return doubt, certain


def _last(words: str, meeting: date) -> date | None:
    """Give the last day before a meeting that a date without a year names, whatever its weekday."""
    return read_when(words.lstrip("".join(one for one in words if not one.isdigit())), meeting - YEAR).start


def _dates_in(words: str) -> list[tuple[str, bool]]:
    """Give the dates with a weekday that stand in a text, each once, and whether it tells of the past."""
    found: dict[str, bool] = {}
    for match in _weekday_and_date().finditer(words):
        before, after = words[max(0, match.start() - 60) : match.start()], words[match.end() :][:40]
        is_past = bool(_past_before().search(before) or _past_after().match(after))
        found[match[0]] = found.get(match[0], True) and is_past
    return list(found.items())[:DATES_IN_TEXT]


@cache
def _past_before() -> re.Pattern[str]:
    """Words right before a date after which it is over: "last", "was held on", "opened on", "minutes of"."""
    return re.compile(
        r"(?:\blast|\b(?:minutes|notes|report|record) (?:of|from)(?: [\w']+){0,5}|\bmet|\btook place"
        r"|(?<!be )(?<!be being )\bheld|(?<!be )(?<!is )(?<!are )\b\w{2,}ed) *(?:on|,|of)? *$",
        re.IGNORECASE,
    )


@cache
def _past_after() -> re.Pattern[str]:
    """Words right after a date after which it is over: "we planted", "was a great day"."""
    return re.compile(
        r",? +(?:was|were|had|saw|(?:we|i|they|pupils|children|volunteers|residents|members|people) "
        r"(?:\w+ed|met|held|saw|had|went|ran|took|came|gave|were|made))\b",
        re.IGNORECASE,
    )


@cache
def _weekday_and_date() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?,? (?:the )?"
        r"\d{1,2}(?:st|nd|rd|th)?"
        r" (?:of )?(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
        r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b(?:,? \d{4}\b)?",
        re.IGNORECASE,
    )


def _doubt(words: str, meeting: date) -> Doubt | None:
    doubts = read_when(words, meeting).doubts
    return next((doubt for doubt in doubts if doubt.kind is DoubtKind.WEEKDAY), None)
