"""Read an HTML file: what it says, without what a browser would do with it."""

import re
from dataclasses import replace
from html import unescape

from bulletin.charset import clean, decode
from bulletin.collect.reading import NOT_TEXT, Draft, Reading, not_read
from bulletin.collect.words.draft import draft_from, plain_value, with_literal_summary
from bulletin.collect.words.html import html_to_markdown
from bulletin.model.contribution import FileOutcome
from bulletin.wording import plural

MOST_TAGS = 30_000
MOST_LETTERS = 2_000_000
"""More would cost the parser, whose time grows with the square of nesting and of `&`, more than seconds."""

LEFT_BEHIND = (
    (
        r"<script\b|\son[a-z]{3,20}\s{0,9}=\s{0,9}[\"']|[\"'=]\s{0,9}javascript:",
        "its scripts were left behind",
    ),
    (r"<nav\b", "its menu was left behind"),
    (r"<(?:iframe|object|video|audio)\b", "something embedded was left behind"),
)


def read_page(_name: str, data: bytes) -> Reading:
    """Read an HTML file: one item; its title is the page's first heading, else its <title>."""
    decoded = decode(data)
    if decoded is None:
        return NOT_TEXT
    text, notes = clean(decoded.text)
    tags = len(re.findall(r"(?i)<[a-z]", text))
    if tags > MOST_TAGS or len(text) > MOST_LETTERS:
        size = f"{tags:,} tags and {len(text):,} characters; at most {MOST_TAGS:,} and {MOST_LETTERS:,}"
        return not_read(f"it is a page of {size}", "ask the sender for the words alone")
    draft = draft_from(html_to_markdown(text))
    labels = {name: plain_value(name, value) for name, value in draft.labels.items()}
    draft = with_literal_summary(replace(draft, labels=labels))
    title = _title(text)
    if title and "title" not in draft.labels and not draft.text.startswith("#"):
        draft = Draft({**draft.labels, "title": title}, draft.text, ("title from the page's own title",))
    if not (draft.text or draft.labels):
        return Reading(FileOutcome.READ, "the page is empty: it held nothing to print")
    said = [note for note in (decoded.note, *notes, *_left_behind(text)) if note]
    return Reading(FileOutcome.READ, "; ".join(said), drafts=(draft,))


def _title(html: str) -> str:
    found = re.search(r"(?is)<title\b[^>]{0,200}>([^<]{1,500})", html)
    return " ".join(clean(unescape(found[1]))[0].split()) if found else ""


def _left_behind(html: str) -> list[str]:
    found = [note for pattern, note in LEFT_BEHIND if re.search(pattern, html, re.IGNORECASE)]
    pictures = len(re.findall(r"(?i)<img\b", html))
    if pictures:
        found.append(f"{plural(pictures, 'picture')} left behind")
    return found
