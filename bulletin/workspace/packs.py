"""Partners' packs on disk: what a partner adds of their own, and the files that are made for them."""

import re
import shutil
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from bulletin.model.issue import Item
from bulletin.settings.values import Settings
from bulletin.workspace.files import as_text, read, regular_files, write
from bulletin.workspace.items import read_item

FOLDER = "packs"
DRAFTS = "packs-draft"
"""Folders of an issue: what may be passed on, and what was made before anybody approved it."""


def read_own_items(
    root: Path, pack: str, settings: Settings, reference: date, taken: Collection[str]
) -> tuple[Item, ...]:
    """Read the items a partner adds of their own, from packs/NAME/*.md in the workspace.

    reference: the meeting's date; taken: ids that are the issue's, which none of these gets.
    """
    found: list[Item] = []
    for path in sorted((root / FOLDER / pack).glob("*.md")):
        shown = f"{FOLDER}/{pack}/{path.name}"
        item = read_item(shown, as_text(read(path) or b""), settings, reference)
        name = _free(path.stem, {*taken, *(one.id for one in found)})
        found.append(replace(item, id=name, path=shown))
    return tuple(found)


def write_pack(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a pack's files, leaving alone those that are as they were, and take away any others."""
    for name, data in files.items():
        write(folder / name, data)
    for name, path in list(regular_files(folder)):
        if name not in files:
            path.unlink()


def remove_pack(folder: Path) -> None:
    """Take away a pack that is not made any more; what we made can be made again."""
    if folder.is_dir() and not folder.is_symlink():
        shutil.rmtree(folder)


def _free(stem: str, taken: Collection[str]) -> str:
    """Make an id of a file's name that no other item has."""
    words = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", words).strip("-")[:60] or "item"
    again = 2
    made = name
    while made in taken:
        made, again = f"{name}-{again}", again + 1
    return made
