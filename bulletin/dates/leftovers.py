"""What is left of a sentence once its date is taken: harmless words, or a reason to doubt the date."""

import re

from bulletin.dates.names import WEEKDAYS
from bulletin.dates.taking import DEADLINE, EVENT, Taken
from bulletin.dates.unsure import unread

_SPAN = 'write a span like "4 to 6 December 2026"'
_NO_END = f"says when it starts but not when it ends: write one day, or {_SPAN.removeprefix('write ')}"
_NO_START = f"says when it ends but not when it starts: {_SPAN}"
_LEADS = {
    "f": _NO_END,
    "b": _NO_END,
    "r": _NO_START,
    "U": _NO_START,
    "B": 'may leave the day itself out: write "until" and the last day',
    "a": "may mean a day near it: write the one date that holds",
}
_BEFORE_TIMES = (
    "at",
    "@",
    "by",
    "until",
    "till",
    "til",
    "from",
    "before",
    "half past",
    "quarter past",
    "quarter to",
)
_AFTER_TIMES = ("for", "o'clock", "oclock")
_SHORT_WEEKDAYS = ("mo", "tu", "we", "th", "thr", "thrs", "fr", "sa", "su")
_BEFORE_SPANS = ("open", "closed", "runs", "running", "held", "date", "dates", "when", "period")


def check_leftovers(taken: Taken, *, deadline: bool) -> bool:
    """Raise UnsureError where what is left puts the day in doubt; say whether it holds an unclear time."""
    _check_meaning(taken)
    _check_lead(taken, deadline=deadline)
    _check_weekday_words(taken)
    example = DEADLINE if deadline else EVENT
    vague = bool(re.search("#c?r=|ao?=", taken.rest.kinds)) or _is_time_open(taken)
    for at, kind in enumerate(taken.rest.kinds):
        if kind == "K" or (kind == "N" and _is_hour(taken, at)):
            vague = True
        elif kind in ("NOSsFDYyMWPE" if taken.weekly else "NOSsFDYyMWPEL") and not _is_plain_word(taken, at):
            raise unread(f"{taken.rest.quoted(at, at + 1)} beside the date could mean another: {example}")
        elif kind == "d" and taken.days.last is None:
            raise unread(f"{taken.rest.quoted(at, at + 1)} needs a first and a last day: {_SPAN}")
    return vague


def _check_meaning(taken: Taken) -> None:
    """Look for words that take a date back, or make another of it."""
    kinds = taken.rest.kinds
    week = kinds.find("w")
    if week >= 0:
        raise unread(f"{taken.rest.quoted(week, week + 1)} gives a week, not a day: {EVENT}")
    change = re.search(r"x|z(?=.*#)|#[c=]?v", kinds)
    if change and not (change[0].endswith("v") and "=" in change[0]):
        word = taken.rest.quoted(change.end() - 1, change.end())
        raise unread(
            f"{word} changes what the date means: write the one date that holds, or an item for each"
        )


def _is_time_open(taken: Taken) -> bool:
    """Whether the time is to be confirmed, or a part of the day stands in its place.

    Raises:
        UnsureError: the date itself is to be confirmed.
    """
    kinds, sure = taken.rest.kinds, any(times.sure for times in taken.times)
    vague = not sure and bool(re.search("#c?p", kinds))
    for found in re.finditer("t", kinds):
        before = kinds[: found.start()].rstrip("oc")
        word = taken.rest.texts[len(before) - 1] if before.endswith("n") else ""
        if not before.endswith(("n", "=")) or word in ("date", "dates", "day", "days"):
            raise unread(f"{taken.rest.quoted(*found.span())} leaves the date open: {EVENT}")
        vague = vague or not word or word in ("time", "times")
    return vague


def _check_weekday_words(taken: Taken) -> None:
    """Look for a weekday beside the day that is not written as one: `Freiday`, `Th`."""
    before = taken.rest.kinds[: taken.days.start].rstrip("oc")
    beside = [len(before) - 1] if before.endswith("n") else []
    after = re.match("c?n", taken.rest.kinds[taken.days.end :])
    for at in [*beside, *([taken.days.end + after.end() - 1] if after else [])]:
        word = taken.rest.texts[at]
        if (word in _SHORT_WEEKDAYS and at in beside) or _is_nearly_a_weekday(word):
            raise unread(f"{taken.rest.quoted(at, at + 1)} may be a weekday: {EVENT}")


def _is_nearly_a_weekday(word: str) -> bool:
    if len(word) < 5 or word[0] not in "mtwfs":
        return False
    from difflib import get_close_matches

    return bool(get_close_matches(word, [name.lower() for name in WEEKDAYS], 1, 0.8))


def _check_lead(taken: Taken, *, deadline: bool) -> None:
    """Look at the word directly before the day: "from" and "until" leave one end open."""
    lead = re.search(r"([UfrbBa])c?o?#", taken.rest.kinds)
    allowed = ("U" if deadline else "") + ("fU" if taken.weekly else "")
    if lead and lead[1] not in allowed:
        raise unread(f"{taken.rest.quoted(lead.start(), lead.start() + 1)} {_LEADS[lead[1]]}")
    _check_first_number(taken, DEADLINE if deadline else EVENT)


def _check_first_number(taken: Taken, example: str) -> None:
    """Look whether a bare number that begins the date could belong to the word or the time before it."""
    days, sentence, kinds = taken.days, taken.sentence, taken.rest.kinds
    if kinds[days.end :].startswith("K") and not (days.last or days.first).year:
        raise unread(f"{sentence.quoted(days.end, days.end + 1)} is not a year: {example}")
    if sentence.kinds[days.start] != "N":
        return
    if kinds[: days.start].endswith(("=R", "=r")):
        raise unread(f"the dash before the day could belong to the time: {example}")
    before = sentence.texts[days.start - 1] if kinds[: days.start].endswith("n") else ""
    if days.last is not None and not days.first.month and before and before not in _BEFORE_SPANS:
        raise unread(f"{sentence.quoted(days.start - 1, days.start + 1)} may not be a day: {example}")


def _is_hour(taken: Taken, at: int) -> bool:
    """Whether a stray number is an hour somebody left unclear: "at 7", "7 for 7.30pm"."""
    texts = taken.rest.texts
    before, after = texts[at - 1] if at else "", texts[at + 1] if at + 1 < len(texts) else ""
    return before in _BEFORE_TIMES or after in _AFTER_TIMES


def _is_plain_word(taken: Taken, at: int) -> bool:
    """Whether it is "may" or "march" as a verb, with no number beside it."""
    beside = taken.rest.kinds[max(at - 1, 0) : at] + taken.rest.kinds[at + 1 : at + 2]
    return taken.rest.texts[at] in ("may", "march") and not set(beside) & set("NOYyKX")
