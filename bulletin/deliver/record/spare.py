"""Keep some room on the disk beside a ledger, for what must still be written on a full one."""

import errno
import os
from contextlib import suppress
from pathlib import Path

from bulletin.errors import BulletinError

_SPARE = 512 * 1024
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)
"""What the system says where something may not be written, however much room there is."""
MAY_WRITE = "see who owns the folder and the ledger in it, and give yourself the right to write there"


def keep_spare(path: Path) -> None:
    """Keep some room on the disk, so that on a full one what is known of copies in flight can be written.

    Raises:
        BulletinError: there is not even that much room, or nothing may be written there.
    """
    try:
        with _spare(path).open("wb") as file:
            file.write(bytes(_SPARE))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        free_spare(path)
        raise unwritable(path, error) from error


def unwritable(path: Path, error: OSError) -> BulletinError:
    """Say why nothing can be written beside a ledger: it is not allowed, or the disk has no room."""
    if error.errno in _FORBIDDEN:
        return BulletinError(
            f"nothing may be written in {path.parent} ({error.strerror}), so nothing was sent", MAY_WRITE
        )
    return BulletinError(
        f"the disk has no room for the ledger ({error.strerror}); nothing was sent",
        "make room, then run the same command",
    )


def free_spare(path: Path) -> None:
    """Give that room free."""
    with suppress(OSError):
        _spare(path).unlink(missing_ok=True)


def _spare(path: Path) -> Path:
    return path.with_name(f"{path.name}-spare")
