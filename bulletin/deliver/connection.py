"""Hold one SMTP connection: commands out, replies in, each with its own time limit."""

import socket
import time
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address

from bulletin.deliver.relay import is_loopback
from bulletin.deliver.replies import ProtocolError, Reply, parse_reply

_BLOCK = 64 * 1024
_LONGEST_LINE = 2048
_MOST_LINES = 128


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds to wait in each phase (RFC 5321 4.5.3.2)."""

    connect: float = 30
    greeting: float = 300
    command: float = 300
    data: float = 120
    block: float = 180
    dot: float = 600
    quit: float = 5


class Connection:
    """One plain TCP connection to a server on this machine.

    Every method raises OSError or ProtocolError when the connection is of no more use.
    """

    def __init__(self, host: str, port: int, timeouts: Timeouts) -> None:
        self._timeouts = timeouts
        self._waiting = bytearray()
        self._socket = socket.create_connection((host, port), timeout=timeouts.connect)
        try:
            _refuse_foreign(self._socket.getpeername()[0])
            # Without it the terminator, a write of its own, would wait 40 ms for the body's acknowledgement.
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except BaseException:
            self._socket.close()
            raise

    @property
    def own_name(self) -> str:
        """This side's name for EHLO: an address literal (RFC 5321 4.1.3)."""
        address = ip_address(self._socket.getsockname()[0].partition("%")[0])
        return f"[{'IPv6:' if address.version == 6 else ''}{address}]"

    def command(self, line: str, seconds: float) -> Reply:
        """Send one command line and give the reply to it."""
        if "\r" in line or "\n" in line:
            raise ValueError("a command is one line")
        self.refuse_chatter()
        self._send(line.encode() + b"\r\n", self._timeouts.block)
        return self.reply(seconds)

    def send_block(self, data: bytes) -> None:
        """Send part of a message, with a time limit for each 64 KB of it."""
        view = memoryview(data)
        for start in range(0, len(view), _BLOCK):
            self._send(view[start : start + _BLOCK], self._timeouts.block)

    def refuse_chatter(self) -> None:
        """Refuse to go on where the server has spoken unasked or hung up: its replies could be mistaken."""
        if self._waiting:
            raise ProtocolError("it answered more than it was asked")
        self._socket.setblocking(False)
        try:
            early = self._socket.recv(_LONGEST_LINE)
        except BlockingIOError:
            return
        self._waiting += early
        if not early:
            raise ProtocolError("it closed the connection")
        self._socket.settimeout(self._timeouts.quit)
        raise ProtocolError(f"it said {self.reply(self._timeouts.quit)} and ended the conversation")

    def reply(self, seconds: float) -> Reply:
        """Read one whole reply; all of its lines together may take so many seconds."""
        deadline = time.monotonic() + seconds
        lines: list[bytes] = []
        while not lines or lines[-1][3:4] == b"-":
            if len(lines) == _MOST_LINES:
                raise ProtocolError("its answer has no end")
            lines.append(self._line(deadline))
        return parse_reply(lines)

    def close(self) -> None:
        """Close the socket at once, without a word."""
        self._socket.close()

    def quit(self) -> None:
        """Say goodbye, wait a moment for the answer, close the socket."""
        with suppress(OSError, ProtocolError):
            self.command("QUIT", self._timeouts.quit)
        self.close()

    def _send(self, data: bytes | memoryview, seconds: float) -> None:
        self._socket.settimeout(seconds)
        self._socket.sendall(data)

    def _line(self, deadline: float) -> bytes:
        """Read one line, however slowly it drips, until the deadline; give it without CRLF."""
        while b"\n" not in self._waiting:
            if len(self._waiting) > _LONGEST_LINE:
                raise ProtocolError("its answer has no end")
            left = deadline - time.monotonic()
            if left <= 0:
                raise ProtocolError("it did not answer in time")
            self._socket.settimeout(left)
            received = self._socket.recv(_LONGEST_LINE)
            if not received:
                raise ProtocolError("it closed the connection")
            self._waiting += received
        line, _, rest = bytes(self._waiting).partition(b"\n")
        self._waiting[:] = rest
        return line.removesuffix(b"\r")


def _refuse_foreign(peer: str) -> None:
    """Refuse a peer that is not this machine, whatever its name promised: nothing here is encrypted."""
    if not is_loopback(peer.partition("%")[0]):
        raise ProtocolError(f"its name leads to {peer}, which is not this machine")
