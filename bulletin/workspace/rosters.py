"""The lists' files: written with the one before kept, and what was noted about them without an address."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any, NamedTuple
from weakref import finalize

from bulletin.errors import BulletinError
from bulletin.workspace.files import read, unreadable, write
from bulletin.workspace.jsonfile import DAMAGE, FORMAT, as_json, understood
from bulletin.workspace.marked import read_marked, write_marked

FOLDER = "mailing_lists"
EARLIER = f"{FOLDER}/earlier"
"""Where the file is kept that was there before the last change, one for each list."""
CHECKED = f"{FOLDER}/checked.json"
JUDGED = f"{FOLDER}/judged.json"
LEFT = f"{FOLDER}/left.json"
_PIECE = 100_000
"""Bytes read at once of a list, and the most of it that is kept in memory."""


class Judged(NamedTuple):
    """What `bounces` remembers: digests of judged messages, and soft bounces by the mark of an address.

    soft: a mark to how often, and the day of the last one (ISO 8601).
    """

    messages: frozenset[str] = frozenset()
    soft: Mapping[str, tuple[int, str]] = {}


class Snapshot:
    """A file as it was at one moment, in pieces, to be gone through again; a long one takes no memory.

    lines: how many line ends it has. It is kept where only this process can open it, and is gone with it.
    """

    def __init__(self, path: Path) -> None:
        self.lines = 0
        self._copy = SpooledTemporaryFile(max_size=_PIECE)  # noqa: SIM115  it is gone with its owner
        finalize(self, self._copy.close)
        try:
            with path.open("rb") as file:
                while piece := file.read(_PIECE):
                    self.lines += piece.count(b"\n")
                    self._copy.write(piece)
        except OSError as fault:
            raise unreadable(path, fault) from None

    def __iter__(self) -> Iterator[bytes]:
        self._copy.seek(0)
        while piece := self._copy.read(_PIECE):
            yield piece


def list_path(root: Path, name: str) -> Path:
    """Where a list's file is."""
    return root / FOLDER / f"{name}.csv"


def keep_list(root: Path, name: str, data: bytes) -> None:
    """Write a list's file, and keep the one before it beside."""
    path = list_path(root, name)
    before = read(path)
    if before is not None and before != data:
        write(root / EARLIER / path.name, before)
    write(path, data)


def earlier_lists(root: Path) -> tuple[Path, ...]:
    """Give the kept files of before."""
    return tuple(sorted((root / EARLIER).glob("*.csv")))


def read_checked(root: Path) -> Mapping[str, Collection[str]]:
    """Give the marks of whoever was on each list when it was last checked; damage counts as never."""
    with suppress(*DAMAGE):
        data, marks = read_marked(root / CHECKED) or ({}, {})
        if data.get("format") == FORMAT:
            return {name: marks.get(name, ()) for name in data["lists"]}
    return {}


def keep_checked(root: Path, lists: Mapping[str, Collection[str]]) -> None:
    """Note the marks of whoever is on each list."""
    empty: dict[str, list[str]] = {name: [] for name in lists}
    write_marked(root / CHECKED, {"format": FORMAT, "lists": empty}, lists)


def read_judged(root: Path) -> Judged:
    """Read what `bounces` has judged.

    Raises:
        BulletinError: it is damaged, or of another version.
    """
    raw = read(root / JUDGED)
    if raw is None:
        return Judged()
    if found := understood(raw, _judged):
        return found
    raise BulletinError(
        f"{JUDGED} is damaged or of another version",
        "bring it back from a backup, or move it away: then soft bounces are counted again from the start",
    )


def keep_judged(root: Path, judged: Judged) -> None:
    """Write what `bounces` has judged."""
    told = {"messages": sorted(judged.messages), "soft": dict(sorted(judged.soft.items()))}
    write(root / JUDGED, as_json(told))


def read_left(root: Path) -> frozenset[str]:
    """Read the marks of everybody who was ever known to have left.

    Raises:
        BulletinError: it is damaged, or of another version.
    """
    raw = read(root / LEFT)
    if raw is None:
        return frozenset()
    found = understood(raw, lambda data: frozenset(map(str, data["marks"])))
    if found is not None:
        return found
    raise BulletinError(
        f"{LEFT} is damaged or of another version, so nobody can tell whether suppressed.csv is whole",
        "bring it back from a backup; if suppressed.csv is whole for certain, delete it: it is made again",
    )


def keep_left(root: Path, marks: Iterable[str]) -> None:
    """Write the marks of everybody who has left; no address can be read from them."""
    write(root / LEFT, as_json({"marks": sorted(marks)}))


def _judged(data: dict[str, Any]) -> Judged:
    soft = {str(one): (int(count), str(day)) for one, (count, day) in data["soft"].items()}
    return Judged(frozenset(map(str, data["messages"])), soft)
