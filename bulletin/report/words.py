"""Counts and their nouns, and other people's words on one line."""


def plural(count: int, one: str, many: str = "") -> str:
    """Give a count with its noun: 1 person, 3 people."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def printable(text: str) -> str:
    """Give a text without what would steer a terminal or turn the words round; lines stay lines."""
    if all(map(str.isprintable, text.split("\n"))):
        return text
    return "".join(
        c if c.isprintable() or c in "\n\N{NO-BREAK SPACE}" else "\N{REPLACEMENT CHARACTER}" for c in text
    )


def one_line(text: str) -> str:
    """Give somebody's words, or the name of their file, as part of one line."""
    return printable(text).replace("\n", "\N{REPLACEMENT CHARACTER}")
