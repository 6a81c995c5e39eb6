"""Text in which somebody meant every line break, as in a calendar entry or a cell: to Markdown."""

import re

from bulletin.collect.plain import plain_to_markdown


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


def _is_entry(line: str) -> bool:
    return bool(re.match(r"(?:-|\d{1,3}[.)]) ", line))
