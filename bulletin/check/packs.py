"""What may not be in a partner's pack, looked for in the bytes of every file that was made."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

from bulletin.check.leaks import furniture, leaks_in
from bulletin.check.page import page_words
from bulletin.markdown import clean, literal, plain, to_html, to_inline_html
from bulletin.model.issue import Item
from bulletin.prose import normalise
from bulletin.settings.values import PackSettings, Settings

_ADDRESS = re.compile(r"(?<![\w.%+-])[\w.%+-]+@[\w-]+(?:\.[\w-]+)+")
_HEADER = re.compile(
    r"^(?:list-[a-z-]+|message-id|date|from|to|cc|bcc|sender|return-path|received):",
    re.IGNORECASE | re.MULTILINE,
)

Said = tuple[str, str, str]
"""A place in a file, its kind, what it says."""


@dataclass(frozen=True, slots=True)
class Holding:
    """The items of an issue as one pack sees them.

    inside: those it is to hold; allowed: others that its readers may read; forbidden: those they may not.
    """

    inside: tuple[Item, ...]
    allowed: tuple[Item, ...]
    forbidden: tuple[Item, ...]


def pack_faults(
    said: Sequence[Said], holding: Holding, pack: PackSettings, settings: Settings
) -> Iterator[str]:
    """Say, a clause each, what a pack's files hold that they may not; settings: the partnership's own."""
    texts = [text for _, kind, words in said for text in _folded(kind, words)]
    ours = [tuple(normalise(words).split()) for words in (pack.publisher, pack.title)]
    allowed = (*holding.inside, *holding.allowed)
    for leak in leaks_in(texts, holding.forbidden, allowed, [*furniture(settings, ""), *ours]):
        part = f"the {leak.part} of " if leak.part else ""
        yield f"{part}{leak.item.path}, which it may not hold"
    given = _readings([*map(_all_of, holding.inside), *_own_words(pack)])
    for place, kind, words in said:
        for one in _addresses(unescape(words) if kind == ".html" else words):
            if unquote(one) not in given:
                yield f"the address {one} in {place}, which none of its items gives"
        if settings.site.leave and settings.site.leave in words:
            yield f"the address of the page to leave a list in {place}"
        header = _HEADER.search(words) if kind == ".headers" else None
        if header:
            yield f"the header {header[0]} in {place}"


def _folded(kind: str, words: str) -> Iterator[str]:
    """Give words folded, in every way they can be read."""
    if kind == ".html":
        yield from page_words(words)
    else:
        yield normalise(words)


def _addresses(words: str) -> dict[str, None]:
    """Give each e-mail address once, in order; a web address may hold an @ and is none."""
    rest = re.sub(r"https?://[^\s<>\"]+", " ", words.lower())
    return {found[0].strip("_.%+-"): None for found in _ADDRESS.finditer(rest)}


def _readings(texts: Iterable[str]) -> str:
    """Give words as written, as read and as links to them are printed: what stands in it, an item gives."""
    found = []
    for text in texts:
        page = to_html(text, heading=3) + to_inline_html(literal(clean(text)))
        found += [text, plain(text), unescape(page), unescape(unescape(text))]
    return "\n".join(one.lower() + unquote(one.lower()) for one in found)


def _all_of(item: Item) -> str:
    """Give all an item says, as written and as read."""
    labels = (item.title, item.summary, item.contact, item.where, item.link, item.organisation, item.alt)
    dates = (item.when.words, item.opens.words, item.closes.words)
    return "\n".join((*labels, *dates, item.area, item.text, plain(item.summary), plain(item.text)))


def _own_words(pack: PackSettings) -> tuple[str, ...]:
    return (
        pack.publisher, pack.title, pack.strapline, pack.contact, pack.website, plain(pack.introduction),
        pack.introduction,
    )  # fmt: skip
