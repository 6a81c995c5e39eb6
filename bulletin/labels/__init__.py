"""Read the `Label: value` lines at the head of a contribution or an item."""

import re
from functools import cache

from bulletin.model.contribution import Label
from bulletin.model.value import Value

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

WEB_PAGE = {"author", "categories", "category", "date-modified", "layout", "permalink", "slug", "tags"}
"""Names in the head of a web page's or blog's Markdown, whose `date` is the day it was published."""

FENCE = "---"
QUOTES = {'"': '"', "'": "'", "\u201c": "\u201d", "\u2018": "\u2019"}
"""The opening marks to their closing ones."""


class Labelled(Value):
    """A text taken apart.

    labels: known labels by their agreed lower-case name; unknown: the rest of the block, where a line that
    is no label at all is a name without a value.
    text: everything after the block; text_line: the 1-based line it starts on.
    """

    labels: dict[str, Label]
    unknown: tuple[Label, ...]
    text: str
    text_line: int

    @property
    def values(self) -> dict[str, str]:
        """What the known labels say, by their names."""
        return {name: label.value for name, label in self.labels.items()}


def read_labels(source: str, extra: tuple[str, ...] = ()) -> Labelled:
    r"""Take a text apart into its label block and the rest.

    The block is the first lines, between `---` lines or not: `Label: value`, indented lines go on, quotes
    round a value are removed, case does not matter, nor does a label in bold. Without `---` it starts only
    where a known label stands, perhaps under a heading, and ends at the first line that is neither. No word
    is lost: what is no label is text, and a label given twice stays in the text the second time.
    YAML is no help here: it types `No` and `10:30`, cuts at ` #` and fails on `Title: New bus: route 12`.

    Args:
        source: the text with `\n` line ends.
        extra: further known labels, lower case.
    """
    known = frozenset((*LABELS, *extra))
    lines = source.split("\n")
    first = start = _first_line(lines)
    if start < len(lines) and lines[start].strip() == FENCE:
        start = _first_line(lines, start + 1)
        end = _closing_fence(lines, start)
        if end is not None and (start == end or _match(lines[start], known)):
            return _of_web_page(_take_apart(lines, range(start, end), end + 1, known), extra)
    heading: list[str] = []
    if start < len(lines) and lines[start].startswith("#"):
        heading, start = [lines[start]], _first_line(lines, start + 1)
    end = _end_of_block(lines, start, known)
    if end == start:
        return Labelled({}, (), "\n".join(lines[first:]).strip("\n"), first + 1)
    return _take_apart(lines, range(start, end), end, known, heading)


def writable(read: Labelled, reserved: tuple[str, ...] = ()) -> tuple[dict[str, str], str]:
    """Give the values by their names, and the text, ready to be written as an item.

    A line that was no label, an unknown label given twice and one with a reserved name go into the text.
    """
    labels = read.values
    lines = []
    for label in read.unknown:
        if label.value and label.name not in labels and agreed_name(label.name) not in reserved:
            labels[label.name] = label.value
        else:
            lines.append(f"{label.name}: {label.value}\n" if label.value else f"{label.name}\n")
    return labels, "\n".join([*lines, read.text]).strip("\n")


def agreed_name(name: str) -> str:
    """Give the label's agreed lower-case name, following synonyms."""
    folded = " ".join(name.lower().split())
    return SYNONYMS.get(folded, folded)


def known_label(name: str) -> str:
    """Give the agreed name of a label a contributor may write, "" for any other name."""
    agreed = agreed_name(name)
    return agreed if agreed in LABELS else ""


def label_line(name: str, value: str) -> str:
    """Write a label so that it reads back as it is: on one line, a value in quotes within another pair."""
    value = re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+", " ", value).strip()
    if value != _unquote(value):
        opening = next((mark for mark in QUOTES if mark not in value), '"')
        value = f"{opening}{value}{QUOTES[opening]}"
    return f"{name}: {value}".rstrip()


@cache
def _label_line() -> re.Pattern[str]:
    return re.compile(
        r"(?P<bold>\*\*|__)?(?P<name>[^\W\d_][^\W_]*(?:[ \xa0-][^\W_]+){0,3})(?P<end>\*\*|__)?[ \t\xa0]*:"
        r"(?P<late>\*\*|__)?(?P<gap>\s*)(?P<value>.*)$"
    )


def _match(line: str, known: frozenset[str]) -> tuple[str, str] | None:
    """Read a line as a label; only a known one may be in bold, or do without the space after its colon."""
    found = _label_line().match(line)
    if not found:
        return None
    value, bold = found["value"].strip(), found["bold"]
    if (bold or (value and not found["gap"])) and agreed_name(found["name"]) not in known:
        return None
    if bold and not (found["end"] or found["late"]):
        value = value.removesuffix(bold).rstrip()
    return found["name"], value


def _first_line(lines: list[str], start: int = 0) -> int:
    return next((n for n in range(start, len(lines)) if lines[n].strip()), len(lines))


def _closing_fence(lines: list[str], start: int) -> int | None:
    return next((n for n in range(start, len(lines)) if lines[n].strip() == FENCE), None)


def _is_known(line: str, known: frozenset[str]) -> bool:
    found = _match(line, known)
    return found is not None and agreed_name(found[0]) in known


def _goes_on(line: str) -> bool:
    """Whether a line is indented and so belongs to the label above it."""
    return line[:1].isspace() and not line.isspace()


def _end_of_block(lines: list[str], start: int, known: frozenset[str]) -> int:
    """Give the line after an unfenced block, `start` where there is none."""
    if not any(_is_known(line, known) for line in _run(lines, start, known)):
        return start
    at = start
    while at < len(lines):
        line = lines[at]
        if _match(line, known) or (at > start and _goes_on(line)):
            at += 1
            continue
        after = _first_line(lines, at)
        if line.strip() or after == len(lines) or not _is_known(lines[after], known):
            return at
        at = after
    return at


def _run(lines: list[str], start: int, known: frozenset[str]) -> list[str]:
    """Give the unbroken run of label lines that starts here."""
    run: list[str] = []
    for line in lines[start:]:
        if not _match(line, known) and not (run and _goes_on(line)):
            break
        run.append(line)
    return run


def _take_apart(
    lines: list[str], block: range, after: int, known: frozenset[str], heading: list[str] | None = None
) -> Labelled:
    labels: dict[str, Label] = {}
    unknown: list[Label] = []
    again: list[str] = []
    for label in _labels(lines, block, known):
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


def _of_web_page(read: Labelled, extra: tuple[str, ...]) -> Labelled:
    """Read the date of a blog's page as the day it was published; an item's file is no such page."""
    when = read.labels.get("when")
    named = {label.name.lower() for label in read.unknown}
    if extra or when is None or when.name.lower() != "date" or not named & WEB_PAGE:
        return read
    labels = {name: label for name, label in read.labels.items() if name != "when"}
    return read._replace(labels=labels, unknown=(*read.unknown, when._replace(name="Published")))


def _labels(lines: list[str], block: range, known: frozenset[str]) -> list[Label]:
    found: list[tuple[str, list[str], int]] = []
    for at in block:
        line = lines[at]
        match = _match(line, known)
        if match:
            found.append((match[0], [match[1]], at + 1))
        elif found and _goes_on(line):
            found[-1][1].append(line.strip())
        elif line.strip():
            found.append((line.strip(), [], at + 1))
    return [Label(name, _unquote(" ".join(parts).strip()), at) for name, parts, at in found]


def _unquote(value: str) -> str:
    inner = value[1:-1]
    if len(value) < 2 or QUOTES.get(value[0]) != value[-1] or value[0] in inner:
        return value
    return inner.strip()
