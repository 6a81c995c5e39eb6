"""Deliver by SMTP, phase by phase, so that it is always known what the server may have taken."""

import time

from bulletin.deliver.connection import Connection, Timeouts
from bulletin.deliver.offers import Offers, read_offers
from bulletin.deliver.replies import Meaning, Phase, ProtocolError, Reply, meaning
from bulletin.deliver.transport import Clock, Closing
from bulletin.errors import RelayError
from bulletin.model.delivery import Attempt, Delivery, Outcome

_TERMINATOR = b"\r\n.\r\n"
_PAUSES = (0.1, 1.0)
_MOST_LOST = 2
_AGAIN = "nobody is blamed for it: when the relay is well, the same command goes on where this one stopped"
_SMALLER = "make the pictures smaller, or ask whoever runs the relay"


class LostError(Exception):
    """The connection failed before anything of the delivery in hand can have been taken."""


class UnreachableError(LostError):
    """There was no connection to lose: the server is not there, or will not talk."""


class SmtpTransport(Closing):
    """One connection to a server on this machine, opened when first needed and again when it is lost.

    pauses: seconds to wait before each further try of a delivery whose connection was lost.
    """

    def __init__(
        self,
        host: str,
        port: int,
        clock: Clock,
        *,
        timeouts: Timeouts | None = None,
        pauses: tuple[float, ...] = _PAUSES,
    ) -> None:
        self._where = (host, port)
        self._clock = clock
        self._timeouts = timeouts or Timeouts()
        self._pauses = pauses
        self._connection: Connection | None = None
        self._offers = Offers()
        self._unclean = False
        self._staged: Delivery | None = None
        self._lost = 0

    def stage(self, delivery: Delivery) -> Attempt | None:
        """Offer all of a delivery but its terminator, on a new connection where one is lost.

        Raises:
            RelayError: no connection can be had, two deliveries running lost theirs, or the relay refuses us.
        """
        for pause in (*self._pauses, None):
            try:
                refused = self._offer(self._connected(), delivery)
            except LostError as lost:
                self._drop()
                if pause is None:
                    return self._give_up(lost)
                time.sleep(pause)
            else:
                self._lost = 0
                self._staged = None if refused else delivery
                return refused
        raise AssertionError

    def release(self, following: Delivery | None = None) -> Attempt:  # noqa: ARG002  a hint for PIPELINING
        """Send the terminator by itself and give the outcome.

        A connection that was lost since `stage` cannot have carried it: the delivery is offered again first.
        """
        connection, staged = self._connection, self._staged
        if staged is None or connection is None:
            raise ValueError("nothing was staged")
        try:
            connection.refuse_chatter()
        except (OSError, ProtocolError):
            self._drop()
            if refused := self.stage(staged):
                return refused
        self._staged = None
        return self._end(self._connected())

    def settle(self, message_id: str) -> Attempt | None:  # noqa: ARG002  the protocol's
        """Say that SMTP cannot know what became of an earlier message."""
        return None

    def close(self) -> None:
        """Say goodbye, or hang up in the middle of a message so that the server forgets it."""
        if self._connection and not self._staged:
            self._connection.quit()
        self._drop()

    def _give_up(self, lost: LostError) -> Attempt:
        """Leave one delivery pending, but stop where the relay is away or keeps hanging up."""
        self._lost += 1
        if isinstance(lost, UnreachableError) or self._lost >= _MOST_LOST:
            raise RelayError(f"the relay {self._name} is of no use: {lost}", _AGAIN) from lost
        return Attempt(Outcome.PENDING, str(lost), self._clock())

    def _offer(self, connection: Connection, delivery: Delivery) -> Attempt | None:
        """Say MAIL, RCPT and DATA and send the body but for its last line end."""
        if problem := self._offers.too_large(delivery):
            raise RelayError(f"the relay {self._name} {problem}", _SMALLER)
        if problem := self._offers.cannot_carry(delivery):
            return Attempt(Outcome.REJECTED, problem, self._clock())
        envelope, limit = delivery.envelope, self._timeouts
        try:
            if self._unclean:
                self._reset(connection)
            steps = (
                (
                    f"MAIL FROM:<{envelope.sender}>{self._offers.parameters(delivery)}",
                    Phase.MAIL,
                    limit.command,
                ),
                (f"RCPT TO:<{envelope.recipient}>", Phase.RCPT, limit.command),
                ("DATA", Phase.DATA, limit.data),
            )
            for line, phase, seconds in steps:
                if refused := self._refused(connection.command(line, seconds), phase):
                    self._unclean = True
                    return refused
            connection.send_block(stuffed(delivery.message))
        except (OSError, ProtocolError) as error:
            raise LostError(_plain(error)) from error
        return None

    def _reset(self, connection: Connection) -> None:
        """Clear what a refused delivery left in the session."""
        reply = connection.command("RSET", self._timeouts.command)
        if reply.code != 250:
            raise LostError(f"it said {reply}")
        self._unclean = False

    def _end(self, connection: Connection) -> Attempt:
        """Send the terminator; from here on, no answer means nobody knows."""
        try:
            connection.send_block(_TERMINATOR)
            reply = connection.reply(self._timeouts.dot)
            means = meaning(reply, Phase.DOT)
        except (OSError, ProtocolError) as error:
            self._drop()
            words = f"no answer came after the whole message was sent: {_plain(error)}"
            return Attempt(Outcome.UNKNOWN, words, self._clock())
        if means is Meaning.GO_ON:
            return Attempt(Outcome.ACCEPTED, str(reply), self._clock())
        if means is Meaning.CLOSING:
            self._drop()
            return Attempt(Outcome.UNKNOWN, str(reply), self._clock())
        return self._attempt(reply, means)

    def _refused(self, reply: Reply, phase: Phase) -> Attempt | None:
        """Give the Attempt a refusal is, or None to go on."""
        means = meaning(reply, phase)
        if means is Meaning.GO_ON:
            return None
        if means is Meaning.CLOSING or (means is Meaning.LATER and phase is Phase.CONNECT):
            raise LostError(f"it said {reply}")
        return self._attempt(reply, means)

    def _attempt(self, reply: Reply, means: Meaning) -> Attempt:
        if means is Meaning.STOP:
            raise self._stopped(reply)
        outcome = Outcome.DEFERRED if means is Meaning.LATER else Outcome.REJECTED
        return Attempt(outcome, str(reply), self._clock())

    def _stopped(self, reply: Reply) -> RelayError:
        """Say that a refusal is about us and meets everybody; the session is not used again."""
        self._drop()
        return RelayError(
            f"the relay {self._name} refuses this sending as a whole: {reply}",
            "nobody on the list is blamed. Show these words to whoever runs the relay",
        )

    def _connected(self) -> Connection:
        """Give the open connection, or open one and exchange greetings."""
        if self._connection:
            return self._connection
        try:
            self._connection = Connection(*self._where, self._timeouts)
            self._refused(self._connection.reply(self._timeouts.greeting), Phase.CONNECT)
            self._offers = self._greet(self._connection)
        except (OSError, ProtocolError, LostError) as error:
            raise UnreachableError(_plain(error)) from error
        return self._connection

    def _greet(self, connection: Connection) -> Offers:
        """Say EHLO, or HELO to a server that does not know it, and give what it offers."""
        reply = connection.command(f"EHLO {connection.own_name}", self._timeouts.command)
        if 500 <= reply.code <= 504:
            reply = connection.command(f"HELO {connection.own_name}", self._timeouts.command)
            self._refused(reply, Phase.CONNECT)
            return Offers()
        self._refused(reply, Phase.CONNECT)
        return read_offers(reply)

    def _drop(self) -> None:
        """Hang up and forget what was staged."""
        if self._connection:
            self._connection.close()
        self._connection, self._staged, self._unclean = None, None, False

    @property
    def _name(self) -> str:
        return f"{self._where[0]}:{self._where[1]}"


def stuffed(message: bytes) -> bytes:
    """Double each full stop at a line's start (RFC 5321 4.5.2); the terminator has the last line end."""
    if message.startswith(b"."):
        message = b"." + message
    if b"\r\n." in message:
        message = message.replace(b"\r\n.", b"\r\n..")
    return message.removesuffix(b"\r\n")


def _plain(error: Exception) -> str:
    """Put a failed connection into words that do not depend on the system's language."""
    if isinstance(error, ConnectionRefusedError):
        return "nothing answers there"
    if isinstance(error, TimeoutError):
        return "it did not answer in time"
    if isinstance(error, (ConnectionError, BrokenPipeError)):
        return "it closed the connection"
    return str(error)
