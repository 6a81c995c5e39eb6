"""Note what readers ask for, a durable line each; `bulletin bounces` reads it later, elsewhere."""

import json
import os
import stat
from collections import OrderedDict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from threading import Lock

LARGEST = 10_000_000
"""Bytes one file of the spool may have."""
MOST_FILES = 10
"""Files it may have, so that nobody can fill the disk: the one that is named, then with .1 to .9 behind."""
AGAIN = 3600
"""Seconds for which the same token or address is not noted a second time."""
_MOST_REMEMBERED = 10_000
_FLAGS = os.O_RDWR | os.O_APPEND | os.O_CREAT
_FLAGS |= getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


class SpoolFullError(Exception):
    """All files of the spool have reached their largest size: it waits to be read."""


class Spool:
    """Files that lines are added to, the first with room. Several processes may share them."""

    def __init__(self, path: Path, clock: Callable[[], float]) -> None:
        self._path = path
        self._clock = clock
        self._seen: OrderedDict[bytes, float] = OrderedDict()
        self._guard = Lock()

    def note(self, field: str, value: str) -> None:
        """Write one line that is on the disk on return, unless the same was noted within the hour.

        Raises:
            SpoolFullError: there is no more room in it. OSError: it cannot be written.
        """
        with self._guard:
            mark, now = sha256(f"{field}\0{value.lower()}".encode()).digest(), self._clock()
            if now - self._seen.get(mark, now - AGAIN) < AGAIN:
                return
            at = datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds")
            line = json.dumps({"at": at, field: value}).encode() + b"\n"
            if not any(_append(path, line) for path in self._files()):
                raise SpoolFullError
            self._remember(mark, now)

    def _remember(self, mark: bytes, now: float) -> None:
        self._seen[mark] = now
        self._seen.move_to_end(mark)
        while len(self._seen) > _MOST_REMEMBERED:
            self._seen.popitem(last=False)

    def _files(self) -> Iterator[Path]:
        yield self._path
        yield from (self._path.with_name(f"{self._path.name}.{number}") for number in range(1, MOST_FILES))


def _append(path: Path, line: bytes) -> bool:
    """Add a line whole, if there is room for it; one that a crash has torn before it is ended first.

    No link is followed: whoever may make files in the folder could lead it into another one.
    """
    new = not path.exists()
    handle = os.open(path, _FLAGS, 0o600)
    with os.fdopen(handle, "r+b", buffering=0) as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(22, "it is no file")
        size = file.seek(0, os.SEEK_END)
        if size + len(line) > LARGEST:
            return False
        if size:
            file.seek(size - 1)
            line = line if file.read(1) == b"\n" else b"\n" + line
        if file.write(line) != len(line):
            raise OSError(28, "the line was written in part")
        os.fsync(handle)
    if new and os.name != "nt":
        _flush_folder(path.parent)
    return True


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
