"""What every page says of who publishes it, and how a page is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from bulletin.archive.paths import public, up
from bulletin.markdown import clean_line, public_url
from bulletin.model.partnership import Reach
from bulletin.model.picture import Figure
from bulletin.render import html_environment, render
from bulletin.settings.values import Settings


class Logo(NamedTuple):
    """The partnership's logo, as the head of every page shows it, and its bytes."""

    figure: Figure
    data: bytes


@dataclass(frozen=True, slots=True)
class Masthead:
    """Who publishes; open: whether search engines may list what anybody may read."""

    title: str
    name: str
    strapline: str
    contact: str
    website: str
    open: bool
    logo: Figure | None = None


@dataclass(frozen=True, slots=True)
class Press:
    """Draws pages: templates by name, and the settings they look to."""

    settings: Settings
    templates: Mapping[str, str]
    logo: Logo | None = None

    def page(self, name: str, path: str, **values: Any) -> bytes:
        """Render the template of a page at a path, which says how to get to the top of the site.

        Raises:
            BulletinError: the template is missing or mistaken.
        """
        here = {
            "here": name,
            "root": up(path),
            "site": self.masthead,
            "address": public(self.settings.site, path),
            "language": "en-GB",
            "direction": "ltr",
        }
        return f"{self.text(f'{name}.html', **{**here, **values})}\n".encode()

    def text(self, name: str, **values: Any) -> str:
        """Render a template that is no page of its own."""
        return render(html_environment(self.templates), f"site/{name}", **values)

    @property
    def masthead(self) -> Masthead:
        """What every page says of who publishes it."""
        ours = self.settings.partnership
        return Masthead(
            title=clean_line(ours.title),
            name=clean_line(ours.name),
            strapline=clean_line(ours.strapline),
            contact=clean_line(ours.contact),
            website=public_url(ours.website),
            open=self.settings.site.reach is Reach.PUBLIC,
            logo=self.logo.figure if self.logo else None,
        )
