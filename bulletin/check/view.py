"""An issue as the rules look at it: every item's Markdown read once, in reading order."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bulletin.check.keys import Key, keys_of
from bulletin.markdown import Link, Picture, images, links, plain
from bulletin.model.issue import Issue, Item
from bulletin.settings.values import Settings

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class View:
    """One item, where it stands, and what all rules ask of it.

    day: the date the bulletin counts from.
    hold: why it waits, from the item or from issue.toml, or "".
    goes_out: whether an edition of the day may hold it.
    english: whether advice on English applies.
    words: its text without Markdown; links, pictures: those in its text.
    keys: what it may have in common with another item.
    """

    item: Item
    issue: Issue
    settings: Settings
    day: date
    hold: str
    goes_out: bool
    english: bool
    words: str
    links: tuple[Link, ...]
    pictures: tuple[Picture, ...]
    keys: tuple[Key, ...]

    @property
    def name(self) -> str:
        """What to call it in a sentence."""
        return f'"{self.item.title}"' if self.item.title else self.item.id

    @property
    def all_words(self) -> str:
        """Its title, summary and text, one below the other."""
        return "\n\n".join(one for one in (self.item.title, self.item.summary, self.words) if one)

    def text_line(self, line: int) -> int:
        """The line of the file that holds a 1-based line of the text."""
        return self.item.line("text") + max(line, 1) - 1

    def line_of(self, words: str) -> int:
        """The line of the file where some words first stand."""
        for label, value in (("title", self.item.title), ("summary", self.item.summary)):
            if words in value:
                return self.item.line(label)
        # What is between two words never matches a word, so no text makes the search try twice.
        parts = _WORD.findall(words)[:4]
        found = re.search(r"[\W_]+".join(parts), self.item.text) if parts else None
        return self.text_line(self.item.text.count("\n", 0, found.start()) + 1 if found else 1)


@dataclass(frozen=True, slots=True)
class Scope:
    """Everything a rule for an issue may look at; views in reading order."""

    issue: Issue
    settings: Settings
    day: date
    views: tuple[View, ...]

    @property
    def published(self) -> tuple[View, ...]:
        """The items an edition of the day may hold."""
        return tuple(view for view in self.views if view.goes_out)


def look(issue: Issue, settings: Settings, day: date) -> Scope:
    """Read every item once."""
    ordered = sorted(issue.items, key=reading_order(issue, settings))
    return Scope(issue, settings, day, tuple(_view(item, issue, settings, day) for item in ordered))


def reading_order(issue: Issue, settings: Settings) -> Callable[[Item], tuple[int, int]]:
    """Give the key that sorts items as a reader meets them: by section, then the officer's order.

    What is in no section comes first: it waits for a decision. Otherwise they stay as they were collected.
    """
    sections = {section.id: at for at, section in enumerate(settings.sections)}
    order = {name: at for at, name in enumerate(issue.order)}

    def key(item: Item) -> tuple[int, int]:
        section = sections.get(item.section.id, len(sections)) if item.section else -1
        return section, order.get(item.id, len(order))

    return key


def _view(item: Item, issue: Issue, settings: Settings, day: date) -> View:
    return View(
        item=item,
        issue=issue,
        settings=settings,
        day=day,
        hold=item.hold,
        goes_out=item.goes_out(day),
        english=is_english(item.language or settings.partnership.language),
        words=plain(item.text),
        links=links(item.text),
        pictures=images(item.text),
        keys=keys_of(item),
    )


def is_english(language: str) -> bool:
    """Whether a language label, a tag or a word, means English."""
    folded = language.strip().casefold()
    return folded in ("", "en") or folded.startswith(("en-", "en_", "english"))
