"""Hold one SMTP connection: commands out, replies in, each with its own time limit, in TLS or not."""

import socket
import ssl
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from bulletin.deliver.loop import READ
from bulletin.deliver.smtp.replies import ProtocolError, Reply, parse_reply
from bulletin.deliver.waiting import NOT_NOW, connect, is_ready, receive, send_some, shake_hands

_BLOCK = 256 * 1024
_READ = 4096
_LONGEST_LINE = 2048
_MOST_LINES = 128


class LostError(Exception):
    """The connection failed before anything of the delivery in hand can have been taken.

    reply: what the server said, where it said something.
    """

    def __init__(self, words: str, reply: Reply | None = None) -> None:
        super().__init__(words)
        self.reply = reply


class PartlySentError(OSError):
    """Some octets went out, and the rest did not."""


class UnaskedError(ProtocolError):
    """The server spoke unasked: what it said is about to be the end of the conversation."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(f"it said {reply} and ended the conversation")
        self.reply = reply


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds to wait in each phase (RFC 5321 4.5.3.2); tls: for the handshake."""

    connect: float = 30
    tls: float = 60
    greeting: float = 300
    command: float = 300
    data: float = 120
    block: float = 180
    dot: float = 600
    quit: float = 5


class Connection:
    """One TCP connection to a server.

    Every method raises OSError or ProtocolError when the connection is of no more use.
    """

    def __init__(self, host: str, port: int, timeouts: Timeouts) -> None:
        self._timeouts = timeouts
        self._lines: deque[bytes] = deque()
        self._rest = b""
        self._hidden: tuple[str, ...] = ()
        self._is_encrypted = False
        self._socket: socket.socket = connect(host, port, timeouts.connect)
        # Without it the terminator, a write of its own, would wait 40 ms for the body's acknowledgement.
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    @property
    def own_name(self) -> str:
        """This side's name for EHLO: an address literal (RFC 5321 4.1.3)."""
        address = ip_address(self._socket.getsockname()[0].partition("%")[0])
        return f"[{'IPv6:' if address.version == 6 else ''}{address}]"

    @property
    def has_unread(self) -> bool:
        """Whether more has come than the replies that were read."""
        return self._has_waiting or is_ready(self._socket, READ, 0)

    def refuse_foreign(self) -> None:
        """Refuse a peer that is not this machine, whatever its name promised: nothing here is encrypted."""
        peer = self._socket.getpeername()[0]
        if not is_loopback(peer.partition("%")[0]):
            raise ProtocolError(f"its name leads to {peer}, which is not this machine")

    def encrypt(self, context: ssl.SSLContext, host: str) -> None:
        """Go on in TLS with a server that proves to be this host; nothing it said before counts.

        Raises:
            ssl.SSLError: it does not prove it, or no version of TLS both sides accept is left.
        """
        if self._has_waiting:
            raise ValueError("what was said in the clear must not be taken for what was said in TLS")
        encrypted = context.wrap_socket(self._socket, server_hostname=host, do_handshake_on_connect=False)
        self._socket = encrypted
        shake_hands(encrypted, self._timeouts.tls)
        self._is_encrypted = True

    @property
    def protection(self) -> tuple[str, str]:
        """The version of TLS and the end of the server's certificate as OpenSSL writes it; "" without TLS."""
        if not isinstance(self._socket, ssl.SSLSocket):
            return "", ""
        certificate = self._socket.getpeercert() or {}
        return self._socket.version() or "", str(certificate.get("notAfter", ""))

    def hide(self, *secrets: str) -> None:
        """Show none of these where a reply holds them."""
        self._hidden = tuple(secret for secret in secrets if secret)

    def command(self, line: str, seconds: float) -> Reply:
        """Send one command line and give the reply to it."""
        self.send_lines(line)
        return self.reply(seconds)

    def send_lines(self, *lines: str) -> None:
        """Send command lines in one write, where the server owes no answer."""
        self.refuse_chatter()
        self.send_block(encoded(*lines))

    def send_next(self, line: str) -> None:
        """Send one more command line of several that belong together."""
        if self._has_waiting:
            raise ProtocolError("it answered more than it was asked")
        self.send_block(encoded(line))

    def send_block(self, data: bytes) -> None:
        """Send octets, with a time limit for each part of them."""
        view = memoryview(data)
        for start in range(0, len(view), _BLOCK):
            part, deadline = view[start : start + _BLOCK], time.monotonic() + self._timeouts.block
            while part:
                part = part[send_some(self._socket, part, deadline) :]

    def send_at_once(self, data: bytes) -> None:
        """Send a few octets; a ConnectionError means that none of them went out.

        Raises:
            PartlySentError: nobody knows how many did.
        """
        part, deadline = memoryview(data), time.monotonic() + self._timeouts.block
        untouched = True
        while part:
            try:
                sent = send_some(self._socket, part, deadline)
            except OSError as error:
                if untouched:
                    raise
                raise PartlySentError("it closed the connection") from error
            untouched = untouched and sent == 0 and not self._is_encrypted  # TLS may have begun a record
            part = part[sent:]

    def refuse_chatter(self) -> None:
        """Refuse to go on where the server has spoken unasked or hung up: its replies could be mistaken.

        Raises:
            UnaskedError: it gave a whole reply. ProtocolError: anything else.
        """
        if self._has_waiting:
            raise ProtocolError("it answered more than it was asked")
        try:
            early = self._socket.recv(_READ)
        except NOT_NOW:
            return  # also where TLS had messages of its own
        if not early:
            raise ProtocolError("it closed the connection")
        self._keep(early)
        try:
            reply = self.reply(self._timeouts.quit)
        except OSError as error:
            raise ProtocolError("it spoke unasked, and not to the end") from error
        raise UnaskedError(reply)

    def last_words(self) -> Reply | None:
        """Give what a server said that hung up while it was being sent to, where that still is to be had."""
        with suppress(OSError, ProtocolError):
            return self.reply(self._timeouts.quit)
        return None

    def reply(self, seconds: float) -> Reply:
        """Read one whole reply; all of its lines together may take so many seconds."""
        deadline = 0.0
        lines: list[bytes] = []
        while not lines or lines[-1][3:4] == b"-":
            if len(lines) == _MOST_LINES:
                raise ProtocolError("its answer has no end")
            while not self._lines:
                deadline = deadline or time.monotonic() + seconds
                self._read(deadline)
            lines.append(self._lines.popleft())
        return parse_reply(tuple(lines), self._hidden)

    def close(self) -> None:
        """Close the socket at once, without a word."""
        self._socket.close()

    def quit(self) -> None:
        """Say goodbye, wait a moment for the answer, close the socket."""
        with suppress(OSError, ProtocolError):
            self.command("QUIT", self._timeouts.quit)
        self.close()

    def _read(self, deadline: float) -> None:
        """Read some octets, however slowly they drip, until the deadline."""
        if len(self._rest) > _LONGEST_LINE:
            raise ProtocolError("its answer has no end")
        received = receive(self._socket, _READ, deadline)
        if not received:
            raise ProtocolError("it closed the connection")
        self._keep(received)

    @property
    def _has_waiting(self) -> bool:
        return bool(self._lines or self._rest)

    def _keep(self, received: bytes) -> None:
        """Keep what came until it is asked for: whole lines, and the beginning of the next."""
        *lines, self._rest = (self._rest + received).split(b"\n")
        self._lines.extend(line.removesuffix(b"\r") for line in lines)


def encoded(*lines: str) -> bytes:
    """Give command lines as octets; a line end inside one is our own mistake and is not sent."""
    octets = "\r\n".join((*lines, "")).encode()
    if not octets.count(b"\r") == octets.count(b"\n") == len(lines):
        raise ValueError("a command is one line")
    return octets


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine: localhost, 127.0.0.0/8, ::1, or such an address inside IPv6."""
    if host.lower() == "localhost":
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback
