"""Contributed files and what became of them."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from bulletin.model.contribution import CollectedFile, FileOutcome
from bulletin.wording import one_line, plural

MOST_NOTES = 3
"""How many notes are shown under a file; collected.txt and `collect --json` have them all."""


def file_line(row: CollectedFile) -> str:
    """Give what became of one contributed file."""
    items = f" → {', '.join(row.items)}" if row.items else ""
    why = f" ({row.why})" if row.why else ""
    return one_line(f"{row.outcome.value:10} {row.path}{items}{why}")


def file_lines(row: CollectedFile, rest: str = "") -> list[str]:
    """Give what became of one contributed file, what to do, and what was cut or changed on the way.

    Args:
        rest: where all of it can be read, so that no more than the first notes are shown here.
    """
    below = [f"hint: {row.hint}"] if row.hint else []
    below += row.notes[:MOST_NOTES] if rest else row.notes
    if rest and len(row.notes) > MOST_NOTES:
        below.append(f"and {len(row.notes) - MOST_NOTES} more, in {rest}")
    return [file_line(row), *(f"{'':11}{one_line(line)}" for line in below)]


def outcome_words(outcome: FileOutcome, count: int) -> str:
    """Give how many files had an outcome: "1 needs you", "3 need you"."""
    words = "need you" if outcome is FileOutcome.NEEDS_YOU and count != 1 else outcome.value
    return f"{count} {words}"


def files_total(files: Iterable[CollectedFile]) -> str:
    """Give the sentence that closes a list of files."""
    rows = list(files)
    counts = Counter(row.outcome for row in rows)
    parts = [outcome_words(outcome, counts[outcome]) for outcome in FileOutcome if counts[outcome]]
    items = len({item for row in rows for item in row.items})
    return f"{plural(len(rows), 'file')}: {', '.join(parts) or 'nothing there'}; {plural(items, 'item')}."


def files_json(files: Iterable[CollectedFile]) -> dict[str, Any]:
    """Give files as `collect --json` has them."""
    return {
        "files": [
            {
                "path": row.path,
                "outcome": row.outcome.value,
                "why": row.why,
                "hint": row.hint,
                "items": list(row.items),
                "notes": list(row.notes),
                "pictures": list(row.pictures),
            }
            for row in files
        ]
    }
