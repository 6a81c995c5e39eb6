"""Read the `Label: value` lines at the head of a contribution or an item."""

import re
from functools import cache
from typing import NamedTuple

from bulletin.model.contribution import Label

LABELS = (
    "title",
    "from",
    "section",
    "summary",
    "link",
    "contact",
    "audience",
    "area",
    "language",
    "when",
    "where",
    "opens",
    "closes",
    "image",
    "alt",
    "share",
    "embargo",
)
"""The labels a contributor may write, in the order an item file has them."""

SYNONYMS = {
    "deadline": "closes",
    "closing date": "closes",
    "venue": "where",
    "location": "where",
    "date": "when",
    "date and time": "when",
    "website": "link",
    "web": "link",
    "url": "link",
    "organisation": "from",
    "headline": "title",
    "lang": "language",
}
"""Other words for a label, lower case."""

FENCE = "---"


class Labelled(NamedTuple):
    """A text taken apart.

    labels: known labels by their agreed lower-case name; unknown: the rest of the block.
    text: everything after the block; text_line: the 1-based line it starts on.
    """

    labels: dict[str, Label]
    unknown: tuple[Label, ...]
    text: str
    text_line: int


def read_labels(source: str, extra: tuple[str, ...] = ()) -> Labelled:
    """Take a text apart into its label block and the rest.

    The block is the first lines, between `---` lines or not: `Label: value`, indented lines go on, quotes
    round a value are removed, case does not matter. Without `---` it starts only where a known label
    stands, perhaps under a heading, and ends at the first line that is neither; nothing is lost: what is
    no label is text, and a label given twice stays in the text the second time.
    YAML is no help here: it types `No` and `10:30`, cuts at ` #` and fails on `Title: New bus: route 12`.

    Args:
        source: the text with `\\n` line ends.
        extra: further known labels, lower case.
    """
    known = frozenset((*LABELS, *extra))
    lines = source.split("\n")
    start = _first_line(lines)
    if start < len(lines) and lines[start].strip() == FENCE:
        end = _closing_fence(lines, start + 1)
        if end is not None:
            return _take_apart(lines, range(start + 1, end), end + 1, known)
    heading: list[str] = []
    if start < len(lines) and lines[start].startswith("#"):
        heading, start = [lines[start]], _first_line(lines, start + 1)
    end = _end_of_block(lines, start, known)
    if end == start:
        return Labelled({}, (), source.strip("\n"), _first_line(lines) + 1)
    return _take_apart(lines, range(start, end), end, known, heading)


def agreed_name(name: str) -> str:
    """Give the label's agreed lower-case name, following synonyms."""
    folded = " ".join(name.lower().split())
    return SYNONYMS.get(folded, folded)


@cache
def _label_line() -> re.Pattern[str]:
    return re.compile(r"(?P<name>[^\W\d_][^\W_]*(?:[ -][^\W_]+){0,3})[ \t]*:(?:[ \t]+(?P<value>.*))?$")


def _match(line: str) -> tuple[str, str] | None:
    found = _label_line().match(line)
    return (found["name"], (found["value"] or "").strip()) if found else None


def _first_line(lines: list[str], start: int = 0) -> int:
    return next((n for n in range(start, len(lines)) if lines[n].strip()), len(lines))


def _closing_fence(lines: list[str], start: int) -> int | None:
    return next((n for n in range(start, len(lines)) if lines[n].strip() == FENCE), None)


def _is_known(line: str, known: frozenset[str]) -> bool:
    found = _match(line)
    return found is not None and agreed_name(found[0]) in known


def _end_of_block(lines: list[str], start: int, known: frozenset[str]) -> int:
    """Give the line after an unfenced block, `start` where there is none."""
    if not any(_is_known(line, known) for line in _run(lines, start)):
        return start
    at = start
    while at < len(lines):
        line = lines[at]
        if line.strip() and (_match(line) or (at > start and line[0] in " \t")):
            at += 1
            continue
        after = _first_line(lines, at)
        if line.strip() or after == len(lines) or not _is_known(lines[after], known):
            return at
        at = after
    return at


def _run(lines: list[str], start: int) -> list[str]:
    """Give the unbroken run of label lines that starts here."""
    run: list[str] = []
    for line in lines[start:]:
        if not _match(line) and not (run and line[:1] in (" ", "\t") and line.strip()):
            break
        run.append(line)
    return run


def _take_apart(
    lines: list[str], block: range, after: int, known: frozenset[str], heading: list[str] | None = None
) -> Labelled:
    labels: dict[str, Label] = {}
    unknown: list[Label] = []
    again: list[str] = []
    for label in _labels(lines, block):
        name = agreed_name(label.name)
        if name not in known:
            unknown.append(label)
        elif name in labels:
            again.append(f"{label.name}: {label.value}")
        else:
            labels[name] = label
    body = _first_line(lines, after)
    head = [*(heading or []), *again]
    text = "\n".join([*(f"{line}\n" for line in head), *lines[body:]]).strip("\n")
    return Labelled(labels, tuple(unknown), text, max(1, body + 1 - 2 * len(head)))


def _labels(lines: list[str], block: range) -> list[Label]:
    found: list[Label] = []
    for at in block:
        line = lines[at]
        match = _match(line) if line[:1] not in (" ", "\t") else None
        if match:
            found.append(Label(match[0], match[1], at + 1))
        elif found and line.strip():
            last = found[-1]
            found[-1] = Label(last.name, f"{last.value} {line.strip()}".strip(), last.line)
        elif line.strip():
            found.append(Label(line.strip(), "", at + 1))
    return [Label(label.name, _unquote(label.value), label.line) for label in found]


def _unquote(value: str) -> str:
    for opening, closing in (('"', '"'), ("'", "'"), ("\u201c", "\u201d"), ("\u2018", "\u2019")):
        inner = value[1:-1]
        if len(value) > 1 and value[0] == opening and value[-1] == closing and opening not in inner:
            return inner.strip()
    return value
