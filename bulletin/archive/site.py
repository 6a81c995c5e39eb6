"""The whole site as paths and bytes: relative links alone, no script, nothing that goes stale."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from jinja2.sandbox import ImmutableSandboxedEnvironment

from bulletin.archive.dates import located, split
from bulletin.archive.lasting import calendar_links, lasting
from bulletin.archive.page import Page, newest_first
from bulletin.colours import palette
from bulletin.dates import house_date
from bulletin.markdown import clean_line, public_url
from bulletin.model.picture import Figure
from bulletin.render import beside, email_text, html_environment, render, text_environment
from bulletin.settings.values import Settings

PICTURES = "images"
"""The folder of an issue's pictures, here as in the workspace."""

Draw = Callable[..., bytes]


@dataclass(frozen=True, slots=True)
class Masthead:
    """What every page says of who publishes it."""

    title: str
    name: str
    strapline: str
    contact: str
    website: str
    language: str
    direction: str
    logo: Figure | None = None


def site(pages: Sequence[Page], settings: Settings, templates: Mapping[str, str]) -> Mapping[str, bytes]:
    """Render the archive: each file's path, with `/`, and its bytes, in the order of the paths.

    Args:
        pages: the public edition of each issue, in any order.
        settings: who publishes, and the brand colour.
        templates: `site/index.html`, `site/issue.html`, `site/events.html`, `site/site.css`, what they use.

    Raises:
        BulletinError: a template is missing or mistaken.
    """
    ordered = [_lasting(page, settings) for page in newest_first(pages)]
    draw = partial(_draw, html_environment(templates), _masthead(settings, ordered))
    files = {
        "index.html": draw("index", pages=ordered),
        "events/index.html": draw("events", root="../", **_dates(ordered)),
        "style.css": _style(settings, templates),
    }
    for place, page in enumerate(ordered):
        newer, older = ordered[place - 1] if place else None, next(iter(ordered[place + 1 :]), None)
        files[f"{page.id}/index.html"] = _issue(draw, page, newer, older)
        files[f"{page.id}/bulletin.txt"] = email_text(page.layout, templates).encode()
        files |= {f"{page.id}/calendar/{file.name}": file.data for file in page.edition.calendar}
        files |= _pictures(page)
    if ordered:
        files |= _logo(ordered[0])
    return dict(sorted(files.items()))


def _draw(
    environment: ImmutableSandboxedEnvironment, masthead: Masthead, name: str, root: str = "", **values: Any
) -> bytes:
    """Render a page; root leads from it to the top of the site."""
    here = {"here": name, "root": root, "site": masthead}
    ours = {"language": masthead.language, "direction": masthead.direction}
    return f"{render(environment, f'site/{name}.html', **{**ours, **here, **values})}\n".encode()


def _issue(draw: Draw, page: Page, newer: Page | None, older: Page | None) -> bytes:
    names = frozenset(file.name for file in page.edition.calendar)
    drawn = draw(
        "issue",
        root="../",
        page=page,
        newer=newer,
        older=older,
        language=page.layout.language,
        direction=page.layout.direction,
        tables={group.anchor: located(group.dates) for group in page.layout.groups},
        calendars={entry.id: calendar_links(entry, names) for entry in page.layout.entries},
    )
    return beside(drawn.decode(), PICTURES).encode()


def _pictures(page: Page) -> dict[str, bytes]:
    """Give the pictures of an issue's items, at addresses that stay."""
    shown = {figure.name for figure in page.layout.figures} - _logo(page).keys()
    return {
        f"{page.id}/{PICTURES}/{image.name}": image.data
        for image in page.edition.images
        if image.name in shown
    }


def _logo(page: Page) -> dict[str, bytes]:
    """Give the logo, once for all pages, as it is in the newest issue."""
    logo = page.layout.logo
    return {image.name: image.data for image in page.edition.images if logo and image.name == logo.name}


def _style(settings: Settings, templates: Mapping[str, str]) -> bytes:
    colours = palette(settings.style.colour)
    return render(text_environment(templates), "site/site.css", colours=colours).encode()


def _lasting(page: Page, settings: Settings) -> Page:
    return replace(page, layout=lasting(page.layout, settings))


def _masthead(settings: Settings, pages: Sequence[Page]) -> Masthead:
    ours = settings.partnership
    return Masthead(
        title=clean_line(ours.title),
        name=clean_line(ours.name),
        strapline=clean_line(ours.strapline),
        contact=clean_line(ours.contact),
        website=public_url(ours.website),
        language=pages[0].layout.language if pages else "en-GB",
        direction=pages[0].layout.direction if pages else "ltr",
        logo=pages[0].layout.logo if pages else None,
    )


def _dates(pages: Sequence[Page]) -> dict[str, Any]:
    coming, earlier = split(pages)
    day = house_date(pages[0].layout.day) if pages else ""
    return {"coming": coming, "earlier": earlier, "day": day}
