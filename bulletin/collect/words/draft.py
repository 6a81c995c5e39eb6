"""Take a text apart into a draft: its labels, and the words below them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bulletin.collect.reading import Draft
from bulletin.labels import known_label, read_labels, writable
from bulletin.labels.stray import begins_with_title, blocks
from bulletin.markdown import literal, plain
from bulletin.wording import plural, short
from bulletin.workspace.outline import TOOL_LABELS

LABEL_LINE = re.compile(r"(?P<name>[^\W\d_][^\W_]*(?:[ -][^\W_]+){0,3})\s*:(?:\s|$)")
"""A line that may be a label of the contract, or anybody's."""

TEXT_NAMES = frozenset(
    (
        *("text", "words", "your words", "main text", "body", "details", "description", "story", "article"),
        *("item", "message", "content"),
    )
)
"""What the line or the row of a form for the words themselves may be called."""

GREETING_WORDS = 25
"""Fewer words above the labels, which name a title, only greet; an embargo is no greeting."""
_LONGEST = 200


def draft_from(text: str) -> Draft:
    """Take a text apart into a draft; what cannot be a label of an item's file stays in its text."""
    return Draft(*writable(read_labels(text), TOOL_LABELS))


def drafts_from(text: str) -> tuple[tuple[Draft, ...], tuple[str, ...]]:
    """Take a text apart at its blocks of labels, and say so: under a greeting, or one for each item in it."""
    whole = draft_from(text)
    lines = whole.text.split("\n")
    starts = [at for at in blocks(lines) if begins_with_title(lines[at])]
    if not whole.labels and not starts:
        starts = blocks(lines)[:1]
    if not starts or (whole.labels and "title" not in whole.labels):
        return (whole,), ()
    ends = [*starts[1:], len(lines)]
    drafts = [draft_from(_part(lines[at:end])) for at, end in zip(starts, ends, strict=True)]
    above, notes = _part(lines[: starts[0]]), []
    if whole.labels:
        drafts.insert(0, replace(whole, text=above))
    elif above:
        greets = len(above.split()) <= GREETING_WORDS and "title" in drafts[0].labels
        kept = not greets or "embargo" in above.lower()
        became = "were kept above its text" if kept else "were left out"
        notes.append(f"the words above its labels {became}: {short(above, _LONGEST)}")
        drafts[0] = replace(drafts[0], text=f"{above}\n\n{drafts[0].text}") if kept else drafts[0]
    if len(drafts) > 1:
        notes.append(f"there are {plural(len(drafts), 'block')} of labels in it, so it became as many items")
    return tuple(drafts), tuple(notes)


def _part(lines: Sequence[str]) -> str:
    """Join the lines of one item, without the rule that parts it from the next."""
    return re.sub(r"\n[-=*_~# ]{3,}$", "", "\n".join(lines).strip("\n")).strip("\n")


def with_literal_summary(draft: Draft) -> Draft:
    """Keep a summary in plain words from being read as Markdown, which the summary of an item is."""
    summary = draft.labels.get("summary", "")
    if " ".join(plain(summary).split()) == " ".join(summary.split()):
        return draft
    return replace(draft, labels={**draft.labels, "summary": literal(summary)})


def label_of(line: str) -> str:
    """Give the agreed name of the label a line begins with, "" where it is none of the contract's."""
    found = LABEL_LINE.match(line)
    return known_label(found["name"]) if found else ""


def label_of_row(cells: Sequence[str]) -> str:
    """Give the agreed name of the label that a table's row `label | value` is, "" where it is none."""
    return known_label(cell_name(cells[0])) if len(cells) == 2 else ""


def cell_name(cell: str) -> str:
    """Give the name a form's cell writes, without its marks and colon."""
    return cell.strip(" *_").removesuffix(":").rstrip()


def plain_value(name: str, value: str) -> str:
    """Take off what `html_to_markdown` wrote round a label's value: it is plain words, or an address."""
    url = 2 if name == "link" else 1
    value = re.sub(r"\[((?:\\.|[^\]\\])*)\]\(<([^>]*)>\)", rf"\{url}", value)
    value = re.sub(r"<((?:https?://|mailto:|tel:)[^>]*)>", r"\1", value)
    value = re.sub(r"(?<!\\)\*{1,2}", "", value)
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", value)
