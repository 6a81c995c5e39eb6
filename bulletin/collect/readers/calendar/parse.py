"""A calendar file's bytes to its entries, each parsed by itself so that a broken one spoils no other."""

import re
import warnings
from collections.abc import Iterator
from typing import NamedTuple

import icalendar

from bulletin.charset import decode
from bulletin.collect.readers.calendar.vcalendar import modern
from bulletin.wording import plural, quoted

MOST_EVENTS = 50
MOST_LINES = 20_000
LONGEST_LINE = 200_000

_NAMES = frozenset(
    (
        *("begin", "end", "version", "prodid", "calscale", "method", "uid", "dtstamp", "dtstart", "dtend"),
        *(
            "duration",
            "due",
            "completed",
            "summary",
            "description",
            "location",
            "url",
            "organizer",
            "attendee",
        ),
        *("contact", "comment", "categories", "class", "status", "transp", "priority", "sequence", "created"),
        *(
            "last-modified",
            "rrule",
            "rdate",
            "exdate",
            "exrule",
            "recurrence-id",
            "related-to",
            "geo",
            "name",
        ),
        *(
            "resources",
            "attach",
            "request-status",
            "percent-complete",
            "freebusy",
            "trigger",
            "action",
            "repeat",
        ),
        *("tzid", "tzname", "tzoffsetfrom", "tzoffsetto", "tzurl", "color", "image", "conference", "source"),
    )
)
_TEXTS = ("DESCRIPTION", "SUMMARY", "LOCATION", "COMMENT")
_PROPERTY = re.compile(r"([A-Za-z0-9-]+)\s*(?=[;:])")


class Block(NamedTuple):
    """One component of the file as its lines, with the calendar it stands in; `whole`: it has an end."""

    name: str
    lines: tuple[str, ...]
    method: str
    zone: str
    whole: bool

    def raw(self, name: str) -> str:
        """Give a property's value as written, "" where there is none."""
        depth = 0
        for line in self.lines:
            depth += line.upper().startswith("BEGIN:") - line.upper().startswith("END:")
            if depth == 1 and re.match(rf"{name}[;:]", line, re.IGNORECASE):
                return re.sub(r'^(?:[^":]|"[^"]*")*:', "", line)
        return ""


class Entry(NamedTuple):
    """An event and the block it came from."""

    block: Block
    event: icalendar.Event


class Calendars(NamedTuple):
    """All calendars of a file: their events and other components; notes: what was mended or dropped.

    lines: how many there are; over MOST_LINES nothing is taken apart.
    """

    events: list[Block]
    others: list[Block]
    notes: list[str]
    lines: int


def read_blocks(data: bytes) -> Calendars | None:
    """Take a file apart into its components; None means that it is no calendar."""
    text, notes = _text(modern(data))
    if not re.search(r"(?im)^BEGIN:V(?:CALENDAR|EVENT)\s*$", text):
        return None
    if text.count("\n") > MOST_LINES:
        return Calendars([], [], notes, text.count("\n"))
    lines, mended = _mend(text.split("\n"))
    blocks = list(_blocks(lines))
    _learn_zones([block for block in blocks if block.name == "VTIMEZONE"])
    return Calendars(
        [block for block in blocks if block.name == "VEVENT"],
        [block for block in blocks if block.name not in ("VEVENT", "VTIMEZONE")],
        [*notes, *mended],
        len(lines),
    )


def read_event(block: Block) -> icalendar.Event | None:
    """Parse one event; None where icalendar cannot."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            event = icalendar.Event.from_ical("\r\n".join(block.lines))
    except Exception:  # noqa: BLE001 - whatever the library raises, it could not read this event
        return None
    return event if isinstance(event, icalendar.Event) else None


def _text(data: bytes) -> tuple[str, list[str]]:
    """Unfold and decode: RFC 5545 folds bytes, which may be in the middle of a character."""
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = re.sub(rb"(?:\r\n|\n|\r)[ \t]", b"", data)
    decoded = decode(data)
    if decoded is None:
        return "", []
    return re.sub(r"\n[ \t]", "", decoded.text), [decoded.note] if decoded.note else []


def _mend(lines: list[str]) -> tuple[list[str], list[str]]:
    """Join lines that are no property to the text they were broken off, as hand-made files need."""
    out: list[list[str]] = []
    joined, lost, broken = 0, [], False
    for line in (one.rstrip() for one in lines):
        if not line.strip():
            continue
        broken = not _is_property(line, inside_text=broken)
        if not broken:
            out.append([line])
        elif out and out[-1][0].upper().startswith(_TEXTS):
            out[-1].append(line if "\\" in line else re.sub(r"([;,])", r"\\\1", line))
            joined += 1
        else:
            lost.append(quoted(line))
    notes = [f"joined {plural(joined, 'line')} that had been broken off"] if joined else []
    if lost:
        notes.append(f"left out what means nothing in a calendar: {lost[0]} ({plural(len(lost), 'line')})")
    whole = ["\\n".join(parts) for parts in out]
    long = [line for line in whole if _is_too_long(line)]
    if long:
        notes.append(f"cut off after {LONGEST_LINE:,} characters: {quoted(long[0], 40)}")
    return [line[:LONGEST_LINE] if _is_too_long(line) else line for line in whole], notes


def _is_too_long(line: str) -> bool:
    """Whether a line is longer than any text; a file inside an event may be."""
    return len(line) > LONGEST_LINE and not line.upper().startswith("ATTACH")


def _is_property(line: str, *, inside_text: bool) -> bool:
    found = _PROPERTY.match(line)
    if not found:
        return False
    name = found[1]
    known = name.lower() in _NAMES or name.lower().startswith("x-")
    if inside_text:
        return known and name in (name.upper(), name.lower())
    return known or name.isupper()


def _blocks(lines: list[str]) -> Iterator[Block]:
    """Give the components directly inside a calendar; one that is never closed ends with the file."""
    open_at: int | None = None
    depth, name, method, zone = 0, "", "", ""
    for at, line in enumerate([*lines, ""]):
        mark, _, value = line.upper().partition(":")
        value = value.strip()
        if open_at is not None and (not line or (mark == "END" and value == "VCALENDAR") or depth > 20):
            yield Block(name, (*lines[open_at:at], *_ends(lines[open_at:at])), method, zone, whole=False)
            open_at, depth = None, 0
        if mark == "BEGIN" and value == "VCALENDAR":
            method, zone = "", ""
        elif mark == "BEGIN":
            if open_at is None:
                open_at, depth, name = at, 0, value
            depth += 1
        elif mark == "END" and open_at is not None:
            depth -= 1
            if depth <= 0:
                yield Block(name, tuple(lines[open_at : at + 1]), method, zone, whole=True)
                open_at = None
        elif open_at is None and mark == "METHOD":
            method = value
        elif open_at is None and mark.startswith("X-WR-TIMEZONE"):
            zone = line.partition(":")[2].strip()


def _ends(lines: list[str]) -> list[str]:
    """Close what a cut-off component left open."""
    still: list[str] = []
    for line in lines:
        mark, _, value = line.upper().partition(":")
        if mark == "BEGIN":
            still.append(value.strip())
        elif mark == "END" and still:
            still.pop()
    return [f"END:{name}" for name in reversed(still)]


def _learn_zones(blocks: list[Block]) -> None:
    """Make the file's own time zones known, and no other file's.

    A zone with a rule more frequent than yearly would be unrolled by the second since 1601: it stays unknown.
    """
    icalendar.use_zoneinfo()  # type: ignore[no-untyped-call]
    for block in blocks[:100]:
        if any(re.search(r"FREQ=(?!YEARLY)", line, re.IGNORECASE) for line in block.lines):
            continue
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                icalendar.Timezone.from_ical("\r\n".join(block.lines))
        except Exception:  # noqa: BLE001, S112 - the zone stays unknown, and every event in it says so
            continue
