"""Find the words of items that an edition may not hold, wherever in its bytes they stand."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bulletin.check.page import page_words
from bulletin.images import find_picture
from bulletin.markdown import images, plain
from bulletin.model.edition import Edition
from bulletin.model.issue import Issue, Item
from bulletin.model.partnership import Reach, Share
from bulletin.prose import normalise
from bulletin.settings.values import EditionSettings, Settings

RUN = 8
"""Words in a row that no two texts share by chance."""
FEWEST = {"title": 2, "summary": 4, "contact": 2, "alt": 4, "text": 4}
"""A shorter one ("Events", "More soon") would be found in any bulletin."""

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leak:
    """An item that an edition may not hold, and which part of it stands there ("" for all of it)."""

    item: Item
    part: str = ""


def may_hold(share: Share, reach: Reach) -> bool:
    """Whether an edition of some reach may hold an item shared so far."""
    return share is Share.PUBLIC or reach is Reach.PARTNERS


def leaks(edition: Edition, issue: Issue, own: EditionSettings, settings: Settings) -> Iterator[Leak]:
    """Give every item that leaks: held outright, as a calendar file, or by its words.

    Words that also stand in what the edition may hold, or in the settings, tell nothing.
    """
    forbidden = [item for item in issue.items if not may_hold(item.share, edition.reach)]
    if not forbidden:
        return
    inside = {*edition.items, *(file.name.removesuffix(".ics") for file in edition.calendar)}
    allowed = [item for item in issue.items if may_hold(item.share, edition.reach)]
    for item in forbidden:
        if item.id in inside:
            yield Leak(item)
    outside = [item for item in forbidden if item.id not in inside]
    yield from _by_picture(edition, issue, outside)
    yield from leaks_in(_texts(edition), outside, allowed, furniture(settings, own.heading))


def leaks_in(
    texts: Iterable[str], forbidden: Iterable[Item], allowed: Iterable[Item], known: Iterable[Words]
) -> Iterator[Leak]:
    """Give every forbidden item whose words stand in some texts.

    Args:
        texts: as `normalise` gives them.
        forbidden, allowed: items whose words may not stand there, and those whose words may.
        known: other words that may.
    """
    innocent = {words for item in allowed for _, words in _parts(item)} | set(known)
    parts = [(item, name, words) for item in forbidden for name, words in _parts(item)]
    lengths = {min(len(words), RUN) for _, _, words in parts}
    there = {run for text in texts for run in _runs(tuple(text.split()), lengths)}
    there -= {run for words in innocent for run in _runs(words, lengths)}
    yield from _by_words(parts, there)


def _by_picture(edition: Edition, issue: Issue, forbidden: Iterable[Item]) -> Iterator[Leak]:
    """Give each item whose picture is there, and is no picture of an item the edition may hold."""
    shown = {image.name for image in edition.images}
    if not shown:
        return
    allowed = [item for item in issue.items if may_hold(item.share, edition.reach)]
    shown -= {find_picture(words, shown) for item in allowed for words in _named(item)}
    for item in forbidden:
        if any(find_picture(words, shown) for words in _named(item)):
            yield Leak(item, "picture")


def _named(item: Item) -> Iterator[str]:
    yield item.image.strip()
    if "![" in item.text:
        yield from (picture.src for picture in images(item.text))


def _by_words(parts: Iterable[tuple[Item, str, Words]], there: set[Words]) -> Iterator[Leak]:
    """Give each item with the first of its parts that stands there."""
    seen: set[str] = set()
    for item, name, words in parts:
        if item.id not in seen and not there.isdisjoint(_runs(words, {min(len(words), RUN)})):
            seen.add(item.id)
            yield Leak(item, name)


def _parts(item: Item) -> Iterator[tuple[str, Words]]:
    """Give the telling parts of an item as folded words."""
    texts = (
        ("title", item.title),
        ("summary", item.summary),
        ("contact", item.contact),
        ("alt", item.alt),
        ("text", plain(item.text)),
    )
    for name, text in texts:
        words = tuple(normalise(text).split())
        if len(words) >= FEWEST[name]:
            yield name, words


def furniture(settings: Settings, heading: str) -> Iterator[Words]:
    """Give what any bulletin says: names, headings, terms, whom to ask."""
    us = settings.partnership
    texts = [
        us.name,
        us.title,
        us.strapline,
        us.district,
        us.county,
        us.contact,
        heading,
        settings.sender.name,
    ]
    texts += [section.heading for section in settings.sections]
    texts += [one for body in settings.bodies for one in (body.name, body.about, body.contact, *body.aliases)]
    texts += [one for term in settings.terms for one in (term.name, *term.aliases)]
    texts += settings.acronyms.values()
    yield from (tuple(normalise(text).split()) for text in texts if text)


def _texts(edition: Edition) -> Iterator[str]:
    """Give an edition's words folded, in every form they travel in."""
    yield from page_words(edition.html)
    yield normalise(edition.text)
    yield normalise(edition.subject)
    for file in edition.calendar:
        unfolded = file.data.decode("utf-8", "replace").replace("\r\n ", "").replace("\r\n\t", "")
        yield normalise(unfolded.replace("\\n", " ").replace("\\", ""))


def _runs(words: Words, lengths: Iterable[int]) -> Iterator[Words]:
    """Give every run of words of some lengths."""
    for length in lengths:
        for at in range(len(words) - length + 1):
            yield words[at : at + length]
