"""Days and times that are certain, said in house words that are read back as the same."""

from datetime import date, time
from typing import NamedTuple

from bulletin.dates import house_date, house_time, house_when, read_when
from bulletin.model.when import DoubtKind, When

_YEARS = range(1900, 2100)  # those that a date in words may have


class Spoken(NamedTuple):
    """Words for `when`; a line for the text, or ""; problem: why they would be read as something else."""

    words: str
    line: str = ""
    problem: str = ""


def say_span(first: date, last: date, starts: time | None, ends: time | None) -> Spoken:
    """Say when something happens; hours that run over days go to the text, where they are not each day's.

    An end at an earlier hour than the start on one day is on the next morning.
    """
    if last <= first or starts is None or ends is None:
        return say(When("-", first, last, starts, ends))
    begins = f"Starts at {house_time(starts)} on {house_date(first)}"
    line = f"{begins}, ends at {house_time(ends)} on {house_date(last)}."
    return say(When("-", first, last))._replace(line=line)


def say(when: When) -> Spoken:
    """Write it in house style, and say where that would be read as anything else."""
    words = house_when(when)
    back = read_when(words, when.start or date.min)
    if back[1:6] == when[1:6] and not back.doubts:
        return Spoken(words)
    detail = next((doubt.detail for doubt in back.doubts if doubt.kind is not DoubtKind.YEAR), "")
    if when.start and when.start.year not in _YEARS:
        words = f"not certain: {words}"  # in words, 31 December 31 would be one of ours
    return Spoken(words, problem=detail or "its date could be read in more than one way")
