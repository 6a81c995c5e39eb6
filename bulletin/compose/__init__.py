"""An issue becomes an edition: what people receive, the same bytes whenever it is composed."""

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, time

from bulletin.calendar import Stamp, announced, deadline_file, event_file
from bulletin.compose.entry import calendar_names, whole_items
from bulletin.compose.figures import images_of
from bulletin.compose.layout import lay_out
from bulletin.model.edition import Announced, CalendarFile, Edition, Layout
from bulletin.model.issue import Issue, Item
from bulletin.render import email_html, email_text
from bulletin.settings.values import EditionSettings, Settings

__all__ = ["announcements", "compose", "edition_of", "lay_out", "whole_items"]


def compose(
    issue: Issue, edition: EditionSettings, settings: Settings, day: date, templates: Mapping[str, str]
) -> Edition:
    """Compose an edition of an issue as it reads on `day`.

    templates: names to texts, the officer's in place of the shipped ones. Raises BulletinError where one
    of them is at fault.
    """
    return edition_of(lay_out(issue, edition, settings, day), issue, edition, settings, templates)


def edition_of(
    layout: Layout,
    issue: Issue,
    edition: EditionSettings,
    settings: Settings,
    templates: Mapping[str, str],
) -> Edition:
    """Render what is laid out, with the calendar files of its items."""
    day = layout.day
    held = tuple(entry.id for entry in layout.entries)
    items = {item.id: item for item in issue.items}
    return Edition(
        name=edition.name,
        reach=edition.reach,
        day=day,
        subject=layout.subject,
        html=email_html(layout, templates, settings.style.colour),
        text=email_text(layout, templates),
        items=held,
        calendar=tuple(file for name in held for file in _calendar_files(items[name], issue, settings, day)),
        images=images_of(layout.figures, issue),
    )


def announcements(issue: Issue, settings: Settings, names: Collection[str]) -> dict[str, Announced]:
    """Give what people will have of an issue's events once they have the calendar files of these names."""
    stamp = _stamp(issue, settings)
    found = {name: one for item in issue.items for name, one in announced(item, stamp).items()}
    return {name: found[name] for name in names if name in found}


def _calendar_files(item: Item, issue: Issue, settings: Settings, day: date) -> list[CalendarFile]:
    """Write an item's calendar files; their stamp is the issue's, so that they change only when it does."""
    names = calendar_names(item, day)
    stamp = _stamp(issue, settings)
    files = (event_file(item, stamp), deadline_file(item, stamp))
    return [file for file in files if file is not None and file.name in names]


def _stamp(issue: Issue, settings: Settings) -> Stamp:
    at = datetime.combine(issue.due, time(12), UTC)
    return Stamp(issue.id, settings.sender.domain, at, issue.announced)
