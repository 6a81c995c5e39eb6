"""What was wrong in an issue that has gone out, and what is right."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction to an issue.

    at: when it was made, with its offset; text: what is right, the officer's Markdown.
    items: the ids of the items it is about; none means the issue as a whole.
    """

    at: datetime
    text: str
    items: tuple[str, ...] = ()
