"""What mail asks the DNS, as a protocol: whoever opens the sockets gives the answers."""

from typing import Protocol

from bulletin.errors import BulletinError


class NoAnswerError(BulletinError):
    """The DNS gave no answer: nobody knows whether there is such a record."""


class Names(Protocol):
    """Looks records up; a name that is not there gives none. Each may raise NoAnswerError."""

    def texts(self, name: str) -> tuple[str, ...]:
        """Give the TXT records, each in one piece."""

    def addresses(self, name: str) -> tuple[str, ...]:
        """Give the IPv4 and IPv6 addresses."""

    def mail_servers(self, name: str) -> tuple[str, ...]:
        """Give the names of its MX records, "." for one that says that it takes no mail (RFC 7505)."""
