"""Take a text apart into a draft: its labels, and the words below them."""

from dataclasses import replace

from bulletin.collect.reading import Draft
from bulletin.labels import read_labels, writable
from bulletin.markdown import literal, plain
from bulletin.workspace.outline import TOOL_LABELS


def draft_from(text: str) -> Draft:
    """Take a text apart into a draft; what cannot be a label of an item's file stays in its text."""
    return Draft(*writable(read_labels(text), TOOL_LABELS))


def with_literal_summary(draft: Draft) -> Draft:
    """Keep a summary in plain words from being read as Markdown, which the summary of an item is."""
    summary = draft.labels.get("summary", "")
    if " ".join(plain(summary).split()) == " ".join(summary.split()):
        return draft
    return replace(draft, labels={**draft.labels, "summary": literal(summary)})
