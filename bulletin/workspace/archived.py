"""The archive on disk: of each issue what its pages were made of, and which files are ours."""

import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from bulletin.workspace.files import digest, read, sweep, write
from bulletin.workspace.jsonfile import FORMAT, understood

FILE = "archived.json"
OURS = ".bulletin.json"
"""In the archive's folder: the files there that are ours to take away again."""


@dataclass(frozen=True, slots=True)
class Archived:
    """An issue as it was archived last.

    inputs: the digest of all it was made of; around: that of the issues beside it then.
    files: the digest of each of its files by its path in the archive.
    record: what the pages about all issues need of it, as JSON has it.
    """

    inputs: str
    around: str
    files: Mapping[str, str]
    record: Mapping[str, Any]


def read_archived(folder: Path) -> Archived | None:
    """Read archived.json of an issue's folder; None where it is missing or damaged: it is made again."""
    return understood(
        read(folder / FILE),
        lambda data: Archived(data["inputs"], data["around"], dict(data["files"]), data["record"]),
    )


def write_archived(folder: Path, archived: Archived) -> None:
    """Write archived.json into an issue's folder."""
    data = {
        "format": FORMAT,
        "inputs": archived.inputs,
        "around": archived.around,
        "files": dict(archived.files),
        "record": archived.record,
    }
    write(folder / FILE, (json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n").encode())


def stands(folder: Path, files: Mapping[str, str]) -> bool:
    """Whether every one of these files lies in the archive as it was written."""
    return all(digest(read(folder / name) or b"") == known for name, known in files.items())


def publish(folder: Path, changed: Mapping[str, bytes], unchanged: Collection[str]) -> tuple[int, int]:
    """Write what changed and take away what is ours and not wanted any more; other people's files stay.

    The list of our files names all of them before the first is written and after the last is gone, so that a
    run that was stopped half-way leaves nothing behind that the next one would not know.

    Returns:
        How many files were written, and how many taken away.
    """
    ours = _ours(folder)
    wanted = {*changed, *unchanged}
    _keep(folder, ours | wanted)
    sweep(folder)
    written = 0
    for name, data in changed.items():
        if read(folder / name) != data:
            write(folder / name, data)
            written += 1
    gone = [name for name in sorted(ours - wanted) if _take_away(folder, name)]
    _keep(folder, wanted)
    return written, len(gone)


@cache
def program() -> str:
    """Give the digest of this program: pages are made anew when it changes."""
    package = Path(__file__).resolve().parent.parent
    sources = sorted(package.rglob("*.py"), key=lambda path: path.relative_to(package).as_posix())
    return digest(b"\0".join(path.read_bytes() for path in sources))


def _ours(folder: Path) -> set[str]:
    """Give the paths of our files, as far as the list of them can be read."""
    known = understood(
        read(folder / OURS),
        lambda data: {name for name in data["files"] if isinstance(name, str) and _is_inside(name)},
    )
    return known or set()


def _keep(folder: Path, names: Collection[str]) -> None:
    data = {"format": FORMAT, "files": sorted(names)}
    write(folder / OURS, (json.dumps(data, indent=0, ensure_ascii=False) + "\n").encode())


def _is_inside(name: str) -> bool:
    """Whether a path stays in the folder, whoever wrote the list."""
    parts = PurePosixPath(name).parts
    return bool(parts) and not name.startswith("/") and ".." not in parts and not set(name) & set("\\:")


def _take_away(folder: Path, name: str) -> bool:
    """Delete a file and the folders it leaves empty."""
    path = folder / name
    try:
        path.unlink()
    except OSError:
        return False
    with suppress(OSError):
        for parent in _folders(folder, path):
            parent.rmdir()
    return True


def _folders(top: Path, path: Path) -> Iterator[Path]:
    while path.parent != top:
        path = path.parent
        yield path
