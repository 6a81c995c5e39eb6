"""Where a page looks for its pictures: `cid:NAME` made into an address beside the page."""

import html
import re
from collections.abc import Collection
from urllib.parse import quote, unquote

# Contributed text is escaped, so an <img> is the template's own or one of markdown.to_html.
_SOURCE = re.compile(r'(<img\b[^>]*?\ssrc=")([^"]*)"', re.IGNORECASE)


def beside(page: str, folder: str, linked: Collection[str] = ()) -> str:
    """Give the page with every `cid:NAME` as `FOLDER/NAME`.

    linked: the names of pictures that may also stand there with an address on the web that ends in them.
    """

    def moved(found: re.Match[str]) -> str:
        source = html.unescape(found[2])
        name = source[4:] if source[:4].lower() == "cid:" else ""
        last = unquote(source.rpartition("/")[2])
        if not name and source.startswith(("https://", "http://")) and last in linked:
            name = last
        return f'{found[1]}{folder}/{quote(name, safe="")}"' if name else found[0]

    return _SOURCE.sub(moved, page)
