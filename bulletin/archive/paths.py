"""Where everything lies in the site; what is published once keeps its address."""

from urllib.parse import quote

from bulletin.markdown import public_url
from bulletin.settings.values import Site

FEED = "feed.xml"
CALENDAR = "calendar.ics"
OWN = frozenset({"events", "glossary", "search", "years"})
"""Folders of the site itself, which no issue may be called."""


def issue_path(issue: str) -> str:
    """Give the address of an issue's page from the top of the site."""
    return f"{quote(issue)}/index.html"


def item_path(issue: str, anchor: str) -> str:
    """Give the address of an item's page from the top of the site; an anchor never changes."""
    return f"{quote(issue)}/items/{quote(anchor)}/index.html"


def year_path(year: int) -> str:
    """Give the address of a year's page from the top of the site."""
    return f"years/{year:04}/index.html"


def events_path(year: int) -> str:
    """Give the address of the page of a year's past dates from the top of the site."""
    return f"events/{year:04}/index.html"


def public(site: Site, path: str) -> str:
    """Give the public address of a page, or "" where the site has none."""
    return public_url(f"{site.url}/{path.removesuffix('index.html')}") if site.url else ""


def up(path: str) -> str:
    """Give what leads from a page to the top of the site."""
    return "../" * path.count("/")
