"""Say what was found in a line of a note: counted, listed, quoted."""


def one_line(text: str) -> str:
    """Put text on one line, as a label's value must be."""
    return " ".join(text.split())


def quoted(text: str, most: int = 60) -> str:
    """Give the beginning of a text between quotation marks, for a note."""
    line = one_line(text)
    return f'"{line}"' if len(line) <= most else f'"{line[: most - 1].rstrip()}\u2026"'


def listed(parts: list[str]) -> str:
    """Write `a, b and c`."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def counted(number: int, one: str, many: str = "") -> str:
    """Write `1 row`, `2 rows`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
