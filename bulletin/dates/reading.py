"""The strict UK grammar of dates: what is certain from the words alone, and a doubt for all else.

A day is taken only if its number and its month are in the words, there is one way to read them, and every
weekday there fits. Other words ("refreshments provided", "tbc", a place) are let be, before or after,
as long as nothing among them could be a second date or takes the first one back: a stray number,
weekday, month or year, "cancelled", "not", "monthly". A time is taken only if morning or afternoon is
certain; where it is not, the day stands and a doubt asks for the time. Nothing is guessed: the year alone
may be assumed, and then a doubt says so.
"""

import re
from datetime import date, time, timedelta

from bulletin.dates.beside import words_beside
from bulletin.dates.clock import Times, in_order
from bulletin.dates.house import house_time
from bulletin.dates.leftovers import check_leftovers
from bulletin.dates.names import WEEKDAYS
from bulletin.dates.spans import Span, check_weekday, on_calendar
from bulletin.dates.taking import DEADLINE, EVENT, MORE_THAN_ONE, Taken, take
from bulletin.dates.unsure import UnsureError, unread
from bulletin.dates.zones import goes_by
from bulletin.model.when import Doubt, DoubtKind, When

_LONGEST = 300  # characters: more is a paragraph, not a date
_LAST_MINUTE = time(23, 59)
_MIDNIGHT, _MORNING, _NOON = time(0, 0), time(8, 0), time(12, 0)
_ONE_DAY = timedelta(days=1)

Read = tuple[time | None, time | None, tuple[Doubt, ...]]


def read(words: str, reference: date, *, deadline: bool) -> When:
    """Read words that are not blank: when something happens, or a deadline."""
    try:
        if len(words) > _LONGEST:
            raise unread(f"this is too long for a date: {DEADLINE if deadline else EVENT}")
        return _understood(words, reference, deadline=deadline)
    except UnsureError as unsure:
        return When(words, doubts=unsure.doubts)


def _understood(words: str, reference: date, *, deadline: bool) -> When:
    """Read the words, or raise UnsureError where no day is certain."""
    taken = take(words, deadline=deadline)
    vague = check_leftovers(taken, deadline=deadline)
    span = _placed(taken, reference, deadline=deadline)
    if taken.days.hours:
        return _overnight(words, taken, span, vague=vague or deadline)
    if taken.days.both and (deadline or span.end - span.start != _ONE_DAY):
        raise unread(MORE_THAN_ONE)
    vague = vague or _is_another_clock(taken, span)
    starts, ends, doubts = _unclear("the time") if vague else _times(taken, deadline=deadline)
    weekly = f"every {WEEKDAYS[span.start.weekday()]}" if taken.weekly else ""
    timed = not doubts
    beside = "" if deadline and timed else words_beside(words, taken, timed=timed)
    return When(words, span.start, span.end, starts, ends, weekly, span.doubts + doubts, beside)


def _placed(taken: Taken, reference: date, *, deadline: bool) -> Span:
    """Place the days on the calendar, or raise UnsureError, which says too if the times are out of order."""
    try:
        span = on_calendar(taken.days, reference)
        if taken.weekday is not None:
            check_weekday(span.start, taken.weekday)
    except UnsureError as unsure:
        (first, *_), (_, _, doubts) = unsure.doubts, _times(taken, deadline=deadline)
        more = tuple(doubt for doubt in doubts if doubt.kind is DoubtKind.ORDER)
        raise UnsureError(first.kind, first.detail, more) from None
    return span


def _overnight(words: str, taken: Taken, span: Span, *, vague: bool) -> When:
    """Read a time on each of two days as one night, or raise UnsureError: a longer span has no such hours."""
    hours = [times.starts for times in taken.times if times.sure]
    starts, ends = hours if len(hours) == 2 else (None, None)
    night = span.end - span.start == _ONE_DAY and not _is_another_clock(taken, span)
    if vague or not night or starts is None or ends is None or starts < _NOON or ends > _MORNING:
        raise unread(MORE_THAN_ONE)
    beside = words_beside(words, taken, timed=True)
    return When(words, span.start, span.start, starts, ends, doubts=span.doubts, beside=beside)


def _is_another_clock(taken: Taken, span: Span) -> bool:
    """Whether a time is given by a clock that is not the one here on that day: "5pm CET".

    Raises:
        UnsureError: it is a stamp, which may be on another day here.
    """
    zones = [taken.rest.texts[found.start(1)] for found in re.finditer("=c?(g)", taken.rest.kinds)]
    other = any(not goes_by(zone, span.start) for zone in zones)
    if other and "D" in taken.sentence.kinds:
        raise unread(f"its time is by another clock than ours: {EVENT}")
    return other


def _times(taken: Taken, *, deadline: bool) -> Read:
    """Give the times that are certain, or a doubt in their place."""
    if not taken.times:
        return None, None, ()
    if len(taken.times) > 1 or not taken.times[0].sure:
        return _unclear(" and ".join(times.words for times in taken.times))
    times = _by_midnight(taken.times[0]) if deadline else taken.times[0]
    if times.starts == _MIDNIGHT or (deadline and times.ends == _MIDNIGHT):
        return _unclear(times.words)
    if times.starts and times.ends is not None and not in_order(times.starts, times.ends):
        detail = f"it ends ({house_time(times.ends)}) before it starts ({house_time(times.starts)})"
        return None, None, (Doubt(DoubtKind.ORDER, detail),)
    return times.starts, times.ends, ()


def _by_midnight(times: Times) -> Times:
    """Read a lone time as an end, and the word midnight as the last minute of the day."""
    lone = times.starts if times.ends is None else times.ends
    if lone == _MIDNIGHT and times.words.endswith('midnight"'):
        lone = _LAST_MINUTE
    return times._replace(starts=None if times.ends is None else times.starts, ends=lone)


def _unclear(said: str) -> Read:
    """Say that the day is certain and the time is not."""
    detail = f'{said} could be read in more than one way: write it like "10am to 12:30pm"'
    return None, None, (Doubt(DoubtKind.UNREAD, detail),)
