"""Read a relay's address and open the transport it names."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from bulletin.deliver.smtp.access import Access
from bulletin.deliver.smtp.connection import is_loopback
from bulletin.deliver.transport import Clock, Transport
from bulletin.errors import RelayError, UsageError

if TYPE_CHECKING:
    from bulletin.deliver.smtp.session import Server

__all__ = [
    "Access",
    "RelayAddress",
    "Scheme",
    "is_loopback",
    "is_rehearsal",
    "open_relay",
    "open_transport",
    "parse_relay",
    "refuse_unusable",
    "server_of",
]

_FORMS = "write sandbox:, folder:DIR, smtp://localhost:PORT, smtp+starttls://USER@HOST:587 or smtps://USER@HOST:465"
_USUAL = Access()
_TOKEN = re.compile(r"[a-z][a-z0-9+.-]{0,20}")
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9A-Fa-f:.]+")


class Scheme(StrEnum):
    """The kinds of relay there are."""

    SANDBOX = "sandbox"
    FOLDER = "folder"
    SMTP = "smtp"
    STARTTLS = "smtp+starttls"
    SMTPS = "smtps"


_PORTS = {Scheme.SMTP: 25, Scheme.STARTTLS: 587, Scheme.SMTPS: 465}


@dataclass(frozen=True, slots=True)
class RelayAddress:
    """Where deliveries go: never a password.

    host, port, user: of the SMTP kinds alone; folder: of `folder:` alone, as written.
    """

    scheme: Scheme
    host: str = ""
    port: int = 0
    user: str = ""
    folder: str = ""

    def __str__(self) -> str:
        if self.scheme not in _PORTS:
            return f"{self.scheme}:{self.folder}"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{self.user}{'@' if self.user else ''}{host}:{self.port}"


def parse_relay(url: str) -> RelayAddress:
    """Read a relay's address; whether it may be used is for `open_transport` to say.

    Raises:
        UsageError: it is none, or holds a password, which is not repeated.
    """
    url = url.strip()
    if not url.isprintable():
        raise UsageError("the relay's address holds a control character", _FORMS)
    name, _, rest = url.partition(":")
    scheme = _scheme(name.lower())
    if scheme is Scheme.FOLDER and rest:
        return RelayAddress(scheme, folder=rest)
    if scheme is Scheme.SANDBOX and not rest:
        return RelayAddress(scheme)
    if scheme not in _PORTS or not rest.startswith("//"):
        raise UsageError(f"the relay's address is not complete after {scheme}:", _FORMS)
    return _smtp_address(scheme, rest)


def is_rehearsal(relay: RelayAddress) -> bool:
    """Tell whether nothing can leave this machine: the built-in relay or a folder."""
    return relay.scheme in (Scheme.SANDBOX, Scheme.FOLDER)


def is_for_trying(relay: RelayAddress) -> bool:
    """Whether a relay is for trying things out: on this machine, at a port where no mail server listens."""
    return is_loopback(relay.host) and relay.port not in _PORTS.values()


def refuse_unusable(relay: RelayAddress) -> None:
    """Refuse a relay nothing may be sent through; asks the address alone and opens no socket.

    Raises:
        RelayError: it would travel in the clear.
    """
    if relay.scheme is Scheme.SMTP and not is_loopback(relay.host):
        raise RelayError(
            f"smtp:// is not encrypted, so it may go to this machine alone and not to {relay.host}",
            "ask your e-mail provider for an address with smtp+starttls:// or smtps://",
        )


@contextmanager
def open_relay(
    relay: RelayAddress, folder: Path, clock: Clock, access: Access = _USUAL
) -> Iterator[Callable[[], Transport]]:
    """Open a relay and give what makes transports to it, one for each connection.

    No socket is opened and no password asked for before the first delivery is staged.

    folder: where `sandbox:` puts what it takes; a `folder:DIR` is as written, so relative to the current one.

    Raises:
        RelayError: the relay may not be used, see `refuse_unusable`; a folder cannot be written to.
    """
    refuse_unusable(relay)
    if relay.scheme is Scheme.SANDBOX:
        from bulletin.deliver.relays.sandbox import Sandbox

        with Sandbox(folder, clock, access) as sandbox:
            yield sandbox.connect
    elif relay.scheme is Scheme.FOLDER:
        from bulletin.deliver.relays.folder import FolderTransport, open_folder

        path = Path(relay.folder)
        shared = open_folder(path)
        yield lambda: FolderTransport(path, clock, shared)
    else:
        from bulletin.deliver.smtp.client import SmtpTransport

        server = server_of(relay, access)
        yield lambda: SmtpTransport(server, clock, access)


def open_transport(relay: RelayAddress, folder: Path, clock: Clock, access: Access = _USUAL) -> Transport:
    """Open one transport to a relay of its own, see `open_relay`."""
    refuse_unusable(relay)
    if relay.scheme is Scheme.SANDBOX:
        from bulletin.deliver.relays.sandbox import SandboxTransport

        return SandboxTransport(folder, clock)
    if relay.scheme is Scheme.FOLDER:
        from bulletin.deliver.relays.folder import FolderTransport

        return FolderTransport(Path(relay.folder), clock)
    from bulletin.deliver.smtp.client import SmtpTransport

    return SmtpTransport(server_of(relay, access), clock, access)


def server_of(relay: RelayAddress, access: Access) -> "Server":
    """Say how to talk to an SMTP relay: in TLS, unless it is on this machine and so written."""
    from bulletin.deliver.smtp.credentials import Credentials
    from bulletin.deliver.smtp.session import Server
    from bulletin.deliver.smtp.tls import tls_context

    if relay.scheme is Scheme.SMTP:
        return Server(relay.host, relay.port)
    credentials = Credentials(relay.user, relay.host, access) if relay.user else None
    context = tls_context(access.ca_file)
    return Server(relay.host, relay.port, context, relay.scheme is Scheme.SMTPS, credentials)


def _scheme(name: str) -> Scheme:
    try:
        return Scheme(name)
    except ValueError:
        shown = f'"{name}:"' if _TOKEN.fullmatch(name) else "that"
        raise UsageError(f"there is no kind of relay called {shown}", _FORMS) from None


def _smtp_address(scheme: Scheme, rest: str) -> RelayAddress:
    """Read `//USER@HOST:PORT`; nothing of it is repeated in an error but a sound host's name."""
    try:
        parts = urlsplit(rest)
        host, port, user = parts.hostname or "", parts.port, unquote(parts.username or "")
    except ValueError:
        raise UsageError(f"the relay's address after {scheme}: has no sound host and port", _FORMS) from None
    if parts.password is not None:
        raise UsageError("a relay's address must not hold a password", "take the password out and change it")
    if not _HOST.fullmatch(host) or port == 0 or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise UsageError(f"the relay's address after {scheme}: has no sound host and port", _FORMS)
    if scheme is Scheme.SMTP and user:
        raise UsageError("smtp:// takes no user name: without TLS there is no signing in", _FORMS)
    if not user.isprintable():
        raise UsageError("the user name in the relay's address holds a control character", _FORMS)
    return RelayAddress(scheme, host, port or _PORTS[scheme], user)
