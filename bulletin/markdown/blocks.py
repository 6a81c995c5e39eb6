"""Markdown cut into its blocks, each as it was written."""

from typing import NamedTuple

from bulletin.markdown.clean import clean
from bulletin.markdown.parse import tokens


class Block(NamedTuple):
    """A paragraph, a heading, a whole list or table; kind: `paragraph`, `heading`, or "" for any other."""

    kind: str
    source: str


def blocks(markdown: str) -> tuple[Block, ...]:
    """Give the blocks at the top level, in reading order; what defines a link's address is none."""
    lines = clean(markdown).split("\n")
    found = []
    for token in tokens(markdown):
        if token.level == 0 and token.map and token.nesting >= 0:
            kind = {"paragraph_open": "paragraph", "heading_open": "heading"}.get(token.type, "")
            found.append(Block(kind, "\n".join(lines[token.map[0] : token.map[1]]).strip("\n")))
    return tuple(found)
