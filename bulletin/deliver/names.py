"""Ask the DNS, with dnspython: this computer's servers, or one that is named."""

from collections.abc import Callable
from ipaddress import ip_address

import dns.exception
import dns.rdatatype
import dns.rdtypes.ANY.MX
import dns.rdtypes.txtbase
import dns.resolver

from bulletin.errors import UsageError
from bulletin.mail.dns import NoAnswerError

_SECONDS = 8.0


class Resolver:
    """Looks names up, each once; what is not there gives nothing, and no answer is an error.

    server: the address of a DNS server, perhaps with a port, or "" for those of this computer.
    """

    def __init__(self, server: str = "") -> None:
        self._known: dict[tuple[str, str], tuple[str, ...]] = {}
        try:
            self._resolver = dns.resolver.Resolver(configure=not server)
        except dns.resolver.NoResolverConfiguration:
            raise NoAnswerError(
                "this computer knows no DNS server", "name one: bulletin doctor --dns 9.9.9.9"
            ) from None
        if server:
            self._resolver.nameservers, self._resolver.port = _server(server)
        self._resolver.lifetime = _SECONDS

    def texts(self, name: str) -> tuple[str, ...]:
        """Give the TXT records, each in one piece."""
        return self._ask(name, "TXT", _text)

    def addresses(self, name: str) -> tuple[str, ...]:
        """Give the IPv4 and IPv6 addresses; an address stands for itself."""
        try:
            return (str(ip_address(name)),)
        except ValueError:
            return self._ask(name, "A", str) + self._ask(name, "AAAA", str)

    def mail_servers(self, name: str) -> tuple[str, ...]:
        """Give the names of its MX records."""
        return self._ask(name, "MX", _exchange)

    def _ask(self, name: str, kind: str, show: Callable[[object], str]) -> tuple[str, ...]:
        key = (name.lower(), kind)
        if key not in self._known:
            self._known[key] = self._look_up(name, kind, show)
        return self._known[key]

    def _look_up(self, name: str, kind: str, show: Callable[[object], str]) -> tuple[str, ...]:
        absolute = f"{name.rstrip('.')}."
        try:
            answer = self._resolver.resolve(absolute, kind, raise_on_no_answer=False)
        except dns.resolver.NXDOMAIN:
            return ()
        except (dns.exception.DNSException, UnicodeError, ValueError) as error:
            why = "did not answer in time" if isinstance(error, dns.exception.Timeout) else "gave no answer"
            raise NoAnswerError(
                f"the DNS {why} when asked for {kind} of {name[:100]}",
                "try again; behind a firewall, ask IT, or name another server with --dns",
            ) from None
        return tuple(show(one) for one in answer)


def _text(record: object) -> str:
    assert isinstance(record, dns.rdtypes.txtbase.TXTBase)  # noqa: S101  it was what was asked for
    return b"".join(record.strings).decode("utf-8", "replace")


def _exchange(record: object) -> str:
    assert isinstance(record, dns.rdtypes.ANY.MX.MX)  # noqa: S101  it was what was asked for
    return record.exchange.to_text(omit_final_dot=True) or "."


def _server(words: str) -> tuple[list[str], int]:
    """Read `9.9.9.9`, `9.9.9.9:53` or `[::1]:53`."""
    host, _, port = words.rpartition(":") if words.count(":") == 1 or "]:" in words else (words, "", "53")
    host = host.strip("[]")
    try:
        number = int(port)
        ip_address(host)
    except ValueError:
        number = 0
    if not 0 < number < 65536:
        raise UsageError(f'--dns: "{words}" is not the address of a server', "write it like --dns 9.9.9.9")
    return [host], number
