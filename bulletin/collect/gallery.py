"""What becomes of the pictures of one collect: kept, paired, and said of in the rows of their files."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from bulletin.collect.album import Album
from bulletin.collect.pairing import Pairing, Shot, Taken, pair
from bulletin.collect.reading import Reading
from bulletin.collect.reconcile import Shelf
from bulletin.images import find_picture
from bulletin.labels import read_labels
from bulletin.markdown import images
from bulletin.model.contribution import FileOutcome
from bulletin.workspace.collected import Written
from bulletin.workspace.files import as_text, digest
from bulletin.workspace.outline import TOOL_LABELS


class Said(NamedTuple):
    """What is said of a picture, a clause; hint: what a person must do, "" where nobody need."""

    why: str
    hint: str = ""


@dataclass(slots=True)
class Gallery:
    """The pictures of a collect and what they are paired with; untaken: why others of a file are not."""

    issue: str
    album: Album
    pairing: Pairing
    untaken: Mapping[int, list[str]]
    shown: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def names(self, file: int) -> tuple[str, ...]:
        """Give the names of a file's pictures."""
        return tuple(shot.name for shot in self._shots(file))

    def look(self, on_disk: Mapping[str, bytes]) -> None:
        """See which items show which picture, once all items are as they will be."""
        users: dict[str, list[str]] = {}
        for item, data in on_disk.items():
            for name in named_in(as_text(data), self.album.on_disk):
                users.setdefault(name, []).append(item)
        self.shown = {name: tuple(items) for name, items in users.items()}

    def judge(self, file: int, reading: Reading, shelf: Shelf) -> Reading:
        """Say in a file's reading what became of its pictures, and remember which item shows which."""
        said = [self._say(shot, shelf) for shot in self._shots(file)]
        asks = [one for one in said if one.hint]
        untaken = self.untaken.get(file, [])
        if self.pairing.taken[file].is_picture and not said:
            return Reading(FileOutcome.IGNORED, "; ".join(untaken)) if untaken else reading
        if self.pairing.taken[file].is_picture:
            why, hint = asks[0] if asks else (self._how(file), "")
            return replace(reading, outcome=_outcome(asks), why=why, hint=hint)
        notes = (*reading.notes, *untaken, *(one.why for one in said if not one.hint))
        if not asks or any(self.shown.get(name) for name in self.names(file)):
            return replace(reading, notes=(*notes, *(f"{one.why}: {one.hint}" for one in asks)))
        why = "; ".join(part for part in (reading.why, *(one.why for one in asks)) if part)
        hint = reading.hint or asks[0].hint
        return replace(reading, outcome=_outcome(asks), why=why, hint=hint, notes=notes)

    def _shots(self, file: int) -> Iterator[Shot]:
        return (shot for shot in self.pairing.shots if shot.file == file)

    def _how(self, file: int) -> str:
        name = self.names(file)[0]
        claim = self.pairing.claims.get(name)
        if self.shown.get(name):
            return f"printed with it as {name}" + (f", since {claim.how}" if claim else "")
        return "the item it went with was deleted, or its line with it was"

    def _say(self, shot: Shot, shelf: Shelf) -> Said:
        """Say what became of a picture, and where a person has to decide, how."""
        users, row = self.shown.get(shot.name, ()), self.album.kept[shot.name]
        if users:
            self.album.kept[shot.name] = row._replace(item=users[0])
            return Said(f"its picture {shot.called} was kept as {shot.name}")
        lines = f"`Image: {shot.name}` and `Alt: what it shows`"
        item = self._meant(shot, shelf.written)
        if not item and self.pairing.taken[shot.file].is_picture:
            hint = f"to print it, write {lines} into its item in issues/{self.issue}/items/; "
            why = "it is a picture, and no item is known to go with it"
            return Said(why, f"{hint}otherwise take the file out of the folder")
        if not item:
            hint = f"to print it, write {lines} into an item in issues/{self.issue}/items/"
            return Said(f"no item shows its picture {shot.called}", hint)
        if item not in shelf.on_disk or row.item == item:
            return Said(f"its picture {shot.called} is not printed: its line or its item was taken out")
        why = f"the picture {shot.called} goes with {item}, which has been edited since"
        return Said(why, f"to print it, write {lines} into issues/{self.issue}/items/{item}.md")

    def _meant(self, shot: Shot, written: Mapping[str, Written]) -> str:
        """Give the item a picture was paired with, "" where it was with none."""
        claim = self.pairing.claims.get(shot.name)
        if claim is None:
            return ""
        file, position = claim.place
        one = self.pairing.taken[file]
        mine = (
            item
            for item, row in written.items()
            if row.position == position and (row.source_digest == one.mark or row.source == one.path)
        )
        return next(mine, "")


def _outcome(asks: Sequence[Said]) -> FileOutcome:
    return FileOutcome.NEEDS_YOU if asks else FileOutcome.READ


def hang(issue: str, album: Album, taken: Sequence[Taken]) -> Gallery:
    """Keep every picture that is one, each once, and find its item; one inside several files is a logo."""
    marks = [{digest(one.data) for one in file.reading.pictures if one.inside} for file in taken]
    often = Counter(mark for file in marks for mark in file)
    untaken: dict[int, list[str]] = {}
    shots: dict[str, Shot] = {}
    for number in sorted(range(len(taken)), key=lambda number: taken[number].is_picture):
        file = taken[number]
        for position, one in enumerate(file.reading.pictures):
            mark = digest(one.data)
            why = ""
            if one.inside and often[mark] > 1:
                why = f"it stands in {often[mark]} files, as a logo would, and was left out"
            if mark in shots:
                why = f"it is the same picture as in {taken[shots[mark].file].path}"
            name = "" if why else album.put(file.path, file.mark, position, one)
            if name:
                shots[mark] = Shot(name, number, one.name, one.alt, one.inside)
            elif why:
                untaken.setdefault(number, []).append(
                    why if file.is_picture else f"its picture {one.name}: {why}"
                )
    return Gallery(issue, album, pair(taken, tuple(shots.values())), untaken)


def named_in(source: str, names: Mapping[str, object]) -> set[str]:
    """Give the pictures an item's file shows: by its label, and in its text."""
    if not names:
        return set()
    read = read_labels(source, TOOL_LABELS)
    words = [read.labels["image"].value] if "image" in read.labels else []
    words += [picture.src for picture in images(read.text)] if "![" in read.text else []
    return {name for one in words if (name := find_picture(one, names))}
