"""What a contributed table is called, in both parts alike."""

from collections import Counter
from typing import TYPE_CHECKING

from bulletin.markdown.parse import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token


def captions(stream: "Sequence[Token]", title: str) -> dict[int, str]:
    """Give each table's caption by the place of its opening token: the heading it stands under, or the title.

    The second table under one heading says that it is, so that no two captions are alike; without words
    there is no caption, nor for a table without headings, which is only a way to lay words out.
    """
    named: dict[int, str] = {}
    seen: Counter[str] = Counter()
    words = " ".join(title.split())
    for index, token in enumerate(stream):
        if token.type == "heading_open":
            words = " ".join(words_of(stream[index + 1].children or ()).split()) if title else ""
        elif token.type == "table_open" and words and not end_of_empty_head(stream, index):
            seen[words] += 1
            number = f" {seen[words]}" if seen[words] > 1 else ""
            named[index] = f"Table{number}: {words}"
    return named


def end_of_empty_head(stream: "Sequence[Token]", table: int) -> int:
    """Give the place where the head of a table ends, 0 where any of its columns has a heading.

    table: the place of the table's opening token.
    """
    for index in range(table, len(stream)):
        if stream[index].type == "inline" and words_of(stream[index].children or ()).strip():
            return 0
        if stream[index].type == "thead_close":
            return index
    return 0
