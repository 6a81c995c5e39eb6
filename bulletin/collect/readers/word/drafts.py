"""Decide what the blocks of a document are: labels, words, one item or several.

A document is one item, however many headings it has: a report's chapters look like a newsletter's stories.
It is several only where it says so itself: each part is a filled-in form (a two-column table), or begins with
labels of its own, and nothing but a title stands before the first.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from bulletin.charset import clean
from bulletin.collect.readers.word.blocks import HEADINGS, paragraph, to_markdown, words_of
from bulletin.collect.readers.word.layout import LINKS, is_label, shape
from bulletin.collect.readers.word.tables import contents, lines_of, read_grid
from bulletin.collect.reading import Draft
from bulletin.collect.words.draft import LABEL_LINE, TEXT_NAMES
from bulletin.labels import LABELS, agreed_name, read_labels

LEAST_LABELS = 2
GREETING_WORDS = 60
FORM_HEADING = "your news for the bulletin"
"""The heading of the form we give out, which some programs keep without its style."""
EXAMPLE = ("for example", "e.g.", "eg ", "(")
JOINT = {"when": ", ", "where": ", ", "contact": ", "}
"""What stands between the lines of a label's value; else a space."""


@dataclass(slots=True)
class _Part:
    """The makings of a draft."""

    labels: dict[str, str] = field(default_factory=dict)
    blocks: list[ET.Element] = field(default_factory=list)


def draft_blocks(blocks: list[ET.Element]) -> tuple[tuple[Draft, ...], list[str]]:
    """Make drafts of a document's blocks, and notes of what was left behind."""
    notes: list[str] = []
    forms = [at for at, block in enumerate(blocks) if block.tag == "table" and _is_form(block)]
    if forms:
        parts = list(_filled_forms(blocks, forms, notes))
    else:
        shaped, notes = shape(blocks)
        parts = [_labelled(part, notes) for part in _split(shaped, notes)]
    if forms and not parts:
        notes.append("nobody filled in the form")
    drafts = [_draft(part, notes) for part in parts]
    return tuple(draft for draft in drafts if draft.text or draft.labels), notes


def _draft(part: _Part, notes: list[str]) -> Draft:
    text, cleaned = clean(to_markdown(part.blocks))
    labels = {}
    for name, value in part.labels.items():
        plain, more = clean(value)
        cleaned += more
        labels[name] = " ".join(plain.split())
    notes += [note for note in dict.fromkeys(cleaned) if note not in notes]
    return Draft(labels, text)


def _is_form(table: ET.Element) -> bool:
    """Whether a table is the labelled form: two columns, most rows a label of the contract."""
    rows = [row for row in read_grid(table) if row and row[0] is not None and words_of(row[0])]
    if not rows or any(len(row) != 2 for row in rows):
        return False
    known = sum(_row_label(row[0])[0] in {*LABELS, *TEXT_NAMES} for row in rows if row[0] is not None)
    return known >= LEAST_LABELS and known * 2 >= len(rows)


def _row_label(cell: ET.Element) -> tuple[str, list[str]]:
    """Give the label a form's left cell names, and what else stands in it."""
    lines = lines_of(cell) or [""]
    written = lines[0].rstrip(":* ").strip()
    name = agreed_name(written)
    return name if name in {*LABELS, *TEXT_NAMES} else written, lines[1:]


def _filled_forms(blocks: list[ET.Element], forms: list[int], notes: list[str]) -> Iterator[_Part]:
    """Give a part for each form, with the words in it and after it; a greeting before it is left out."""
    before, left = shape(blocks[: forms[0]])
    notes += left
    for number, (start, end) in enumerate(zip(forms, [*forms[1:], len(blocks)], strict=True)):
        part = _Part()
        inside = list(_read_form(blocks[start], part.labels, notes))
        after, left = shape([*inside, *blocks[start + 1 : end]])
        notes += left
        part.blocks = after
        if not (part.labels or part.blocks):
            continue
        if number == 0 and before:
            _put_before(part, before, notes)
        yield part


def _put_before(part: _Part, before: list[ET.Element], notes: list[str]) -> None:
    if words_of(before[0]).lower() == FORM_HEADING:
        before.pop(0)
    words = " ".join(words_of(block) for block in before)
    if before and before[0].tag in HEADINGS and "title" not in part.labels:
        part.labels["title"] = words_of(before.pop(0))
        words = " ".join(words_of(block) for block in before)
    if len(words.split()) > GREETING_WORDS:
        part.blocks = [*before, *part.blocks]
    elif words:
        notes.append(f"left out, since it stands before the form: \u201c{words}\u201d")


def _read_form(table: ET.Element, labels: dict[str, str], notes: list[str]) -> Iterator[ET.Element]:
    """Read a form's rows into labels, giving what is no label as blocks."""
    for row in read_grid(table):
        if not row or row[0] is None:
            continue
        name, beside = _row_label(row[0])
        beside = [line for line in beside if not line.lower().startswith(EXAMPLE)]
        if beside:
            notes.append(f"beside \u201c{name}\u201d the form says: {' '.join(beside)}")
        value = row[1] if len(row) > 1 else None
        if value is None or not words_of(value):
            continue
        if name.lower() in TEXT_NAMES or not name or name in labels:
            yield from ([paragraph(f"{name}:")] if name in labels else [])
            yield from contents(value)
            continue
        lines = lines_of(value)
        labels[name] = JOINT.get(name, " ").join(lines)
        _follow(value, name, labels, notes)


def _follow(value: ET.Element, name: str, labels: dict[str, str], notes: list[str]) -> None:
    """Keep the address behind linked words: it is the link, it belongs to the contact, or it is noted."""
    for link in value.iter("a"):
        href = (link.get("href") or "").strip()
        address = (
            href.partition(":")[2].partition("?")[0] if href.lower().startswith(("mailto:", "tel:")) else href
        )
        if not href.lower().startswith(LINKS) or address in labels[name]:
            continue
        if name == "link":
            if labels[name] != words_of(link):
                notes.append(f"left out beside the link: \u201c{labels[name]}\u201d")
            labels[name] = href
        elif name == "contact":
            labels[name] += f", {address}"
        elif "link" not in labels and name == "title":
            labels["link"] = href
        else:
            notes.append(f"a link behind the words of {name.capitalize()} was left out: {href}")


def _split(blocks: list[ET.Element], notes: list[str]) -> list[list[ET.Element]]:
    """Split a document where each part begins with labels of its own."""
    starts = [at for at in range(len(blocks)) if _begins(blocks, at)]
    if len(starts) < 2:
        return [blocks]
    before = blocks[: starts[0]]
    kinds = {blocks[at].tag for at in starts}
    like_them = [
        at for at in range(starts[0], len(blocks)) if blocks[at].tag in kinds and blocks[at].tag != "p"
    ]
    titled = len(before) == 1 and before[0].tag in HEADINGS
    if len(kinds) > 1 or set(like_them) - set(starts) or (before and not titled):
        return [blocks]
    if before:
        notes.append(f"left out, since it stands over all its items: \u201c{words_of(before[0])}\u201d")
    return [blocks[start:end] for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True)]


def _begins(blocks: list[ET.Element], at: int) -> bool:
    """Whether an item of its own begins here: a heading or `Title:` with a label under it."""
    under = is_label(blocks[at + 1]) if at + 1 < len(blocks) else ""
    if blocks[at].tag in HEADINGS:
        return bool(under) and under != "title"
    return is_label(blocks[at]) == "title" and bool(under)


def _labelled(blocks: list[ET.Element], notes: list[str]) -> _Part:
    """Take the labels off the head of a part, under its heading or not."""
    start = 1 if blocks and blocks[0].tag in HEADINGS else 0
    end = after = start
    while after < len(blocks) and blocks[after].tag == "p" and LABEL_LINE.match(words_of(blocks[after])):
        after += 1
        end = after if is_label(blocks[after - 1]) else end
    if end == start:
        return _Part({}, blocks)
    block = blocks[start:end]
    read = read_labels("\n".join(words_of(line) for line in block))
    labels = read.values | {label.name: label.value for label in read.unknown}
    labels = {name: value for name, value in labels.items() if value}
    for line in block:
        if is_label(line) in labels:
            _follow(line, is_label(line), labels, notes)
    again = [paragraph(line) for line in read.text.split("\n") if line.strip()]
    return _Part(labels, [*blocks[:start], *again, *blocks[end:]])
