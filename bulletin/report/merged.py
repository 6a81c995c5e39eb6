"""What merging two items did, as lines and as JSON."""

from typing import Any

from bulletin.model.merged import Merged
from bulletin.wording import one_line, plural, quoted, short

_LONGEST = 90


def merged_lines(issue: str, keep: str, other: str, merged: Merged, hold: str) -> list[str]:
    """Say what was added, what is to be settled, and how it is undone."""
    path = f"issues/{issue}/items"
    added = [f"  {label.capitalize()}: {value}" for label, value in merged.added]
    added += [f"  a paragraph: {short(one, _LONGEST)}" for one in merged.paragraphs]
    lines = [f"Put into {keep}:", *added] if added else [f"{keep} said all of it already."]
    if merged.unsettled:
        count = plural(len(merged.unsettled), "thing")
        lines.append(f"To settle in {keep}, {count} on which they differ (in its line `Settle:` too):")
    for one in merged.unsettled:
        here = quoted(one.keep, _LONGEST) if one.keep else "nothing"
        lines.append(f"  {one.label.capitalize()}: {keep} says {here}, {other} {quoted(one.other, _LONGEST)}")
    lines.append(
        f"{other} is in no edition now: it has a line `Hold: merged into {keep}`, and all its words."
    )
    if hold:
        lines.append(f"{keep} itself is held: {hold}")
    return [
        *map(one_line, lines),
        f"To undo: {_undo(path, keep, other, merged)}",
        f"Next: open {path}/{keep}.md",
    ]


def merged_json(issue: str, keep: str, other: str, merged: Merged) -> dict[str, Any]:
    """Give it as `merge --json` has it."""
    return {
        "issue": issue,
        "keep": keep,
        "other": other,
        "added": dict(merged.added),
        "paragraphs": list(merged.paragraphs),
        "unsettled": [one._asdict() for one in merged.unsettled],
        "undo": _undo(f"issues/{issue}/items", keep, other, merged),
    }


def _undo(path: str, keep: str, other: str, merged: Merged) -> str:
    changed = merged.added or merged.paragraphs or merged.unsettled
    rest = f"; take what is listed above out of {path}/{keep}.md" if changed else ""
    return f"delete the line `Hold:` in {path}/{other}.md{rest}"
