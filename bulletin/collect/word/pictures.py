"""Take the pictures of a Word document that may be news."""

from collections.abc import Iterable

from bulletin.collect.archives import Container, PartError
from bulletin.collect.picture import read_inside
from bulletin.collect.reading import Pictured
from bulletin.collect.word.seen import Drawn

MOST = 10


def take_pictures(
    container: Container, drawn: Iterable[Drawn]
) -> tuple[tuple[Pictured, ...], list[str], tuple[str, ...]]:
    """Give the pictures, each once; what those that cannot be read are said to show; and notes."""
    taken: dict[bytes, Pictured] = {}
    left, notes = list[str](), list[str]()
    for one in drawn:
        if len(taken) >= MOST or one.part not in container:
            left.append(one.alt)
            continue
        try:
            found = read_inside(one.part.rpartition("/")[2], container.read(one.part), one.alt)
        except PartError:
            left.append(one.alt)
            continue
        if isinstance(found, Pictured):
            taken.setdefault(found.data, found)
        elif "small" in found:
            notes.append(f"a picture in it was left out: {found}")
        else:
            left.append(one.alt)
    return tuple(taken.values()), left, tuple(dict.fromkeys(notes))
