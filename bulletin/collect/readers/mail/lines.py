"""Look at a message's lines: what they say without marks, their paragraphs, how deep they are quoted."""

import re
from functools import lru_cache
from typing import NamedTuple

RULE = "\uf8e0"
"""A paragraph that stands for a ruled line of an HTML message."""

SIGNATURE_STARTS, SIGNATURE_ENDS = "\uf8e1", "\uf8e2"
"""Paragraphs that stand where the mail program itself says its signature starts and ends."""

STAND_INS = re.compile("[\uf8e0-\uf8e2]")
SHOWN = 200

_LONGEST_LINE, _LONGEST_VIEW = 8_000, 1_000
_LINK = re.compile(r"\[([^\[\]]{0,500})\]\((?:<[^<>]{0,4000}>|[^\s()<>]{0,2000})\)")
_DEEPEST = 50
_QUOTED = re.compile(r"(?:[ \t]{0,3}\\?>)+[ \t]?")
_RULED = re.compile(r"(?:\\?[_=*\u2014-]\s?){5,}$|(?:\* ){2}\*$")


class Paragraph(NamedTuple):
    """A run of lines none of which is blank: its first line's index, the index after its last."""

    start: int
    end: int


@lru_cache(maxsize=8_192)
def bare(line: str) -> str:
    """Give what a line says, in plain text or Markdown: no emphasis, no escapes, links as their words."""
    line = _LINK.sub(r"\1", line[:_LONGEST_LINE])[:_LONGEST_VIEW].strip()
    line = re.sub(r"\\([^\w\s])", r"\1", line)
    line = re.sub(r"(?<!\w)(?:\*{1,3}|_{1,3})(?=\w)|(?<=[\w:.,!?>)])(?:\*{1,3}|_{1,3})(?!\w)", "", line)
    return " ".join(re.sub(r"^#{1,6} ", "", line).split())


def is_blank(line: str) -> bool:
    """Whether nothing is to be seen on a line."""
    return not line.strip() or line.strip() in (SIGNATURE_STARTS, SIGNATURE_ENDS)


def is_ruled(line: str) -> bool:
    """Whether a line is a rule: underscores, dashes, or an <hr> that was."""
    line = line.strip()
    return line == RULE or bool(_RULED.match(line[:_LONGEST_VIEW]))


def depth(line: str) -> int:
    """Count the quotation marks (`>`) a line begins with."""
    found = _QUOTED.match(line)
    return min(found[0].count(">"), _DEEPEST) if found else 0


def unquoted(line: str, levels: int) -> str:
    """Take up to so many quotation marks off a line."""
    for _ in range(levels):
        found = re.match(r"[ \t]{0,3}\\?> ?", line)
        if not found:
            break
        line = line[found.end() :]
    return line


def words(lines: list[str]) -> int:
    """Count the words of some lines."""
    return sum(len(re.findall(r"\w+", line)) for line in lines)


def paragraphs(lines: list[str]) -> list[Paragraph]:
    """Find the paragraphs; a rule stands between them like a blank line."""
    found: list[Paragraph] = []
    start = None
    for at, line in enumerate([*lines, ""]):
        between = is_blank(line) or is_ruled(line)
        if between and start is not None:
            found.append(Paragraph(start, at))
            start = None
        elif not between and start is None:
            start = at
    return found


def next_line(lines: list[str], at: int) -> int:
    """Give the index of the first line from `at` on that is not blank, or the number of lines."""
    return next((n for n in range(at, len(lines)) if not is_blank(lines[n])), len(lines))


def stripped(lines: list[str]) -> list[str]:
    """Leave out blank lines and rules before the first words and after the last."""
    kept = [at for at, line in enumerate(lines) if not (is_blank(line) or is_ruled(line))]
    return lines[kept[0] : kept[-1] + 1] if kept else []


def shown(lines: list[str] | str, longest: int = SHOWN) -> str:
    """Show words in a note, on one line: whole, or their beginning."""
    listed = lines.split("\n") if isinstance(lines, str) else lines
    text = " ".join(part for line in listed if (part := bare(unquoted(STAND_INS.sub("", line), 9))))
    if len(text) <= longest:
        return text
    return f"{text[:longest].rsplit(' ', 1)[0]}… (and {len(text) - longest:,} more characters)"
