"""An issue composed for an audience: the bytes people receive."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bulletin.model.partnership import Reach, SectionKind
from bulletin.model.picture import Figure


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """One event as RFC 5545 bytes; name ends in `.ics` and is an item's id."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Announced:
    """What people have of an event: its UID, its SEQUENCE (RFC 5545 3.8.7.4), and a digest of its details."""

    uid: str
    sequence: int
    details: str


@dataclass(frozen=True, slots=True)
class Image:
    """One picture of the edition; it travels along where the HTML shows it as `cid:NAME`."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Edition:
    """An issue composed for an audience: no personal value in it, complete as it lies.

    day: the date it counts from (past, closed, days left).
    items: the ids it holds, in reading order.
    """

    name: str
    reach: Reach
    day: date
    subject: str
    html: str
    text: str
    items: tuple[str, ...]
    calendar: tuple[CalendarFile, ...] = ()
    images: tuple[Image, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """One named thing, in plain words: "When", "Thursday 4 December 2026, 10am to midday"."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Way:
    """A link: "Read more: TITLE (PDF)"; its words, lead, label and tail, are those of no other address.

    label: the entry's label, in the entry's language; tail: what follows it, with its space.
    """

    lead: str
    label: str
    url: str
    tail: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One item as every rendering shows it, in this order.

    id: the item's id; number: its place as the text part gives it, "3.2".
    anchor: ASCII, unique in the edition, the same in every build of the issue.
    label: the title, made unique in the edition, for links to it.
    language: its BCP 47 tag where it is not the edition's own, else ""; direction: "ltr" or "rtl".
    source: who it is from. notice: what is urgent or restricted about it, "Closes tomorrow", or "".
    summary, text: Markdown of a contributor, hostile until rendered.
    picture: the item's own; pictures: those its text may show, by how the text names them.
    """

    id: str
    number: str
    anchor: str
    title: str
    label: str
    language: str = ""
    direction: str = "ltr"
    source: str = ""
    notice: tuple[str, ...] = ()
    summary: str = ""
    text: str = ""
    facts: tuple[Fact, ...] = ()
    ways: tuple[Way, ...] = ()
    picture: Figure | None = None
    pictures: Mapping[str, Figure] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DateRow:
    """One line of the table of dates; day sorts it, label and anchor lead to its entry.

    what: "" for an event, else what the date is to the entry: "Closing date".
    """

    day: date
    when: str
    label: str
    anchor: str
    where: str = ""
    what: str = ""
    language: str = ""
    direction: str = "ltr"


@dataclass(frozen=True, slots=True)
class Group:
    """A section with something in it; the one that carries the table of dates has rows.

    id: the section's id ("dates", "other" where the settings have no such section).
    caption: what the table of dates is called.
    """

    id: str
    kind: SectionKind
    number: str
    anchor: str
    heading: str
    entries: tuple[Entry, ...] = ()
    dates: tuple[DateRow, ...] = ()
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Who:
    """One body in "Who's who": what it is and whom to ask there."""

    name: str
    about: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A short passage of our own in Markdown under a heading."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything an edition says, in reading order, before it is HTML, text or a page.

    title: the bulletin's name; publisher: the partnership's; heading: the edition's own, or "".
    day_words: the day in house style. introduction: the officer's Markdown.
    preheader: 35 to 140 characters for the line beside the subject.
    acronyms: those used, with their meanings. ahead: the dates that close the loop.
    web: this issue's public page, or "". logo: the partnership's, None where it has none.
    adapted: in a copy that somebody else passes on, which issue of what it was made from, else "".
    """

    title: str
    publisher: str
    subject: str
    number: int
    day: date
    day_words: str
    preheader: str
    strapline: str = ""
    heading: str = ""
    language: str = "en-GB"
    direction: str = "ltr"
    introduction: str = ""
    groups: tuple[Group, ...] = ()
    ahead: tuple[Fact, ...] = ()
    acronyms: tuple[Fact, ...] = ()
    bodies: tuple[Who, ...] = ()
    footer: tuple[Note, ...] = ()
    web: str = ""
    website: str = ""
    logo: Figure | None = None
    adapted: str = ""

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry, in reading order."""
        return tuple(entry for group in self.groups for entry in group.entries)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every picture, in reading order."""
        shown = [self.logo] if self.logo else []
        for entry in self.entries:
            shown += [*([entry.picture] if entry.picture else []), *entry.pictures.values()]
        return tuple(shown)
