"""Open a conversation with a relay: connect, encrypt, greet, sign in."""

import ssl
from dataclasses import dataclass

from bulletin.deliver.smtp.advice import advised
from bulletin.deliver.smtp.auth import sign_in
from bulletin.deliver.smtp.connection import Connection, LostError, Timeouts
from bulletin.deliver.smtp.credentials import Credentials
from bulletin.deliver.smtp.offers import Offers, read_offers
from bulletin.deliver.smtp.replies import Meaning, Phase, Reply, meaning
from bulletin.deliver.smtp.tls import unproven
from bulletin.errors import RelayError


@dataclass(frozen=True, slots=True)
class Server:
    """A relay to talk to; without a context it is on this machine, and the talk is in the clear.

    implicit: TLS from the first octet, else by STARTTLS. credentials: None for not signing in.
    """

    host: str
    port: int
    context: ssl.SSLContext | None = None
    implicit: bool = False
    credentials: Credentials | None = None

    @property
    def name(self) -> str:
        """The host and port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


def open_session(server: Server, timeouts: Timeouts) -> tuple[Connection, Offers]:
    """Connect and get as far as the first MAIL.

    Raises:
        RelayError: it may not be used: no TLS, no proof who it is, no signing in. LostError, OSError,
            ProtocolError: no connection this time.
    """
    connection = Connection(server.host, server.port, timeouts)
    try:
        return connection, _introduced(connection, server, timeouts)
    except BaseException:
        connection.close()
        raise


def _introduced(connection: Connection, server: Server, timeouts: Timeouts) -> Offers:
    if server.context is None:
        connection.refuse_foreign()
    elif server.implicit:
        _encrypt(connection, server)
    _expect(connection.reply(timeouts.greeting), Phase.CONNECT, server)
    offers = _greet(connection, server, timeouts)
    if server.context and not server.implicit:
        _start_tls(connection, offers, server, timeouts)
        offers = _greet(connection, server, timeouts)
    if server.credentials:
        sign_in(connection, offers, server.credentials, timeouts.command)
    return offers


def _start_tls(connection: Connection, offers: Offers, server: Server, timeouts: Timeouts) -> None:
    """Say STARTTLS (RFC 3207); where it is not offered, or somebody hides it, nothing more is said."""
    if "STARTTLS" not in offers.names:
        raise RelayError(
            f"the relay {server.name} does not offer encryption (STARTTLS); "
            "nothing was sent and no password left",
            "somebody between may be hiding it. Try another network, or smtps:// with port 465",
        )
    reply = connection.command("STARTTLS", timeouts.command)
    means = meaning(reply, Phase.STARTTLS)
    if means is Meaning.CLOSING:
        raise LostError(f"it said {reply}", reply)
    if means is Meaning.STOP:
        raise RelayError(
            f"the relay {server.name} cannot encrypt now: {reply}; nothing was sent and no password left",
            "try again later, or ask whoever runs the relay",
        )
    if connection.has_unread:
        raise RelayError(
            f"somebody put words between the relay {server.name} and us before the encryption began; "
            "nothing was sent and no password left",
            "tell IT: this is how a break-in begins. Try another network, or smtps:// with port 465",
        )
    _encrypt(connection, server)


def _encrypt(connection: Connection, server: Server) -> None:
    assert server.context  # noqa: S101  the callers have seen to it
    try:
        connection.encrypt(server.context, server.host)
    except (ssl.SSLEOFError, ssl.SSLZeroReturnError, ssl.SSLSyscallError) as error:
        raise LostError("it closed the connection") from error
    except ssl.SSLError as error:
        raise unproven(error, server.name, server.host) from error


def _greet(connection: Connection, server: Server, timeouts: Timeouts) -> Offers:
    """Say EHLO, or HELO to a server that does not know it, and give what it offers."""
    reply = connection.command(f"EHLO {connection.own_name}", timeouts.command)
    if 500 <= reply.code <= 504:
        _expect(connection.command(f"HELO {connection.own_name}", timeouts.command), Phase.CONNECT, server)
        return Offers()
    _expect(reply, Phase.CONNECT, server)
    return read_offers(reply)


def _expect(reply: Reply, phase: Phase, server: Server) -> None:
    """Refuse to go on after anything but a yes."""
    means = meaning(reply, phase)
    if means is Meaning.STOP:
        raise RelayError(f"the relay {server.name} takes no mail from us: {reply}", advised(reply))
    if means is not Meaning.GO_ON:
        raise LostError(f"it said {reply}", reply)
