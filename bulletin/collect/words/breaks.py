"""Where lines of plain text were broken: on purpose, or by a program, even within a word."""

import re

from bulletin.wording import plural

SHORT = 50
"""A line with fewer characters than this was ended on purpose; programs break lines at 60 or more."""

WIDE = 100
"""A longer line is a paragraph, which no program has broken, unless all are broken at the same width."""

WIDEST = 140
"""Nothing breaks lines as late as this."""

_SOFT = re.compile(r"\xad[ \t]*\n[ \t]*(?=\w)")
_HYPHEN = re.compile(r"(?m)(?<![^\s(\"'‘“])([^\W\d_]{2,40})[-\u2010]\n[ \t]*([a-zà-ÿ][^\W\d_]*)")  # noqa: RUF001
_HANGING = {"and", "or", "to"}


def flows(above: str, below: str, longest: int) -> bool:
    """Whether one line goes on in the next, since a program broke them.

    longest: the length of the longest line around them; where that is wide, only a full line goes on.
    """
    if len(above) < SHORT or longest > WIDEST:
        return False
    return longest <= WIDE or len(above) + len(below.split(maxsplit=1)[0]) >= longest


def ended(line: str) -> bool:
    """Whether a line ended on purpose, so that a list may start below it."""
    return len(line) < SHORT or line.endswith((".", ":", ";", "!", "?"))


def join_soft(text: str) -> tuple[str, tuple[str, ...]]:
    """Put words together again that a soft hyphen parted at the end of a line, with a note."""
    text, count = _SOFT.subn("", text)
    return text, (f"joined {plural(count, 'word')} parted by soft hyphens",) if count else ()


def join_hyphened(text: str) -> tuple[str, tuple[str, ...]]:
    """Put words together that end a line in a hyphen, with a note of each.

    The hyphen goes only where the text has the whole word elsewhere; "pre-" before "and post-16" hangs.
    """
    if not _HYPHEN.search(text):
        return text, ()
    known = set(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.lower()))
    joined: dict[str, None] = {}

    def join(found: re.Match[str]) -> str:
        start = found.string.rfind("\n", 0, found.start()) + 1
        if found[2] in _HANGING or len(found.string[start : found.end(1)]) < SHORT:
            return found[0]
        whole, hyphened = found[1] + found[2], f"{found[1]}-{found[2]}"
        word = whole if whole.lower() in known and hyphened.lower() not in known else hyphened
        joined[word] = None
        return word

    text = _HYPHEN.sub(join, text)
    return text, (f"put together where a line broke: {', '.join(joined)}"[:300],) if joined else ()
