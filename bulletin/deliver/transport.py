"""Say what a delivery is handed to: two steps, because the durable mark lies between them."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self

from bulletin.errors import RelayError
from bulletin.model.delivery import Attempt, Delivery

Clock = Callable[[], datetime]
"""The time now, with its offset."""

AGAIN = (
    "check its address; then run the same command again, with its --relay: it goes on where this one stopped"
)
"""What to do where a relay is of no use."""


class UnreachableError(RelayError):
    """This transport gets no connection; with others at work it is one fewer, alone it is the end."""


class Transport(Protocol):
    """Something that takes deliveries one at a time: SMTP, a folder, the built-in relay.

    Both steps raise RelayError when the relay stops the whole run, and UnreachableError when only this
    transport cannot go on: the delivery in hand was not taken.
    """

    def stage(self, delivery: Delivery) -> Attempt | None:
        """Offer all of a delivery but its terminator; give the Attempt if it was refused before that.

        An Attempt with the outcome *pending* means that the connection, not the recipient, was at fault.
        """

    def release(self, following: Delivery | None = None) -> Attempt:
        """Send the terminator of what was staged and give the outcome, *unknown* where no answer came.

        *deferred*, *rejected* and *pending* mean that it was not taken; *pending*, that the connection was at
        fault.

        following: what will be staged next and at once; a transport may send its envelope along with the
        terminator, and hears what is said to that when it is staged. Staging anything else then costs a
        connection.
        """

    def settle(self, message_id: str) -> Attempt | None:
        """Say what became of a message whose terminator was sent by an earlier run; None for cannot know."""

    def close(self) -> None:
        """End the conversation; what was staged and not released is not taken."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Closing(ABC):
    """A context manager that closes itself at the end."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @abstractmethod
    def close(self) -> None:
        """Let go of what is held."""
