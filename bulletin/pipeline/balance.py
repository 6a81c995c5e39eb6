"""Whom an issue hears and what it is for, counted from its items' outlines; loads nothing heavy."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from bulletin.model.value import Value
from bulletin.settings.values import Priority, Settings
from bulletin.workspace.outline import Outline

NOBODY, NOWHERE, EVERYBODY = "nobody named", "no area named", "everybody"


class Balance(Value):
    """How often each organisation, area and audience is heard of, and the items that serve each priority."""

    organisations: Mapping[str, int]
    areas: Mapping[str, int]
    audiences: Mapping[str, int]
    priorities: Mapping[str, tuple[str, ...]]


def balance(items: Iterable[Outline], settings: Settings) -> Balance:
    """Weigh the items that do not wait."""
    going = [item for item in items if not item.hold]
    return Balance(
        organisations=_counted(
            item.body.name if item.body else item.organisation or NOBODY for item in going
        ),
        areas=_counted(item.area or NOWHERE for item in going),
        audiences=_counted(name for item in going for name in item.audience or (EVERYBODY,)),
        priorities=_served(going, settings.priorities),
    )


def _counted(names: Iterable[str]) -> dict[str, int]:
    """Count names, whatever their case, the first spelling standing for all."""
    spelt: dict[str, str] = {}
    counts = Counter(spelt.setdefault(name.casefold(), name) for name in names)
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].casefold())))


def _served(items: list[Outline], priorities: tuple[Priority, ...]) -> dict[str, tuple[str, ...]]:
    """Give the ids of the items that serve each priority."""
    if not priorities:
        return {}
    told = [(item, item.words.casefold(), {name.casefold() for name in item.audience}) for item in items]
    return {one.id: tuple(_serving(told, one)) for one in priorities}


def _serving(told: list[tuple[Outline, str, set[str]]], priority: Priority) -> Iterator[str]:
    """Give the items that count towards a priority: one thing that fits is enough.

    told: items with their words and audiences, folded.
    """
    areas, wanted = ({name.casefold() for name in names} for names in (priority.areas, priority.audience))
    phrases = [phrase.casefold() for phrase in priority.words]
    for item, words, audience in told:
        if (
            (item.section and item.section.id in priority.sections)
            or (item.body and item.body.id in priority.bodies)
            or (areas and item.area.casefold() in areas)
            or not wanted.isdisjoint(audience)
            or any(phrase in words and _says(words, phrase) for phrase in phrases)
        ):
            yield item.id


def _says(words: str, phrase: str) -> bool:
    """Whether a phrase stands in some words, whole: "lead" is not in "leaders"."""
    at = words.find(phrase) if phrase else -1
    while at >= 0:
        after = at + len(phrase)
        if not words[max(at - 1, 0) : at].isalnum() and not words[after : after + 1].isalnum():
            return True
        at = words.find(phrase, at + 1)
    return False
