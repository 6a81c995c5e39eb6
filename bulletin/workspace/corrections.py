"""corrections.json: what was put right in an issue after it had gone out, the oldest first."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bulletin.errors import BulletinError
from bulletin.model.correction import Correction
from bulletin.workspace.files import read, write

FORMAT = 1
FILE = "corrections.json"


def write_corrections(path: Path, corrections: tuple[Correction, ...]) -> None:
    """Write corrections.json."""
    rows = [{"at": one.at.isoformat(), "text": one.text, "items": list(one.items)} for one in corrections]
    data = {"format": FORMAT, "corrections": rows}
    write(path, (json.dumps(data, indent=1, ensure_ascii=False) + "\n").encode())


def read_corrections(path: Path, shown: str) -> tuple[Correction, ...]:
    """Read corrections.json, none where there is no such file.

    Raises:
        BulletinError: it is damaged or of another version.
    """
    raw = read(path)
    if raw is None:
        return ()
    try:
        data = json.loads(raw)
        if data["format"] == FORMAT:
            return tuple(sorted(map(_correction, data["corrections"]), key=lambda one: one.at))
    except (ValueError, KeyError, TypeError, AttributeError):
        pass
    raise BulletinError(
        f"{shown} is damaged or of another version", "mend it, or bring it back from a backup"
    )


def _correction(row: dict[str, Any]) -> Correction:
    at = datetime.fromisoformat(row["at"])
    items = row.get("items", [])
    if not isinstance(items, list):
        raise TypeError
    return Correction(
        at if at.tzinfo else at.replace(tzinfo=UTC), str(row["text"]).strip(), tuple(map(str, items))
    )
