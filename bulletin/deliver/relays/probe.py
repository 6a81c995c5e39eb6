"""Knock at a relay and ask it everything that can be asked without sending anything."""

import ssl
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bulletin.deliver.relays.relay import RelayAddress, refuse_unusable, server_of
from bulletin.deliver.smtp.access import Access
from bulletin.deliver.smtp.client import plain
from bulletin.deliver.smtp.connection import LostError, Timeouts
from bulletin.deliver.smtp.offers import Offers
from bulletin.deliver.smtp.replies import ProtocolError
from bulletin.deliver.smtp.session import Server, open_session
from bulletin.errors import RelayError

PATIENCE = Timeouts(connect=15, tls=20, greeting=30, command=30, quit=2)
"""Shorter than for a send: somebody is waiting for the answer."""


@dataclass(frozen=True, slots=True)
class Knock:
    """What a relay says for itself.

    tls: the version that was agreed, "" for none; until: when its certificate ends, None without one.
    """

    offers: Offers
    tls: str = ""
    until: datetime | None = None


def knock(relay: RelayAddress, access: Access, *, signing_in: bool) -> Knock:
    """Connect, encrypt, greet, sign in where that is asked for, and say goodbye.

    Raises:
        RelayError: it is not there, does not prove itself, or lets nobody in.
    """
    refuse_unusable(relay)
    server = server_of(relay, access)
    if not signing_in:
        server = replace(server, credentials=None)
    try:
        return _talk(server)
    except (LostError, OSError, ProtocolError) as error:
        raise RelayError(
            f"no connection to the relay {server.name}: {plain(error)}",
            "see that its address and port are right, and that no firewall is in between",
        ) from None


def _talk(server: Server) -> Knock:
    connection, offers = open_session(server, PATIENCE)
    tls, ends = connection.protection
    until = datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC) if ends else None
    connection.quit()
    return Knock(offers, tls, until)
