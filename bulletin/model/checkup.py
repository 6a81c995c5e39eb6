"""What `doctor` finds: how each thing a send depends on stands, and what to do about it."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How something stands; only what is bad must be mended before a send."""

    OK = "ok"
    LOOK = "look"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Checkup:
    """One thing that was looked at: how it stands, in a sentence, and what to do, "" where nothing is."""

    name: str
    state: State
    detail: str
    hint: str = ""
