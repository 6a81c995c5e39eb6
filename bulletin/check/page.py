"""What stands in an edition's HTML and text: its web addresses, and its words wherever they hide."""

import re
from functools import cache
from html import unescape
from html.parser import HTMLParser
from urllib.parse import unquote

from bulletin.prose import normalise


class _Reader(HTMLParser):
    """Collect the destinations of links and the text between tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.hrefs: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the destination of a link."""
        self.hrefs.extend(value for name, value in attrs if tag in ("a", "area") and name == "href" and value)

    def handle_data(self, data: str) -> None:
        """Keep text."""
        self.text.append(data)


def html_addresses(html: str) -> dict[str, str]:
    """Give the web addresses of a page's links, and of its text, by what two ways of writing one share."""
    reader = _read(html)
    links = {
        address_key(href): href for href in reader.hrefs if href.lower().startswith(("http://", "https://"))
    }
    return {**text_addresses(" ".join(reader.text)), **links}


def link_addresses(html: str) -> dict[str, str]:
    """Give the web addresses of a page's links alone."""
    return {
        address_key(one): one for one in _read(html).hrefs if one.lower().startswith(("http://", "https://"))
    }


def text_addresses(text: str) -> dict[str, str]:
    """Give the web addresses that stand in plain text, by what two ways of writing one share."""
    return {address_key(one): one for one in _address().findall(text)}


def address_key(url: str) -> str:
    """Fold an address: escapes undone, no closing punctuation, no bare slash at the end."""
    return unquote(url).rstrip(".,;:!?)]}'\"\u2019\u201d*_").removesuffix("/")


def page_words(html: str) -> tuple[str, str]:
    """Give a page's words folded, twice: as shown, and with attributes, comments and styles among them."""
    shown = normalise(" ".join(_read(html).text))
    return shown, normalise(unescape(html))


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


@cache
def _address() -> re.Pattern[str]:
    return re.compile(r"https?://[^\s<>\"\u201c\u201d]+", re.IGNORECASE)
