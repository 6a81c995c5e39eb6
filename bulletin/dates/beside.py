"""The words beside a date that house style does not say again, so that none is lost when it is printed."""

import re
from itertools import groupby

from bulletin.dates.taking import Taken

_JOINING = "ocRrUfbAv"
_FILLERS = {
    *("a", "date", "dates", "day", "days", "event", "for", "hours", "in", "is", "it", "open", "s", "sharp"),
    *(
        "this",
        "then",
        "time",
        "times",
        "when",
        "will",
        "be",
        "held",
        "takes",
        "place",
        "starts",
        "start",
        "weekly",
    ),
}


def words_beside(words: str, taken: Taken, *, timed: bool) -> str:
    """Give what is left of the words, "" where it says no more than the date does.

    timed: whether the times in it are certain, and so said already.
    """
    rest = taken.rest
    said = "#*g=" if timed else "#*"
    line = " ".join(" , ".join(words.splitlines()).split())
    line = line if len(line) == len(rest.line) else rest.line
    runs = groupby(range(len(rest.kinds)), key=lambda at: rest.kinds[at] in said)
    joining = _JOINING if timed else "c"
    parts = [_part(line, taken, list(run), joining) for is_said, run in runs if not is_said]
    return ", ".join(part for part in parts if part)


def _part(line: str, taken: Taken, run: list[int], joining: str) -> str:
    """Give a run of words without what only joins it to the date."""
    kinds, texts, spots = taken.rest.kinds, taken.rest.texts, taken.rest.spots
    while run and kinds[run[0]] in joining:
        run = run[1:]
    while run and kinds[run[-1]] in _JOINING:
        run = run[:-1]
    if all(kinds[at] in _JOINING or texts[at] in _FILLERS for at in run):
        return ""
    part = line[spots[run[0]] : spots[run[-1]] + len(texts[run[-1]])]
    return re.sub(r"\s*[\[(]\s*", ", ", re.sub(r"[\])]", "", part)).strip(", ")
