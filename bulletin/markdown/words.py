"""What a contribution says, shows and points to, for rules that look at words."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulletin.markdown.parse import tokens, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token


@dataclass(frozen=True, slots=True)
class Link:
    """A link as written: its words, its destination, the 1-based line in the Markdown.

    A bare address has itself as its words; a destination no bulletin may link to is given like any other.
    """

    text: str
    url: str
    line: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as written: alternative text, source, the 1-based line in the Markdown."""

    alt: str
    src: str
    line: int


def plain(markdown: str) -> str:
    """Give the words alone, a line for each paragraph, heading, list item and cell."""
    lines = []
    for token in tokens(markdown):
        if token.type == "inline":
            lines.append(" ".join(words_of(token.children or ()).split()))
        elif token.type in ("fence", "code_block"):
            lines.append(token.content.rstrip("\n"))
    return "\n".join(line for line in lines if line)


def links(markdown: str) -> tuple[Link, ...]:
    """Give every link in reading order, bare addresses and e-mail addresses included."""
    found = []
    for token, line in _inline(markdown):
        if token.type == "link_open":
            url = str(token.attrs["href"])
            bare = token.info == "auto" and not url.startswith("mailto:")
            found.append(Link(url if bare else str(token.meta.get("words", "")), url, line))
    return tuple(found)


def images(markdown: str) -> tuple[Picture, ...]:
    """Give every picture in reading order."""
    return tuple(
        Picture(words_of(token.children or ()), str(token.attrs.get("src", "")), line)
        for token, line in _inline(markdown)
        if token.type == "image"
    )


def _inline(markdown: str) -> "Iterator[tuple[Token, int]]":
    """Give every inline token with the line it starts on."""
    for block in tokens(markdown):
        if block.type == "inline":
            yield from _lined(block.children or (), (block.map or [0])[0] + 1)


def _lined(children: "Sequence[Token]", line: int) -> "Iterator[tuple[Token, int]]":
    """Count the line breaks passed on the way."""
    for token in children:
        yield token, line
        line += token.type in ("softbreak", "hardbreak")
