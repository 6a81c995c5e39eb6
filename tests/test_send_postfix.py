"""Through a real Postfix, cut off at the worst moment: its log settles everybody rightly."""

import os
import shutil
import socket
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from officer import PEOPLE, Officer, at

from bulletin.deliver.ledger import read_tally
from bulletin.model.delivery import Outcome

POSTFIX = shutil.which("postfix", path="/usr/sbin:/usr/local/sbin")
DAEMONS = Path("/usr/lib/postfix/sbin")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not POSTFIX or not DAEMONS.is_dir() or getattr(os, "geteuid", lambda: 1)() != 0,
        reason="it needs Postfix, and root to start one of its own",
    ),
]
MANY = 60
SILENT = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
MAIN = """compatibility_level = 3.6
queue_directory = {here}/spool
data_directory = {here}/data
daemon_directory = {daemons}
maillog_file = {here}/mail.log
maillog_file_prefixes = /
myhostname = relay.example
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
default_transport = discard
smtpd_relay_restrictions = permit_mynetworks, reject
alias_maps =
local_recipient_maps =
"""
MASTER = """127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
discard unix - - n - - discard
proxymap unix - - n - - proxymap
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""


@dataclass
class Postfix:
    """A Postfix of the test's own that passes everything on to nowhere."""

    folder: Path
    port: int

    @property
    def log(self) -> Path:
        return self.folder / "mail.log"

    def counts(self) -> Counter[str]:
        """How often it passed a copy on to each person."""
        lines = self.log.read_text("utf-8").splitlines()
        return Counter(line.partition("to=<")[2].partition(">")[0] for line in lines if "status=sent" in line)


@dataclass
class Cutter:
    """A wire to a relay that cuts some messages off: after the end was passed on, or just before."""

    to: int
    ends: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self.server.accept()
            except OSError:
                return
            threading.Thread(target=self._pass_on, args=(client,), daemon=True).start()

    def _pass_on(self, client: socket.socket) -> None:
        relay = socket.create_connection(("127.0.0.1", self.to))
        threading.Thread(target=_copy, args=(relay, client), daemon=True).start()
        with client, relay:
            while data := client.recv(65536):
                act = self._act() if data.startswith(b".\r\n") else ""
                if act == "before":
                    relay.shutdown(socket.SHUT_RDWR)
                    break
                relay.sendall(data[:3] if act else data)
                if act:
                    client.shutdown(socket.SHUT_RDWR)
                    time.sleep(0.3)
                    relay.shutdown(socket.SHUT_RDWR)
                    break

    def _act(self) -> str:
        """Cut every seventh message, in turn after its end and before it."""
        with self.lock:
            self.ends += 1
            return "" if self.ends % 7 else ("after", "before")[self.ends // 7 % 2]


def _copy(one: socket.socket, other: socket.socket) -> None:
    try:
        while data := one.recv(65536):
            other.sendall(data)
        other.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass


@pytest.fixture
def postfix(tmp_path: Path) -> Iterator[Postfix]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    here = Path("/var/tmp") / f"bulletin-postfix-{port}"  # noqa: S108  Postfix's users must be able to get there
    for name in ("etc", "spool", "data"):
        (here / name).mkdir(parents=True)
    (here / "etc/main.cf").write_text(MAIN.format(here=here, daemons=DAEMONS), "utf-8")
    (here / "etc/master.cf").write_text(MASTER.format(port=port), "utf-8")
    shutil.chown(here / "data", "postfix")
    subprocess.run([POSTFIX, "-c", here / "etc", "start"], check=True, **SILENT)
    yield Postfix(here, port)
    subprocess.run([POSTFIX, "-c", here / "etc", "stop"], check=False, **SILENT)
    shutil.rmtree(here, ignore_errors=True)


def now(officer: Officer) -> Officer:
    """The same officer with a clock that runs: a log is of real time."""
    today = time.strftime("%Y-%m-%d")
    for words in (("build", "--date", today), ("approve", "--by", "Jo")):
        said = Officer(officer.folder, today)(*words)
        assert said.code == 0, said.err
    return Running(officer.folder, today)


class Running(Officer):
    """An officer whose clock runs."""

    def _line(self, *words: object, json: bool) -> list[str]:
        return ["-C", str(self.folder), *(["--json"] if json else []), *map(str, words)]


def test_a_postfix_cut_off_at_the_dot_is_settled_by_its_log(tmp_path: Path, postfix: Postfix) -> None:
    officer = at("collected", tmp_path)
    with (officer.folder / "mailing_lists/clerks.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"p{number}@parish.example,\n" for number in range(MANY - len(PEOPLE)))
    officer = now(officer)
    wire = Cutter(postfix.port)
    first = officer.send(
        "--relay", f"smtp://127.0.0.1:{wire.port}", "--connections", 3, confirm=MANY, json=True
    )
    assert first.code == 3, first.err
    time.sleep(1)
    unknown = [
        one.address for one in read_tally(officer.path("ledger.db")).people if one.outcome is Outcome.UNKNOWN
    ]
    said = officer("resolve", "--relay-log", postfix.log, json=True)
    assert said.data["unknown"] == 0, said.out
    settled = {one["address"]: one["outcome"] for one in said.data["settled"]}
    assert settled == {one: "accepted" if postfix.counts()[one] else "pending" for one in unknown}
    assert set(settled.values()) == {"accepted", "pending"}
    assert officer.send("--relay", f"smtp://127.0.0.1:{postfix.port}", confirm=MANY).code == 0
    time.sleep(2)
    assert (len(postfix.counts()), set(postfix.counts().values())) == (MANY, {1})
