"""Keep count of what tidying a Word document came across."""

from dataclasses import dataclass, field
from typing import NamedTuple


class Drawn(NamedTuple):
    """A picture of a document: what it is said to show, and the name of the part it is, or ""."""

    alt: str
    part: str = ""


@dataclass(slots=True)
class Seen:
    """What tidying came across.

    insertions, deletions: tracked changes of words; hidden, struck: the words taken out;
    pictures: each that is drawn; others: what else was left out, a noun phrase each.
    """

    insertions: int = 0
    deletions: int = 0
    hidden: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    pictures: list[Drawn] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    decorations: int = 0
    formulas: int = 0
    boxes: int = 0
    contents: int = 0
    blanks: int = 0

    def add(self, other: "Seen") -> None:
        """Count what another part held as well."""
        for name in self.__dataclass_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))
