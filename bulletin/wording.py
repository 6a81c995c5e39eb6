"""Put counts, names and other people's words into a message."""

from collections.abc import Iterable, Sequence

LONGEST_QUOTED = 60
MOST_DIFFERENCES, LONGEST_DIFFERENCE = 4, 90


def plural(count: int, one: str, many: str = "") -> str:
    """Give a count with its noun: 1 person, 3 people."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(names: Iterable[str], most: int = 0) -> str:
    """Join names as a sentence does: a, b and c; of more than `most`, if it is given: a, b and 7 more."""
    found = [*names] or [""]
    if 0 < most < len(found):
        found[most:] = [f"{len(found) - most:,} more"]
    *before, last = found
    return f"{', '.join(before)} and {last}" if before else last


def printable(text: str) -> str:
    """Give a text without what would steer a terminal or turn the words round; lines stay lines."""
    if all(map(str.isprintable, text.split("\n"))):
        return text
    return "".join(
        c if c.isprintable() or c in "\n\N{NO-BREAK SPACE}" else "\N{REPLACEMENT CHARACTER}" for c in text
    )


def one_line(text: str) -> str:
    """Give somebody's words, or the name of their file, as part of one line; every character stays seen."""
    return printable(text).replace("\n", "\N{REPLACEMENT CHARACTER}")


def unbroken(text: str) -> str:
    """Put text on one line with single spaces, as a label's value must be."""
    return " ".join(text.split())


def short(text: str, most: int = LONGEST_QUOTED) -> str:
    """Give some words on one line, cut where they are long, after a whole word if there is one."""
    line = unbroken(text)
    return line if len(line) <= most else (line[:most].rpartition(" ")[0] or line[:most]) + "..."


def quoted(text: str, most: int = LONGEST_QUOTED) -> str:
    """Give some words, or their beginning, between quotation marks."""
    return f'"{short(text, most)}"'


def clause(text: str, most: int) -> str:
    """Give some words for a label whose clauses end in semicolons and quote between double marks."""
    return short(text, most).replace(";", ",").replace('"', "'")


def did_you_mean(words: str, known: Iterable[str], least: float = 0.6) -> str:
    """Give `did you mean "..."? ` where a known word is close, whatever its capitals, else "".

    least: how close, 0 to 1. What follows in a hint begins with a capital letter.
    """
    from difflib import get_close_matches

    by_fold = {name.casefold(): name for name in known}
    close = get_close_matches(words.casefold(), by_fold, n=1, cutoff=least)
    return f'did you mean "{by_fold[close[0]]}"? ' if close else ""


def set_against(differences: Sequence[tuple[str, str, str]]) -> str:
    """Write on one line where a file and its item differ, each place with the words of both."""
    parts = []
    for where, theirs, ours in differences[:MOST_DIFFERENCES]:
        new, old = (quoted(one, LONGEST_DIFFERENCE) if one else "nothing" for one in (theirs, ours))
        parts.append(f"{where.capitalize()}: {new} (in the item: {old})")
    more = len(differences) - MOST_DIFFERENCES
    return "; ".join([*parts, *([f"and {more} more"] if more > 0 else [])])
