"""What two items may have in common: text, title, link, time and place, folded for comparing."""

import re
from functools import cache
from urllib.parse import parse_qsl, urlencode, urlsplit

from bulletin.model.issue import Item
from bulletin.prose import normalise

FEWEST_WORDS = 5
"""A shorter text ("Details to follow") says nothing about being the same."""

Key = tuple[str, str]


def keys_of(item: Item) -> tuple[Key, ...]:
    """Give what an item may share with another, the weightiest first: what it is, and its folded words."""
    keys = (
        ("text", text_key(item.text)),
        ("title", normalise(item.title)),
        ("link", web_key(item)),
        ("date and place", _meeting_key(item)),
    )
    return tuple(key for key in keys if key[1])


def text_key(text: str) -> str:
    """Fold a text, "" where it has too few words to tell anything."""
    key = normalise(text)
    return key if key.count(" ") >= FEWEST_WORDS - 1 else ""


def web_key(item: Item) -> str:
    """Fold an item's web address for comparing: its link, else the first in its text; "" for a home page."""
    found = _address().search(item.link) or _address().search(item.text)
    if found is None:
        return ""
    try:
        parts = urlsplit(found[0].rstrip(".,;:!?'\"*_"))
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    asked = [(name, value) for name, value in parse_qsl(parts.query) if not name.lower().startswith("utm_")]
    host = parts.netloc.lower().removeprefix("www.")
    return f"{host}{path}?{urlencode(asked)}" if path or asked else ""


def _meeting_key(item: Item) -> str:
    """Fold time and place, "" unless both are known."""
    place = normalise(item.where)
    return f"{item.when.start} {item.when.starts} {place}" if item.when.start and place else ""


@cache
def _address() -> re.Pattern[str]:
    return re.compile(r"https?://[^\s<>()\[\]\"]+", re.IGNORECASE)
