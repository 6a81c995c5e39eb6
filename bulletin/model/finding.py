"""What `check` has to say, and what the officer lets pass."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How much a finding matters; only an error stops `build`."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing `check` has to say, in the contributor's words.

    rule: the name of the rule, as in `docs/rules.md` and in a waiver.
    path: the file it is about, relative to the workspace, with `/`.
    line: 1-based line in that file; 0 where the whole file is meant.
    detail: what is wrong, a sentence without a final full stop.
    hint: what to do next.
    waived: the officer's reason for letting it pass, or "".
    """

    rule: str
    severity: Severity
    path: str
    line: int
    detail: str
    hint: str
    waived: str = ""


class Waiver(NamedTuple):
    """The officer's reason for letting one finding pass; recorded in issue.toml."""

    rule: str
    path: str
    reason: str
