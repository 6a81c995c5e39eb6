"""Say of a collected file whether a person must decide something about its items, and what was worked out."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from bulletin.collect.reading import Reading
from bulletin.model.contribution import FileOutcome
from bulletin.model.issue import Item
from bulletin.model.when import DoubtKind

MOST_CLAUSES = 6
"""How many things a file's line says about its items."""


def judge(reading: Reading, items: list[Item]) -> Reading:
    """Give a file's reading as its items stand now; without any, they were deleted."""
    if not items:
        return replace(reading, why="its item was deleted or renamed; no new one is made")
    asks = [(item, ask) for item in items for ask in _asks(item)]
    inferred = [reason for item in items for reason in item.inferred]
    if asks:
        why = _clauses(reading.why, [ask for _, ask in asks if ask not in reading.why])
        hint = f"open {asks[0][0].path} and decide"
        return replace(reading, outcome=FileOutcome.NEEDS_YOU, why=why, hint=hint)
    return replace(reading, why=_clauses(reading.why, inferred))


def _clauses(why: str, more: list[str]) -> str:
    """Put what is to be said about a file's items on one line: each thing once, and how often."""
    said = [f"{clause} ({count} times)" if count > 1 else clause for clause, count in Counter(more).items()]
    rest = [f"and {len(said) - MOST_CLAUSES} more"] if len(said) > MOST_CLAUSES else []
    return "; ".join(part for part in (why, *said[:MOST_CLAUSES], *rest) if part)


def _asks(item: Item) -> Iterator[str]:
    if not item.section_words:
        yield "no section could be worked out"
    elif item.section is None:
        yield f'there is no section "{item.section_words}"'
    for when in (item.when, item.opens, item.closes, item.embargo):
        yield from (doubt.detail for doubt in when.doubts if doubt.kind is not DoubtKind.YEAR)
