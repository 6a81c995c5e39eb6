"""What bulletin.toml says of a relay, and what is known of usual ones: how many connections, how fast."""

from types import MappingProxyType

from bulletin.model.relay import Auth
from bulletin.model.value import Value


class Limits(Value):
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


class RelaySettings(Value):
    """The SMTP server: `sandbox:`, `folder:DIR` or an `smtp…://` URL without a password.

    profile: the name of the limits to keep to, "" for the usual ones; connections 0, rate "" (else `30/min`
    or `5/s`) and per_day 0 leave that to the profile.
    ca_file, password_file: paths, relative to the workspace; password_command: a program and its arguments.
    success_reports: whether to ask for a report of each copy that arrived.
    retry_wait: seconds a send waits in all before it tries those put off again, twice at most; 0 leaves
    them to the next.
    """

    url: str = "sandbox:"
    connections: int = 0
    profile: str = ""
    rate: str = ""
    per_day: int = 0
    ca_file: str = ""
    auth: Auth = Auth.AUTO
    password_command: tuple[str, ...] = ()
    password_file: str = ""
    success_reports: bool = False
    retry_wait: int = 30

    def limits(self, *, loopback: bool) -> Limits:
        """Give what to keep to: what is set, else the profile's."""
        usual = limits(self.profile, loopback=loopback)
        return Limits(
            self.connections or usual.connections,
            per_second(self.rate) or usual.rate,
            self.per_day or usual.per_day,
        )
