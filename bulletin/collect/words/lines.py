"""Text in which somebody meant every line break, as in a calendar entry or a cell: to Markdown."""

import re

from bulletin.collect.words.plain import plain_to_markdown


def lines_to_markdown(text: str) -> str:
    """Turn text into Markdown that keeps its lines: each is a paragraph or a list's entry of its own."""
    out: list[str] = []
    apart = "\n\n".join(line for line in text.split("\n") if line.strip())
    for line in plain_to_markdown(apart).split("\n"):
        if not line.strip():
            continue
        if out and not (_is_entry(line) and _is_entry(out[-1])):
            out.append("")
        out.append(line.rstrip())
    return "\n".join(out)


def _is_entry(line: str) -> bool:
    return bool(re.match(r"(?:-|\d{1,3}[.)]) ", line))
