"""Read a calendar file (.ics): one item for each event, its date in house style and in UK time."""

import re
from collections import Counter

from bulletin.collect.readers.calendar.entry import EventRead, read_one
from bulletin.collect.readers.calendar.parse import MOST_EVENTS, MOST_LINES, Calendars, read_blocks
from bulletin.collect.reading import Reading, not_read
from bulletin.model.contribution import FileOutcome
from bulletin.wording import listed, plural, quoted

MOST_ATTACHED = 10
ASK = "ask the sender for the event in an e-mail: title, when, where"
_OTHERS = {
    "VTODO": ("task", "tasks"),
    "VJOURNAL": ("journal entry", "journal entries"),
    "VFREEBUSY": ("list of free and busy times", "lists of free and busy times"),
    "VALARM": ("alarm", "alarms"),
}


def read_calendar_file(_name: str, data: bytes) -> Reading:
    """Read a calendar file: an item for each event that goes ahead; what it cancels or asks is said."""
    calendars = read_blocks(data)
    if calendars is None:
        return not_read("it is not a calendar file, whatever its name says", ASK)
    if calendars.lines > MOST_LINES:
        why = f"it is too large to be an event: {calendars.lines:,} lines; no item was made of it"
        return Reading(FileOutcome.NEEDS_YOU, why, ASK)
    if not calendars.events:
        return _without_events(calendars)
    if len(calendars.events) > MOST_EVENTS:
        return _whole_diary(calendars)
    return _together(calendars, [read_one(block, calendars) for block in calendars.events])


def _without_events(calendars: Calendars) -> Reading:
    said = _others(calendars)
    if not said:
        why = "the calendar is empty: it held no event"
        return Reading(FileOutcome.READ, why, notes=tuple(calendars.notes))
    hint = "if it is for the bulletin, type it into a text file (.txt); if not, take the file out"
    why = f"it holds no event, only {said}"
    return Reading(FileOutcome.NEEDS_YOU, why, hint, notes=tuple(calendars.notes))


def _others(calendars: Calendars) -> str:
    """Name what is in the file beside events, with the first titles."""
    kinds = Counter(block.name for block in calendars.others)
    parts = []
    for name, number in sorted(kinds.items()):
        titles = [block.raw("SUMMARY").strip() for block in calendars.others if block.name == name]
        first = next((title for title in titles if title), "")
        one, many = _OTHERS.get(name, (f"{name[:30]} entry", f"{name[:30]} entries"))
        what = plural(number, one, many)
        more = " and more" if number > 1 else ""
        parts.append(f"{what} ({quoted(first, 40)}{more})" if first else what)
    return listed(parts)


def _whole_diary(calendars: Calendars) -> Reading:
    titles = [quoted(block.raw("SUMMARY"), 40) for block in calendars.events[:3]]
    return Reading(
        FileOutcome.NEEDS_YOU,
        f"it is a whole diary: {len(calendars.events):,} events, and at most {MOST_EVENTS} are taken",
        "ask the sender which of them are for the bulletin, and for those alone",
        notes=(*calendars.notes, f"it begins with {listed(titles)}"),
    )


def _together(calendars: Calendars, read: list[EventRead]) -> Reading:
    """Make one reading of all events."""
    drafts = tuple(one.draft for one in read if one.draft)
    asks = _by_clause([(one.title, ask) for one in read for ask in one.asks], several=len(read) > 1)
    notes = _by_clause([(one.title, note) for one in read for note in one.notes], several=len(read) > 1)
    others = _others(calendars)
    notes = [*calendars.notes, *notes, *([f"{others} left out"] if others else [])]
    outcome = FileOutcome.NEEDS_YOU if asks else FileOutcome.READ
    hint = ""
    if asks:
        about = "see whether an item of yours is about it"
        hint = "see each of them, then correct its item" if drafts else about
    attached = tuple(one for each in read for one in each.attached)
    if len(attached) > MOST_ATTACHED:
        notes.append(f"{len(attached) - MOST_ATTACHED} of {len(attached)} attached files left out")
    return Reading(outcome, "; ".join(asks), hint, drafts, tuple(notes), attached[:MOST_ATTACHED])


def _by_clause(said: list[tuple[str, str]], *, several: bool) -> list[str]:
    """Put each clause once, with the events it is about: what is said in brackets is only an example."""
    titles: dict[str, list[str]] = {}
    example: dict[str, str] = {}
    for title, clause in said:
        key = re.sub(r" \(.*\)$", "", clause)
        example.setdefault(key, clause)
        titles.setdefault(key, []).append(title)
    if not several:
        return list(example.values())
    named = {key: [*filter(None, dict.fromkeys(some))] for key, some in titles.items()}
    return [f"{listed(named[key], 3)}: {clause}" if named[key] else clause for key, clause in example.items()]
