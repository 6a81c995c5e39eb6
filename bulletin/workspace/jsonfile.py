"""The program's own files as JSON: written in one form, and read whole or not at all."""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, TypeVar

Told = TypeVar("Told")

FORMAT = 1
"""The form of all these files; a file whose form changes gets a number of its own."""

DAMAGE = (ValueError, KeyError, TypeError, AttributeError, RecursionError)
"""What reading somebody else's JSON may raise."""


def as_json(told: Mapping[str, Any]) -> bytes:
    """Write what a file tells, its form first."""
    return (json.dumps({"format": FORMAT, **told}, indent=1, ensure_ascii=False) + "\n").encode()


def understood(raw: bytes | None, give: Callable[[Any], Told]) -> Told | None:
    """Give what a file tells, or None where there is none, it is damaged, or of another version.

    give: makes a value of the parsed JSON; what it raises of `DAMAGE` counts as damage.
    """
    with suppress(*DAMAGE):
        data = json.loads(raw or b"")
        if data["format"] == FORMAT:
            return give(data)
    return None
