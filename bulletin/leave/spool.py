"""Note what readers ask for, a durable line each; `bulletin bounces` reads it later, elsewhere."""

import json
import os
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from threading import Lock

LARGEST = 10_000_000
"""Bytes the spool may have; nobody can fill the disk through this page."""
AGAIN = 3600
"""Seconds for which the same token or address is not noted a second time."""
_MOST_REMEMBERED = 10_000


class SpoolFullError(Exception):
    """The spool has reached its largest size: it waits to be read."""


class Spool:
    """A file that lines are added to. Several processes may share it."""

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
            self._append(json.dumps({"at": at, field: value}).encode() + b"\n")
            self._remember(mark, now)

    def _remember(self, mark: bytes, now: float) -> None:
        self._seen[mark] = now
        self._seen.move_to_end(mark)
        while len(self._seen) > _MOST_REMEMBERED:
            self._seen.popitem(last=False)

    def _append(self, line: bytes) -> None:
        """Add a line whole; one that a crash has torn before it is ended first."""
        new = not self._path.exists()
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(self._path, flags, 0o600), "r+b", buffering=0) as file:
            size = file.seek(0, os.SEEK_END)
            if size + len(line) > LARGEST:
                raise SpoolFullError
            if size:
                file.seek(size - 1)
                line = line if file.read(1) == b"\n" else b"\n" + line
            if file.write(line) != len(line):
                raise OSError(28, "the line was written in part")
            os.fsync(file.fileno())
        if new and os.name != "nt":
            _flush_folder(self._path.parent)


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
