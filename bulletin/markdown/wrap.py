"""Lines of plain text that Outlook may take for wrapped without spoiling them."""

import re

# Outlook joins a line of 40 characters or more to the next unless that one starts with two spaces, so a
# wrapped line must never start with what looks like a new bullet, number, note, rule or address.
_LOOKS_NEW = re.compile(
    r"(?:[-*\u2022\u2013+]|\d+(?:\.\d+)*[.)]|\[\d+\][.,;:]?)(?:\s|$)|[=\-~_]{3,}|#|https?://", re.IGNORECASE
)
INDENT = "  "
_SPACE = re.compile(r"[ \t\n\u00a0\u2007\u202f]+")


def wrap(words: str, width: int = 72, *, first: str = "", rest: str = "") -> list[str]:
    """Break words into lines of at most `width` columns.

    first, rest: what the first and the other lines start with. An address is never broken, nor is a
    word's hyphen used; any other word longer than a line is cut.
    """
    lines: list[str] = []
    line, empty = first, True
    for piece in _pieces(words, max(8, width - max(len(first), len(rest), len(INDENT)))):
        if empty:
            line, empty = line + piece, False
        elif len(line) + 1 + len(piece) <= width:
            line = f"{line} {piece}"
        else:
            lines.append(line)
            line = (rest or INDENT) + piece if _LOOKS_NEW.match(piece) else rest + piece
    return [*lines, line] if not empty else []


def _pieces(words: str, room: int) -> list[str]:
    """Give what must stay on one line: words, with those that cannot start a line behind the one before."""
    pieces: list[str] = []
    for word in _SPACE.split(words):
        if word and pieces and _LOOKS_NEW.match(word) and len(pieces[-1]) + len(word) < room:
            pieces[-1] = f"{pieces[-1]} {word}"
        elif len(word) > room and "://" not in word and "@" not in word:
            pieces.extend(word[at : at + room] for at in range(0, len(word), room))
        elif word:
            pieces.append(word)
    return pieces
