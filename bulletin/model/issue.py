"""An issue and what it is made of: sections, bodies, items, dates."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum


class Share(StrEnum):
    """How far an item may travel: anywhere, to partners alone, or to their editions only."""

    PUBLIC = "public"
    PARTNERS = "partners"
    NO = "no"


class Reach(StrEnum):
    """Whom an edition, a list or a pack reaches; the wider one is `public`."""

    PUBLIC = "public"
    PARTNERS = "partners"


class SectionKind(StrEnum):
    """How a section's items are ordered, shown and left out."""

    ITEMS = "items"
    CONSULTATIONS = "consultations"
    EVENTS = "events"


@dataclass(frozen=True, slots=True)
class Section:
    """A titled run of items."""

    id: str
    heading: str
    kind: SectionKind = SectionKind.ITEMS


class Role(StrEnum):
    """What a body is to the partnership."""

    CORE_GROUP = "core-group"
    LSP = "lsp"
    COUNTY = "county"
    DISTRICT_COUNCIL = "district-council"
    PARTNER = "partner"


@dataclass(frozen=True, slots=True)
class Body:
    """A partnership body or an organisation that contributes.

    aliases: other names it goes by; domains: those its people write from.
    contact, email, deputy: whom to ask, and who stands in.
    """

    id: str
    name: str
    role: Role = Role.PARTNER
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    contact: str = ""
    email: str = ""
    deputy: str = ""
    about: str = ""


class DoubtKind(StrEnum):
    """Why a date is not simply taken as written."""

    WEEKDAY = "weekday"
    ORDER = "order"
    YEAR = "year"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One doubt about a date, as a clause: "4 December 2026 is a Friday, not a Thursday"."""

    kind: DoubtKind
    detail: str


@dataclass(frozen=True, slots=True)
class When:
    """A date or a span as somebody wrote it, and what of it is certain.

    words: as written.
    start, end: first and last day, both None unless certain; equal for one day.
    starts, ends: local (Europe/London) times of day, None where none was given.
    repeats: "every Tuesday" where the words say so, else "".
    doubts: a weekday that disagrees, an end before the start, a year assumed, words not understood.
    """

    words: str
    start: date | None = None
    end: date | None = None
    starts: time | None = None
    ends: time | None = None
    repeats: str = ""
    doubts: tuple[Doubt, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words)


@dataclass(frozen=True, slots=True)
class Label:
    """One `Name: value` line as written, with its 1-based line number."""

    name: str
    value: str
    line: int


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of the bulletin: its labels as values, its text as Markdown.

    id: its file's name without `.md`; path: that file, relative to the workspace.
    section: None where the words name none we know; `section_words` keeps them.
    organisation: who it is from, as written; body: the same where we know it.
    audience: whom it interests (empty: everybody); restricts nothing.
    hold: why it is in no edition yet ("late", "embargo", the officer's words), or "".
    source: the contributed file it came from, relative to the workspace, or "".
    inferred: how each missing label was filled in, one sentence each.
    unknown: labels nobody knows; lines: the 1-based line of each label that is there (lower case),
    and of "text".
    """

    id: str
    path: str
    title: str = ""
    text: str = ""
    summary: str = ""
    section: Section | None = None
    section_words: str = ""
    organisation: str = ""
    body: Body | None = None
    link: str = ""
    contact: str = ""
    audience: tuple[str, ...] = ()
    area: str = ""
    language: str = ""
    when: When = When("")
    where: str = ""
    opens: When = When("")
    closes: When = When("")
    image: str = ""
    alt: str = ""
    share: Share = Share.PUBLIC
    share_words: str = ""
    embargo: When = When("")
    hold: str = ""
    source: str = ""
    inferred: tuple[str, ...] = ()
    unknown: tuple[Label, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)

    def line(self, label: str) -> int:
        """The line of a label in the item's file, or 1 where it is not written."""
        return self.lines.get(label, 1)

    def is_over(self, day: date) -> bool:
        """Whether it is an event whose last day is before `day`; one that repeats never is."""
        last = self.when.end
        events = self.section is not None and self.section.kind is SectionKind.EVENTS
        return events and last is not None and last < day and not self.when.repeats

    def is_closed(self, day: date) -> bool:
        """Whether its closing date is before `day`."""
        return self.closes.end is not None and self.closes.end < day

    def goes_out(self, day: date) -> bool:
        """Whether an edition dated `day` may hold it: not held, not over, not closed."""
        return not (self.hold or self.is_over(day) or self.is_closed(day))


class FileOutcome(StrEnum):
    """What became of a contributed file; see `collect --json`."""

    READ = "read"
    NEEDS_YOU = "needs you"
    NOT_READ = "not read"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class CollectedFile:
    """One file of the drop folder and what became of it.

    path: relative to the workspace; digest: SHA-256 of its bytes, hexadecimal.
    why: the reason in words, "" only where it was plainly read.
    items: the ids of its items, in reading order.
    """

    path: str
    digest: str
    outcome: FileOutcome
    why: str = ""
    hint: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A source that changed beside an item somebody had edited: both, for the officer to settle.

    item: its id; source: the contributed file; theirs: the text the changed source would give.
    """

    item: str
    source: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Waiver:
    """The officer's reason for letting one finding pass; recorded in issue.toml."""

    rule: str
    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Issue:
    """One dated number of the bulletin.

    closes: local date and time after which a contribution is late.
    order: item ids that come first in their section; holds: item id to reason.
    items: every item, in file order; files: what the last collect saw.
    previous: the items of the issue before it, for "ran last time".
    """

    id: str
    number: int
    meeting: date
    summaries_due: date
    closes: datetime
    due: date
    next_meeting: date | None = None
    next_summaries_due: date | None = None
    introduction: str = ""
    order: tuple[str, ...] = ()
    holds: Mapping[str, str] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()
    items: tuple[Item, ...] = ()
    files: tuple[CollectedFile, ...] = ()
    changes: tuple[Change, ...] = ()
    previous: tuple[Item, ...] = ()

    @property
    def path(self) -> str:
        """Where its own file is, relative to the workspace."""
        return f"issues/{self.id}/issue.toml"
