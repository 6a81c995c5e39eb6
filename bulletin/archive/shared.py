"""The pages about all issues: years, dates, glossary, search, and the feeds."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape
from itertools import groupby
from typing import NamedTuple

from bulletin.archive.calendars import calendar_feed
from bulletin.archive.changed import changed
from bulletin.archive.dates import Row, split
from bulletin.archive.glossary import acronyms, bodies
from bulletin.archive.masthead import Press
from bulletin.archive.page import since_words
from bulletin.archive.paths import CALENDAR, FEED, events_path, issue_path, item_path, public, year_path
from bulletin.archive.record import Record
from bulletin.archive.search import Document, index_of
from bulletin.colours import palette
from bulletin.render import render, text_environment

FEED_ISSUES = 12
"""As many issues as the feed holds, the newest; what it held before stays with those who follow it."""

SCRIPTS = ("minisearch.js", "search.js")


class Year(NamedTuple):
    """The issues of a year, the newest first."""

    year: int
    path: str
    records: tuple[Record, ...]


def shared_files(records: Sequence[Record], press: Press) -> dict[str, bytes]:
    """Give the files that are about all issues by their paths; the first page, which leads to them, last.

    Args:
        records: newest first.

    Raises:
        BulletinError: a template is missing or mistaken.
    """
    years = _years(records)
    spoken = {"language": records[0].language, "direction": records[0].direction} if records else {}
    files = {
        "glossary/index.html": press.page(
            "glossary",
            "glossary/index.html",
            acronyms=acronyms(records),
            bodies=bodies(records, press.settings.bodies),
            **spoken,
        ),
        "search/index.html": press.page("search", "search/index.html", years=years, **spoken),
        FEED: _feed(records, press),
        "style.css": _style(press),
        "icon.svg": f"{press.text('icon.xml', colours=palette(press.settings.style.colour))}\n".encode(),
        **{f"search/{name}": press.templates.get(f"site/{name}", "").encode() for name in SCRIPTS},
    }
    for year in years:
        files[year.path] = press.page("year", year.path, year=year, years=years, **spoken)
        files[f"search/{year.year:04}.js"] = index_of(str(year.year), list(_documents(year)))
    files |= _dates(records, press, spoken)
    if press.logo:
        files[press.logo.figure.name] = press.logo.data
    return files | {"index.html": press.page("index", "index.html", years=years, **spoken)}


def _years(records: Sequence[Record]) -> list[Year]:
    return [
        Year(year, year_path(year), tuple(found))
        for year, found in groupby(records, lambda one: one.day.year)
    ]


def _documents(year: Year) -> Iterator[Document]:
    """Give the items of a year as the search finds them."""
    for record in year.records:
        for story in record.stories:
            stored = {
                "title": story.label,
                "path": item_path(record.id, story.anchor),
                "issue": f"Issue {record.number}, {record.day_words}",
                "day": record.day.isoformat(),
                "source": story.source,
                "excerpt": story.excerpt,
                "lang": story.language,
                "dir": "" if story.direction == record.direction else story.direction,
            }
            yield Document(f"{record.id}/{story.anchor}", stored, (story.titled, story.said))


def _dates(records: Sequence[Record], press: Press, spoken: dict[str, str]) -> dict[str, bytes]:
    """Give the pages of dates, those that are over by their year, and the calendar of those to come."""
    coming, earlier = split(records)
    past = [(year, tuple(rows)) for year, rows in groupby(earlier, lambda row: row.day.year)]
    years = [(year, events_path(year)) for year, _ in past]
    newest = records[0].day_words if records else ""
    files = {}
    path = "events/index.html"
    files[path] = press.page("events", path, coming=coming, years=years, day=newest, **spoken)
    for year, rows in past:
        path = events_path(year)
        files[path] = press.page("past", path, year=year, rows=rows, years=years, **spoken)
    files[CALENDAR] = _calendar(records, coming, press)
    return files


def _calendar(records: Sequence[Record], coming: Sequence[Row], press: Press) -> bytes:
    known = {f"{one.id}/{name}": file for one in records for name, file in one.calendars.items()}
    dated = (known[row.calendar] for row in coming if row.calendar)
    return calendar_feed(f"{press.masthead.title}: {press.masthead.name}", dated)


def _feed(records: Sequence[Record], press: Press) -> bytes:
    site = press.settings.site
    newest = _as_it_stands(records)
    domain = press.settings.sender.domain.lower()
    values = {
        "site": press.masthead,
        "tag": f"tag:{domain},2026:bulletin",  # one year for ever, so that it never changes
        "language": records[0].language if records else "en-GB",
        "updated": max((one.updated for one in newest), default="1970-01-01T00:00:00Z"),
        "home": public(site, "index.html") or "index.html",
        "own": public(site, FEED) or FEED,
        "entries": [(one, public(site, issue_path(one.id)) or issue_path(one.id)) for one in newest],
    }
    return f"{press.text('feed.xml', **values)}\n".encode()


def _as_it_stands(records: Sequence[Record]) -> list[Record]:
    """Give the issues of the feed, each saying above all else which of its dates another issue changed.

    Such an issue was updated when that other one was, or nobody who follows the feed would be told.
    """
    since, told = changed(records), {one.number: one.updated for one in records[::-1]}
    newest = []
    for one in records[:FEED_ISSUES]:
        labels = {story.anchor: story.label for story in one.stories}
        words = (f"in issue {new.number}: {since_words(new, labels[new.anchor])}" for new in since[one.id])
        notes = "".join(f"<p><strong>Changed since</strong>, {escape(said)}</p>" for said in words)
        updated = max([one.updated, *(told[new.number] for new in since[one.id])])
        newest.append(replace(one, updated=updated, content=notes + one.content))
    return newest


def _style(press: Press) -> bytes:
    colours = palette(press.settings.style.colour)
    return render(text_environment(press.templates), "site/site.css", colours=colours).encode()
