"""Keep some room on the disk beside a ledger, for what must still be written on a full one."""

import os
from contextlib import suppress
from pathlib import Path

from bulletin.errors import BulletinError

_SPARE = 512 * 1024


def keep_spare(path: Path) -> None:
    """Keep some room on the disk, so that on a full one what is known of copies in flight can be written.

    Raises:
        BulletinError: there is not even that much room.
    """
    try:
        with _spare(path).open("wb") as file:
            file.write(bytes(_SPARE))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        free_spare(path)
        raise BulletinError(
            f"the disk has no room for the ledger ({error.strerror}); nothing was sent",
            "make room, then run the same command",
        ) from error


def free_spare(path: Path) -> None:
    """Give that room free."""
    with suppress(OSError):
        _spare(path).unlink(missing_ok=True)


def _spare(path: Path) -> Path:
    return path.with_name(f"{path.name}-spare")
