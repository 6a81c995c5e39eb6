"""The beginning of a long text, for an edition that leads to the rest of it."""

import re
from collections.abc import Iterator
from itertools import islice

from bulletin.markdown import Block, blocks, links, plain
from bulletin.prose import ABBREVIATIONS

LEAST_REST = 20
"""Fewer words than this are not worth a reader's click."""

SHORT_LINE = 12
"""A paragraph of so few words that ends no sentence stands for a heading."""

MOST_ENDS = 60
"""How many ends of sentences are looked at in one paragraph."""

_ENDS = re.compile(r"([.!?…؟])[)\"'”’»*_]*\s+(?![a-zà-ÿ])")  # noqa: RUF001


def word_count(markdown: str) -> int:
    """Count the words a reader sees."""
    return len(plain(markdown).split())


def beginning(markdown: str, most: int) -> str:
    """Give the beginning of a text, about so many words of it, or all of it where it cannot be cut.

    It ends where a block ends, or a sentence of a paragraph: never within a list, a table or a link, nor
    after a heading or a colon that lead to what would be missing. Whole blocks and sentences are taken while
    they fit; the first one is taken whether it fits or not.
    """
    taken: list[str] = []
    for passage in _passages(blocks(markdown)):
        room = most - word_count("\n\n".join(taken))
        if sum(word_count(block.source) for block in passage) > room:
            taken += _part(passage, room, is_first=not taken)
            break
        taken += [block.source for block in passage]
    short = "\n\n".join(taken)
    cut_well = short and _begins(markdown, short) and word_count(markdown) - word_count(short) >= LEAST_REST
    return short if cut_well else markdown


def _passages(found: tuple[Block, ...]) -> Iterator[list[Block]]:
    """Give the blocks in runs that belong together: headings, and what ends in a colon, with what follows."""
    passage: list[Block] = []
    for block in found:
        passage.append(block)
        if not _leads(block):
            yield passage
            passage = []
    if passage:
        yield passage


def _leads(block: Block) -> bool:
    """Whether a block leads to the next: a heading, a few words that end no sentence, a colon at its end."""
    words = plain(block.source).strip()
    is_open = len(words.split()) <= SHORT_LINE and not words.rstrip("\"'”’)").endswith((*".!?…",))  # noqa: RUF001
    return (
        not words
        or block.kind == "heading"
        or (block.kind == "paragraph" and (is_open or words.endswith(":")))
    )


def _part(passage: list[Block], room: int, *, is_first: bool) -> list[str]:
    """Give as much of a passage as there is room for; of the first one something, if need be all."""
    *lead, last = passage
    room -= sum(word_count(block.source) for block in lead)
    kept = ""
    for sentence in _sentences(last) if last.kind == "paragraph" else ():
        longer = f"{kept}{sentence}"
        if word_count(longer) > room and (kept or not is_first):
            break
        kept = longer
    if kept.strip():
        return [*(block.source for block in lead), kept.strip()]
    return [block.source for block in passage] if is_first else []


def _sentences(paragraph: Block) -> Iterator[str]:
    """Give a paragraph's sentences as they were written, joined where a link or emphasis spans two."""
    source, start = paragraph.source, 0
    for found in islice(_ENDS.finditer(source), MOST_ENDS):
        before = source[start : found.start()].rpartition(" ")[2].lstrip("(\"'“‘*_").lower()  # noqa: RUF001
        short = found[1] == "." and (before in ABBREVIATIONS or (len(before) == 1 and before.isalpha()))
        if not short and _begins(source, source[: found.end()]):
            yield source[start : found.end()]
            start = found.end()
    yield source[start:]


def _begins(whole: str, part: str) -> bool:
    """Whether a part cut off the beginning reads as it does within the whole: its words, its links."""
    words, ours = plain(whole).split(), plain(part).split()
    led, kept = ([(link.text, link.url) for link in links(one)] for one in (whole, part))
    return words[: len(ours)] == ours and led[: len(kept)] == kept
