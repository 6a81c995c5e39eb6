"""What becomes of two items that are made one."""

from typing import NamedTuple


class Unsettled(NamedTuple):
    """A label of which two items say different things, "" where one says nothing."""

    label: str
    keep: str
    other: str


class Merged(NamedTuple):
    """What became of merging one item into another.

    data: the file of the one that is kept; added: labels it has now, with their values.
    paragraphs: those it has now; unsettled: what the officer has to settle.
    """

    data: bytes
    added: tuple[tuple[str, str], ...] = ()
    paragraphs: tuple[str, ...] = ()
    unsettled: tuple[Unsettled, ...] = ()
