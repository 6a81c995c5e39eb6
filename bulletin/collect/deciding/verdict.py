"""Say of a collected file whether a person must decide something about its items, and what was worked out."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from bulletin.collect.deciding.title import FROM_NAME
from bulletin.collect.reading import DECIDE, Reading
from bulletin.labels.stray import stray_labels
from bulletin.model.contribution import FileOutcome
from bulletin.model.issue import Item
from bulletin.model.when import DoubtKind
from bulletin.wording import listed, quoted

MOST_CLAUSES = 6
"""How many things a file's line says about its items."""


def judge(reading: Reading, items: list[Item], gone: tuple[str, ...] = ()) -> Reading:
    """Give a file's reading as its items stand now; without any, they were deleted.

    Args:
        gone: the ids of the file's items that are there no more.
    """
    if not items:
        why = "its item was deleted or renamed; no new one is made"
        options = "".join(f" --restore {item}" for item in gone)
        return replace(reading, why=why, hint=f"to get it back: bulletin collect{options}" if gone else "")
    asks = [(item, ask) for item in items for ask in _asks(item)]
    inferred = [reason for item in items for reason in item.inferred]
    if asks:
        named = [reason for reason in inferred if reason.endswith(FROM_NAME)]
        why = _clauses(reading.why, [ask.what for _, ask in asks if ask.what not in reading.why] + named)
        first = asks[0][0]
        todo = dict.fromkeys(ask.todo for item, ask in asks if item is first)
        told = (f"open {first.path} and {listed(todo)}", reading.hint)
        hint = "; ".join(part for part in told if part and part != DECIDE)
        return replace(reading, outcome=FileOutcome.NEEDS_YOU, why=why, hint=hint)
    return replace(reading, why=_clauses(reading.why, inferred))


def _clauses(why: str, more: list[str]) -> str:
    """Put what is to be said about a file's items on one line: each thing once, and how often."""
    said = [f"{clause} ({count} times)" if count > 1 else clause for clause, count in Counter(more).items()]
    rest = [f"and {len(said) - MOST_CLAUSES} more"] if len(said) > MOST_CLAUSES else []
    return "; ".join(part for part in (why, *said[:MOST_CLAUSES], *rest) if part)


class _Ask(NamedTuple):
    """What an item leaves open, and what to do about it there."""

    what: str
    todo: str


def _asks(item: Item) -> Iterator[_Ask]:
    if not item.title.strip():
        yield _Ask("no title could be worked out", "write a line `Title: ...`")
    if not item.section_words:
        yield _Ask("no section could be worked out", "write a line `Section: ...`")
    elif item.section is None:
        yield _Ask(f'there is no section "{item.section_words}"', "correct the line `Section: ...`")
    for label, when in (
        ("When", item.when),
        ("Opens", item.opens),
        ("Closes", item.closes),
        ("Embargo", item.embargo),
    ):
        for doubt in when.doubts:
            if doubt.kind is not DoubtKind.YEAR:
                yield _Ask(doubt.detail, f"correct the line `{label}: ...`")
    for stray in stray_labels(item.title, item.text)[:MOST_CLAUSES]:
        means = f', did you mean "{stray.label.capitalize()}"?' if stray.misspelt else ""
        yield _Ask(f"{quoted(stray.words, 40)} stands in its text{means}", _MOVE)


_MOVE = "move the labels in it up between the lines `---`, spelt as in the form"
