"""An issue and what it is made of: items and their dates."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from bulletin.model.contribution import Change, CollectedFile, Label
from bulletin.model.finding import Waiver
from bulletin.model.partnership import Body, Section, SectionKind, Share
from bulletin.model.picture import Picture
from bulletin.model.when import NO_DATE, When

if TYPE_CHECKING:
    from bulletin.model.edition import Announced


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of the bulletin: its labels as values, its text as Markdown.

    id: its file's name without `.md`; path: that file, relative to the workspace.
    section: None where the words name none we know; `section_words` keeps them.
    organisation: who it is from, as written; body: the same where we know it.
    audience: whom it interests (empty: everybody); restricts nothing.
    hold: why it is in no edition yet ("late", "embargo", the officer's words, from its own file or from
        issue.toml), or "".
    settle: what it and an item merged into it say differently, a clause each, or "".
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
    when: When = NO_DATE
    where: str = ""
    opens: When = NO_DATE
    closes: When = NO_DATE
    image: str = ""
    alt: str = ""
    share: Share = Share.PUBLIC
    share_words: str = ""
    embargo: When = NO_DATE
    hold: str = ""
    settle: str = ""
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


@dataclass(frozen=True, slots=True)
class Issue:
    """One dated number of the bulletin.

    closes: local date and time after which a contribution is late.
    order: item ids that come first in their section; holds: item id to reason.
    holidays: the names of those of its dates that are bank holidays, as `new` noted them.
    items: every item, in file order; files: what the last collect saw.
    previous: the items of the issue before it, for "ran last time".
    pictures: those of its images folder, by name; logo: the partnership's, None where it has none.
    announced: what people have of its events, by the names of their calendar files.
    came: of items carried over, the meeting of the issue each first came in.
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
    holidays: Mapping[date, str] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()
    items: tuple[Item, ...] = ()
    files: tuple[CollectedFile, ...] = ()
    changes: tuple[Change, ...] = ()
    previous: tuple[Item, ...] = ()
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    logo: Picture | None = None
    announced: "Mapping[str, Announced]" = field(default_factory=dict)
    came: Mapping[str, date] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Let every item know why it waits, whether its own file says so or issue.toml."""
        held = (replace(one, hold=one.hold or self.holds.get(one.id, "")) for one in self.items)
        object.__setattr__(self, "items", tuple(held))

    @property
    def path(self) -> str:
        """Where its own file is, relative to the workspace."""
        return f"issues/{self.id}/issue.toml"
