"""All coming dates as one calendar that programs subscribe to (RFC 5545 and 7986)."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from bulletin.calendar import PRODUCT, TIMEZONE
from bulletin.markdown import clean_line

_EVENT = re.compile(r"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", re.DOTALL)
_END = re.compile(r"^DT(START|END)(?:;[^:\r\n]*)?:(\d{8})(T?)", re.MULTILINE)
_LINE = {name: re.compile(rf"^{name}:([^\r\n]*)", re.MULTILINE) for name in ("DTSTAMP", "UID", "SEQUENCE")}
_UNTIL = re.compile(r"^RRULE:[^\r\n]*UNTIL=(\d{8})", re.MULTILINE)


def calendar_feed(name: str, files: Iterable[str]) -> bytes:
    """Put the events of several calendars into one, each as it stands in its own file.

    Of an event that several issues told of, the newest version stands for all: a UID may be there once.

    Args:
        name: what programs call the calendar.
    """
    title = re.sub(r"([\\;,])", r"\\\1", clean_line(name))
    head = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        *_folded(f"NAME:{title}"),
        *_folded(f"X-WR-CALNAME:{title}"),
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
        "X-PUBLISHED-TTL:P1D",
        *TIMEZONE.decode().splitlines(),
    ]
    newest: dict[str, tuple[Identity, str]] = {}
    for event in (event for file in files for event in _EVENT.findall(file)):
        found = identity_of(event)
        name = found.uid or event
        if name not in newest or found > newest[name][0]:
            newest[name] = found, event
    events = "".join(event for _, event in newest.values())
    return ("\r\n".join([*head, ""]) + events + "END:VCALENDAR\r\n").encode()


class Identity(NamedTuple):
    """Which event a calendar is of, "" where it does not say, and what is greater in a newer version."""

    uid: str
    sequence: int
    stamp: str


def identity_of(event: str) -> Identity:
    """Give an event's identity from its lines (RFC 5545 3.8.4.7, 3.8.7.2 and 3.8.7.4)."""
    whole = event.replace("\r\n ", "")
    stamp, uid, sequence = (_LINE[name].search(whole) for name in ("DTSTAMP", "UID", "SEQUENCE"))
    number = int(sequence[1]) if sequence else 0
    return Identity(uid[1] if uid else "", number, stamp[1] if stamp else "")


def last_day(file: str) -> date | None:
    """Give the last day of a calendar's event, or of its run of weeks; None where it has no date."""
    event = "".join(_EVENT.findall(file))
    days = {kind: (_day(digits), at) for kind, digits, at in _END.findall(event)}
    if not days:
        return None
    last, at = days.get("END") or days["START"]
    whole = "END" in days and not at  # the end of whole days is the day after (RFC 5545 3.6.1)
    until = _UNTIL.search(event)
    return _day(until[1]) if until else last - timedelta(days=whole)


def _day(digits: str) -> date:
    return date.fromisoformat(f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}")


def _folded(line: str) -> list[str]:
    """Fold a line so that none has more than 75 octets (RFC 5545 3.1)."""
    lines, now = [], ""
    for letter in line:
        if len((now + letter).encode()) > 75:
            lines.append(now)
            now = " "
        now += letter
    return [*lines, now]
