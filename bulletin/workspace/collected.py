"""collected.json: what collecting has seen and written, so that it can be done again safely."""

import json
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from bulletin.errors import BulletinError
from bulletin.model.contribution import Change, CollectedFile, FileOutcome
from bulletin.model.value import Value
from bulletin.workspace.jsonfile import DAMAGE, FORMAT, as_json

RARE = ("sender", "pictures")
"""What is written of a file only where it has one."""


class Written(Value):
    """An item as collecting wrote it: from which file, which of its items, and the digests of both."""

    source: str
    source_digest: str
    position: int
    digest: str


class Owner(Value):
    """The e-mail that brought an attachment which became items: its path and its digest."""

    source: str
    source_digest: str


class Kept(Value):
    """A picture as collecting wrote it: from which file, which of its pictures, the digests of both.

    item: the item that showed it when last looked, or "".
    """

    source: str
    source_digest: str
    position: int
    digest: str
    item: str = ""


class Collected(Value):
    """All of collected.json.

    collects: local date and time of every collect of this issue, ISO 8601.
    seen: paths that some collect of this issue has seen.
    items: item id to what was written; an id whose file is gone was deleted by the officer.
    attached: an attachment's digest to the e-mail whose items have it, so that it gives no second one.
    pictures: a picture's name to what was written.
    """

    collects: tuple[str, ...] = ()
    files: tuple[CollectedFile, ...] = ()
    seen: tuple[str, ...] = ()
    items: Mapping[str, Written] = MappingProxyType({})
    changes: tuple[Change, ...] = ()
    attached: Mapping[str, Owner] = MappingProxyType({})
    pictures: Mapping[str, Kept] = MappingProxyType({})


def read_collected(text: str | None, path: str) -> Collected:
    """Read collected.json; an absent one is empty.

    Raises:
        BulletinError: it is damaged, or a newer version of the program wrote it.
    """
    if text is None:
        return Collected()
    try:
        data = json.loads(text)
        if data["format"] != FORMAT:
            raise BulletinError(
                f"{path} was written by another version of this program (format {data['format']})",
                "update the program, then try again",
            )
        return Collected(
            collects=tuple(datetime.fromisoformat(at).isoformat() for at in data["collects"]),
            files=tuple(_file(row) for row in data["files"]),
            seen=tuple(str(path) for path in data["seen"]),
            items={item: Written(**row) for item, row in data["items"].items()},
            changes=tuple(Change(**row) for row in data["changes"]),
            attached={mark: Owner(**row) for mark, row in data.get("attached", {}).items()},
            pictures={name: Kept(**row) for name, row in data.get("pictures", {}).items()},
        )
    except DAMAGE:
        raise BulletinError(
            f"{path} is damaged",
            "bring it back from a backup; your items and the contributions are untouched",
        ) from None


def write_collected(collected: Collected) -> bytes:
    """Write collected.json."""
    told = {
        "collects": collected.collects,
        "files": [
            {name: value for name, value in row._asdict().items() if value or name not in RARE}
            for row in collected.files
        ],
        "seen": collected.seen,
        "items": {item: row._asdict() for item, row in collected.items.items()},
        "changes": [row._asdict() for row in collected.changes],
        "attached": {mark: row._asdict() for mark, row in collected.attached.items()},
    }
    pictures = {name: row._asdict() for name, row in collected.pictures.items()}
    return as_json(told | ({"pictures": pictures} if pictures else {}))


def _file(row: Mapping[str, Any]) -> CollectedFile:
    lists = {name: tuple(row.get(name, ())) for name in ("items", "notes", "pictures")}
    said = {"outcome": FileOutcome(row["outcome"]), "sender": str(row.get("sender", ""))}
    return CollectedFile(**{**row, **said, **lists})
