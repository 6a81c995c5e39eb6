"""sent.json: the word beside an issue that it was sent for real, which outlives a ledger that is lost."""

import json
from pathlib import Path
from typing import NamedTuple

from bulletin.workspace.files import read, write
from bulletin.workspace.jsonfile import DAMAGE, as_json

FILE = "sent.json"


class SentNote(NamedTuple):
    """That sending for real began: from which ledger and computer, when (ISO 8601), to how many.

    given_up: the place of a ledger that is lost, where the officer has said that one may be begun anew.
    """

    ledger: str = ""
    computer: str = ""
    at: str = ""
    recipients: int = 0
    given_up: str = ""


def read_sent(folder: Path) -> SentNote | None:
    """Read an issue's note, None where there is none; a damaged one still says that there was a send."""
    raw = read(folder / FILE)
    if raw is None:
        return None
    try:
        told = json.loads(raw)
        ledger, computer, at, place = (
            str(told.get(name, "")) for name in ("ledger", "computer", "at", "given_up")
        )
        return SentNote(ledger, computer, at, int(told.get("recipients", 0)), place)
    except DAMAGE:
        return SentNote()


def keep_sent(folder: Path, note: SentNote) -> None:
    """Write an issue's note."""
    told = {key: value for key, value in note._asdict().items() if value}
    write(folder / FILE, as_json(told))


def drop_sent(folder: Path) -> None:
    """Take an issue's note away: nobody was written to."""
    (folder / FILE).unlink(missing_ok=True)
