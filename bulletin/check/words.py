"""How rules put things: quoting, counting, a near miss, dates."""

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(words: str, known: Iterable[str]) -> str:
    """Give `did you mean "..."? ` where a known word is close, else ""."""
    by_fold = {name.casefold(): name for name in known}
    close = get_close_matches(words.casefold(), by_fold, n=1, cutoff=0.6)
    return f'did you mean "{by_fold[close[0]]}"? ' if close else ""


def count_of(number: int, word: str) -> str:
    """Give a number with its word: 1 day, 2 days."""
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def listed(names: Iterable[str]) -> str:
    """Join names as a sentence does: a, b and c."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def short(words: str, most: int = 60) -> str:
    """Give some words on one line, cut where they are long, after a whole word if there is one."""
    line = " ".join(words.split())
    return line if len(line) <= most else (line[:most].rpartition(" ")[0] or line[:most]) + "..."
