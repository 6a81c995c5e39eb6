"""What the pages about all issues need of one, small enough to be kept beside it and read again as JSON."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import Any

from bulletin.archive.dates import Row, rows_of
from bulletin.archive.page import Mark, Neighbour, Page, marks
from bulletin.archive.search import Terms, terms_of
from bulletin.dates import house_date
from bulletin.markdown import plain
from bulletin.model.edition import Entry, Fact
from bulletin.settings.values import Settings

EXCERPT = 180


@dataclass(frozen=True, slots=True)
class Story:
    """One item as a list of items names it, and as a search finds it.

    section: its heading; excerpt: how it begins; titled, said: how often each word stands in its title
    and in the rest.
    """

    anchor: str
    label: str
    section: str
    language: str
    direction: str
    source: str
    excerpt: str
    titled: Terms
    said: Terms


@dataclass(frozen=True, slots=True)
class Record:
    """One issue for the pages about all of them.

    tag: its id for feeds (RFC 4151), the same whatever becomes of it; updated: RFC 3339, in UTC.
    content: the whole of it as HTML for the feed. calendars: its calendar files by name.
    undated: the events it says have no certain date any more, by UID, with the anchors of their items.
    """

    id: str
    number: int
    day: date
    tag: str
    updated: str
    summary: str
    language: str
    direction: str
    stories: tuple[Story, ...]
    rows: tuple[Row, ...]
    acronyms: tuple[Fact, ...]
    content: str
    calendars: Mapping[str, str]
    corrections: tuple[Mark, ...]
    undated: Mapping[str, str] = field(default_factory=dict)

    @property
    def day_words(self) -> str:
        """Its day in house style."""
        return house_date(self.day)

    @property
    def neighbour(self) -> Neighbour:
        """What the issues beside it say of it."""
        return Neighbour(self.id, self.number, self.day_words)


def record_of(page: Page, content: str, settings: Settings) -> Record:
    """Give what the pages about all issues need of one."""
    layout = page.layout
    calendars = {file.name: file.data.decode() for file in page.edition.calendar}
    return Record(
        id=page.id,
        number=layout.number,
        day=layout.day,
        tag=_tag(page, settings),
        updated=_updated(page),
        summary=layout.preheader,
        language=layout.language,
        direction=layout.direction,
        stories=tuple(_story(entry, group.heading) for group in layout.groups for entry in group.entries),
        rows=rows_of(page.id, layout, calendars),
        acronyms=layout.acronyms,
        content=content,
        calendars=calendars,
        corrections=marks(page.corrections),
        undated={uid: one.anchor for one in layout.entries for uid in page.undated.get(one.id, ())},
    )


def write_record(record: Record) -> dict[str, Any]:
    """Give a record as JSON has it."""
    data = asdict(replace(record, corrections=()))
    data["day"] = record.day.isoformat()
    data["corrections"] = [[one.day.isoformat(), *one[1:]] for one in record.corrections]
    for row in data["rows"]:
        row |= {"day": row["day"].isoformat(), "last": row["last"].isoformat()}
    return data


def read_record(data: Mapping[str, Any]) -> Record:
    """Read a record again; raises KeyError, TypeError or ValueError where it is none."""
    return Record(**{
        **data,
        "day": date.fromisoformat(data["day"]),
        "stories": tuple(Story(**one) for one in data["stories"]),
        "rows": tuple(
            Row(**{**one, "day": _day(one["day"]), "last": _day(one["last"])}) for one in data["rows"]
        ),
        "acronyms": tuple(Fact(**one) for one in data["acronyms"]),
        "corrections": tuple(
            Mark(_day(day), words, text, tuple(items)) for day, words, text, items in data["corrections"]
        ),
    })  # fmt: skip


def _day(words: str) -> date:
    return date.fromisoformat(words)


def _tag(page: Page, settings: Settings) -> str:
    """Make an id of what never changes: our domain, the year the issue was begun in, its id (RFC 4151)."""
    domain = settings.sender.domain.lower()
    return f"tag:{domain},{(page.since or page.layout.day).year:04}:bulletin/{page.id}"


def _updated(page: Page) -> str:
    """Give the moment it was last changed: published, approved anew or corrected."""
    moments = [datetime.combine(page.layout.day, time(12), UTC), *(one.at for one in page.corrections)]
    moments += [page.approved] if page.approved else []
    return max(moments).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _story(entry: Entry, section: str) -> Story:
    words = " ".join(f"{plain(entry.summary)}\n{plain(entry.text)}".split())
    facts = " ".join(fact.value for fact in entry.facts)
    return Story(
        anchor=entry.anchor,
        label=entry.label,
        section=section,
        language=entry.language,
        direction=entry.direction,
        source=entry.source,
        excerpt=_excerpt(words),
        titled=terms_of(entry.title),
        said=terms_of(f"{entry.source} {words} {facts}"),
    )


def _excerpt(words: str) -> str:
    """Give the beginning of a text, up to the end of a word."""
    return words if len(words) <= EXCERPT else words[: EXCERPT - 1].rsplit(None, 1)[0].rstrip(" ,;:.-") + "…"
