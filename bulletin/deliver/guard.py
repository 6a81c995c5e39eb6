"""Notice a ledger that is a copy: two of them would each write to those the other has written to."""

import json
import secrets
from pathlib import Path

from bulletin.deliver.ledger import Ledger
from bulletin.deliver.schema import open_for_reading, read_meta
from bulletin.errors import BulletinError

_ADOPT = "if that one will never send again, say so: bulletin resolve --adopt"


def admit(ledger: Ledger, path: Path, register: Path, computer: str, *, adopt: bool = False) -> None:
    """Let a ledger be sent from, if it is the one this computer knows, and count that it was.

    Ledgers have a name of their own; the register, a folder of this computer and user, holds for each where
    it is and how often it was opened. A copy of it has the name but another place while the first is still
    there; a copy put back is behind; one from elsewhere is in no register. What is moved is known again.

    adopt: take it for the only one, on the officer's word.

    Raises:
        BulletinError: it is a copy, or may be one.
    """
    name = ledger.note("id")
    if name and not adopt:
        _refuse_copy(ledger, name, path, register)
    elif not name:
        name = secrets.token_hex(16)
        _remember(register, name, path, 0)
        ledger.keep_note("id", name)
    opened = int(ledger.note("opened") or 0) + 1
    if adopt:
        known = _recall(register, name)
        opened = max(opened, known[1] + 1 if known else 0)
    ledger.keep_note("opened", str(opened))
    ledger.keep_note("computer", computer)
    _remember(register, name, path, opened)


def _refuse_copy(ledger: Ledger, name: str, path: Path, register: Path) -> None:
    known = _recall(register, name)
    if known is None:
        raise BulletinError(
            f"{path.name} was last sent from on {ledger.note('computer') or 'another computer'}, and this "
            "computer does not know it: it may be a copy, and the other may have been sent from since",
            f"send from there; {_ADOPT}",
        )
    place, opened = known
    if place != path and _is_ledger(place, name):
        raise BulletinError(
            f"{path} is a copy of the ledger at {place}: if both are sent from, people get two copies",
            f"go on there; {_ADOPT}",
        )
    if int(ledger.note("opened") or 0) < opened:
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


def _recall(register: Path, name: str) -> tuple[Path, int] | None:
    try:
        known = json.loads((register / f"{name}.json").read_text("utf-8"))
        return Path(known["path"]), int(known["opened"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _remember(register: Path, name: str, path: Path, opened: int) -> None:
    beside = register / f".{name}.new"
    try:
        register.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps({"path": str(path), "opened": opened}), "utf-8")
        beside.replace(register / f"{name}.json")
    except OSError as error:
        raise BulletinError(
            f"{register} cannot be written to ({error.strerror}), so a copy of a ledger would go unnoticed",
            "see that you may write there, or name another folder in the environment variable BULLETIN_DATA",
        ) from error
