"""Which picture goes with which item: as a label says, in one file, by the file's name, alone in a folder."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import NamedTuple

from bulletin.collect.reading import Draft, Reading
from bulletin.images import find_picture, is_plain_name, name_key
from bulletin.markdown import images
from bulletin.model.contribution import FileOutcome

TAIL = re.compile(r"(?:-(?:photo|photograph|picture|image|pic|img|foto|final|draft|copy|new|v\d+|\d{1,3}))+$")
"""What people put behind a name that two files share: `Library news FINAL v3 (2)`, `library-news-photo-1`."""

Place = tuple[int, int]
"""A draft: the number of its file, and its own in there."""


class Taken(NamedTuple):
    """A file of the drop folder as it was read; files: the path of each draft inside the folder."""

    path: str
    mark: str
    reading: Reading
    files: tuple[str, ...] = ()

    @property
    def is_picture(self) -> bool:
        """Whether it is a picture by itself."""
        return bool(self.reading.pictures) and not self.reading.drafts and not self.reading.pictures[0].inside

    @property
    def folder(self) -> str:
        """The folder it lies in."""
        return self.path.rpartition("/")[0]


class Shot(NamedTuple):
    """A picture under its name in the issue: the number of its file, and what it was called there."""

    name: str
    file: int
    called: str
    alt: str
    inside: bool


class Claim(NamedTuple):
    """The draft a picture goes with, and how that is known, a clause; in_text: its text shows it already."""

    place: Place
    how: str
    in_text: bool = False


@dataclass(slots=True)
class Pairing:
    """What is paired so far: claims by the picture's name, and the drafts that have their own picture."""

    taken: Sequence[Taken]
    shots: Sequence[Shot]
    claims: dict[str, Claim] = field(default_factory=dict)
    filled: dict[Place, Shot] = field(default_factory=dict)

    def free(self) -> Iterator[Shot]:
        """Give the pictures nobody has claimed."""
        return (shot for shot in self.shots if shot.name not in self.claims)

    def claim(self, place: Place, shot: Shot, how: str) -> None:
        """Let a draft have a picture of its own, unless either is taken."""
        if place not in self.filled and shot.name not in self.claims:
            self.filled[place] = shot
            self.claims[shot.name] = Claim(place, how)

    def open(self) -> Iterator[tuple[Place, Draft]]:
        """Give the drafts without a picture."""
        for file, one in enumerate(self.taken):
            for at, draft in enumerate(one.reading.drafts):
                if (file, at) not in self.filled:
                    yield (file, at), draft


def pair(taken: Sequence[Taken], shots: Sequence[Shot]) -> Pairing:
    """Find the item of each picture; what is not certain stays free."""
    pairing = Pairing(taken, shots)
    for rule in (_in_text, _by_label, _own, _by_name, _by_folder):
        rule(pairing)
    return pairing


def labelled(pairing: Pairing, file: int) -> tuple[Draft, ...]:
    """Give a file's drafts with the pictures they claimed."""
    return tuple(
        _labelled(pairing, (file, at), one) for at, one in enumerate(pairing.taken[file].reading.drafts)
    )


def _labelled(pairing: Pairing, place: Place, draft: Draft) -> Draft:
    shot, text = pairing.filled.get(place), draft.text
    for other in pairing.shots:
        claim = pairing.claims.get(other.name)
        if claim and claim.in_text and claim.place == place:
            text = text.replace(f"]({other.called})", f"]({other.name})")
    if shot is None:
        return replace(draft, text=text)
    said = draft.labels.get("image", "")
    alt = draft.labels.get("alt", "") or shot.alt
    labels = {**draft.labels, "image": shot.name, **({"alt": alt} if alt else {})}
    reason = () if find_picture(said, (shot.called,)) else (_reason(shot, said),)
    return Draft(labels, text, (*draft.inferred, *reason))


def _reason(shot: Shot, said: str) -> str:
    where = "the file itself" if shot.inside else shot.called
    return f"picture from {where}{f', not {said}' if said else ''}".replace(";", ",")


def _in_text(pairing: Pairing) -> None:
    """Leave a picture to the text that shows it."""
    for place, draft in pairing.open():
        if "![" not in draft.text:
            continue
        for source in (picture.src for picture in images(draft.text)):
            shot = _called(source, place, pairing)
            if shot:
                pairing.claims[shot.name] = Claim(place, "its text shows it", in_text=True)


def _by_label(pairing: Pairing) -> None:
    for place, draft in list(pairing.open()):
        shot = _called(draft.labels.get("image", ""), place, pairing)
        if shot:
            pairing.claim(place, shot, "its label names it")


def _called(words: str, place: Place, pairing: Pairing) -> Shot | None:
    """Find the picture some words name: in the same file, the same folder, or the only one of that name."""
    if not is_plain_name(words):
        return None
    free = list(pairing.free())
    folder = pairing.taken[place[0]].folder
    near = (
        [shot for shot in free if shot.file == place[0]],
        [shot for shot in free if not shot.inside and pairing.taken[shot.file].folder == folder],
        [shot for shot in free if not shot.inside],
    )
    for shots in near:
        found = find_picture(words, (shot.called for shot in shots))
        if found:
            return next(shot for shot in shots if shot.called == found)
    return None


def _own(pairing: Pairing) -> None:
    """Give the one item of a file the first picture in that file."""
    for shot in list(pairing.free()):
        drafts = pairing.taken[shot.file].reading.drafts
        if len(drafts) == 1 and _may_have(drafts[0]):
            pairing.claim((shot.file, 0), shot, "it came with it")


def _by_name(pairing: Pairing) -> None:
    """Bring a picture and the one item whose file is called like it together, in one folder or anywhere."""
    for same_folder in (True, False):
        for shot in list(pairing.free()):
            if not pairing.taken[shot.file].is_picture:
                continue
            like = [
                place
                for place, draft in pairing.open()
                if not draft.labels.get("image")
                and _stem(_file_of(pairing, place)) == _stem(shot.called)
                and (not same_folder or pairing.taken[place[0]].folder == pairing.taken[shot.file].folder)
            ]
            if len(like) == 1:
                pairing.claim(like[0], shot, "it has the same name")


def _by_folder(pairing: Pairing) -> None:
    """Give the one story in a partner's folder the first picture there."""
    others = [
        one for one in pairing.taken if not one.is_picture and one.reading.outcome is not FileOutcome.IGNORED
    ]
    alone = Counter(one.folder for one in others)
    for place, draft in list(pairing.open()):
        one = pairing.taken[place[0]]
        if alone[one.folder] != 1 or len(one.reading.drafts) != 1 or "/" not in one.folder:
            continue
        for shot in list(pairing.free()):
            beside = pairing.taken[shot.file]
            if beside.is_picture and beside.folder == one.folder and not draft.labels.get("image"):
                pairing.claim(place, shot, "it is alone with it in its folder")


def _may_have(draft: Draft) -> bool:
    """Whether a draft may have the picture it came with: not where its label is a path or an address."""
    said = draft.labels.get("image", "")
    return not said or is_plain_name(said)


def _file_of(pairing: Pairing, place: Place) -> str:
    one = pairing.taken[place[0]]
    return PurePosixPath(one.files[place[1]] if place[1] < len(one.files) else one.path).name


def _stem(name: str) -> str:
    key = name_key(name)
    return TAIL.sub("", key) or key
