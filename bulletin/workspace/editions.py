"""An edition on disk: the files people could open, and the manifest that binds them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bulletin.errors import BulletinError
from bulletin.model.edition import CalendarFile, Edition, Image
from bulletin.model.partnership import Reach
from bulletin.render.pictures import beside
from bulletin.workspace.files import digest, read, regular_files, write
from bulletin.workspace.jsonfile import DAMAGE, as_json

MANIFEST = "manifest.json"
LOOK = "look.html"
"""The page once more, with its pictures as files beside it, for whoever opens it in a browser; never sent."""


@dataclass(frozen=True, slots=True)
class Built:
    """An edition as it lies on disk.

    manifest: the digest of manifest.json, which holds the digest of every other file.
    sender, reply_to: From and Reply-To as built; lists: the rosters it goes to.
    sources: the digest of every file it was made of, by path.
    """

    edition: Edition
    manifest: str
    sender: str
    reply_to: str
    lists: tuple[str, ...]
    sources: Mapping[str, str]


def write_edition(folder: Path, edition: Edition, letterhead: Mapping[str, Any]) -> str:
    """Write an edition's files, then its manifest, and take away what an earlier build left.

    Args:
        folder: issues/ID/editions/NAME.
        letterhead: "from", "reply_to", "lists" and "sources" as they go into the manifest.

    Returns:
        The digest of the manifest.
    """
    files, data = _files(edition), _manifest(edition, letterhead)
    for name, content in files.items():
        write(folder / name, content)
    write(folder / LOOK, beside(edition.html, "images", {image.name for image in edition.images}).encode())
    write(folder / MANIFEST, data)
    for name, path in list(regular_files(folder)):
        if name not in files and name not in (MANIFEST, LOOK):
            path.unlink()
    return digest(data)


def unwritten(edition: Edition, letterhead: Mapping[str, Any]) -> Built:
    """Give an edition as it would lie on disk, to the manifest's digest; nothing is written."""
    return Built(
        edition,
        digest(_manifest(edition, letterhead)),
        letterhead["from"],
        letterhead["reply_to"],
        tuple(letterhead["lists"]),
        dict(letterhead["sources"]),
    )


def _manifest(edition: Edition, letterhead: Mapping[str, Any]) -> bytes:
    manifest = {
        "edition": edition.name,
        "reach": edition.reach.value,
        "day": edition.day.isoformat(),
        "subject": edition.subject,
        **letterhead,
        "items": edition.items,
        "files": {name: digest(data) for name, data in _files(edition).items()},
        "media_types": {f"images/{image.name}": image.media_type for image in edition.images},
    }
    return as_json(manifest)


def read_edition(folder: Path, shown: str) -> Built:
    """Read an edition and see that every file is as it was built.

    Args:
        shown: the folder's path as the officer knows it.

    Raises:
        BulletinError: nothing is built there, or a file was changed, added or lost since.
    """
    raw = read(folder / MANIFEST)
    if raw is None:
        raise BulletinError(f"nothing is built in {shown}", "run: bulletin build")
    try:
        manifest = json.loads(raw)
        files = {name: read(folder / name) for name in manifest["files"]}
        _verify(manifest, files, shown)
        return Built(
            _edition(manifest, {name: data or b"" for name, data in files.items()}),
            digest(raw),
            manifest["from"],
            manifest["reply_to"],
            tuple(manifest["lists"]),
            dict(manifest["sources"]),
        )
    except DAMAGE:
        raise BulletinError(
            f"{shown}/{MANIFEST} is damaged", "run: bulletin build, then approve again"
        ) from None


def _verify(manifest: Mapping[str, Any], files: Mapping[str, bytes | None], shown: str) -> None:
    for name, data in files.items():
        if data is None or digest(data) != manifest["files"][name]:
            state = "is gone" if data is None else "was changed"
            raise BulletinError(
                f"{shown}/{name} {state} since it was built, so it is not what was approved",
                "change the items instead, then run: bulletin build, and approve again",
            )


def _files(edition: Edition) -> dict[str, bytes]:
    return {
        "bulletin.html": edition.html.encode(),
        "bulletin.txt": edition.text.encode(),
        **{file.name: file.data for file in edition.calendar},
        **{f"images/{image.name}": image.data for image in edition.images},
    }


def _edition(manifest: Mapping[str, Any], files: Mapping[str, bytes]) -> Edition:
    types = manifest["media_types"]
    return Edition(
        name=manifest["edition"],
        reach=Reach(manifest["reach"]),
        day=date.fromisoformat(manifest["day"]),
        subject=manifest["subject"],
        html=files["bulletin.html"].decode(),
        text=files["bulletin.txt"].decode(),
        items=tuple(manifest["items"]),
        calendar=tuple(CalendarFile(name, data) for name, data in files.items() if name.endswith(".ics")),
        images=tuple(
            Image(name.removeprefix("images/"), types[name], data)
            for name, data in files.items()
            if name in types
        ),
    )
