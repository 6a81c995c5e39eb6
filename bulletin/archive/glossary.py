"""The glossary: short forms and bodies, and the issues they stand in."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bulletin.archive.page import Neighbour
from bulletin.archive.record import Record
from bulletin.markdown import clean_line
from bulletin.model.partnership import Body


class Term(NamedTuple):
    """A short form or a body, what it stands for, and the issues it is in, the newest first."""

    name: str
    about: str
    issues: tuple[Neighbour, ...]


def acronyms(records: Sequence[Record]) -> tuple[Term, ...]:
    """Give every short form an issue explains, in the order of the alphabet; the newest meaning holds."""
    meanings: dict[str, str] = {}
    used: dict[str, list[Neighbour]] = {}
    for record in records:
        for fact in record.acronyms:
            meanings.setdefault(fact.name, fact.value)
            used.setdefault(fact.name, []).append(record.neighbour)
    return _terms((name, meanings[name], used[name]) for name in meanings)


def bodies(records: Sequence[Record], known: Iterable[Body]) -> tuple[Term, ...]:
    """Give the bodies that say what they are or have something in an issue, with those issues."""
    used: dict[str, list[Neighbour]] = {}
    for record in records:
        for source in {story.source for story in record.stories}:
            used.setdefault(source, []).append(record.neighbour)
    named = {clean_line(body.name): clean_line(body.about) for body in known}
    return _terms((name, about, used.get(name, [])) for name, about in named.items() if about or name in used)


def _terms(found: Iterable[tuple[str, str, list[Neighbour]]]) -> tuple[Term, ...]:
    terms = (Term(name, about, tuple(issues)) for name, about, issues in found)
    return tuple(sorted(terms, key=lambda term: (term.name.casefold(), term.name)))
