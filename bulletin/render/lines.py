"""The filters of text templates: each gives lines, at most 72 columns wide, that Outlook cannot spoil."""

import re

from bulletin.markdown import literal, public_url, shown_url, to_text
from bulletin.markdown import wrap as wrap_words

WIDTH = 72
INDENT = "  "
NOTE = "      "

_BLANKS = re.compile(r"\n{3,}")


def wrapped(words: str, first: str = "", rest: str = "") -> str:
    """Break words into lines that start with `first` and then `rest`."""
    return "\n".join(wrap_words(str(words), WIDTH, first=str(first)[:WIDTH], rest=str(rest)[:WIDTH]))


def underlined(words: str, mark: str = "-") -> str:
    """Write a heading with a rule under it, which an indent keeps apart from a long one."""
    found = wrap_words(str(words), WIDTH, rest=INDENT)
    margin = INDENT if len(found) > 1 or max(map(len, found), default=0) >= 40 else ""
    length = min(max(map(len, found), default=0), 40)
    return "\n".join([*found, margin + str(mark) * length])


def block(markdown: str, number: str = "", title: str = "") -> str:
    """Write a contributor's Markdown, with the addresses of its links as notes at the end.

    title: what its tables are called that stand under no heading of their own.
    """
    found = to_text(str(markdown), width=WIDTH, number=str(number), title=str(title))
    lines = list(found.lines)
    if found.links:
        lines.append("")
    for place, link in enumerate(found.links, 1):
        mark = f"{INDENT}[{place}] "
        lines.extend(wrap_words(link.text or shown_url(link.url), WIDTH, first=mark, rest=NOTE))
        lines.append(NOTE + _spoken(link.url))
    return "\n".join(lines)


def record(words: str, name: str, margin: str = INDENT) -> str:
    """Write one named value; each web address in it stands whole on a line of its own under it."""
    words, margin = str(words), str(margin)[:WIDTH]
    found = to_text(literal(words), width=10_000)
    plain = re.sub(r" \[\d+\]", "", " ".join(found.lines)) if found.links else words
    lines = wrap_words(f"{name}: {plain}", WIDTH, first=margin, rest=margin + INDENT)
    return "\n".join([*lines, *(margin + INDENT + link.url for link in found.links)])


def address(url: str, margin: str = INDENT * 2) -> str:
    """Write an address alone on its line, never broken; of an e-mail address or number, just that."""
    return str(margin)[:WIDTH] + _spoken(public_url(str(url)))


def tidied(text: str) -> str:
    """Leave no space at a line's end and no more than one empty line between two passages."""
    lines = "\n".join(line.rstrip() for line in text.split("\n"))
    return _BLANKS.sub("\n\n", lines).strip("\n") + "\n"


def _spoken(url: str) -> str:
    """Give an address as a reader types it: without `mailto:` or `tel:`."""
    return url if url.lower().startswith("http") else shown_url(url)
