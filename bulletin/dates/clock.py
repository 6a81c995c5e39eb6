"""Times of day in a sentence: taken only where morning or afternoon is certain."""

import re
from datetime import time
from functools import cache
from typing import NamedTuple

from bulletin.dates.words import Sentence

_MIDNIGHT = time(0, 0)


class Clock(NamedTuple):
    """A time as written; half is "am", "pm", "24" (no doubt which half), "midnight", or "" where unsaid."""

    hour: int
    minute: int
    half: str


class Times(NamedTuple):
    """The tokens from start to end that give times of day; None where not given.

    words: as written, between quotation marks; sure: whether the times are certain (if not, both are None).
    until: whether the one time is an end.
    """

    start: int
    end: int
    words: str
    starts: time | None
    ends: time | None
    sure: bool
    until: bool = False


@cache
def _grammar() -> re.Pattern[str]:
    return re.compile(
        r"b(?P<low>[TCN])A(?P<high>[TCN])|f?(?P<from>[TCN])[RrU](?P<to>[TCN])|(?P<one>[BfU]?[TC])"
    )


@cache
def _beside_day() -> re.Pattern[str]:
    return re.compile(r"#[cRo]{0,2}[fb]?$")


def find_times(sentence: Sentence, *, whole_day: bool) -> list[Times]:
    """Find every time and span of times, once days are marked `#`.

    whole_day: read `10:00` on the 24-hour clock, as beside an ISO date. Two bare numbers are times only
    directly after a day.
    """
    found = []
    for match in _grammar().finditer(sentence.kinds):
        bare = "C" not in match[0] and "T" not in match[0]
        if not bare or _beside_day().search(sentence.kinds[: match.start()][-4:]):
            found.append(_times(sentence, match, "24" if whole_day else ""))
    return found


def in_order(starts: time, ends: time) -> bool:
    """Whether the end can follow the start, on the same day or in the small hours of the next (by 8am)."""
    return starts < ends or (starts >= time(12, 0) and ends <= time(8, 0))


def _times(sentence: Sentence, match: re.Match[str], half: str) -> Times:
    words = sentence.quoted(*match.span())
    one = match["one"]
    if one:
        at = _single(_clock(sentence.texts[match.end("one") - 1], half))
        until = one[0] in "UB"
        starts, ends = (None, at) if until else (at, None)
        return Times(match.start(), match.end(), words, starts, ends, at is not None, until)
    groups = ("low", "high") if match["low"] else ("from", "to")
    first, last = (_clock(sentence.texts[match.start(group)], half) for group in groups)
    pair = _pair(first, last)
    starts, ends = pair or (None, None)
    return Times(match.start(), match.end(), words, starts, ends, pair is not None)


def _clock(text: str, half: str) -> Clock | None:
    """Read one token; None where there is no such time, and for 12am, which people read both ways."""
    if text.endswith("midnight"):
        return Clock(0, 0, "midnight")
    if text.endswith(("noon", "midday", "mid-day")):
        return Clock(12, 0, "pm")
    hour, minute = _digits(text)
    letters = re.sub(r"[^a-z]", "", text)
    if minute > 59 or hour > 23:
        return None
    if letters in ("am", "pm"):
        unsaid = (hour, minute, letters) == (12, 0, "am")
        return Clock(hour, minute, letters) if 1 <= hour <= 12 and not unsaid else None
    certain = letters or hour > 12 or hour == 0 or text.startswith("0")
    return Clock(hour, minute, "24" if certain else half)


def _digits(text: str) -> tuple[int, int]:
    """Read the hour and the minute of `5`, `5.30`, `17:00`, `1700hrs`."""
    numbers = re.findall(r"[0-9]+", text)
    if len(numbers) == 1 and len(numbers[0]) > 2:
        return int(numbers[0][:-2]), int(numbers[0][-2:])
    return int(numbers[0]), int(numbers[1]) if len(numbers) > 1 else 0


def _time(clock: Clock) -> time:
    hour = clock.hour % 12 + (12 if clock.half == "pm" else 0) if clock.half in ("am", "pm") else clock.hour
    return time(hour, clock.minute)


def _single(clock: Clock | None) -> time | None:
    """Give a time that stands alone, where its half of the day is certain."""
    return _time(clock) if clock is not None and clock.half else None


def _pair(first: Clock | None, last: Clock | None) -> tuple[time, time] | None:
    """Give a start and an end, where both are certain; a start at midnight never says which one."""
    if first is None or last is None:
        return None
    first, last = _with_halves(first, last)
    if not first.half or not last.half or _time(first) == _MIDNIGHT:
        return None
    return _time(first), _time(last)


def _with_halves(first: Clock, last: Clock) -> tuple[Clock, Clock]:
    """Lend each other what the words imply: 10-12, 2-4pm, 10-12.30pm, 10.00-13.00, 10am-12."""
    if last.half == "24" and not first.half and first.hour >= 8:
        return first._replace(half="24"), last
    if first.half == "24" and not last.half and last.hour > first.hour:
        return first, last._replace(half="24")
    if not last.half and last.hour == 12 and 8 <= first.hour <= 11 and first.half in ("", "am", "24"):
        last = last._replace(half="pm")
    if first.half or last.half not in ("am", "pm"):
        return first, last
    same = first._replace(half=last.half)
    if first.hour <= 12 and _time(same) < _time(last) and (first.hour, last.half) != (12, "am"):
        return same, last
    earlier = first._replace(half="am")
    return (earlier if last.half == "pm" and 8 <= first.hour <= 11 else first), last
