"""What a body of the partnership owes an issue, and what has come from it."""

from datetime import date, datetime
from enum import StrEnum

from bulletin.model.partnership import Body
from bulletin.model.value import Value


class Owed(StrEnum):
    """What a body may owe: a summary for the meeting, items for the issue, a summary for the next meeting."""

    SUMMARY = "summary"
    ITEMS = "items"
    NEXT_SUMMARY = "next summary"


class Debt(Value):
    """One thing a body owes, and by when: a day, or a local moment."""

    what: Owed
    by: date | datetime

    @property
    def day(self) -> date:
        """The day it is due."""
        return self.by.date() if isinstance(self.by, datetime) else self.by


class Standing(Value):
    """How a body stands with an issue.

    items: how many are from it; files: what lies there from it and is no item yet; owes: in order of time.
    """

    body: Body
    items: int
    files: tuple[str, ...] = ()
    owes: tuple[Debt, ...] = ()

    @property
    def is_silent(self) -> bool:
        """Whether nothing at all has come from it."""
        return not (self.items or self.files)
