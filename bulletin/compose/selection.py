"""Which items an edition holds, and in which order."""

from collections.abc import Callable
from datetime import date, time

from bulletin.calendar import next_day
from bulletin.model.issue import Issue, Item
from bulletin.model.partnership import Reach, Section, SectionKind, Share
from bulletin.settings.values import EditionSettings, Settings

OTHER = Section("other", "Other news")
"""Where an item goes whose section nobody knows, once an officer has let it pass: never lost."""


def select(
    issue: Issue, edition: EditionSettings, settings: Settings, day: date
) -> tuple[tuple[Section, tuple[Item, ...]], ...]:
    """Give the sections of an edition that hold something, each with its items in reading order."""
    taken = [item for item in issue.items if belongs(item, edition, day)]
    sections = [*settings.sections, OTHER]
    known = {section.id for section in settings.sections}
    order = _Order(issue, settings, day)
    filled = []
    for section in sections:
        items = [item for item in taken if _section_id(item, known) == section.id]
        if items:
            filled.append((section, tuple(sorted(items, key=order.of(section.kind)))))
    return tuple(filled)


def belongs(item: Item, edition: EditionSettings, day: date) -> bool:
    """Whether an edition of an issue may hold the item on that day."""
    if not item.goes_out(day) or not may_reach(item, edition.reach):
        return False
    section = item.section.id if item.section else OTHER.id
    return (
        _meets(edition.audience, item.audience)
        and _meets(edition.areas, (item.area,) if item.area else ())
        and (not edition.sections or section in edition.sections)
    )


def may_reach(item: Item, reach: Reach) -> bool:
    """Whether an item may be seen by everybody an edition or a site of that reach has."""
    return reach is Reach.PARTNERS or item.share is Share.PUBLIC


def may_stay(item: Item, reach: Reach) -> bool:
    """Whether an item may be in an archive of that reach: never one that is to go no further."""
    return item.share is not Share.NO and may_reach(item, reach)


def _meets(wanted: tuple[str, ...], named: tuple[str, ...]) -> bool:
    """Whether the words in common are any; asking for none, or naming none, means all."""
    folded = {word.strip().casefold() for word in named}
    return not wanted or not folded or any(word.strip().casefold() in folded for word in wanted)


def _section_id(item: Item, known: set[str]) -> str:
    """Give the section the item is shown in."""
    return item.section.id if item.section and item.section.id in known else OTHER.id


class _Order:
    """The order of an issue's items: the officer's, then the calendar's or the bodies', then the files'."""

    def __init__(self, issue: Issue, settings: Settings, day: date) -> None:
        self.day = day
        self.chosen = {name: place for place, name in enumerate(issue.order)}
        self.bodies = {body.id: place for place, body in enumerate(settings.bodies)}
        self.files = {item.id: place for place, item in enumerate(issue.items)}

    def of(self, kind: SectionKind) -> Callable[[Item], tuple[int, date, time, int, int]]:
        """Give the sort key for a section of that kind."""
        dated = {SectionKind.CONSULTATIONS: self._closing, SectionKind.EVENTS: self._event}
        when = dated.get(kind, lambda _: (date.min, time.min))

        def key(item: Item) -> tuple[int, date, time, int, int]:
            chosen = self.chosen.get(item.id, len(self.chosen))
            body = self.bodies.get(item.body.id, len(self.bodies)) if item.body else len(self.bodies)
            return (chosen, *when(item), body, self.files[item.id])

        return key

    def _closing(self, item: Item) -> tuple[date, time]:
        """Give the moment a consultation closes; one without a date comes last."""
        closes = item.closes
        return closes.end or date.max, closes.ends or closes.starts or time.max

    def _event(self, item: Item) -> tuple[date, time]:
        """Give the moment an event begins, or begins again; one without a date comes last."""
        return next_day(item.when, self.day) or date.max, item.when.starts or time.min
