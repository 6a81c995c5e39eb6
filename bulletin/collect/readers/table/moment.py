"""Date and time columns to one `when`: real dates in house style, words as they stand."""

import re
from collections.abc import Mapping
from datetime import date, time
from typing import NamedTuple

from bulletin.collect.readers.table.grid import Cell
from bulletin.collect.words.span import Spoken, say_span
from bulletin.dates import house_date, house_time, read_deadline, read_when
from bulletin.dates.names import WEEKDAYS, plain_date
from bulletin.model.when import DoubtKind
from bulletin.wording import unbroken

_MONTH = re.compile(r"(?i)\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)")
_NUMERIC = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_TWENTY_FOUR = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)(?::00)?")
_NOWHEN = date(2000, 1, 1)  # a reference that no word is read against: only what holds in any year is asked


class Times(NamedTuple):
    """The cells of a row that say when: its first and last day and its times."""

    day: Cell
    end_day: Cell
    start: Cell
    end: Cell
    weekday: str


def when_of(cells: Mapping[str, Cell]) -> Spoken:
    """Put a row's date and time cells together."""
    times = _times(cells)
    if not times.day:
        alone = ", ".join(unbroken(cell.words) for cell in (times.start, times.end) if cell)
        return Spoken(", ".join(part for part in (times.weekday, alone) if part))
    if (
        times.day.day
        and _certain(times.end_day, "day")
        and _certain(times.start, "at")
        and _certain(times.end, "at")
    ):
        first, last = times.day.day, times.end_day.day or times.day.day
        spoken = say_span(first, last, times.start.at, times.end.at)
        if not times.weekday or _fits(times.weekday, first):
            return spoken
    return Spoken(", ".join(part for part in (_day_words(times), _time_words(times)) if part))


def deadline_of(cell: Cell) -> str:
    """Write an opening or closing date."""
    if cell.day is None:
        return unbroken(cell.words)
    return f"{house_time(cell.at)} on {house_date(cell.day)}" if cell.at else house_date(cell.day)


def doubt_in(words: str, *, deadline: bool = False) -> str:
    """Give what is wrong with a date in any year, "" where nothing is or only its year could tell."""
    if not words:
        return ""
    read = (read_deadline if deadline else read_when)(words, _NOWHEN)
    has_year = bool(_YEAR.search(words))
    kinds = (DoubtKind.UNREAD, DoubtKind.ORDER, *((DoubtKind.WEEKDAY,) if has_year else ()))
    found = next((doubt.detail for doubt in read.doubts if doubt.kind in kinds), "")
    short = bool(re.search(r"[/.-]\d\d(?!\d)|'\d\d", words)) and not has_year
    return "" if short and "year" in found else found


def twenty_four(words: list[str]) -> bool:
    """Whether a column of times is plainly on the 24-hour clock: 09:00, 14:30."""
    found = [_TWENTY_FOUR.fullmatch(one.strip()) for one in words if one.strip()]
    return (
        bool(found)
        and all(found)
        and any(one and (int(one[1]) > 12 or one[1].startswith("0")) for one in found)
    )


def on_the_clock(cell: Cell) -> Cell:
    """Give a cell of a 24-hour column its time."""
    found = _TWENTY_FOUR.fullmatch(cell.words.strip())
    return cell._replace(at=time(int(found[1]), int(found[2]))) if found and not cell.at else cell


def is_serial(cell: Cell) -> bool:
    """Whether a bare number in a date column may be a date that lost its format: 46360 is 4 December 2026."""
    return cell.day is None and bool(re.fullmatch(r"4[0-9]{4}(?:\.\d+)?", cell.words))


def _times(cells: Mapping[str, Cell]) -> Times:
    day = cells.get("when") or cells.get("day") or cells.get("start day") or Cell()
    start = cells.get("start") or cells.get("time") or Cell()
    end, end_day = cells.get("end") or Cell(), cells.get("end day") or Cell()
    if not day and _is_date(start):
        day, start = start, Cell()
    if not end_day and _is_date(end):
        end_day, end = end, Cell()
    if not start and day.at:
        start = Cell(house_time(day.at), None, day.at)
    if not end and end_day.at:
        end = Cell(house_time(end_day.at), None, end_day.at)
    return Times(day, end_day, start, end, unbroken((cells.get("weekday") or Cell()).words))


def _is_date(cell: Cell) -> bool:
    return cell.day is not None or bool(_MONTH.search(cell.words) or _NUMERIC.search(cell.words))


def _certain(cell: Cell, part: str) -> bool:
    return not cell or getattr(cell, part) is not None


def _fits(weekday: str, day: date) -> bool:
    return WEEKDAYS[day.weekday()].lower().startswith(weekday.lower()[:3])


def _day_words(times: Times) -> str:
    """Write the day or days; a weekday that does not fit is kept, so that it is asked about."""
    first = _one_day(times.day)
    if times.weekday and not (times.day.day and _fits(times.weekday, times.day.day)):
        bare = plain_date(times.day.day) if times.day.day else first
        first = bare if times.weekday.lower()[:3] in bare.lower() else f"{times.weekday} {bare}"
    last = _one_day(times.end_day)
    return f"{first} to {last}" if last and last != first else first


def _one_day(cell: Cell) -> str:
    return house_date(cell.day) if cell.day else unbroken(cell.words)


def _time_words(times: Times) -> str:
    start, end = (
        house_time(cell.at) if cell.at else unbroken(cell.words) for cell in (times.start, times.end)
    )
    if start and end:
        return f"{start} to {end}"
    return start or (f"until {end}" if end else "")
