"""A real Postfix of the test's own, in the clear or with TLS and SASL, and a wire to it that cuts off."""

import os
import shutil
import socket
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from certificates import HOST, authority

SBIN = "/usr/sbin:/usr/local/sbin:/usr/bin"
USER = "bulletin"
needs_root = pytest.mark.skipif(
    getattr(os, "geteuid", lambda: 1)() != 0, reason="only root may start a Postfix of its own"
)
_SILENT = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
_MAIN = """compatibility_level = 3.6
queue_directory = {here}/spool
data_directory = {here}/data
daemon_directory = {daemons}
maillog_file = {here}/mail.log
maillog_file_prefixes = /
myhostname = relay.example
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
smtpd_client_connection_count_limit = 0
alias_maps =
local_recipient_maps =
"""
_CLEAR = """mynetworks = 127.0.0.0/8
default_transport = discard
smtpd_relay_restrictions = permit_mynetworks, reject
"""
_SECURE = """mynetworks =
default_transport = error
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_tls_security_level = encrypt
smtpd_tls_auth_only = yes
smtpd_tls_chain_files = {here}/server.pem
smtpd_sasl_auth_enable = yes
smtpd_sasl_local_domain = $myhostname
cyrus_sasl_config_path = {here}/etc/sasl
virtual_mailbox_domains = parish.example
virtual_mailbox_base = {here}/boxes
virtual_mailbox_maps = texthash:{here}/etc/boxes
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{uid}
"""
_SASL = """pwcheck_method: auxprop
auxprop_plugin: sasldb
mech_list: PLAIN LOGIN
sasldb_path: {here}/etc/sasl/users
"""
_MASTER = """127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
error unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
proxymap unix - - n - - proxymap
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""


@dataclass(frozen=True)
class Postfix:
    """A Postfix that runs: where it keeps everything, and where it listens."""

    folder: Path
    port: int

    @property
    def log(self) -> Path:
        return self.folder / "mail.log"

    def passed_on(self) -> Counter[str]:
        """How often it passed a copy on to each person, by its log."""
        lines = self.log.read_text("utf-8").splitlines()
        return Counter(line.partition("to=<")[2].partition(">")[0] for line in lines if "status=sent" in line)

    def boxes(self) -> Counter[str]:
        """How many copies lie in each mailbox."""
        found = (self.folder / "boxes").glob("*/new/*")
        return Counter(f"{path.parent.parent.name}@parish.example" for path in found)

    def wait_until_idle(self, seconds: float = 60) -> None:
        """Wait until its queue is empty, and its log is written."""
        end = time.monotonic() + seconds
        queues = [self.folder / "spool" / name for name in ("maildrop", "incoming", "active", "deferred")]
        while any(path.is_file() for queue in queues for path in queue.rglob("*")):
            assert time.monotonic() < end, "the queue does not become empty"
            time.sleep(0.1)
        time.sleep(1)


@contextmanager
def running(*, boxes: Sequence[str] = (), password: str = "") -> Iterator[Postfix]:
    """Run one in the clear that passes everything on to nowhere; or, with a password, one for mailboxes.

    boxes: the names before @parish.example that have a mailbox.
    """
    for program in ("postfix", *(["saslpasswd2"] if password else [])):
        assert shutil.which(program, path=SBIN), f"{program} is missing: scripts/setup.sh part postfix sasl"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    here = Path("/var/tmp") / f"bulletin-postfix-{port}"  # noqa: S108  Postfix's users must be able to get there
    try:
        _furnish(here, port)
        if password:
            _secure(here, boxes, password)
        _run("postfix", "-c", here / "etc", "start", check=True)
        yield Postfix(here, port)
    finally:
        _run("postfix", "-c", here / "etc", "stop", check=False)
        shutil.rmtree(here, ignore_errors=True)


def _furnish(here: Path, port: int) -> None:
    for name in ("etc", "spool", "data"):
        (here / name).mkdir(parents=True)
    (here / "etc/main.cf").write_text(_main(here) + _CLEAR, "utf-8")
    (here / "etc/master.cf").write_text(_MASTER.format(port=port), "utf-8")
    shutil.chown(here / "data", "postfix")


def _main(here: Path) -> str:
    """Give the settings of both kinds; where its programs are, the installed Postfix knows."""
    asked = [shutil.which("postconf", path=SBIN) or "postconf", "-d", "-h", "daemon_directory"]
    daemons = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    return _MAIN.format(here=here, daemons=daemons)


def _secure(here: Path, boxes: Sequence[str], password: str) -> None:
    """Let it take mail only in TLS and from who signs in, and deliver it into folders."""
    import pwd

    (here / "boxes").mkdir()
    shutil.chown(here / "boxes", "nobody")
    uid = pwd.getpwnam("nobody").pw_uid
    (here / "etc/main.cf").write_text(_main(here) + _SECURE.format(here=here, uid=uid), "utf-8")
    lines = "".join(f"{name}@parish.example {name}/\n" for name in boxes)
    (here / "etc/boxes").write_text(lines, "utf-8")
    (here / "server.pem").touch(mode=0o600)
    proof = authority().issue_cert(HOST).private_key_and_cert_chain_pem
    (here / "server.pem").write_bytes(proof.bytes())
    (here / "etc/sasl").mkdir()
    (here / "etc/sasl/smtpd.conf").write_text(_SASL.format(here=here), "utf-8")
    line = ("saslpasswd2", "-p", "-c", "-f", here / "etc/sasl/users", "-u", "relay.example", USER)
    _run(*line, check=True, stdin=None, input=password.encode())
    shutil.chown(here / "etc/sasl/users", "postfix")


def _run(program: str, *words: object, check: bool, **more: object) -> None:
    path = shutil.which(program, path=SBIN) or program
    options = {key: value for key, value in {**_SILENT, **more}.items() if value is not None}
    subprocess.run([path, *map(str, words)], check=check, **options)  # type: ignore[call-overload]


@dataclass
class Cutter:
    """A wire to a relay that now and then hangs up on both sides instead of passing a packet on.

    It cannot read what it carries: some cuts come when the relay has answered a message's end, some before it
    has heard of that, most in between.

    every: of which packets it cuts one: the client's short ones, and the relay's.
    """

    to: int
    every: dict[str, int] = field(default_factory=lambda: {"client": 9, "relay": 7})
    greeting: int = 12

    def __post_init__(self) -> None:
        self._counts = Counter[str]()
        self._lock = threading.Lock()
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        """Take no more connections."""
        _hang_up(self._server)
        self._server.close()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._server.accept()
            except OSError:
                return
            threading.Thread(target=self._join, args=(client,), daemon=True).start()

    def _join(self, client: socket.socket) -> None:
        with client, socket.create_connection(("127.0.0.1", self.to)) as relay:
            back = threading.Thread(target=self._pass_on, args=("relay", relay, client), daemon=True)
            back.start()
            self._pass_on("client", client, relay)
            back.join()

    def _pass_on(self, side: str, one: socket.socket, other: socket.socket) -> None:
        passed = 0
        try:
            while data := one.recv(65536):
                passed += 1
                if passed > self.greeting and len(data) < 2000 and self._cuts(side):
                    break
                other.sendall(data)
        except OSError:
            pass
        for end in (one, other):
            _hang_up(end)

    def _cuts(self, side: str) -> bool:
        with self._lock:
            self._counts[side] += 1
            return self._counts[side] % self.every[side] == 0


def _hang_up(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
