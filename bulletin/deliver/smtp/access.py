"""Say how a relay is used: whom to trust, how to sign in, how long to wait, whom to tell."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bulletin.deliver.smtp.connection import Timeouts
from bulletin.model.relay import Auth

_TIMEOUTS = Timeouts()


def _tell_nobody(_reply: str) -> None:
    """Listen to nothing."""


@dataclass(frozen=True, slots=True)
class Access:
    """How a relay is used; the password itself is in none of it.

    ca_file: certificates to trust instead of the system's, for an organisation with its own authority.
    auth, password_command, password_file: how to sign in, and where the password or token comes from.
    success_reports: whether to ask for a report of each copy that arrived, where the relay offers them.
    heard: told each 4yz reply at once.
    pauses: seconds to wait before each further try of a delivery whose connection was lost.
    """

    ca_file: Path | None = None
    auth: Auth = Auth.AUTO
    password_command: tuple[str, ...] = ()
    password_file: Path | None = None
    success_reports: bool = False
    heard: Callable[[str], None] = _tell_nobody
    timeouts: Timeouts = _TIMEOUTS
    pauses: tuple[float, ...] = (0.1, 1.0)
