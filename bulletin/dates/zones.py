"""Whose clock a time goes by: ours in summer and winter, or the one a stamp names."""

import re
from datetime import date
from functools import cache

from bulletin.dates.london import is_summer

ELSEWHERE = "elsewhere"
_ZONES = {"": "utc", "+00": "utc", "-00": "utc", "+01": "bst"}


def goes_by(zone: str, day: date) -> bool:
    """Whether a clock called `gmt`, `utc` or `bst` is the one on the wall here during that day."""
    return zone == "bst" if is_summer(day) else zone in ("gmt", "utc")


def named_zones(line: str) -> str:
    """Name the clock of each `2026-12-04t17:00z` and `...+01:00` as people do: `2026-12-04t17:00 utc`."""
    return _stamp().sub(_with_name, line)


@cache
def _stamp() -> re.Pattern[str]:
    return re.compile(
        r"(?<![^\W_])([0-9]{4}-[0-9]{2}-[0-9]{2}[t ][0-9]{2}:[0-9]{2})(?::[0-9]{2}(?:\.[0-9]{1,9})?)?"
        r"(?:z|(?P<hours>[+-][0-9]{2}):?(?P<minutes>[0-9]{2}))(?![^\W_]|[:.+-][0-9])"
    )


def _with_name(found: re.Match[str]) -> str:
    whole = found["minutes"] in (None, "00")
    return f"{found[1]} {_ZONES.get(found['hours'] or '', ELSEWHERE) if whole else ELSEWHERE}"
