"""What is known of usual relays: how many connections they like, how fast, how many messages a day."""

import re
from types import MappingProxyType
from typing import NamedTuple


class Limits(NamedTuple):
    """What a relay takes: connections at once, messages a second and a day; None for no limit."""

    connections: int
    rate: float | None = None
    per_day: int | None = None


_RATE = re.compile("([0-9]{1,6})/(min|s)")
GENERIC = "generic"
PROFILES = MappingProxyType(
    {
        GENERIC: Limits(connections=2, rate=1.0),
        "m365": Limits(connections=3, rate=30 / 60, per_day=10_000),  # Exchange Online's own limits
        "postfix": Limits(connections=10),
        "ses": Limits(connections=5, rate=14.0, per_day=50_000),  # a new account's; the console says yours
    }
)


def per_second(words: str) -> float | None:
    """Read `30/min` or `5/s` as messages a second; None where it is written otherwise."""
    match = _RATE.fullmatch(words)
    if not match or not int(match[1]):
        return None
    return int(match[1]) / (60 if match[2] == "min" else 1)


def limits(name: str, *, loopback: bool) -> Limits:
    """Give a profile's limits; a relay on this machine that none is named for keeps up with us.

    name: of a profile, or "".
    """
    if not name:
        return PROFILES["postfix" if loopback else GENERIC]
    return PROFILES[name]
