"""What this computer knows of ledgers: where each is, how often it was opened, and of which issue it is."""

import json
import os
from pathlib import Path
from typing import Any, NamedTuple

from bulletin.errors import BulletinError


class Known(NamedTuple):
    """A ledger the register knows.

    opened: how often a run began or ended with it; issue: the mark of its issue and workspace; at: since
    when (ISO 8601). The last two are "" where an earlier version wrote it.
    """

    name: str
    path: Path
    opened: int
    issue: str = ""
    at: str = ""


def recall(register: Path, name: str) -> Known | None:
    """Give what is known of a ledger, None for a stranger."""
    try:
        told = json.loads((register / f"{name}.json").read_text("utf-8"))
        return Known(
            name, Path(told["path"]), int(told["opened"]), str(told.get("issue", "")), str(told.get("at", ""))
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def remember(register: Path, known: Known) -> None:
    """Write what is known of a ledger.

    Raises:
        BulletinError: nothing can be written there.
    """
    told: dict[str, Any] = known._asdict() | {"path": str(known.path)}
    beside = register / f".{known.name}.new"
    try:
        register.mkdir(mode=0o700, parents=True, exist_ok=True)
        with beside.open("w", encoding="utf-8") as file:
            json.dump(told, file)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(register / f"{known.name}.json")
    except OSError as error:
        raise BulletinError(
            f"{register} cannot be written to ({error.strerror}), so a copy of a ledger would go unnoticed",
            "see that you may write there, or name another folder in the environment variable BULLETIN_DATA",
        ) from error


def sent_from(register: Path, path: Path, issues: tuple[str, ...]) -> Known | None:
    """Give the ledger of an issue that was sent from, the one at its place before all others.

    issues: the marks of the issue, with each of the workspace's keys. A workspace that was made anew where
    another was has marks of its own; what an earlier version wrote has none, and is known by its place.
    """
    known = [one for file in register.glob("*.json") if (one := recall(register, file.stem)) and one.opened]
    found = [one for one in known if one.issue in issues or (not one.issue and one.path == path)]
    return max(found, key=lambda one: (one.path == path, one.at), default=None)


def drop_others(register: Path, path: Path, name: str) -> None:
    """Forget the ledgers that were at a place before: one of them that is put back is a stranger."""
    for file in register.glob("*.json"):
        known = recall(register, file.stem)
        if known and known.path == path and known.name != name:
            file.unlink(missing_ok=True)
