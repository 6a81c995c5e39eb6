"""Everything an edition says, put in reading order before it becomes HTML, text or a page."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from urllib.parse import quote
from zlib import crc32

from bulletin.compose.diary import diary
from bulletin.compose.entry import Place, entry_of, title_of
from bulletin.compose.figures import logo_of
from bulletin.compose.furniture import (
    acronyms_used,
    dates_ahead,
    footer_notes,
    preheader_of,
    subject_of,
    visible_words,
    whos_who,
)
from bulletin.compose.language import direction, own_language
from bulletin.compose.selection import OTHER, may_stay, select
from bulletin.dates import house_date
from bulletin.markdown import clean, clean_line, plain, public_url
from bulletin.model.edition import DateRow, Entry, Group, Layout
from bulletin.model.issue import Issue, Item
from bulletin.model.partnership import Reach, Section, SectionKind
from bulletin.settings.values import EditionSettings, Settings, Site

_LONGEST_ANCHOR = 60
DATES = Section("dates", "Dates for your diary", SectionKind.EVENTS)
UNDER_DATES = "Events and closing dates, the soonest first"
"""What the table of dates is called where the heading above it says already what these dates are for."""


def lay_out(issue: Issue, edition: EditionSettings, settings: Settings, day: date) -> Layout:
    """Lay out the edition of an issue as it reads on `day`."""
    chosen = select(issue, edition, settings, day)
    web = page_of(issue, edition.reach, settings.site)
    pairs = _entries(chosen, issue, settings, day, web)
    groups = _with_dates(_groups(chosen, [entry for _, entry in pairs]), diary(pairs, day))
    partnership = settings.partnership
    introduction = clean(issue.introduction).strip()
    leads = _leads(issue, pairs)
    subject = subject_of(issue, edition, settings, day, leads)
    said = {entry.id: f"{plain(entry.summary)}\n{plain(entry.text)}" for _, entry in pairs}
    words = visible_words(plain(introduction), (entry for _, entry in pairs), said)
    return Layout(
        title=clean_line(partnership.title),
        publisher=clean_line(partnership.name),
        subject=subject,
        number=issue.number,
        day=day,
        day_words=house_date(day),
        preheader=preheader_of(issue, settings, day, subject, leads),
        strapline=clean_line(partnership.strapline),
        heading=clean_line(edition.heading),
        language=own_language(settings),
        direction=direction(own_language(settings)),
        introduction=introduction,
        groups=groups,
        ahead=dates_ahead(issue, settings),
        acronyms=acronyms_used(settings.acronyms, words),
        bodies=whos_who(settings.bodies, {item.body.id for item, _ in pairs if item.body}),
        footer=footer_notes(edition, settings),
        web=web,
        website=public_url(partnership.website),
        logo=logo_of(issue, settings),
    )


def _entries(
    chosen: tuple[tuple[Section, tuple[Item, ...]], ...],
    issue: Issue,
    settings: Settings,
    day: date,
    web: str,
) -> list[tuple[Item, Entry]]:
    """Give every item of the edition with its entry, numbered in reading order.

    web: the issue's page in the archive for these readers, or "".
    """
    titles = Counter(title_of(item).casefold() for _, items in chosen for item in items)
    taken = {_anchor(f"section-{section.id}", set()) for section in (*settings.sections, OTHER, DATES)}
    pairs = []
    for first, (_, items) in enumerate(chosen, 1):
        for second, item in enumerate(items, 1):
            number, title = f"{first}.{second}", title_of(item)
            label = title if titles[title.casefold()] == 1 else f"{title} ({number})"
            anchor = _anchor(item_anchor(item.id), taken)
            page = f"{web}items/{anchor}/" if web and may_stay(item, settings.site.reach) else ""
            pairs.append((item, entry_of(item, Place(number, anchor, label, page), issue, settings, day)))
    return pairs


def item_anchor(item: str) -> str:
    """Give an item's anchor, the same in every edition and in the archive, whatever else they hold.

    Ids differ, but what ASCII leaves of two may not: where something was left out, a mark stands for all.
    """
    anchor = _slug(item)
    if anchor == item:
        return item
    return f"{anchor[: _LONGEST_ANCHOR - 9].strip('-') or 'item'}-{crc32(item.encode()):08x}"


def _groups(chosen: Iterable[tuple[Section, tuple[Item, ...]]], entries: list[Entry]) -> list[Group]:
    """Give the sections with their entries."""
    rest = iter(entries)
    anchors: set[str] = set()
    return [
        Group(
            id=section.id,
            kind=section.kind,
            number=str(number),
            anchor=_anchor(f"section-{section.id}", anchors),
            heading=clean_line(section.heading),
            entries=tuple(next(rest) for _ in items),
        )
        for number, (section, items) in enumerate(chosen, 1)
    ]


def _with_dates(groups: list[Group], rows: tuple[DateRow, ...]) -> tuple[Group, ...]:
    """Give the table of dates to the first section of events, or a place of its own at the end."""
    if not rows:
        return tuple(groups)
    for place, group in enumerate(groups):
        if group.kind is SectionKind.EVENTS:
            groups[place] = _dated(group, rows)
            return tuple(groups)
    last = Group(DATES.id, DATES.kind, str(len(groups) + 1), "section-dates", DATES.heading)
    return (*groups, _dated(last, rows))


def _dated(group: Group, rows: tuple[DateRow, ...]) -> Group:
    """Give a section the table of dates."""
    is_said = DATES.heading.casefold() in group.heading.casefold()
    return replace(group, dates=rows, caption=UNDER_DATES if is_said else DATES.heading)


def _leads(issue: Issue, pairs: list[tuple[Item, Entry]]) -> list[str]:
    """Give the titles in the order of their weight: those the officer put first, then as they are read."""
    first = {name: place for place, name in enumerate(issue.order)}
    ranked = sorted(pairs, key=lambda pair: first.get(pair[0].id, len(first)))
    return [entry.title for _, entry in ranked]


def _anchor(words: str, taken: set[str]) -> str:
    """Make an ASCII anchor nobody else has."""
    base = _slug(words) or "item"
    anchor, again = base, 2
    while anchor in taken:
        anchor, again = f"{base}-{again}", again + 1
    taken.add(anchor)
    return anchor


def _slug(words: str) -> str:
    ascii_words = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_words.lower()).strip("-")[:_LONGEST_ANCHOR].strip("-")


def page_of(issue: Issue, reach: Reach, site: Site) -> str:
    """Give the issue's page in the archive, or "" where readers of that reach cannot open it."""
    readable = site.reach is Reach.PUBLIC or reach is Reach.PARTNERS
    return public_url(f"{site.url}/{quote(issue.id)}/") if site.url and readable else ""
