"""Deliver into a folder: one numbered .eml file a message, which any mail program opens."""

import itertools
import os
import re
import time
from contextlib import suppress
from pathlib import Path

from bulletin.deliver.private import narrow, open_private
from bulletin.deliver.transport import Clock, Closing
from bulletin.errors import RelayError
from bulletin.model.delivery import Attempt, Delivery, Outcome

_MESSAGE_ID = re.compile(rb"^message-id:[ \t]*(?:\r\n[ \t]+)?(<[^<>\r\n]+>)", re.IGNORECASE | re.MULTILINE)
_NUMBERED = re.compile(r"(\d{4,})\.eml")
_LONGEST_HEAD = 64 * 1024
_STALE = 3600


class EmlFolder:
    """A folder of numbered messages; each Message-ID is in it once at most.

    Methods raise OSError where the folder cannot be written to.
    """

    def __init__(self, path: Path) -> None:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path = path
        self._parts = itertools.count(1)
        self._names = _known(path)
        narrow(*(path / name for name in _numbered(path)))
        self._last = max((int(name.removesuffix(".eml")) for name in _numbered(path)), default=0)
        self._remove_stale()

    def find(self, message_id: str) -> str:
        """Give the name of the file that holds a message, or ""."""
        return self._names.get(message_id, "")

    def prepare(self, *octets: bytes) -> Path:
        """Write a message, durably, under a name that is not yet in the numbered row."""
        part = self._path / f".incoming-{os.getpid()}-{next(self._parts)}.part"
        with open_private(part) as file:
            file.writelines(octets)
            file.flush()
            os.fsync(file.fileno())
        return part

    def publish(self, part: Path, message_id: str) -> str:
        """Give a prepared message its number, in one step; one that is there already keeps its file."""
        if name := self.find(message_id):
            part.unlink()
            return name
        while True:
            self._last += 1
            name = f"{self._last:04}.eml"
            with suppress(FileExistsError):
                _rename(part, self._path / name)
                break
        if message_id:
            self._names[message_id] = name
        return name

    def _remove_stale(self) -> None:
        """Remove what a run that was killed left half-written."""
        for part in self._path.glob(".incoming-*.part"):
            with suppress(OSError):
                if time.time() - part.stat().st_mtime > _STALE:
                    part.unlink()


class FolderTransport(Closing):
    """Deliveries into a folder: the file is written whole, then named; the naming is the terminator."""

    def __init__(self, path: Path, clock: Clock, shared: EmlFolder | None = None) -> None:
        self._path = path
        self._clock = clock
        self._folder = shared or open_folder(path)
        self._staged: tuple[Path, str] | None = None

    def stage(self, delivery: Delivery) -> Attempt | None:
        """Write the message under a passing name."""
        try:
            part = self._folder.prepare(delivery.message, delivery.body)
        except OSError as error:
            raise _unwritable(self._path, error) from error
        self.close()
        self._staged = (part, delivery.message_id)
        return None

    def release(self, following: Delivery | None = None) -> Attempt:  # noqa: ARG002  the protocol's
        """Give the message its number."""
        if self._staged is None:
            raise ValueError("nothing was staged")
        (part, message_id), self._staged = self._staged, None
        try:
            name = self._folder.publish(part, message_id)
        except OSError as error:
            raise _unwritable(self._path, error) from error
        return Attempt(Outcome.ACCEPTED, f"written as {name}", self._clock())

    def settle(self, message_id: str) -> Attempt | None:
        """Look whether the message is there."""
        return settled(self._folder, message_id, self._clock)

    def close(self) -> None:
        """Remove a message that was staged and not released."""
        if self._staged:
            self._staged[0].unlink(missing_ok=True)
            self._staged = None


def open_folder(path: Path) -> EmlFolder:
    """Open a folder, or make it.

    Raises:
        RelayError: it cannot be written to.
    """
    try:
        return EmlFolder(path)
    except OSError as error:
        raise _unwritable(path, error) from error


def settled(folder: EmlFolder, message_id: str, clock: Clock) -> Attempt:
    """Say what became of a message that could only go into this folder: it is there, or was not taken."""
    if name := folder.find(message_id):
        return Attempt(Outcome.ACCEPTED, f"found as {name}", clock())
    return Attempt(Outcome.PENDING, "not in the folder, so it was not taken", clock())


def _unwritable(path: Path, error: OSError) -> RelayError:
    return RelayError(
        f"the folder {path} cannot be written to: {error.strerror}", "choose another folder: folder:DIR"
    )


def message_id_of(message: bytes) -> str:
    """Read a message's Message-ID, or give ""."""
    match = _MESSAGE_ID.search(message.partition(b"\r\n\r\n")[0])
    return match[1].decode("utf-8", "replace") if match else ""


def _known(path: Path) -> dict[str, str]:
    """Read the Message-ID of every message that is in the folder already."""
    known: dict[str, str] = {}
    for name in sorted(_numbered(path)):
        with (path / name).open("rb") as file:
            message_id = message_id_of(file.read(_LONGEST_HEAD))
        if message_id:
            known.setdefault(message_id, name)
    return known


def _numbered(path: Path) -> list[str]:
    return [entry.name for entry in path.iterdir() if _NUMBERED.fullmatch(entry.name)]


def _rename(part: Path, name: Path) -> None:
    """Rename without ever replacing a file; a link first, since POSIX renames over what is there."""
    try:
        os.link(part, name)
    except FileExistsError:
        raise
    except OSError:
        if name.exists():
            raise FileExistsError(name) from None
        part.rename(name)
    else:
        part.unlink()
