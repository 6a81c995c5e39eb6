"""What partners drop: its labels, and what became of each file."""

from enum import StrEnum
from typing import NamedTuple

from bulletin.model.value import Value


class Label(NamedTuple):
    """One `Name: value` line as written, with its 1-based line number."""

    name: str
    value: str
    line: int


class FileOutcome(StrEnum):
    """What became of a contributed file; see `collect --json`."""

    READ = "read"
    NEEDS_YOU = "needs you"
    NOT_READ = "not read"
    IGNORED = "ignored"


class CollectedFile(Value):
    """One file of the drop folder and what became of it.

    path: relative to the workspace; digest: SHA-256 of its bytes, hexadecimal.
    why: the reason in words, "" only where it was plainly read.
    items: the ids of its items, in reading order.
    notes: what was cut, changed or left behind on the way, a clause each.
    sender: the address an e-mail came from, of a forwarded one its first writer's; "" for any other file. It
    is for asking back and is printed nowhere.
    pictures: the names of its pictures in the issue.
    """

    path: str
    digest: str
    outcome: FileOutcome
    why: str = ""
    hint: str = ""
    items: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    sender: str = ""
    pictures: tuple[str, ...] = ()


class Change(Value):
    """A source that changed beside an item somebody had edited: both, for the officer to settle.

    item: its id; source: the contributed file; theirs: the item's file as the changed source would give it.
    beside: the digest of the edited item then; once the item is edited again, the change counts as settled.
    """

    item: str
    source: str
    theirs: str
    beside: str
