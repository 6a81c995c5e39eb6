"""A layout made to last: nothing that only holds on its day or only makes sense in a mailbox."""

from dataclasses import replace

from bulletin.calendar import MAILBOX_FACT, file_names
from bulletin.dates import days_left
from bulletin.markdown import literal, public_url
from bulletin.model.edition import Entry, Group, Layout, Note, Way
from bulletin.settings.values import Settings


def lasting(layout: Layout, settings: Settings) -> Layout:
    """Give the layout without days left, files "attached to this e-mail", or how to leave a mailing list."""
    stale = {
        row.anchor: days_left(row.day, layout.day).casefold()
        for group in layout.groups
        for row in group.dates
        if row.what
    }
    groups = tuple(_group(group, stale, settings) for group in layout.groups)
    return replace(layout, groups=groups, footer=_footer(layout, settings), heading="", web="")


def calendar_links(entry: Entry, names: frozenset[str]) -> list[Way]:
    """Give the ways to those of an entry's calendar files that the site has, relative to the issue's page."""
    kinds = zip(("date", "closing date"), file_names(entry.id), strict=True)
    return [
        Way(f"Add the {what} to your calendar", entry.label, name) for what, name in kinds if name in names
    ]


def _group(group: Group, stale: dict[str, str], settings: Settings) -> Group:
    return replace(group, entries=tuple(_entry(entry, stale, settings) for entry in group.entries))


def _entry(entry: Entry, stale: dict[str, str], settings: Settings) -> Entry:
    return replace(
        entry,
        notice=tuple(words for words in entry.notice if words.casefold() != stale.get(entry.anchor)),
        facts=tuple(fact for fact in entry.facts if fact.name != MAILBOX_FACT),
        ways=tuple(way for way in entry.ways if public_url(way.url) and not _is_our_calendar(way, settings)),
    )


def _is_our_calendar(way: Way, settings: Settings) -> bool:
    url = settings.site.url
    return bool(url) and way.url.startswith(f"{url}/") and way.url.endswith(".ics")


def _footer(layout: Layout, settings: Settings) -> tuple[Note, ...]:
    about = f"From the archive of {literal(layout.title)}: dates, times and links are as published that day."
    notes = [Note("About this copy", about)]
    if settings.partnership.contact:
        notes.append(Note("Who to ask", literal(settings.partnership.contact)))
    return tuple(notes)
