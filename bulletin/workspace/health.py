"""How a workspace stands on its disk: room, clock, who may read the key, what git would carry off."""

import os
import shutil
import subprocess
import time
from pathlib import Path

PERSONAL = (
    "workspace.key",
    "mailing_lists/suppressed.csv",
    "issues/any/ledger.db",
    "issues/any/collected.json",
)
"""Files, there or not yet, that no repository may carry."""

_GIT_SECONDS = 10


def free_bytes(path: Path) -> int | None:
    """Give the room left on a path's disk, None where nobody can tell."""
    while not path.exists() and path != path.parent:
        path = path.parent
    try:
        return shutil.disk_usage(path).free
    except OSError:
        return None


def is_open_to_others(path: Path) -> bool:
    """Whether others may read a file; Windows keeps no such bits, and guards a user's own folder."""
    return os.name == "posix" and bool(path.stat().st_mode & 0o077)


def seconds_behind(root: Path) -> float:
    """Give by how much the newest file of a workspace is later than the clock, 0 where none is."""
    found = [*root.glob("*.toml"), *root.glob("issues/*/*"), *root.glob("mailing_lists/*.csv")]
    newest = max((path.stat().st_mtime for path in found if path.is_file()), default=0.0)
    return max(newest - time.time(), 0.0)


def carried_by_git(root: Path) -> tuple[str, ...] | None:
    """Give the personal files that git would put into the repository around a workspace.

    None where there is no repository, or no git to ask.
    """
    if not any((folder / ".git").exists() for folder in (root, *root.parents)):
        return None
    tracked = _git(root, "ls-files", "--", "workspace.key", "mailing_lists", "issues")
    ignored = _git(root, "check-ignore", "--", *PERSONAL)
    if tracked is None or ignored is None:
        return None
    personal = [one for one in tracked if one == "workspace.key" or one.endswith((".db", "suppressed.csv"))]
    lists = [one for one in tracked if one.startswith("mailing_lists/") and one.endswith(".csv")]
    return tuple(dict.fromkeys([*personal, *lists, *(one for one in PERSONAL if one not in ignored)]))


def _git(root: Path, *words: str) -> list[str] | None:
    """Ask git, which for these questions runs nothing of the repository's; None where it cannot answer."""
    command = ["git", "-c", "core.fsmonitor=false", "-C", str(root), *words]
    try:
        done = subprocess.run(  # noqa: S603  a fixed command, without a shell
            command, capture_output=True, timeout=_GIT_SECONDS, check=False, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    if done.returncode not in (0, 1):
        return None
    return done.stdout.decode("utf-8", "replace").splitlines()
