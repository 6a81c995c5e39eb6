"""Talk to a server about one message after another: envelope, body, terminator, and what it says to each."""

from dataclasses import dataclass

from bulletin.deliver.smtp.connection import Connection, LostError, Timeouts, encoded
from bulletin.deliver.smtp.offers import Offers
from bulletin.deliver.smtp.replies import Meaning, Phase, ProtocolError, Reply, meaning
from bulletin.deliver.smtp.wire import TERMINATOR, Wire
from bulletin.model.delivery import Delivery

_ENVELOPE = (Phase.MAIL, Phase.RCPT, Phase.DATA)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reply that is no yes, and what it answered."""

    reply: Reply
    phase: Phase


class Dialogue:
    """An open session and what the server last heard in it.

    Every method raises OSError, ProtocolError or LostError when the connection is of no more use.

    ahead: the delivery whose envelope went out with the last terminator and is not answered yet.
    is_over: whether we have hung up.
    """

    def __init__(self, connection: Connection, offers: Offers, timeouts: Timeouts) -> None:
        self.offers = offers
        self.ahead: Delivery | None = None
        self.is_over = False
        self._connection = connection
        self._timeouts = timeouts
        self._unclean = False

    def hear_ahead(self) -> Refusal | None:
        """Hear what is said to the envelope that went out with the last terminator."""
        self.ahead = None
        return self._hear_envelope()

    def begin(self, lines: tuple[str, str, str]) -> Refusal | None:
        """Say MAIL, RCPT and DATA, and give the first refusal."""
        reset = ("RSET",) if self._unclean else ()
        if self.offers.pipelining:
            self._connection.send_lines(*reset, *lines)
            if reset:
                self._hear_reset()
            return self._hear_envelope()
        self._connection.refuse_chatter()
        if reset:
            self._connection.send_next("RSET")
            self._hear_reset()
        return self._say_in_turn(lines)

    def send_body(self, wire: Wire) -> Refusal | None:
        """Send all but the terminator; a server that hangs up meanwhile may have said why."""
        try:
            self._connection.send_block(wire.data)
        except ConnectionError:
            reply = self._connection.last_words()
            if reply is None or reply.code <= 421:
                raise
            return Refusal(reply, Phase.DOT)
        return None

    def send_terminator(self, following: Delivery | None, lines: tuple[str, ...]) -> None:
        """Send it, with the following envelope if there is one; a ConnectionError means it did not go."""
        self._connection.refuse_chatter()
        self._connection.send_at_once(TERMINATOR + encoded(*lines))
        self.ahead = following

    def hear_end(self) -> Reply:
        """Read the answer to the terminator."""
        return self._connection.reply(self._timeouts.dot)

    def quit(self) -> None:
        """Say goodbye, where the server is not in the middle of a message."""
        if self.ahead is None and not self.is_over:
            self._connection.quit()

    def close(self) -> None:
        """Hang up."""
        self.is_over = True
        self._connection.close()

    def _say_in_turn(self, lines: tuple[str, str, str]) -> Refusal | None:
        for line, phase in zip(lines, _ENVELOPE, strict=True):
            self._connection.send_next(line)
            reply = self._hear(phase)
            if meaning(reply, phase) is not Meaning.GO_ON:
                self._unclean = True
                return Refusal(reply, phase)
        return None

    def _hear_envelope(self) -> Refusal | None:
        """Read the replies to all three commands; the first refusal counts.

        A server that wants a message after it has refused its sender or its recipient is hung up on: the
        message that would end this, an empty one, might be delivered.
        """
        refused: Refusal | None = None
        for phase in _ENVELOPE:
            try:
                reply = self._hear(phase)
            except (OSError, ProtocolError):
                if refused is None:
                    raise
                self.close()
                return refused
            if refused is None and meaning(reply, phase) is not Meaning.GO_ON:
                refused = Refusal(reply, phase)
            elif refused and phase is Phase.DATA and reply.code < 400:
                self.close()
        self._unclean = refused is not None
        return refused

    def _hear(self, phase: Phase) -> Reply:
        return self._connection.reply(self._timeouts.data if phase is Phase.DATA else self._timeouts.command)

    def _hear_reset(self) -> None:
        """Hear that what a refused delivery left in the session is cleared."""
        reply = self._connection.reply(self._timeouts.command)
        if reply.code != 250:
            raise LostError(f"it said {reply}", reply)
        self._unclean = False
