"""Find labels that stand where they are read as text: misspelt, under a greeting, or a second block."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from bulletin.labels import FENCE, LABELS, SYNONYMS, agreed_name, known_label

FIRST_LINES = 5
"""Lines of a text where one misspelt label tells that labels were meant."""
OURS = frozenset(("from", "section", "summary", "audience", "area", "opens", "closes", "share", "embargo"))
"""Labels that a programme of events, or any other list in a text, seldom has beside a title."""
WORDS = frozenset(
    (
        *(
            "art",
            "close",
            "closed",
            "date",
            "dates",
            "event",
            "fare",
            "fares",
            "form",
            "here",
            "images",
            "line",
        ),
        *("link", "links", "open", "opened", "opening", "then", "there", "were", "websites", "contacts"),
        *("areas", "audiences", "titles", "sections", "shares", "venues", "locations", "languages", "tile"),
        *("actions", "action", "session", "sessions", "selection", "headlines", "deadlines"),
    )
)
"""Words near a label that are words of their own."""


class Stray(NamedTuple):
    """A line of a text that reads as a label: its place among the lines, and the agreed name it may mean."""

    at: int
    words: str
    label: str
    misspelt: bool


def stray_labels(title: str, text: str) -> tuple[Stray, ...]:
    """Find the lines of an item's text that were meant as labels; `at` is 0-based, -1 is the title itself.

    One misspelt label among the first lines is enough. Those spelt right must be two together, one of them
    the title and one that only our form has: "When: ..." and "Where: ..." stand in many a text.
    """
    lines = text.split("\n")
    filled = [at for at, line in enumerate(lines) if line.strip()]
    heads = [(-1, title), *((at, lines[at]) for at in filled[:FIRST_LINES])]
    found = {at: stray for at, line in heads if (stray := _read(at, line)) and stray.misspelt}
    for start in blocks(lines):
        found |= {at: stray for at in _block(lines, start) if (stray := _read(at, lines[at]))}
    return tuple(found[at] for at in sorted(found))


def blocks(lines: Sequence[str]) -> list[int]:
    """Give the lines at which a block of labels begins that is sure to be one of our form.

    It has a title and a label that few other lists have, or two of those.
    """
    starts: list[int] = []
    at = 0
    while at < len(lines):
        begins = begins_with_title(lines[at]) or (_name(lines[at]) and (at == 0 or _greets(lines[at - 1])))
        block = _block(lines, at) if begins else []
        names = {_name(lines[one]) for one in block}
        ours = len(names & OURS)
        if ours > 1 or (ours and "title" in names):
            starts.append(at)
        at = block[-1] + 1 if block else at + 1
    return starts


def begins_with_title(line: str) -> bool:
    """Whether a block that begins with this line begins with the title of an item."""
    return _name(line) == "title"


def meant_label(name: str) -> str:
    """Give the label that a misspelt one means, "" where none is close or it is a word of its own."""
    folded = " ".join(name.lower().split())
    if folded in WORDS or known_label(folded) or len(folded) < 3:
        return ""
    near = [known for known in (*LABELS, *SYNONYMS) if known[0] == folded[0] and _is_near(folded, known)]
    nearest = min(near, key=lambda known: (_slips(folded, known), -len(known)), default="")
    return agreed_name(nearest) if nearest else ""


def _greets(line: str) -> bool:
    """Whether a block may begin under a line: an empty one, a rule between items, or a greeting."""
    return not line.strip() or line.strip() == FENCE or line.rstrip().endswith((",", ":", "!"))


def _block(lines: Sequence[str], start: int) -> list[int]:
    """Give the lines of a block: labels, with at most one empty line between two."""
    block, at = [start], start + 1
    while at < len(lines):
        if _name(lines[at]) and _name(lines[at]) != "title":
            block.append(at)
        elif lines[at].strip() or not lines[at - 1].strip():
            break
        at += 1
    return block


def _read(at: int, line: str) -> Stray | None:
    found = _line().match(line)
    if not found or not found["value"].strip(" *_\\"):
        return None
    known = known_label(found["name"])
    label = known or meant_label(found["name"])
    return Stray(at, line.strip(" \\"), label, misspelt=not known) if label else None


def _name(line: str) -> str:
    found = _line().match(line)
    return known_label(found["name"]) if found else ""


@cache
def _line() -> re.Pattern[str]:
    return re.compile(
        r"[ >]{0,3}(?:\*\*|__)?(?P<name>[^\W\d_][^\W_]*(?:[ -][^\W_]+){0,2})(?:\*\*|__)?[ \t]*:(?:\*\*|__)?"
        r"(?!//)(?P<value>.*)$"
    )


def _is_near(word: str, known: str) -> bool:
    most = 1 if len(known) <= 5 else 2
    return abs(len(known) - len(word)) <= most and _slips(word, known) <= most


def _slips(word: str, known: str) -> int:
    """Count the letters wrong, missing, too many or changed about between two words."""
    rows = [list(range(len(known) + 1))]
    for i, one in enumerate(word, 1):
        row = [i]
        for j, other in enumerate(known, 1):
            least = min(row[j - 1] + 1, rows[i - 1][j] + 1, rows[i - 1][j - 1] + (one != other))
            swapped = i > 1 and j > 1 and (word[i - 2], one) == (other, known[j - 2])
            row.append(min(least, rows[i - 2][j - 2] + 1) if swapped else least)
        rows.append(row)
    return rows[-1][-1]
