"""Deliver by SMTP, phase by phase, so that it is always known what the server may have taken."""

import socket
import ssl

from bulletin.deliver.smtp.access import Access
from bulletin.deliver.smtp.advice import advised
from bulletin.deliver.smtp.connection import LostError, UnaskedError
from bulletin.deliver.smtp.dialogue import Dialogue, Refusal
from bulletin.deliver.smtp.replies import Meaning, Phase, ProtocolError, meaning
from bulletin.deliver.smtp.session import Server, open_session
from bulletin.deliver.smtp.wire import Stuffing, Wire
from bulletin.deliver.transport import AGAIN, Clock, Closing, UnreachableError
from bulletin.deliver.waiting import sleep
from bulletin.errors import RelayError
from bulletin.model.delivery import Attempt, Delivery, Outcome

_USUAL = Access()
_MOST_LOST = 2
_SMALLER = "make the pictures smaller, or ask whoever runs the relay"
_NOT_SENT = (ConnectionError, ProtocolError, ssl.SSLEOFError, ssl.SSLZeroReturnError)
"""How a terminator fails that did not go out."""


class NoConnectionError(LostError):
    """There was no connection to lose: the server is not there, or will not talk."""


class SmtpTransport(Closing):
    """One connection to a server, opened when first needed and again when it is lost."""

    def __init__(self, server: Server, clock: Clock, access: Access) -> None:
        self._server = server
        self._clock = clock
        self._access = access
        self._dialogue: Dialogue | None = None
        self._stuffing = Stuffing()
        self._staged: Delivery | None = None
        self._announced: Delivery | None = None
        self._keeps_order = True

    def stage(self, delivery: Delivery) -> Attempt | None:
        """Offer all of a delivery but its terminator, on a new connection where one is lost.

        Whoever costs two connections is left pending, and a 421 among them is no complaint about our pace.

        Raises:
            UnreachableError: no connection can be had. RelayError: the relay refuses us.
        """
        if self._staged or not self._is_expected(delivery):
            self._drop()  # the server waits for a message, and it is not this one's
        lost: list[LostError] = []
        for pause in (*self._access.pauses, None):
            try:
                refused = self._offer(delivery)
            except LostError as error:
                self._note_silence(error, delivery)
                self._drop()
                if not isinstance(error, NoConnectionError):
                    lost.append(error)
                if pause is None or len(lost) == _MOST_LOST:
                    return self._give_up(error)
                sleep(pause)
            else:
                for one in lost:
                    self._hear(one)
                self._staged = None if refused else delivery
                return refused
        raise AssertionError

    def release(self, following: Delivery | None = None) -> Attempt:
        """Send the terminator by itself, or with the following envelope (RFC 2920), and give the outcome.

        A connection that was lost since `stage` cannot have carried it: the delivery is offered again first.
        """
        staged = self._staged
        if staged is None:
            raise ValueError("nothing was staged")
        for _ in range(_MOST_LOST):
            if self._staged is None and (refused := self.stage(staged)):
                return refused
            try:
                self._send_terminator(following)
            except UnaskedError as error:
                self._drop()
                if error.reply.code > 421:
                    return self._judged(Refusal(error.reply, Phase.DOT))
            except _NOT_SENT:
                self._drop()
            except OSError as error:
                return self._unknown(error)
            else:
                return self._end()
        return self._pending("it closes every connection before a message is whole")

    def settle(self, message_id: str) -> Attempt | None:  # noqa: ARG002  the protocol's
        """Say that SMTP cannot know what became of an earlier message."""
        return None

    def close(self) -> None:
        """Say goodbye, or hang up in the middle of a message so that the server forgets it."""
        try:
            if self._dialogue and not self._staged:
                self._dialogue.quit()
        finally:
            self._drop()

    def _is_expected(self, delivery: Delivery) -> bool:
        ahead = self._dialogue.ahead if self._dialogue else None
        return ahead is None or ahead is delivery

    def _connected(self) -> Dialogue:
        """Give the open session, or open one."""
        if self._dialogue is None or self._dialogue.is_over:
            timeouts = self._access.timeouts
            try:
                self._dialogue = Dialogue(*open_session(self._server, timeouts), timeouts)
            except LostError as error:
                self._hear(error)
                raise NoConnectionError(str(error)) from error
            except (OSError, ProtocolError) as error:
                raise NoConnectionError(plain(error)) from error
        return self._dialogue

    def _offer(self, delivery: Delivery) -> Attempt | None:
        """Say the envelope and send the body."""
        dialogue, wire = self._connected(), self._stuffing.wire(delivery)
        if problem := dialogue.offers.too_large(wire):
            raise RelayError(f"the relay {self._server.name} {problem}", _SMALLER)
        if problem := dialogue.offers.cannot_carry(delivery, wire):
            return Attempt(Outcome.REJECTED, problem, self._clock())
        self._staged = delivery
        try:
            refusal = self._begin(dialogue, delivery, wire)
            if refusal is None and (refusal := dialogue.send_body(wire)):
                self._drop()
        except (OSError, ProtocolError) as error:
            raise LostError(plain(error)) from error
        return self._judged(refusal) if refusal else None

    def _begin(self, dialogue: Dialogue, delivery: Delivery, wire: Wire) -> Refusal | None:
        """Say the envelope, or hear what is said to the one that went ahead."""
        if dialogue.ahead is delivery:
            return dialogue.hear_ahead()
        return dialogue.begin(self._lines(dialogue, delivery, wire))

    def _note_silence(self, lost: LostError, delivery: Delivery) -> None:
        """Send no more envelopes ahead to a server that forgot one: some throw away what follows a body."""
        if self._announced is delivery and isinstance(lost.__cause__, TimeoutError):
            self._keeps_order = False
        self._announced = None

    def _lines(self, dialogue: Dialogue, delivery: Delivery, wire: Wire) -> tuple[str, str, str]:
        return dialogue.offers.envelope(delivery, wire, success_reports=self._access.success_reports)

    def _send_terminator(self, following: Delivery | None) -> None:
        """Send it, with the following envelope where that may go along."""
        dialogue = self._connected()
        lines: tuple[str, ...] = ()
        if following and dialogue.offers.pipelining and self._keeps_order:
            wire, offers = self._stuffing.wire(following), dialogue.offers
            if not (offers.too_large(wire) or offers.cannot_carry(following, wire)):
                lines = self._lines(dialogue, following, wire)
        dialogue.send_terminator(following if lines else None, lines)
        self._announced = dialogue.ahead

    def _end(self) -> Attempt:
        """Hear the answer to the terminator; from here on, no answer means nobody knows."""
        try:
            reply = self._connected().hear_end()
            means = meaning(reply, Phase.DOT)
        except (OSError, ProtocolError) as error:
            return self._unknown(error)
        self._staged = None
        if means is Meaning.GO_ON:
            return Attempt(Outcome.ACCEPTED, str(reply), self._clock())
        if means is Meaning.CLOSING:  # the server keeps nothing of it (RFC 5321 4.2.5)
            self._drop()
            self._access.heard(str(reply))
            return self._pending(str(reply))
        return self._judged(Refusal(reply, Phase.DOT))

    def _judged(self, refusal: Refusal) -> Attempt:
        """Give the Attempt that a refusal is."""
        reply, means = refusal.reply, meaning(refusal.reply, refusal.phase)
        if means is Meaning.STOP:
            self._drop()
            name = self._server.name
            raise RelayError(f"the relay {name} refuses this sending as a whole: {reply}", advised(reply))
        if means is Meaning.REFUSED:
            return Attempt(Outcome.REJECTED, str(reply), self._clock())
        if means is Meaning.CLOSING:
            raise LostError(f"it said {reply}", reply)
        self._access.heard(str(reply))
        return Attempt(Outcome.DEFERRED, str(reply), self._clock())

    def _unknown(self, error: Exception) -> Attempt:
        self._drop()
        words = f"no answer came after the whole message was sent: {plain(error)}"
        return Attempt(Outcome.UNKNOWN, words, self._clock())

    def _pending(self, words: str) -> Attempt:
        return Attempt(Outcome.PENDING, words, self._clock())

    def _hear(self, lost: LostError) -> None:
        """Tell of the words with which a connection ended, if there were any."""
        if lost.reply:
            self._access.heard(str(lost.reply))

    def _give_up(self, lost: LostError) -> Attempt:
        """Leave one delivery pending; where there is no relay to talk to, none can be made."""
        if isinstance(lost, NoConnectionError):
            raise UnreachableError(f"no connection to the relay {self._server.name}: {lost}", AGAIN) from lost
        return self._pending(str(lost))

    def _drop(self) -> None:
        """Hang up and forget what was staged."""
        if self._dialogue:
            self._dialogue.close()
        self._dialogue, self._staged = None, None


def loopback_transport(port: int, clock: Clock, access: Access = _USUAL) -> SmtpTransport:
    """Give a transport to a server on this machine."""
    return SmtpTransport(Server("127.0.0.1", port), clock, access)


def plain(error: Exception) -> str:
    """Put a failed connection into words that do not depend on the system's language."""
    if isinstance(error, ConnectionRefusedError):
        return "nothing answers there"
    if isinstance(error, TimeoutError):
        return "it did not answer in time"
    if isinstance(error, (ConnectionError, BrokenPipeError)):
        return "it closed the connection"
    if isinstance(error, socket.gaierror):
        return "its name cannot be found"
    return str(error)
