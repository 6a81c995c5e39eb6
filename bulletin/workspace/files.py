"""Read and write single files so that a crash leaves the old one or the new one, never half."""

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bulletin.errors import BulletinError


def digest(data: bytes) -> str:
    """Give the SHA-256 of some bytes, hexadecimal."""
    from hashlib import sha256

    return sha256(data).hexdigest()


def write(path: Path, data: bytes | Iterable[bytes], *, private: bool = False) -> None:
    """Write a file whole: beside it first, flushed to disk, then renamed over it.

    Bytes that are there already are left alone, so that nothing that watches the file wakes up.

    Args:
        data: all at once, or in pieces, which are not compared with what is there.
        private: readable by its owner alone, where the system knows of such a thing.

    Raises:
        BulletinError: the disk is full, or the folder may not be written to; the old file is untouched.
    """
    if isinstance(data, bytes):
        if read(path) == data:
            return
        data = (data,)
    beside = path.with_name(f".{path.name[:40]}.{os.getpid()}.new")  # a name may have 255 bytes and no more
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        mode = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(beside, mode, 0o600 if private else 0o666), "wb") as out:
            out.writelines(data)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(path)
        _flush_folder(path.parent)
    except OSError as fault:
        raise BulletinError(
            _denied(path, fault) or f"{path} could not be written: {fault.strerror or fault}",
            "nothing was changed in it; see that the disk has room and you may write there, then try again",
        ) from None
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def make_folder(path: Path, *, private: bool = False) -> None:
    """Make a folder and those above it, where they are not there yet.

    private: those it makes may be opened by their owner alone, where the system knows of such a thing.

    Raises:
        BulletinError: something else is there, or nothing may be made there.
    """
    try:
        for folder in reversed((path, *path.parents) if private else ()):
            if not folder.exists():
                folder.mkdir(mode=0o700, exist_ok=True)
        path.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise BulletinError(
            _denied(path, fault) or f"the folder {path} could not be made: {fault.strerror or fault}",
            "choose a place where you may write",
        ) from None


def _denied(path: Path, fault: OSError) -> str:
    return f"you may not write there: {path}" if isinstance(fault, PermissionError) else ""


def sweep(folder: Path) -> None:
    """Take away what a `write` that was killed half-way left in a folder."""
    for path in folder.glob("**/.*.*.new"):
        with suppress(OSError):
            path.unlink()


def read(path: Path) -> bytes | None:
    """Read a file, None where there is none.

    Raises:
        BulletinError: it is there but cannot be read.
    """
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as fault:
        raise unreadable(path, fault) from None


def unreadable(path: Path, fault: OSError) -> BulletinError:
    """Say that a file is there but cannot be read."""
    return BulletinError(
        f"{path} could not be read: {fault.strerror or fault}", "close the program that has it open, or ask"
    )


def read_text(path: Path) -> str | None:
    r"""Read a UTF-8 file of the officer's, None where there is none; line ends become `\n`.

    Raises:
        BulletinError: it is not UTF-8.
    """
    data = read(path)
    if data is None:
        return None
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as fault:
        line = data[: fault.start].count(b"\n") + 1
        raise BulletinError(
            f"{path}, line {line}: a character is not UTF-8",
            "open it in an editor and save it with the encoding UTF-8",
        ) from None


def as_text(data: bytes) -> str:
    r"""Give the words of an item's file, whatever program saved it; line ends become `\n`."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        from bulletin.charset import decode

        decoded = decode(data)
        text = decoded.text if decoded else data.decode("utf-8", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def regular_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Give every file below a folder, in a fixed order, with its `/` path from there, fit to be printed.

    Links, devices and folders that cannot be opened come too, so that they can be told of; no link is
    followed.
    """
    shut: list[Path] = []
    for parent, folders, names in os.walk(folder, onerror=lambda fault: shut.append(Path(fault.filename))):
        here = Path(parent)
        inside = "" if here == folder else f"{here.relative_to(folder).as_posix()}/"
        linked = [name for name in folders if (here / name).is_symlink()]
        folders[:] = sorted(name for name in folders if name not in linked)
        for name in sorted([*names, *linked]):
            yield printable(inside + name), here / name
    for path in shut:
        if path != folder:
            yield printable(path.relative_to(folder).as_posix()), path


def printable(path: str) -> str:
    """Write a path so that it fits on one line and into UTF-8: what has no shape of its own is escaped."""
    if path.isprintable():
        return path
    return "".join(letter if letter.isprintable() else _escaped(letter) for letter in path)


def _escaped(letter: str) -> str:
    code = ord(letter)
    byte = code - 0xDC00 if 0xDC80 <= code <= 0xDCFF else code  # a byte that is no UTF-8 (PEP 383)
    return f"\\x{byte:02x}" if byte < 256 else f"\\u{code:04x}"


def plain_size(path: Path) -> int | None:
    """Give the size of a regular file, None for a link, a device, a pipe or a folder.

    Raises:
        BulletinError: it cannot be looked at, or went away meanwhile.
    """
    try:
        found = path.lstat()
    except OSError as fault:
        raise BulletinError(
            f"it could not be looked at: {fault.strerror or fault}", "collect again"
        ) from None
    return found.st_size if stat.S_ISREG(found.st_mode) else None


@contextmanager
def exclusive(path: Path, doing: str) -> Iterator[None]:
    """Hold a lock file while something is changed; a crash lets go of it.

    Raises:
        BulletinError: somebody else holds it, or nothing may be written here.
    """
    try:
        handle = path.open("ab")
    except OSError as fault:
        raise BulletinError(
            f"{path} could not be opened: {fault.strerror or fault}", "see that you may write in this folder"
        ) from None
    with handle:
        try:
            _lock(handle.fileno())
        except OSError:
            raise BulletinError(
                f"another bulletin command is at work in this workspace, so {doing} has to wait",
                "wait until it has finished, then try again",
            ) from None
        yield


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows flushes a folder with its files and cannot open one
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


if os.name == "nt":  # the one place where the operating systems differ

    def _lock(handle: int) -> None:
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]

    def limit_memory(most: int) -> None:
        """Do nothing: Windows limits no process that does not ask for it when it starts."""

    def end_after(seconds: int) -> None:
        """Do nothing: Windows has no alarm."""

else:

    def _lock(handle: int) -> None:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def limit_memory(most: int) -> None:
        """Let this process have no more than so many bytes of memory, where the system can."""
        import resource

        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_AS, (most, most))

    def end_after(seconds: int) -> None:
        """End this process after so many seconds; 0 takes it back."""
        import signal

        signal.alarm(seconds)
