"""The pages of one issue: the issue whole, each of its items, its plain text and its calendar files."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from bulletin.archive.dates import located
from bulletin.archive.lasting import calendar_links, lasting
from bulletin.archive.masthead import Press
from bulletin.archive.page import Around, Changed, Mark, Page, marks, since_words
from bulletin.archive.paths import issue_path, item_path, public, year_path
from bulletin.archive.record import Record, record_of
from bulletin.markdown import literal, to_text
from bulletin.model.edition import Entry, Layout
from bulletin.render import beside, email_text

PICTURES = "images"
"""The folder of an issue's pictures, here as in the workspace."""


@dataclass(frozen=True, slots=True)
class Place:
    """An item's page between those of the items before and after it in its issue."""

    entry: Entry
    section: str
    before: Entry | None = None
    after: Entry | None = None


def record(page: Page, press: Press) -> Record:
    """Give what the pages about all issues need of this one, its content for the feed among it."""
    layout = lasting(page.layout, press.settings)
    path = issue_path(page.id)
    base = public(press.settings.site, path) or path.removesuffix("index.html")
    content = press.text("content.html", base=base, **_said(page, layout, f"{base}index.html"))
    return record_of(page, beside(content, f"{base}{PICTURES}"), press.settings)


def issue_files(page: Page, around: Around, press: Press) -> dict[str, bytes]:
    """Give the files of one issue by their paths.

    Raises:
        BulletinError: a template is missing or mistaken.
    """
    layout = lasting(page.layout, press.settings)
    said = _said(page, layout) | {"changed": around.changed}
    path = issue_path(page.id)
    year = {"year": layout.day.year, "year_page": year_path(layout.day.year)}
    files = {
        path: _beside(press.page("issue", path, around=around, **year, **said), PICTURES),
        f"{page.id}/bulletin.txt": _text(layout, said["corrections"], around.changed, press),
    }
    for place in _places(layout):
        path = item_path(page.id, place.entry.anchor)
        about = [one for one in said["corrections"] if not one.items or place.entry.id in one.items]
        drawn = press.page("item", path, place=place, **year, **{**said, "corrections": about})
        files[path] = _beside(drawn, f"../../{PICTURES}")
    files |= {f"{page.id}/calendar/{file.name}": file.data for file in page.edition.calendar}
    files |= {  # a message that leads there may be older than the change
        f"{page.id}/calendar/{one.name}": one.calendar.encode() for one in around.changed if one.calendar
    }
    return files | _pictures(page)


def _beside(page: bytes, folder: str) -> bytes:
    return beside(page.decode(), folder).encode()


def _pictures(page: Page) -> dict[str, bytes]:
    """Give the pictures of an issue's items, at addresses that stay; the logo is in every page's head."""
    shown = {
        figure.name
        for entry in page.layout.entries
        for figure in (*([entry.picture] if entry.picture else []), *entry.pictures.values())
    }
    images = (image for image in page.edition.images if image.name in shown)
    return {f"{page.id}/{PICTURES}/{image.name}": image.data for image in images}


def _said(page: Page, layout: Layout, here: str = "") -> dict[str, Any]:
    """Give what the templates of an issue are about; here: what leads to its page from elsewhere."""
    names = frozenset(file.name for file in page.edition.calendar)
    return {
        "id": page.id,
        "issue": layout,
        "language": layout.language,
        "direction": layout.direction,
        "corrections": marks(page.corrections),
        "changed": (),
        "tables": {group.anchor: located(group.dates, here) for group in layout.groups},
        "calendars": {entry.id: calendar_links(entry, names) for entry in layout.entries},
    }


def _places(layout: Layout) -> Iterable[Place]:
    """Give every item with its section and its neighbours in reading order."""
    sections = [group.heading for group in layout.groups for _ in group.entries]
    entries = [None, *layout.entries, None]
    for section, (before, entry), (_, after) in zip(
        sections, pairwise(entries[:-1]), pairwise(entries[1:]), strict=True
    ):
        if entry:
            yield Place(entry, section, before, after)


def _text(layout: Layout, corrections: Iterable[Mark], changed: Iterable[Changed], press: Press) -> bytes:
    """Give the issue as plain text, what was put right or changed since above everything else."""
    lines = [
        line
        for one in corrections
        for line in (f"Corrected on {one.day_words}:", *to_text(one.text).lines, "")
    ]
    labels = {entry.anchor: entry.label for entry in layout.entries}
    for one in changed:
        now = literal(since_words(one, labels[one.anchor]))
        lines += [f"Changed since, in issue {one.number}:", *to_text(now).lines, ""]
    return ("\n".join([*lines, ""] if lines else lines) + email_text(layout, press.templates)).encode()
