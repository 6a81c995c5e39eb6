"""The desk's server: loopback alone, GET and HEAD alone, at an address nobody else on the machine can guess.

Anybody with an account on this machine can reach a loopback port, and a draft may hold what only partners
may read. So every path begins with a random word, made anew at each start, and everything outside it is 404.
The desk shows and changes nothing.
"""

import contextlib
import hmac
import os
import secrets
import socket
import sys
import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler
from socketserver import TCPServer, ThreadingMixIn
from types import MappingProxyType
from typing import Any, ClassVar
from urllib.parse import parse_qs, unquote, urlsplit

from bulletin.desk.routes import NOT_HERE, SHUT_POLICY, Response, plain, respond
from bulletin.desk.view import View
from bulletin.desk.watch import Watch
from bulletin.errors import BulletinError

HOST = "127.0.0.1"
LOOK_SECONDS = 0.4
HEARTBEAT_SECONDS = 15.0
IDLE_SECONDS = 30.0

FIXED_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def serve(
    view: Callable[[], View],
    *,
    fingerprint: Callable[[], str],
    port: int = 0,
    announce: Callable[[str], None],
    stop: threading.Event | None = None,
) -> None:
    """Show the view on loopback until `stop` is set or Ctrl-C is pressed; leave no thread behind.

    fingerprint: a text that changes whenever `view()` would; asked a few times a second.
    announce: is given the address once the desk is open.
    BulletinError: the port is taken.
    """
    stop = stop or threading.Event()
    with _open(port, Watch(view, fingerprint)) as desk:
        listening = threading.Thread(target=desk.serve_forever, kwargs={"poll_interval": 0.1}, name="desk")
        listening.start()
        try:
            announce(desk.address)
            while not stop.wait(LOOK_SECONDS):
                desk.watch.current()
        except KeyboardInterrupt:
            pass
        finally:
            desk.leave()
            listening.join()


class Desk(ThreadingMixIn, TCPServer):
    """A loopback server with a thread for each connection, all of which end when it closes."""

    allow_reuse_address = os.name != "nt"  # on Windows it would let another program share the port
    daemon_threads = False

    def __init__(self, port: int, watch: Watch) -> None:
        self.watch = watch
        self.word = secrets.token_urlsafe(16)
        self._connections: set[socket.socket] = set()
        self._guard = threading.Lock()
        super().__init__((HOST, port), Visit)
        self.hosts = tuple(f"{name}:{self.server_address[1]}" for name in (HOST, "localhost"))

    @property
    def address(self) -> str:
        """Where the officer's browser finds the desk."""
        return f"http://{self.hosts[0]}/{self.word}/"

    def leave(self) -> None:
        """Stop listening and end every connection, idle ones too."""
        self.watch.close()
        self.shutdown()
        with self._guard:
            for connection in self._connections:
                _hang_up(connection)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer in a thread, and know of the connection for as long as it lasts."""
        with self._guard:
            self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Forget the connection and close it."""
        with self._guard:
            self._connections.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a browser that went away; let our own faults be seen."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class Visit(BaseHTTPRequestHandler):
    """One request of a browser."""

    server: Desk
    server_version = "bulletin"
    sys_version = ""
    timeout: ClassVar[float] = IDLE_SECONDS

    def do_GET(self) -> None:
        """Answer, or say what has changed for as long as the browser listens."""
        if (refusal := self._refusal()) is not None:
            self._send(refusal)
        elif self._parts() == ("changes",):
            self._tell_changes()
        else:
            self._send(respond(self._parts(), urlsplit(self.path).query, self.server.watch.current()))

    do_HEAD = do_GET  # noqa: N815 -- http.server's name

    def send_error(self, code: int, *_: Any) -> None:
        """Refuse what http.server itself cannot take, other methods among it."""
        if code == 501:
            self._send(
                plain(405, "This address can only be looked at: GET and HEAD."), {"Allow": "GET, HEAD"}
            )
        else:
            self._send(plain(code, "That request cannot be understood."))

    def log_message(self, *_: Any) -> None:
        """Keep no log of what the officer looks at."""

    def _refusal(self) -> Response | None:
        # A page elsewhere can point its own name at 127.0.0.1 and read us as its own (DNS rebinding).
        if self.headers.get_all("Host", []) not in [[host] for host in self.server.hosts]:
            return plain(403, "This desk answers to 127.0.0.1 and localhost alone.")
        first = urlsplit(self.path).path.split("/")[1:2]
        known = first and hmac.compare_digest(first[0].encode(), self.server.word.encode())
        return None if known else NOT_HERE

    def _parts(self) -> tuple[str, ...]:
        return tuple(unquote(part) for part in urlsplit(self.path).path.split("/")[2:])

    def _send(self, response: Response, more: Mapping[str, str] = MappingProxyType({})) -> None:
        self._begin(response.status, response.media_type, response.policy)
        for name, value in more.items():
            self.send_header(name, value)
        if response.disposition:
            self.send_header("Content-Disposition", response.disposition)
        self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(response.body)

    def _begin(self, status: int, media_type: str, policy: str) -> None:
        self.send_response(status)
        for name, value in FIXED_HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Security-Policy", policy)

    def _tell_changes(self) -> None:
        """Send an event for each version later than the page's own, and a heartbeat between (HTML, 9.2)."""
        watch = self.server.watch
        self._begin(200, "text/event-stream", SHUT_POLICY)
        self.end_headers()
        version = _number(parse_qs(urlsplit(self.path).query).get("since", []))
        while self.command != "HEAD" and not watch.closed:
            news = watch.wait(version, HEARTBEAT_SECONDS)
            version = version if news is None else news
            self.wfile.write(b": still here\n\n" if news is None else b"event: change\ndata: %d\n\n" % news)


def _open(port: int, watch: Watch) -> Desk:
    try:
        return Desk(port, watch)
    except (OSError, OverflowError) as error:
        raise BulletinError(
            f"the preview cannot use port {port}: another program may have it",
            "leave the port out and a free one is found",
        ) from error


def _hang_up(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):  # the other side was quicker
        connection.shutdown(socket.SHUT_RDWR)


def _number(values: list[str]) -> int:
    return int(values[0]) if values and values[0].isdecimal() and len(values[0]) < 10 else -1
