"""Rows and keys of very many people, which take a little memory however many they are.

Each holds a database of its own, which SQLite keeps in memory while it is small, and beyond that in a
temporary file that only this process can open and that is gone with it.
"""

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import fields
from operator import attrgetter
from typing import Any, Generic, TypeVar
from weakref import finalize

from bulletin.errors import BulletinError

_KIBIBYTES = 512
"""What one of them keeps in memory at most."""

_Kind = TypeVar("_Kind")
_Key = TypeVar("_Key", str, bytes)


class ManyRows(Collection[_Kind], Generic[_Kind]):
    """Values of one dataclass, whose fields are texts and numbers, in the order they were added."""

    def __init__(self, kind: type[_Kind], rows: Iterable[_Kind] = ()) -> None:
        names = [one.name for one in fields(kind)]  # type: ignore[arg-type]
        self._kind: Callable[..., _Kind] = kind
        self._values = attrgetter(*names)
        self._insert = f"INSERT INTO rows VALUES ({', '.join('?' * len(names))})"  # noqa: S608  question marks
        self._count = 0
        self._database = _Database(self, f"CREATE TABLE rows ({', '.join(names)})")
        for one in rows:
            self.append(one)

    def append(self, one: _Kind) -> None:
        """Add a value at the end."""
        self._database.do(self._insert, self._values(one))
        self._count += 1

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[_Kind]:
        for row in self._database.do("SELECT * FROM rows ORDER BY rowid"):
            yield self._kind(*row)

    def __contains__(self, one: object) -> bool:
        return any(one == other for other in self)


class ManyKeys(Mapping[_Key, Any], Generic[_Key]):
    """Texts or octets, each once and in their order, with the text or number each was first added with."""

    def __init__(self, pairs: Iterable[tuple[_Key, str | int]] = ()) -> None:
        self._count = 0
        self._database = _Database(self, "CREATE TABLE keys (key PRIMARY KEY, value) WITHOUT ROWID")
        for key, value in pairs:
            self.add(key, value)

    @classmethod
    def of(cls, keys: Iterable[_Key]) -> "ManyKeys[_Key]":
        """Keep keys alone."""
        return cls((key, 0) for key in keys)

    def add(self, key: _Key, value: str | int = 0) -> bool:
        """Add a key unless it is there, and tell whether it was new."""
        is_new = self._database.do("INSERT OR IGNORE INTO keys VALUES (?, ?)", (key, value)).rowcount == 1
        self._count += is_new
        return is_new

    def __getitem__(self, key: _Key) -> Any:
        row = self._database.do("SELECT value FROM keys WHERE key = ?", (key,)).fetchone()
        if row is None:
            raise KeyError(key)
        return row[0]

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[_Key]:
        for (key,) in self._database.do("SELECT key FROM keys ORDER BY key"):
            yield key


class _Database:
    """One table that nobody else can see, closed when its owner is gone, by whichever thread lets go last.

    Nothing is ever taken back in it, so all of it is one transaction without a journal.
    """

    def __init__(self, owner: object, table: str) -> None:
        self._connection = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        finalize(owner, self._connection.close)
        settings = ("temp_store = FILE", "journal_mode = OFF", f"cache_size = -{_KIBIBYTES}")
        for words in (*(f"PRAGMA {one}" for one in settings), table, "BEGIN"):
            self.do(words)

    def do(self, words: str, values: Iterable[Any] = ()) -> sqlite3.Cursor:
        """Run a statement.

        Raises:
            BulletinError: the temporary file cannot be written.
        """
        try:
            return self._connection.execute(words, values)  # type: ignore[arg-type]
        except sqlite3.Error as error:
            raise BulletinError(
                f"the people on the lists did not fit into the folder for temporary files ({error})",
                "make room on its disk, or name another folder in the variable TMPDIR, then try again",
            ) from error
