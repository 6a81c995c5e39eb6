"""Keep what holds readers' addresses to its owner alone, where the system knows of such a thing."""

import os
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

_OTHERS = 0o077


def open_private(path: Path) -> BinaryIO:
    """Begin a file that only its owner may read, whatever the umask; one that is there is replaced."""
    path.unlink(missing_ok=True)
    mode = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, mode, 0o600), "wb")


def narrow(*paths: Path) -> None:
    """Take from others what an earlier version let them read; somebody else's file stays as it is."""
    if os.name == "posix":
        for path in paths:
            with suppress(OSError):
                mode = path.stat().st_mode & 0o7777
                if mode & _OTHERS:
                    path.chmod(mode & ~_OTHERS)
