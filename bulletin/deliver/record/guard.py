"""Notice a ledger that is a copy: two of them would each write to those the other has written to."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bulletin.deliver.record.ledger import Ledger
from bulletin.deliver.record.register import Known, drop_others, recall, remember
from bulletin.deliver.record.schema import open_for_reading, read_meta
from bulletin.errors import BulletinError

_ADOPT = "if that one will never send again, say so: bulletin resolve --adopt"


@dataclass(frozen=True, slots=True)
class Here:
    """This computer: its register, a folder of this user's; its name; the moment.

    issue: the mark of the issue and its workspace, the same in a copy of the workspace.
    """

    register: Path
    computer: str
    issue: str
    now: datetime


def admit(ledger: Ledger, path: Path, here: Here, *, adopt: bool = False) -> str:
    """Let a ledger be sent from, if it is the one this computer knows, and count that it was; give its name.

    Ledgers have a name of their own; the register holds for each where it is and how often a run began or
    ended. A
    copy of it has the name but another place while the first is still there; a copy put back is behind; one
    from elsewhere is in no register. What is moved is known again.

    adopt: take it for the only one, on the officer's word.

    Raises:
        BulletinError: it is a copy, or may be one.
    """
    name, since = ledger.note("id"), here.now.isoformat(timespec="seconds")
    if name and not adopt:
        _refuse_copy(ledger, name, path, here.register)
    elif not name:
        name = secrets.token_hex(16)
        remember(here.register, Known(name, path, 0, here.issue, since))
        ledger.keep_note("id", name)
    opened = int(ledger.note("opened") or 0) + 1
    known = recall(here.register, name)
    if adopt and known:
        opened = max(opened, known.opened + 1)
    ledger.keep_note("opened", str(opened))
    ledger.keep_note("computer", here.computer)
    first = known.at if known and known.at else since
    remember(here.register, Known(name, path, opened, here.issue, first))
    drop_others(here.register, path, name)
    return name


@contextmanager
def counted(ledger: Ledger, register: Path) -> Iterator[None]:
    """Count the end of a run too, so that a copy made in its middle is behind.

    The ledger is counted first: a crash in between leaves it ahead, which is no fault. Where the disk is full
    nothing is counted.
    """
    try:
        yield
    finally:
        with suppress(BulletinError):
            if known := recall(register, ledger.note("id")):
                opened = int(ledger.note("opened") or 0) + 1
                ledger.keep_note("opened", str(opened))
                remember(register, known._replace(opened=opened))


def disown(path: Path, register: Path) -> None:
    """Let a ledger from which nobody was written to go unmissed, so that it may be removed."""
    with open_for_reading(path) as connection:
        name = read_meta(connection, "id")
    if known := recall(register, name):
        remember(register, known._replace(opened=0))


def _refuse_copy(ledger: Ledger, name: str, path: Path, register: Path) -> None:
    known = recall(register, name)
    if known is None:
        raise BulletinError(
            f"{path.name} was last sent from on {ledger.note('computer') or 'another computer'}, and this "
            "computer does not know it: it may be a copy, and the other may have been sent from since",
            f"send from there; {_ADOPT}",
        )
    if known.path != path and _is_ledger(known.path, name):
        raise BulletinError(
            f"{path} is a copy of the ledger at {known.path}: if both are sent from, people get two copies",
            f"go on there; {_ADOPT}",
        )
    if int(ledger.note("opened") or 0) < known.opened:
        raise BulletinError(
            f"{path.name} is an older copy of itself: it does not know who was written to since",
            "put back the newest one; if there is none, and you take it on you that some may get two copies: "
            "bulletin resolve --adopt",
        )


def _is_ledger(path: Path, name: str) -> bool:
    """Whether the ledger of that name is at a place; one that is in use is taken to be."""
    if not path.is_file():
        return False
    try:
        with open_for_reading(path) as connection:
            return read_meta(connection, "id") == name
    except BulletinError:
        return True
