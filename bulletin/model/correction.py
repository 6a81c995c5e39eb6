"""A correction: what the officer has to put right in an issue that has gone out."""

from dataclasses import dataclass
from datetime import datetime

from bulletin.model.partnership import Reach


@dataclass(frozen=True, slots=True)
class About:
    """An item a correction is about: its title, its place in the archive or "".

    language: its BCP 47 tag where it is not the bulletin's own, else ""; direction: "ltr" or "rtl".
    """

    label: str
    url: str = ""
    language: str = ""
    direction: str = "ltr"


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction to an issue.

    number: of the correction in its issue, from 1; at, by: when its sending began, and who answers for it.
    text: the officer's Markdown; items: the ids of the items it is about, which may be none.
    reach: how far it may travel: partners where one of its items may go no further.
    """

    number: int
    text: str
    items: tuple[str, ...] = ()
    reach: Reach = Reach.PUBLIC
    at: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction as the archive marks it.

    at: when it went out, with its offset; text: what is right, the officer's Markdown.
    items: the ids of the items it is about; none means the issue as a whole. reach: how far it may travel.
    """

    at: datetime
    text: str
    items: tuple[str, ...] = ()
    reach: Reach = Reach.PUBLIC
