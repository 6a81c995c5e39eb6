"""What every saved e-mail comes down to before its words are looked at."""

from dataclasses import dataclass

from bulletin.collect.reading import Attached, Pictured


@dataclass(frozen=True, slots=True)
class Piece:
    """One stretch of a message's body, as plain text, as HTML, or as both saying the same."""

    plain: str = ""
    html: str = ""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who wrote a message, as far as it says."""

    name: str = ""
    address: str = ""

    def __str__(self) -> str:
        """Write it as a header would: `Name <address>`, or the one that is there."""
        return f"{self.name} <{self.address}>" if self.name and self.address else self.name or self.address


@dataclass(frozen=True, slots=True)
class Letter:
    """A message taken out of its file, its words still as they came.

    pieces: its body in reading order; attached: what is to be read in its turn; asks: what a person must see
    to, a clause each; hint: what to do about the first of them; automatic: no person wrote it.
    pictures: those in its text that may be news.
    """

    subject: str
    sender: Sender
    pieces: tuple[Piece, ...]
    attached: tuple[Attached, ...] = ()
    notes: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    hint: str = ""
    automatic: bool = False
    pictures: tuple[Pictured, ...] = ()
