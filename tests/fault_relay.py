"""An SMTP relay that goes wrong as told: threads and plain sockets, quick enough for thousands of messages.

    script = {("RCPT", "a@b.example"): ["450 4.2.0 later", "drop"], ("DOT", "*"): "take drop"}
    with FaultRelay(script) as relay:
        ... relay.port ... relay.taken ... relay.counts() ...

A script maps (phase, address) to what is done there: one act, always, or a list of acts, each done once,
after which all is as usual. Phases: CONNECT, EHLO, HELO, STARTTLS, AUTH, MAIL, RCPT, DATA, BODY, DOT, RSET,
QUIT. The address is the recipient's in RCPT, DATA, BODY and DOT, the sender's in MAIL, the user's in AUTH,
and "" elsewhere; "*" stands for any. Instead of a dictionary a function may be given: (phase, address) to an
act, "" for the usual.

Acts:
    "550 5.1.1 no such user"   this reply, and nothing is taken ("421 ..." closes the connection after it)
    "drop"                     hang up at once; at DOT the message is lost, at BODY in the middle of it
    "take drop"                at DOT: take the message, then hang up without an answer
    "take 451 4.3.0 a lie"     at DOT: take the message, then answer this
    "forget 250 ok"            at DOT: take the message, lose the commands that came with it, answer this
    "half 250 ok"              send the first half of the reply, then hang up
    "drip 250 ok"              send the reply a byte at a time, a tenth of a second between them
    "hang"                     answer nothing until the client goes, or the relay ends ("take hang" at DOT)
    "raw ..."                  send these characters (latin-1) as they are, with no line end
    "endless"                  lines of a reply that never ends
"""

import base64
import re
import socket
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Self

OFFERS = ("PIPELINING", "SIZE 33554432", "8BITMIME", "SMTPUTF8", "DSN", "ENHANCEDSTATUSCODES")
_BLOCK = 256 * 1024
_END = b"\r\n.\r\n"
_USUAL = {
    "CONNECT": "220 fault relay",
    "HELO": "250 fault relay",
    "STARTTLS": "220 2.0.0 go ahead",
    "MAIL": "250 2.1.0 ok",
    "RCPT": "250 2.1.5 ok",
    "DATA": "354 go on",
    "DOT": "250 2.0.0 taken",
    "RSET": "250 2.0.0 ok",
    "QUIT": "221 2.0.0 bye",
}

Script = Mapping[tuple[str, str], str | list[str]] | Callable[[str, str], str]


@dataclass(frozen=True)
class Taken:
    """One message the relay took: its envelope with the parameters of MAIL and RCPT, and its bytes."""

    sender: str
    recipient: str
    message: bytes
    mail: str = ""
    rcpt: str = ""


class Gone(Exception):  # noqa: N818  it is no error: the conversation is over
    """This connection is over."""


@dataclass
class FaultRelay:
    """A relay that listens on `127.0.0.1:port` while it is entered.

    offers: what EHLO answers with; STARTTLS and AUTH are added where `tls` and `users` say so.
    context: the server's TLS context, None for no TLS; implicit: TLS from the first byte, else STARTTLS.
    users: names and passwords (or tokens), none for no AUTH; mechanisms: what AUTH offers.
    stripped: STARTTLS is not offered; injected: bytes sent in the packet of STARTTLS's reply.
    pause: seconds before each packet of replies, for a far-off relay.

    taken: every message taken, in order; commands: every command line, in order; answers: the packets of
    replies, which is the number of round trips; connections: how many there were; most: how many at once;
    refused_tls: handshakes that failed; in_clear: all octets read without TLS.
    """

    script: Script = field(default_factory=dict)
    offers: tuple[str, ...] = OFFERS
    context: ssl.SSLContext | None = None
    implicit: bool = False
    users: dict[str, str] = field(default_factory=dict)
    mechanisms: tuple[str, ...] = ("PLAIN", "LOGIN")
    stripped: bool = False
    injected: bytes = b""
    pause: float = 0.0
    taken: list[Taken] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    answers: int = 0
    connections: int = 0
    most: int = 0
    refused_tls: int = 0
    in_clear: bytearray = field(default_factory=bytearray)

    def __enter__(self) -> Self:
        self.over = threading.Event()
        self.lock = threading.Lock()
        self.open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._server = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port: int = self._server.getsockname()[1]
        self._spawn(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        with suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
            pass
        self._server.close()
        with self.lock:
            waiting = list(self.open)
        for peer in waiting:
            with suppress(OSError):
                peer.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(10)

    def counts(self) -> Counter[str]:
        """How many copies each recipient has."""
        return Counter(taken.recipient for taken in self.taken)

    def wait_until_alone(self, seconds: float = 10) -> None:
        """Wait until the last connection is closed."""
        deadline = time.monotonic() + seconds
        while self.open and time.monotonic() < deadline:
            time.sleep(0.001)
        assert not self.open

    def verbs(self) -> list[str]:
        """The first word of every command, in order."""
        return [line.split(" ")[0].upper() for line in self.commands]

    def act(self, phase: str, address: str) -> str:
        """What to do here, this time; "" for the usual."""
        with self.lock:
            if callable(self.script):
                return self.script(phase, address)
            acts = self.script.get((phase, address)) or self.script.get((phase, "*"), "")
            return acts if isinstance(acts, str) else acts.pop(0) if acts else ""

    def _spawn(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self.over.is_set():
            try:
                peer, _ = self._server.accept()
            except OSError:
                return
            if self.over.is_set():
                peer.close()
                return
            peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self.lock:
                self.open.add(peer)
                self.connections += 1
                self.most = max(self.most, len(self.open))
            self._spawn(lambda peer=peer: self._serve(peer))

    def _serve(self, peer: socket.socket) -> None:
        session = Session(self, peer)
        try:
            session.run()
        except (Gone, OSError, ValueError):
            pass
        finally:
            with self.lock:
                self.open -= {peer, session.peer}
            session.peer.close()
            peer.close()


class Session:
    """One connection to the relay."""

    def __init__(self, relay: FaultRelay, peer: socket.socket) -> None:
        self.relay = relay
        self.peer = peer
        self.read = bytearray()
        self.unsent = bytearray()
        self.secure = False
        self.signed_in = False
        self.sender = self.recipient = self.mail = self.rcpt = ""

    def run(self) -> None:
        """Greet, then answer each command until one side goes."""
        if self.relay.implicit:
            self.encrypt()
        self.answer("CONNECT", "")
        while True:
            line = self.line()
            with self.relay.lock:
                self.relay.commands.append(line)
            verb, _, rest = line.partition(" ")
            step = getattr(self, f"do_{verb.upper()}", None)
            if step is None:
                self.send("502 5.5.2 unknown")
            else:
                step(rest)

    def do_EHLO(self, _rest: str) -> None:  # noqa: N802
        relay = self.relay
        offers = list(relay.offers)
        if relay.context and not self.secure and not relay.stripped:
            offers.append("STARTTLS")
        if relay.users and (self.secure or not relay.context):
            offers.append(f"AUTH {' '.join(relay.mechanisms)}")
        words = ["fault relay", *offers]
        lines = [f"250{' ' if n == len(words) - 1 else '-'}{word}" for n, word in enumerate(words)]
        self.answer("EHLO", "", "\r\n".join(lines))

    def do_HELO(self, _rest: str) -> None:  # noqa: N802
        self.answer("HELO", "")

    def do_STARTTLS(self, _rest: str) -> None:  # noqa: N802
        if not self.answer("STARTTLS", ""):
            return
        self.unsent += self.relay.injected
        self.flush()
        self.encrypt()

    def do_AUTH(self, rest: str) -> None:  # noqa: N802
        mechanism, _, first = rest.partition(" ")
        user, secret = getattr(self, f"auth_{mechanism.lower()}")(first)
        right = self.relay.users.get(user) == secret
        self.signed_in = right
        self.answer("AUTH", user, "235 2.7.0 welcome" if right else "535 5.7.8 wrong user or password")

    def auth_plain(self, first: str) -> tuple[str, str]:
        _, user, secret = base64.b64decode(first or self.ask("")).decode().split("\0")
        return user, secret

    def auth_login(self, first: str) -> tuple[str, str]:
        asked = (first or self.ask("VXNlcm5hbWU6"), self.ask("UGFzc3dvcmQ6"))
        user, secret = (base64.b64decode(one).decode() for one in asked)
        return user, secret

    def auth_xoauth2(self, first: str) -> tuple[str, str]:
        said = base64.b64decode(first or self.ask("")).decode()
        match = re.fullmatch("user=(.*)\x01auth=Bearer (.*)\x01\x01", said)
        user, secret = match.groups() if match else ("", "")
        if self.relay.users.get(user) != secret:
            self.ask(base64.b64encode(b'{"status":"400","schemes":"bearer"}').decode())
        return user, secret

    def do_MAIL(self, rest: str) -> None:  # noqa: N802
        self.sender, self.mail = path_of(rest)
        self.recipient = ""
        if self.relay.users and not self.signed_in:
            self.send("530 5.7.0 sign in first")
        elif not self.answer("MAIL", self.sender):
            self.sender = ""

    def do_RCPT(self, rest: str) -> None:  # noqa: N802
        recipient, self.rcpt = path_of(rest)
        if not self.sender:
            self.send("503 5.5.1 MAIL first")
        elif self.answer("RCPT", recipient):
            self.recipient = recipient

    def do_DATA(self, _rest: str) -> None:  # noqa: N802
        if not self.recipient:
            self.send("503 5.5.1 no valid recipient")
            return
        if not self.answer("DATA", self.recipient):
            return
        self.flush()
        message = self.message()
        taken = Taken(self.sender, self.recipient, message, self.mail, self.rcpt)
        act = self.relay.act("DOT", self.recipient)
        if act.startswith("forget "):
            act = act.removeprefix("forget ")
            self.read.clear()
            self.take(taken)
        elif act.startswith("take "):
            act = act.removeprefix("take ")
            self.take(taken)
        elif not act or act.startswith(("drip 2", "half 2")):
            self.take(taken)
        self.sender = self.recipient = ""
        self.do(act or _USUAL["DOT"])

    def do_RSET(self, _rest: str) -> None:  # noqa: N802
        self.sender = self.recipient = ""
        self.answer("RSET", "")

    def do_QUIT(self, _rest: str) -> None:  # noqa: N802
        self.answer("QUIT", "")
        self.flush()
        raise Gone

    def take(self, taken: Taken) -> None:
        """Record a message before it is answered for."""
        with self.relay.lock:
            self.relay.taken.append(taken)

    def answer(self, phase: str, address: str, usual: str = "") -> bool:
        """Do what the script says, or give the usual reply; tell whether that was a yes."""
        act = self.relay.act(phase, address) or usual or _USUAL[phase]
        self.do(act)
        return act.removeprefix("drip ")[:1] in ("2", "3")

    def do(self, act: str) -> None:
        """Do one act."""
        kind, _, rest = act.partition(" ")
        if kind == "drop":
            raise Gone
        if kind == "hang":
            self.flush()
            self.linger()
        if kind == "half":
            self.unsent += rest[: len(rest) // 2].encode()
            self.flush()
            raise Gone
        if kind == "drip":
            self.drip(rest)
        elif kind == "raw":
            self.unsent += rest.encode("latin-1")
        elif kind == "endless":
            while not self.relay.over.is_set():
                self.peer.sendall(b"250-and so on\r\n" * 100)
        else:
            self.send(act)
        if act.startswith("421"):
            self.flush()
            raise Gone

    def linger(self) -> None:
        """Read and answer nothing until the client goes."""
        while self.peer.recv(_BLOCK):
            pass
        raise Gone

    def drip(self, reply: str) -> None:
        self.flush()
        for octet in f"{reply}\r\n".encode():
            self.peer.sendall(bytes([octet]))
            if self.relay.over.wait(0.1):
                raise Gone

    def ask(self, challenge: str) -> str:
        """Send a challenge and read the answer to it."""
        self.send(f"334 {challenge}")
        return self.line()

    def send(self, reply: str) -> None:
        """Keep a reply until there is nothing more to read, as a pipelining relay does."""
        self.unsent += f"{reply}\r\n".encode()

    def flush(self) -> None:
        if self.unsent:
            if self.relay.pause:
                self.relay.over.wait(self.relay.pause)
            with self.relay.lock:
                self.relay.answers += 1
            self.peer.sendall(self.unsent)
            self.unsent.clear()

    def encrypt(self) -> None:
        """Go on in TLS."""
        assert self.relay.context
        try:
            self.peer.settimeout(60)
            self.peer = self.relay.context.wrap_socket(self.peer, server_side=True)
            with self.relay.lock:
                self.relay.open.add(self.peer)
        except OSError:
            with self.relay.lock:
                self.relay.refused_tls += 1
            raise
        self.read.clear()
        self.secure, self.sender = True, ""

    def more(self) -> None:
        """Read what has come; replies go out first."""
        self.flush()
        data = self.peer.recv(_BLOCK)
        if not data:
            raise Gone
        if not self.secure:
            with self.relay.lock:
                if len(self.relay.in_clear) < _BLOCK:
                    self.relay.in_clear += data[:_BLOCK]
        self.read += data

    def line(self) -> str:
        while b"\r\n" not in self.read:
            self.more()
        line, _, rest = bytes(self.read).partition(b"\r\n")
        self.read[:] = rest
        return line.decode("utf-8", "replace")

    def message(self) -> bytes:
        """Read up to the terminator and undo the stuffing (RFC 5321 4.5.2)."""
        self.read[:0] = b"\r\n"
        act = self.relay.act("BODY", self.recipient)
        seen = 0
        while (end := self.read.find(_END, max(0, seen - 4))) < 0:
            seen = len(self.read)
            self.more()
            if act:
                self.do(act)
        message = bytes(self.read[: end + 2])
        del self.read[: end + 5]
        return message.replace(b"\r\n.", b"\r\n")[2:]


def path_of(rest: str) -> tuple[str, str]:
    """Read `FROM:<address> PARAMETERS`."""
    match = re.fullmatch(r"(?:FROM|TO):<([^>]*)>(?: (.*))?", rest, re.IGNORECASE)
    if not match:
        raise Gone
    return match[1], match[2] or ""
