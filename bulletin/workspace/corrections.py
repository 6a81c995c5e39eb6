"""An issue's corrections on disk: a folder each, and corrections.json, by which the archive marks pages."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bulletin.errors import BulletinError
from bulletin.model.correction import Corrected, Correction
from bulletin.model.partnership import Reach
from bulletin.workspace.files import read, write
from bulletin.workspace.jsonfile import as_json, understood

if TYPE_CHECKING:
    from bulletin.workspace import Workspace

FOLDER = "corrections"
"""The folder of an issue with one for each correction, named by its number."""

MARKS = "corrections.json"
"""The file of an issue that lists the corrections whose sending has begun."""

_FILE = "correction.json"


def correction_id(issue: str, number: int) -> str:
    """Name a correction as issues are named, by its folder: its ledger, copies and sign-off lie there."""
    return f"{issue}/{FOLDER}/{number}"


def correction_ids(workspace: "Workspace", issue: str) -> tuple[str, ...]:
    """Give the names of an issue's corrections, oldest first."""
    found = (workspace.issue_folder(issue) / FOLDER).glob(f"*/{_FILE}")
    numbers = sorted(int(path.parent.name) for path in found if path.parent.name.isdecimal())
    return tuple(correction_id(issue, number) for number in numbers)


def read_corrections(workspace: "Workspace", issue: str) -> tuple[Correction, ...]:
    """Read an issue's corrections, oldest first, sent or not.

    Raises:
        BulletinError: one is damaged or of another version.
    """
    return tuple(_read(workspace, name) for name in correction_ids(workspace, issue))


def keep_correction(workspace: "Workspace", issue: str, correction: Correction) -> None:
    """Write what a correction says, about what, and who answers for it since when."""
    told = {
        "text": correction.text,
        "items": list(correction.items),
        "reach": correction.reach.value,
        "at": correction.at,
        "by": correction.by,
    }
    path = workspace.issue_folder(correction_id(issue, correction.number)) / _FILE
    write(path, as_json(told))


def mark_corrected(folder: Path, corrections: Iterable[Correction]) -> None:
    """Write corrections.json into an issue's folder: what the archive may show as corrected, and to whom."""
    rows = [
        {"number": one.number, "at": one.at, "text": one.text, "items": list(one.items), "by": one.by}
        | ({"reach": one.reach.value} if one.reach is not Reach.PUBLIC else {})
        for one in corrections
    ]
    if rows or read(folder / MARKS) is not None:
        write(folder / MARKS, as_json({"corrections": rows}))


def read_marks(path: Path, shown: str) -> tuple[Corrected, ...]:
    """Read corrections.json, the oldest first; none where there is no such file.

    Raises:
        BulletinError: it is damaged or of another version.
    """
    raw = read(path)
    if raw is None:
        return ()
    found = understood(raw, lambda data: tuple(map(_mark, data["corrections"])))
    if found is None:
        raise BulletinError(
            f"{shown} is damaged or of another version", "mend it, or bring it back from a backup"
        )
    return tuple(sorted(found, key=lambda one: one.at))


def _mark(row: dict[str, Any]) -> Corrected:
    at = datetime.fromisoformat(row["at"])
    items = row.get("items", [])
    if not isinstance(items, list):
        raise TypeError
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return Corrected(at, str(row["text"]).strip(), tuple(map(str, items)), Reach(row.get("reach", "public")))


def _read(workspace: "Workspace", name: str) -> Correction:
    path = workspace.issue_folder(name) / _FILE
    if found := understood(read(path), _correction):
        return replace(found, number=int(path.parent.name))
    raise BulletinError(
        f"issues/{name}/{_FILE} is damaged or of another version",
        "put it back from a backup: it says what was corrected and for whom",
    )


def _correction(data: dict[str, Any]) -> Correction:
    items, reach = tuple(data["items"]), Reach(data["reach"])
    return Correction(0, str(data["text"]), items, reach, at=str(data["at"]), by=str(data["by"]))
