"""Note no more requests from one place than readers there could make."""

from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Lock
from typing import Any

MOST = 300
"""Requests that one place may have noted within PERIOD; large providers click for many readers."""
PERIOD = 3600
_MOST_REMEMBERED = 10_000


class Limit:
    """Counts for each place that asks, in this process alone: it makes a flood slow, and costs no more."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._counts: OrderedDict[str, tuple[float, int]] = OrderedDict()
        self._guard = Lock()

    def allows(self, environ: dict[str, Any]) -> bool:
        """Count a request, and say whether it may be noted."""
        place = _place(environ)
        if not place:
            return True
        with self._guard:
            now = self._clock()
            since, count = self._counts.get(place, (now, 0))
            if now - since >= PERIOD:
                since, count = now, 0
            self._counts[place] = (since, count + 1)
            self._counts.move_to_end(place)
            while len(self._counts) > _MOST_REMEMBERED:
                self._counts.popitem(last=False)
            return count < MOST


def _place(environ: dict[str, Any]) -> str:
    """Give where a request comes from, "" where that cannot be seen: then nobody is held up for others.

    Behind a web server of the host's own, the last address in X-Forwarded-For is the one that server saw.
    """
    found = _address(environ.get("REMOTE_ADDR", ""))
    if found and not ip_address(found).is_global:
        found = _address(environ.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2])
    return found


def _address(words: str) -> str:
    """Give an address, of IPv6 the network of one customer; "" for what is none."""
    try:
        found = ip_address(words.strip())
    except ValueError:
        return ""
    if isinstance(found, IPv6Address):
        inner = found.ipv4_mapped
        return str(inner or ip_network((found, 64), strict=False).network_address)
    return str(found)
