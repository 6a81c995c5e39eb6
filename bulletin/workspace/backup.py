"""Copy a workspace whole, its key with it, into a new folder."""

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from bulletin.errors import BulletinError, UsageError
from bulletin.workspace.files import regular_files

_PASSING = ("-wal", "-shm", "-journal", "-spare", ".new", ".copy")
"""How the names end of what belongs to a file that is being written."""


def copy_workspace(
    root: Path, into: Path, snapshot: Callable[[Path, Path], None], elsewhere: Mapping[str, Path]
) -> int:
    """Copy every file into a folder that is not there yet, and give how many; it appears whole or not at all.

    snapshot: copies a ledger, which may be in use. elsewhere: ledgers that lie outside, by where they belong.

    Raises:
        UsageError: the folder is there, or inside the workspace. BulletinError: it cannot be written.
    """
    into = into.resolve()
    if into.exists():
        raise UsageError(
            f"{into} is there already", "name a folder that is not there yet, such as one with the date"
        )
    if into.is_relative_to(root):
        raise UsageError(f"{into} is inside the workspace", "name a folder elsewhere, best on another disk")
    beside = into.with_name(f".{into.name}.part")
    try:
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(parents=True, mode=0o700)
        count = _copy_all(root, beside, snapshot)
        for name, path in elsewhere.items():
            snapshot(path, beside / name)
        os.replace(beside, into)  # noqa: PTH105 -- over what is not there: Path.rename differs on Windows
    except OSError as fault:
        raise BulletinError(
            f"the backup could not be written to {into}: {fault.strerror or fault}",
            "see that the disk has room and that you may write there; no half of it was left",
        ) from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return count + len(elsewhere)


def _copy_all(root: Path, beside: Path, snapshot: Callable[[Path, Path], None]) -> int:
    count = 0
    for _, path in regular_files(root):
        relative = path.relative_to(root)
        passing = path.name == ".bulletin.lock" or path.name.endswith(_PASSING)
        if passing or path.is_symlink() or not path.is_file():
            continue
        target = beside / relative
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if path.suffix == ".db" and relative.parts[0] == "issues":
            snapshot(path, target)
        else:
            shutil.copy2(path, target)
        count += 1
    return count
