"""Read what came back, and change nothing: a Maildir, an mbox, .eml files, the spool of the leave page."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bulletin.errors import BulletinError, UsageError
from bulletin.workspace.files import plain_size, regular_files

LARGEST = 1_000_000
"""Bytes that are read of one message: a report stands at its beginning."""
_LONGEST_LINE = 2_000
_PIECE = 64 * 1024
_FROM_LINE = re.compile(rb"From \S+ .*\d{4}\s*$")
_MAIL = re.compile(r".*\.(eml|mbox|spool(\.[1-9])?)", re.IGNORECASE)
_REQUEST = b'{"at":'
_FURTHER = 10
"""Files that a spool has at most: `leave.spool`, then `leave.spool.1` and so on."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One message: where it lies, and its bytes, at most LARGEST of them."""

    place: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Request:
    """One line of the leave page's spool: where, when, and the token or the address somebody typed."""

    place: str
    at: str
    token: str = ""
    address: str = ""


def read_box(path: Path) -> Iterator[Letter | Request]:
    """Give every message or request in a file or folder, one at a time, in the order of their names.

    Raises:
        UsageError: there is nothing there. BulletinError: it cannot be read.
    """
    if not path.exists():
        raise UsageError(
            f"there is no {path}", "name a Maildir, an mbox, an .eml file, a folder of them, or a spool"
        )
    try:
        if path.is_dir():
            for name, file in _files_in(path):
                yield from _one_file(file, name)
        else:
            yield from _one_file(path, path.name)
            for more in _further(path):
                yield from _one_file(more, more.name)
    except OSError as fault:
        raise BulletinError(
            f"{path} could not be read: {fault.strerror or fault}", "see that you may read it"
        ) from None


def passed_over(path: Path) -> tuple[str, ...]:
    """Name the files in a folder that `read_box` does not read, but hidden ones and a mail server's own."""
    if not path.is_dir() or _is_maildir(path):
        return ()
    read = {name for name, _ in _files_in(path)}
    files = (name for name, _ in regular_files(path) if not name.rpartition("/")[2].startswith("."))
    return tuple(name for name in files if name not in read)


def _files_in(folder: Path) -> Iterator[tuple[str, Path]]:
    """Give the files of messages: all of `new` and `cur` in a Maildir, elsewhere those that end like mail."""
    maildir = _is_maildir(folder)
    for name, file in regular_files(folder):
        parts = name.split("/")
        wanted = parts[-2:-1] in (["new"], ["cur"]) if maildir else _MAIL.fullmatch(file.name)
        if wanted and plain_size(file) is not None:
            yield name, file


def _is_maildir(folder: Path) -> bool:
    return (folder / "cur").is_dir() and (folder / "new").is_dir()


def _further(path: Path) -> Iterator[Path]:
    """Give the files in which a spool goes on that had no more room."""
    with path.open("rb") as file:
        if file.read(len(_REQUEST)) != _REQUEST:
            return
    names = (path.with_name(f"{path.name}.{number}") for number in range(1, _FURTHER))
    yield from (one for one in names if one.is_file() and plain_size(one) is not None)


def _one_file(path: Path, name: str) -> Iterator[Letter | Request]:
    with path.open("rb") as file:
        start = file.read(_PIECE)
    if start.startswith(b"From "):
        yield from _messages(path, name)
    elif start.startswith(_REQUEST):
        yield from _requests(path, name)
    elif start.strip():
        with path.open("rb") as file:
            yield Letter(name, file.read(LARGEST))


def _messages(path: Path, name: str) -> Iterator[Letter]:
    """Split an mbox where a separator stands at the start or after an empty line (RFC 4155)."""
    kept: list[bytes] = []
    size = number = 0
    after_gap, whole_line = True, True
    with path.open("rb") as file:
        while line := file.readline(_PIECE):
            if after_gap and _FROM_LINE.match(line):
                if number:
                    yield Letter(f"{name}, message {number}", b"".join(kept))
                kept, size, number = [], 0, number + 1
            elif size < LARGEST:
                kept.append(line[1:] if line.startswith(b">From ") else line)
                size += len(line)
            ends = line.endswith(b"\n")
            after_gap, whole_line = whole_line and ends and not line.strip(), ends
    yield Letter(f"{name}, message {number}", b"".join(kept))


def _requests(path: Path, name: str) -> Iterator[Request]:
    """Read a spool line by line; a line that a crash has torn, or somebody else's, is passed over."""
    with path.open("rb") as file:
        number = 0
        while line := file.readline(_LONGEST_LINE):
            number += 1
            if not line.endswith(b"\n"):
                while (rest := file.readline(_PIECE)) and not rest.endswith(b"\n"):
                    continue
                continue
            if request := _request(line, f"{name}, line {number}"):
                yield request


def _request(line: bytes, place: str) -> Request | None:
    try:
        row = json.loads(line)
        at, token, address = (str(row.get(key, "")) for key in ("at", "token", "address"))
    except (ValueError, AttributeError, RecursionError):
        return None
    return Request(place, at, token, address) if token or address else None
