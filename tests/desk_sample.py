"""A desk on loopback with something to show, for the tests of the desk."""

import http.client
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from bulletin.desk import Proof, View, serve
from bulletin.model.edition import CalendarFile, Edition, Image
from bulletin.model.finding import Finding, Severity
from bulletin.model.partnership import Reach

DAY = date(2026, 11, 26)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360f8cf500f00038201807e6a5f080000000049454e44ae426082"
)
HTML = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Communicate 14</title>
<meta name="color-scheme" content="light dark"><style>:root{color-scheme:light dark}
@media (prefers-color-scheme: dark){body{background:#111}}</style></head>
<body><h1>Communicate</h1><p><img src="cid:logo.png" alt=""> <a href="#fund">A fund</a></p>
<h2 id="fund">A fund</h2><p><a href="https://fund.example/apply">Apply</a></p></body></html>"""


def edition(name: str = "everyone", html: str = HTML, text: str = "COMMUNICATE\n\n1. A fund\n") -> Edition:
    return Edition(
        name=name,
        reach=Reach.PUBLIC,
        day=DAY,
        subject=f"Communicate 14 for {name}",
        html=html,
        text=text,
        items=("fund",),
        calendar=(CalendarFile("gathering.ics", b"BEGIN:VCALENDAR\r\n"),),
        images=(Image("logo.png", "image/png", PNG), Image("drawing", "image/svg+xml", b"<svg/>")),
    )


def finding(severity: str = "error", path: str = "issues/2026-11/items/fund.md", **more: object) -> Finding:
    said = {"rule": "weekday", "line": 4, "detail": "4 December 2026 is a Friday", "hint": "Ask them", **more}
    return Finding(severity=Severity(severity), path=path, **said)  # type: ignore[arg-type]


def view(*findings: Finding, proofs: tuple[Edition, ...] = (edition(),), **more: object) -> View:
    shown = tuple(Proof(one.name.title(), one, {"fund": "fund"}) for one in proofs)
    return View("Communicate", "Issue 14", DAY, shown, findings, **more)  # type: ignore[arg-type]


@dataclass
class Served:
    """A desk that is open: what it shows can be changed, its address asked."""

    shows: Callable[[], View]
    address: str = ""
    mark: int = 0
    composed: int = 0

    def change(self, shows: Callable[[], View]) -> None:
        self.shows = shows
        self.mark += 1

    def view(self) -> View:
        self.composed += 1
        return self.shows()

    @property
    def netloc(self) -> str:
        return urlsplit(self.address).netloc

    @property
    def port(self) -> int:
        return int(self.netloc.rpartition(":")[2])

    def request(self, path: str = "", method: str = "GET", **headers: str) -> "Answer":
        """Ask for a path below the address, or from the root if it starts with a slash."""
        target = path if path.startswith("/") else urlsplit(self.address).path + path
        connection = http.client.HTTPConnection(self.netloc, timeout=10)
        try:
            connection.request(method, target, headers=headers)
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read().decode("utf-8", "replace"))
        finally:
            connection.close()


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: str


@contextmanager
def opened(shows: Callable[[], View]) -> Iterator[Served]:
    """Open a real desk on a free loopback port and close it again."""
    served, stop, ready = Served(shows), threading.Event(), threading.Event()

    def announce(address: str) -> None:
        served.address = address
        ready.set()

    def run() -> None:
        serve(served.view, fingerprint=lambda: str(served.mark), announce=announce, stop=stop)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        assert ready.wait(10), "the desk did not open"
        yield served
    finally:
        stop.set()
        thread.join(10)
        assert not thread.is_alive(), "the desk did not close"
