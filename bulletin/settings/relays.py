"""What is known of usual relays: how many connections they like, how fast, how many messages a day."""

from types import MappingProxyType
from typing import NamedTuple


class Limits(NamedTuple):
    """What a relay takes: connections at once, messages a second and a day; None for no limit."""

    connections: int
    rate: float | None = None
    per_day: int | None = None


_SECONDS = MappingProxyType({"s": 1, "min": 60})
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
    count, _, unit = words.partition("/")
    if unit not in _SECONDS or not (count.isascii() and count.isdigit() and len(count) <= 6):
        return None
    return int(count) / _SECONDS[unit] or None


def limits(name: str, *, loopback: bool) -> Limits:
    """Give a profile's limits; a relay on this machine that none is named for keeps up with us.

    name: of a profile, or "".
    """
    if not name:
        return PROFILES["postfix" if loopback else GENERIC]
    return PROFILES[name]
