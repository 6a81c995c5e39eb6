"""What every reader gives back: drafts of items, and what became of the file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bulletin.model.contribution import FileOutcome

ASK_WORDS = "ask the sender for the words in an e-mail"
ASK_AGAIN = "ask the sender to send it again, or for the words in an e-mail"
"""What to do about a file that nothing, or not everything, could be taken from."""
DECIDE = "open the item and decide, or ask the sender"
"""The same where an item was made; what the item itself leaves open says it better."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An item as a file gives it.

    labels: agreed lower-case label names to one-line values; a label nobody knows keeps its own name.
    text: Markdown; inferred: how a missing label was filled in, a clause each ("title from its heading").
    """

    labels: Mapping[str, str]
    text: str
    inferred: tuple[str, ...] = ()


def with_label(draft: Draft, label: str, value: str, reason: str, text: str | None = None) -> Draft:
    """Give the draft with a label that was worked out, and how; `text` stands for its own where given."""
    labels = {**draft.labels, label: value}
    return Draft(labels, draft.text if text is None else text, (*draft.inferred, reason))


@dataclass(frozen=True, slots=True)
class Attached:
    """A file inside a file: what an e-mail carries, a contribution of its own; its name is not a path."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Pictured:
    """A picture a reader found, encoded anew; its name is not a path.

    alt: what the file says it shows; inside: it stands in the text of a document or an e-mail.
    """

    name: str
    data: bytes
    alt: str = ""
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of one file; it always makes something.

    why: the reason in words; hint: what to do, for a file that could not be taken whole.
    notes: what was cut, changed or left behind, a clause each; attached: files to be read in their turn.
    sender: `Name <address>` of whoever wrote an e-mail, "" for any other file.
    pictures: those that may be printed, in reading order.
    """

    outcome: FileOutcome
    why: str = ""
    hint: str = ""
    drafts: tuple[Draft, ...] = ()
    notes: tuple[str, ...] = ()
    attached: tuple[Attached, ...] = ()
    sender: str = ""
    pictures: tuple[Pictured, ...] = ()


Reader = Callable[[str, bytes], Reading]
"""A file's name and its bytes in, a Reading out; never an exception for what the bytes are."""


def not_read(why: str, hint: str) -> Reading:
    """Say that nothing could be taken from a file, and what to do."""
    return Reading(FileOutcome.NOT_READ, why, hint)


EMPTY = Reading(FileOutcome.READ, "the file is empty: it held nothing to print")
NOT_TEXT = not_read("it is not text, whatever its name says", ASK_WORDS)
