"""One event of a calendar to a draft, or why it gives none."""

import base64
import binascii
import re
from typing import NamedTuple

import icalendar

from bulletin.charset import clean
from bulletin.collect.readers.calendar.moments import Said, say_when
from bulletin.collect.readers.calendar.parse import Block, Calendars, Entry, read_event
from bulletin.collect.readers.calendar.words import describe, line, place, safe_link
from bulletin.collect.reading import Attached, Draft
from bulletin.wording import listed, plural, quoted, unbroken

_CANCELLED = re.compile(r"(?i)\W*cancell?ed\b")
_ANSWERS = ("REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH")
_DATES = ("DTSTART", "DTEND", "DURATION")
_DAYS = ("RRULE", "RDATE", "EXDATE", "EXRULE")
_NO_DATE = (ValueError, OverflowError, TypeError, LookupError, AttributeError, ArithmeticError)
"""What dates of no year, zones of no offset and broken properties raise."""


class EventRead(NamedTuple):
    """What one event gave: a draft or none, clauses to note and to ask about, what was attached.

    title: what the clauses are about, "" where they say it themselves.
    """

    title: str
    draft: Draft | None
    notes: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    attached: tuple[Attached, ...] = ()


def read_one(block: Block, calendars: Calendars) -> EventRead:
    """Read one event; whatever is wrong with it stays its own."""
    title = quoted(block.raw("SUMMARY").strip() or "an event without a title")
    event = read_event(block)
    if event is None:
        return EventRead("", None, asks=(f"{title} could not be read: type it into a text file (.txt)",))
    title = quoted(line(event, "SUMMARY") or "an event without a title")
    stopped = _no_item(block, event, title, calendars)
    if stopped:
        return EventRead("", None, asks=(stopped,))
    try:
        said = say_when(Entry(block, event))
    except _NO_DATE:
        said = Said(block.raw("DTSTART").strip(), asks=("its date could not be worked out",))
    return _draft(Entry(block, event), title, said)


def _no_item(block: Block, event: icalendar.Event, title: str, calendars: Calendars) -> str:
    """Say why no item is made of an event; "" where one is."""
    status, kind = block.raw("STATUS").strip().upper(), block.raw("CLASS").strip().upper()
    if block.method == "CANCEL" or status == "CANCELLED" or _CANCELLED.match(title):
        on = _when_said(block, event)
        title = quoted(_CANCELLED.sub("", title).strip(' :"-')) if _CANCELLED.match(title) else title
        return f"it cancels {title}{on}: take the event out or mark it cancelled"
    if block.method in _ANSWERS:
        return f"it is somebody's answer to an invitation ({title}), not an event"
    if kind in ("PRIVATE", "CONFIDENTIAL"):
        return f"{title} is marked {kind.lower()}, so no item was made: ask the sender if it may be published"
    masters = [one for one in calendars.events if not one.raw("RECURRENCE-ID") and one.raw("RRULE")]
    if block.raw("RECURRENCE-ID") and block.raw("UID") in {one.raw("UID") for one in masters}:
        on = _when_said(block, event).removeprefix(" (").removesuffix(")")
        return f"one time of {title} is different: {on or 'see the calendar'}"
    return ""


def _when_said(block: Block, event: icalendar.Event) -> str:
    try:
        words = say_when(Entry(block, event)).words
    except _NO_DATE:
        words = ""
    return f" ({words})" if words else ""


def _draft(entry: Entry, title: str, said: Said) -> EventRead:
    event = entry.event
    words, (where, joining) = describe(event), place(event)
    link = safe_link(line(event, "URL"))
    inferred: tuple[str, ...] = ()
    if not link and words.link:
        link, inferred = words.link, ("link from the one address in its description",)
    spare = words.link if link != words.link else ""
    text = "\n\n".join(part for part in (words.text, said.line, f"<{spare}>" if spare else "") if part)
    contact, of_contact = _contact(event)
    labels = {
        "title": line(event, "SUMMARY"),
        "link": link,
        "contact": contact,
        "when": unbroken(clean(said.words)[0]),
        "where": where,
    }
    asks = (*said.asks, *_asks(entry))
    attached, of_attached = _attached(event)
    notes = (*said.notes, *joining, *words.notes, *of_contact, *of_attached, *_left_out(entry))
    if not (labels["title"] or labels["when"] or text):
        return EventRead("", None, notes, ("an event says nothing: no title, no date, no words",), attached)
    draft = Draft({name: one for name, one in labels.items() if one}, text, inferred)
    return EventRead(title, draft, notes, asks, attached)


def _asks(entry: Entry) -> tuple[str, ...]:
    """Give what else a person must see about an event."""
    found = []
    if not line(entry.event, "SUMMARY"):
        found.append("it has no title")
    if entry.block.raw("STATUS").strip().upper() == "TENTATIVE":
        found.append("it is marked tentative")
    broken = sorted({str(name) for name, _ in entry.event.errors if name in _DAYS})
    if broken:
        found.append(f"days it happens or not ({listed(broken)}) could not be read")
    if not entry.block.whole:
        found.append("the file breaks off inside it")
    return tuple(found)


def _contact(event: icalendar.Event) -> tuple[str, tuple[str, ...]]:
    """Give whom to ask, where the entry names somebody, and what of the organiser was left out."""
    contact = line(event, "CONTACT")
    found = event.get("ORGANIZER")
    organiser = found[0] if isinstance(found, list) else found
    if organiser is None:
        return contact, ()
    name = unbroken(clean(str(getattr(organiser, "params", {}).get("CN", "")))[0]).strip("'\" ")
    address = re.sub(r"(?i)^mailto:", "", str(organiser)).strip()
    is_name = re.fullmatch(r"[^\W\d_][^@<>:/;]*\s[^@<>:/;]{1,60}", name) and name.lower() != "no name"
    if contact or not is_name:
        said = name if name and name != address else address
        return contact, (f"its organiser was left out: {said[:80]}",) if said else ()
    return name, (f"contact from its organiser, {name}; the address {address[:80]} was left out",)


def _left_out(entry: Entry) -> tuple[str, ...]:
    """Give a clause for each thing of an event that is not printed."""
    event, found = entry.event, []
    guests = event.get("ATTENDEE")
    if guests is not None:
        found.append(f"{plural(len(guests) if isinstance(guests, list) else 1, 'guest')} left out")
    comment, address = line(event, "COMMENT"), line(event, "URL")
    if comment:
        found.append(f"a comment was left out: {quoted(comment, 100)}")
    if address and not safe_link(address):
        found.append(f"its link was left out: {quoted(address)} is no web address")
    broken = sorted({str(name) for name, _ in event.errors if name and name not in (*_DATES, *_DAYS)})
    if broken:
        found.append(f"could not be read and was left out: {listed(broken)}")
    return tuple(found)


def _attached(event: icalendar.Event) -> tuple[tuple[Attached, ...], tuple[str, ...]]:
    """Give the files inside an event, and name what it only points to."""
    found = event.get("ATTACH", [])
    files, notes = [], []
    for one in found if isinstance(found, list) else [found]:
        data = _bytes(one)
        params = getattr(one, "params", {})
        if data is None:
            notes.append(f"it points to a file that was left out: {quoted(str(one))}")
        elif data:
            name = str(params.get("FILENAME") or params.get("X-FILENAME") or "attachment")
            files.append(Attached(name, data))
    return tuple(files), tuple(notes)


def _bytes(attachment: object) -> bytes | None:
    """Give what is inside an attachment, None for one that is only an address."""
    if not isinstance(attachment, icalendar.vBinary):
        return None
    try:
        return base64.b64decode(attachment.to_ical())
    except (binascii.Error, ValueError):
        return b""
