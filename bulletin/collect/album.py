"""The pictures of an issue while collecting: each under one name for good, no edit of the officer's lost."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import chain, count
from pathlib import Path, PurePosixPath

from bulletin.collect.reading import Pictured
from bulletin.images import LOGO, TYPES, look_at, name_key
from bulletin.workspace.collected import Kept
from bulletin.workspace.files import digest
from bulletin.workspace.pictures import read_pictures

GENERIC = re.compile(
    r"(?:image|img|att|picture|pic|photo|unnamed|attachment|clip-image|outlook)[\d-]*(?:-[0-9a-f]+)?"
)
LONGEST = 48


def pictures_on_disk(folder: Path) -> dict[str, bytes]:
    """Give what is in an issue's images folder; no link there is followed."""
    return {name: picture.data for name, picture in read_pictures(folder).items()}


@dataclass(slots=True)
class Album:
    """What is in the images folder, what earlier collects put there, and what is to be written.

    on_disk: name to bytes; kept: what is known of each that collecting wrote.
    lie_here: the digests of all files in the drop folder; given: the names this collect has given out.
    """

    on_disk: dict[str, bytes]
    kept: dict[str, Kept]
    lie_here: Collection[str]
    to_write: dict[str, bytes] = field(default_factory=dict)
    given: set[str] = field(default_factory=set)

    def put(self, source: str, mark: str, position: int, picture: Pictured) -> str:
        """Keep a picture and give its name, "" for bytes that are none that can be printed.

        The same picture keeps its name, as does a changed one under its file's old name. One that the
        officer has replaced stays as it is.

        Args:
            source: the contributed file; mark: the digest of its bytes; position: which of its pictures.
        """
        seen = look_at("picture", picture.data)
        if seen.trouble:
            return ""
        name = self._known(source, mark, position, TYPES[seen.media_type])
        before = self.kept.get(name)
        name = name or self._new(picture.name, source, TYPES[seen.media_type])
        self.given.add(name)
        there = self.on_disk.get(name)
        own = before is None or there is None or digest(there) == before.digest
        if own and not (before and there is not None and before.source_digest == mark):
            self.to_write[name] = self.on_disk[name] = picture.data
        written = digest(self.on_disk[name]) if own else before.digest if before else ""
        self.kept[name] = Kept(source, mark, position, written, before.item if before else "")
        return name

    def _known(self, source: str, mark: str, position: int, ending: str) -> str:
        """Find the name a picture had: by its bytes, else by its file's name where that file changed."""
        rows = {
            name: row
            for name, row in self.kept.items()
            if row.position == position and name not in self.given
        }
        moved = [name for name, row in rows.items() if row.source_digest == mark]
        changed = [
            name
            for name, row in rows.items()
            if row.source == source and row.source_digest not in self.lie_here and name.endswith(ending)
        ]
        return next(iter((*moved, *changed)), "")

    def _new(self, name: str, source: str, ending: str) -> str:
        """Make a name of a file's: short, ASCII, and nobody else's."""
        stem = name_key(name)
        if not stem or GENERIC.fullmatch(stem):
            stem = name_key(PurePosixPath(source).name)
        if len(stem) > LONGEST:
            stem = stem[:LONGEST].rpartition("-")[0] or stem[:LONGEST]
        stem = f"picture-{stem}".rstrip("-") if not stem or stem == LOGO else stem
        taken = {PurePosixPath(one).stem.lower() for one in (*self.on_disk, *self.kept)}
        return (
            next(one for one in chain([stem], (f"{stem}-{n}" for n in count(2))) if one not in taken) + ending
        )
