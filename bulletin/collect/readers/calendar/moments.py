"""When an event happens, in words of the house that are read back to the same day and time, or that ask."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import NamedTuple

import icalendar

from bulletin.collect.readers.calendar import repeats
from bulletin.collect.readers.calendar.local import LONDON, Span, local, span_of
from bulletin.collect.readers.calendar.parse import Entry
from bulletin.collect.words.span import Spoken, say, say_span
from bulletin.dates import house_date, house_time, read_when
from bulletin.dates.names import WEEKDAYS
from bulletin.model.when import When
from bulletin.wording import listed, quoted

_DAY = timedelta(days=1)
_AS_HERE = (
    "",
    "Europe/London",
    "GB",
    "Etc/UTC",
    "UTC",
)  # a whole calendar's zone that leaves its times alone


class Said(NamedTuple):
    """When it happens: words for the label, a line for the text or "", clauses to note and to ask about."""

    words: str
    line: str = ""
    notes: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()


def say_when(entry: Entry) -> Said:
    """Say when an event happens; what is not certain comes out in words that are not taken for a date."""
    raw = entry.block.raw("DTSTART").strip()
    start = _value(entry.event, "DTSTART")
    if start is None:
        asks = f"its date ({quoted(raw, 40)}) could not be read" if raw else "it has no date"
        return Said(raw, asks=(asks,))
    end, problem = _end(entry, start)
    zone = _unknown_zone(entry, start)
    if zone:
        return _elsewhere(span_of(start, end), zone)
    span = span_of(start, end)
    said = _repeated(entry.event, span, start) or _by_broken_rule(entry, span) or _once(span)
    notes = tuple(note for note in (_zone_note(entry, start),) if note)
    return said._replace(notes=(*notes, *said.notes), asks=(*said.asks, *((problem,) if problem else ())))


def listed_days(event: icalendar.Event, name: str) -> frozenset[date]:
    """Give the days of EXDATE or RDATE, in London."""
    found = event.get(name, [])
    days: list[object] = []
    for each in found if isinstance(found, list) else [found]:
        with suppress(ValueError, AttributeError):  # a broken list is asked about
            values = [one.dt for one in each.dts]
            days += [value[0] if isinstance(value, tuple) else value for value in values]
    return frozenset(local(day)[0] for day in days if isinstance(day, date))


def _value(event: icalendar.Event, name: str) -> date | None:
    """Give a property's first date or date and time; None where it has none that could be read."""
    found = event.get(name)
    one = found[0] if isinstance(found, list) and found else found
    try:
        value = getattr(one, "dt", None)
    except (ValueError, AttributeError):
        return None
    return value if isinstance(value, date) else None


def _end(entry: Entry, start: date) -> tuple[date | None, str]:
    """Give the end, from DTEND or DURATION, or None and what is wrong with it."""
    end = _value(entry.event, "DTEND")
    if end is not None:
        return end, ""
    for name in ("DTEND", "DURATION"):
        raw = entry.block.raw(name).strip()
        if not raw:
            continue
        try:
            length = getattr(entry.event.get("DURATION"), "dt", None) if name == "DURATION" else None
        except (ValueError, AttributeError):
            length = None
        if isinstance(length, timedelta):
            return start + length, ""
        return None, f"its end ({quoted(raw, 40)}) could not be read"
    return None, ""


def _once(span: Span) -> Said:
    """Say an event that happens once."""
    return _said(say_span(span.first, span.last, span.starts, span.ends))


def _said(spoken: Spoken) -> Said:
    return Said(spoken.words, spoken.line, asks=(spoken.problem,) if spoken.problem else ())


def _repeated(event: icalendar.Event, span: Span, start: date) -> Said | None:
    """Say an event with a rule, None for one without."""
    rule = event.get("RRULE")
    more = sorted(listed_days(event, "RDATE") - {span.first})
    if not rule and not more:
        return None
    if isinstance(rule, list) or not isinstance(rule or {}, dict):
        return _involved(span, "every time its rules say", "it repeats by more than one rule")
    days = f"it also happens on {listed([house_date(day) for day in more[:6]])}" if more else ""
    if not rule:
        return _involved(span, f"every day of these: {listed([house_date(day) for day in more[:6]])}")
    plain = _plain(event, {str(name).upper(): values for name, values in rule.items()}, span, start)
    return plain._replace(asks=(*plain.asks, days)) if days else plain


def _by_broken_rule(entry: Entry, span: Span) -> Said | None:
    """Say an event whose rule is there and could not be read, None for one without."""
    raw = next((raw for name in ("RRULE", "RDATE", "EXRULE") if (raw := entry.block.raw(name).strip())), "")
    if not raw:
        return None
    return _involved(span, f"every time its rule says ({quoted(raw, 60)})", "its rule could not be read")


def _plain(event: icalendar.Event, rule: repeats.Rule, span: Span, start: date) -> Said:
    """Say a rule: as the house does where it is weekly, as a span where it is daily, otherwise in words."""
    until = next(iter(rule.get("UNTIL", [])), None)
    last_day = _last_day(until, span) if isinstance(until, date) else None
    words = repeats.in_words(rule, last_day)
    weekly = repeats.is_plain(rule, "WEEKLY", span.own_day)
    daily = repeats.is_plain(rule, "DAILY", span.own_day)
    if not (weekly or daily) or span.last != span.first:
        return _involved(span, words)
    count = next(iter(rule.get("COUNT", [])), None)
    out = listed_days(event, "EXDATE")
    count = count if isinstance(count, int) else None
    found = repeats.series(span.first, 7 if weekly else 1, count, last_day, out)
    if found is None:
        return _involved(span, words, "it stops repeating before it starts")
    if (daily and found.last is None) or _shifts(start, span, found):
        shifts = ", an hour earlier or later when the clocks change" if found.last or weekly else ""
        return _involved(span, words + shifts)
    return _series(span, found, weekly=weekly)


def _series(span: Span, found: repeats.Series, *, weekly: bool) -> Said:
    last = found.last or found.first
    again = weekly and (found.last is None or found.last > found.first)
    every = f"every {WEEKDAYS[found.first.weekday()]}" if again else ""
    said = _said(say(When("-", found.first, last, span.starts, span.ends, every)))
    if not found.missing:
        return said
    days = listed([house_date(day) for day in found.missing[:12]])
    return said._replace(line=f"Not on {days}.", asks=(*said.asks, f"it does not happen on {days}"))


def _last_day(until: date, span: Span) -> date:
    """Give the last day a rule allows in London; one that ends earlier in the day than it starts is out."""
    day, at = local(until)
    return day - _DAY if at is not None and span.starts is not None and at < span.starts else day


def _shifts(start: date, span: Span, found: repeats.Series) -> bool:
    """Whether the London hour of what happens at the same hour elsewhere moves within its first year."""
    if not isinstance(start, datetime) or start.tzinfo is None:
        return False
    limit = found.last or found.first + timedelta(days=366)
    days = range(0, min((limit - span.first).days, 366) + 1, 7)
    return any(local(start + timedelta(days=n))[1] != span.starts for n in days)


def _involved(span: Span, every: str, *asks: str) -> Said:
    """Say a first day and a rule that is nobody's date until somebody has decided: "every" makes it ask."""
    first = _once(span)
    words = f"{first.words}, then {every}"
    if read_when(words, span.first).start is not None:
        words = f"{first.words}, then every time its rule says"
    return Said(words, first.line, asks=(f"it repeats: {every}", *(ask for ask in asks if ask)))


def _unknown_zone(entry: Entry, start: date) -> str:
    """Name the time zone that only the file knows; "" where the time is London's or can be made so."""
    if not isinstance(start, datetime) or start.tzinfo is not None:
        return ""
    named = _zone_id(entry)
    return named or ("" if entry.block.zone in _AS_HERE else entry.block.zone)


def _elsewhere(span: Span, zone: str) -> Said:
    if span.starts is None:
        return _once(span)
    clock = quoted(zone.replace('"', "'"), 50)
    words = f"{_once(span).words}, by the clock of {clock}, which may be earlier or later here"
    return Said(words, asks=(f"its time zone {clock} is not one we know",))


def _zone_note(entry: Entry, start: date) -> str:
    """Say that a time was converted, where that changed it."""
    if not isinstance(start, datetime) or start.tzinfo is None:
        return ""
    here = start.astimezone(LONDON)
    if here.utcoffset() == start.utcoffset():
        return ""
    zone = _zone_id(entry).replace('"', "'")[:60] or "UTC"
    example = f"{house_time(start.time())} is {house_time(here.time())} here"
    return f"its times were turned from {zone} into UK time ({example})"


def _zone_id(entry: Entry) -> str:
    found = entry.event.get("DTSTART")
    return str(getattr(found[0] if isinstance(found, list) else found, "params", {}).get("TZID", ""))
