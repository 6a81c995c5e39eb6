"""Measure sending against programs people use, in one run: `make bench-send`.

Postfix's smtp-sink takes the messages, and its smtp-source, in C and without a ledger, is the measure. Only
ratios and the client's own needs have limits, since rates depend on the machine; exit code 1 if one breaks.
What is not installed is left out, and said so. On Debian: apt-get install postfix.
"""

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SIZE = 60_000
CONNECTIONS = 10
NODEMAILER = "nodemailer@7"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "bulletin-bench"
PLACES = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"))

SMTPLIB = """
import smtplib, sys, time
from email.message import EmailMessage
port, count, body = int(sys.argv[1]), int(sys.argv[2]), open(sys.argv[3], encoding="utf-8").read()
begun = time.perf_counter()
with smtplib.SMTP("127.0.0.1", port) as server:
    for number in range(count):
        mail = EmailMessage()
        mail["Subject"] = "Communicate 14"
        mail["From"] = "Avonbridge Partnership <bulletin@avonbridge.example>"
        mail["To"] = f"Reader {number} <reader{number}@council.example>"
        mail["List-Unsubscribe"] = f"<mailto:leave@avonbridge.example?subject=unsubscribe%20{number}>"
        mail.set_content(body)
        mail.add_alternative(f"<p>{body}</p>", subtype="html")
        server.send_message(mail)
print(time.perf_counter() - begun)
"""
POOL = """
const [port, count, path] = [Number(process.argv[2]), Number(process.argv[3]), process.argv[4]];
const body = require("fs").readFileSync(path, "utf8");
const pool = require("nodemailer").createTransport({pool: true, maxConnections: 10, maxMessages: Infinity,
  host: "127.0.0.1", port, secure: false, ignoreTLS: true});
const begun = process.hrtime.bigint();
const send = (number) => pool.sendMail({from: "Avonbridge Partnership <bulletin@avonbridge.example>",
  to: `Reader ${number} <reader${number}@council.example>`, subject: "Communicate 14",
  headers: {"List-Unsubscribe": `<mailto:leave@avonbridge.example?subject=unsubscribe%20${number}>`},
  text: body, html: `<p>${body}</p>`});
Promise.all(Array.from({length: count}, (_, number) => send(number))).then(() => {
  console.log(Number(process.hrtime.bigint() - begun) / 1e9); pool.close();
});
"""
MERGED = """TO: {{email}}
SUBJECT: Communicate 14
FROM: Avonbridge Partnership <bulletin@avonbridge.example>
LIST-UNSUBSCRIBE: <mailto:leave@avonbridge.example?subject=unsubscribe%20{{email}}>
"""
FROM_MARKDOWN = """CONTENT-TYPE: text/markdown

WORDS
"""
BY_HAND = """MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="next"

--next
Content-Type: text/plain; charset=utf-8

WORDS

--next
Content-Type: text/html; charset=utf-8

<p>WORDS</p>

--next--
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison: what was found, and the least or the most it may be."""

    words: str
    found: float
    least: float | None = None
    most: float | None = None

    @property
    def holds(self) -> bool:
        """Whether it is as it should be."""
        return (self.least is None or self.found >= self.least) and (
            self.most is None or self.found <= self.most
        )

    def __str__(self) -> str:
        limit = "" if self.least is None else f"at least {self.least:g}"
        limit += "" if self.most is None else f"at most {self.most:g}"
        return f"{self.words:66} {self.found:9.3f}   {limit:14} {'' if self.holds else 'BROKEN'}".rstrip()


def main() -> int:
    """Measure everything, print it, and give 1 where a limit is broken."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("count", nargs="?", type=int, default=10_000, help="messages (10000)")
    options.add_argument(
        "--many", type=int, default=200_000, help="recipients for the measure of memory (200000; 0: none)"
    )
    given = options.parse_args()
    if not (find("smtp-source") and find("smtp-sink")):
        print("smtp-source and smtp-sink are not here, so nothing was measured: apt-get install postfix")
        return 0
    with tempfile.TemporaryDirectory(
        prefix="bulletin-bench-", dir=CACHE.parent if CACHE.parent.is_dir() else None
    ) as name:
        rows = []
        for row in measure(Path(name), given.count, given.many):
            print(row, flush=True)
            rows.append(row)
    broken = [row for row in rows if not row.holds]
    print(f"\n{len(broken)} of {len(rows)} limits broken." if broken else f"\nAll {len(rows)} limits hold.")
    return 1 if broken else 0


def measure(folder: Path, count: int, many: int) -> Iterator[Row]:
    """Measure one thing after the other."""
    with sink() as port:
        yield from beside_others(folder, port, count)
        yield from group_commit(folder, port, min(count, 1000))
        yield from pace(folder, port)
        if many:
            small = ours(folder, port, 10_000, size=2000)
            large = ours(folder, port, many, size=2000)
            yield Row(
                f"memory for {many:,} recipients, of that for 10,000", large["peak"] / small["peak"], most=1.1
            )
            few, whole = command(folder, port, 10_000), command(folder, port, many)
            yield Row(f"peak memory of the whole command for {many:,}, MB", whole, most=80)
            yield Row(f"memory of the whole command for {many:,}, of that for 10,000", whole / few, most=1.1)
    yield from far_away(folder, min(count, 2000))


def command(folder: Path, port: int, count: int) -> float:
    """Give the most memory that `bulletin send` takes with so many on its lists, in MB."""
    work = folder / f"whole-{count}"
    run = [sys.executable, "-m", "bulletin", "-C", str(work)]
    environment = os.environ | {"PYTHONPATH": str(HERE.parent), "BULLETIN_DATA": str(folder / "data")}

    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}

    def do(*words: str) -> float:
        with subprocess.Popen([*run, *words], env=environment, **quiet) as process:
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"bulletin {' '.join(words)} ended with {process.returncode}")
        return used.ru_maxrss / 1024

    subprocess.run([*run[:3], "init", str(work)], env=environment, check=True, **quiet)
    settings = work / "bulletin.toml"
    words = settings.read_text(encoding="utf-8").replace(
        'url = "sandbox:"', f'url = "smtp://127.0.0.1:{port}"'
    )
    settings.write_text(words, encoding="utf-8")
    for old in (work / "mailing_lists").glob("*.csv"):
        old.unlink()
    (work / "mailing_lists").mkdir(exist_ok=True)
    with (work / "mailing_lists" / "readers.csv").open("w", encoding="utf-8") as file:
        file.write("email,name\n")  # line by line: what this process takes is counted to those it starts
        file.writelines(f"reader.{n}@council{n % 300}.example,Reader Number {n}\n" for n in range(count))
    item = (
        "Title: A day for readers\nSection: key-messages\nFrom: Core\n\nSome words about what matters here.\n"
    )
    (work / "contributions").mkdir(exist_ok=True)
    (work / "contributions" / "day.md").write_text(item, encoding="utf-8")
    for step in (
        ["new", "2026-11", "--meeting", "2026-11-12"],
        ["collect"],
        ["build"],
        ["approve", "--by", "Jo"],
    ):
        do(*step)
    return do("send", "--confirm", str(count), "--connections", str(CONNECTIONS))


def beside_others(folder: Path, port: int, count: int) -> Iterator[Row]:
    """Compare with smtp-source, turn and turn about, and with what is written in other languages."""
    turns = [(ours(folder, port, count), source(port, count)) for _ in range(2)]
    best = min((mine for mine, _ in turns), key=lambda mine: mine["seconds"])
    rate, theirs = count / best["seconds"], count / min(seconds for _, seconds in turns)
    print(
        f"{count:,} personalised messages of {SIZE // 1000} KB over {CONNECTIONS} connections: "
        f"{rate:,.0f} a second"
    )
    yield Row("rate, of smtp-source's", rate / theirs, least=0.8)
    yield Row("client CPU, seconds per 1,000", min(mine["cpu"] for mine, _ in turns) / count * 1000, most=0.3)
    yield Row("peak memory, MB", best["peak"], most=80)
    yield Row("rate, of an smtplib loop's", rate / smtplib_loop(folder, port, max(count // 20, 50)), least=15)
    if pool := nodemailer(folder, port, max(count // 5, 50)):
        yield Row("rate, of nodemailer's pool's", rate / pool, least=5)
    for words, template, least in (
        ("made by it from Markdown", FROM_MARKDOWN, 40),
        ("written by hand in its template", BY_HAND, None),
    ):
        if merge := mailmerge(folder, port, max(count // 50, 20), MERGED + template):
            yield Row(f"rate, of mailmerge's, text and page {words}", rate / merge, least=least)


def far_away(folder: Path, count: int) -> Iterator[Row]:
    """Compare over a round trip of 20 ms and 5 ms of acceptance."""
    for words, least in (("pipelining", 1.7), ("no pipelining", 0.95)):
        with distant(words) as port:
            mine, theirs = ours(folder, port, count), source(port, count)
            yield Row(f"rate 20 ms away, {words}, of smtp-source's", theirs / mine["seconds"], least=least)


def group_commit(folder: Path, port: int, count: int) -> Iterator[Row]:
    """Compare one commit for all connections with a commit for each, where each takes a millisecond more.

    The messages are short: ones of 60 KB keep both cores busy before commits are in the way. The best of nine
    turns each, since they are short too.
    """
    for size, least in ((2000, 5), (SIZE, None)):
        turns = [
            [ours(folder, port, count, size=size, more=more)["seconds"] for more in ("slow", "slow-single")]
            for _ in range(9)
        ]
        together, single = map(min, zip(*turns, strict=True))
        words = f"rate of {size // 1000} KB where commits take 1 ms more, of a commit each"
        yield Row(words, single / together, least=least)


def pace(folder: Path, port: int) -> Iterator[Row]:
    """See how well a rate is kept."""
    found = ours(folder, port, 501, rate=50)
    yield Row("rate of 50 a second, kept to", 500 / found["seconds"] / 50, least=0.97)
    yield Row("rate of 50 a second, not exceeded", 500 / found["seconds"] / 50, most=1.03)


def ours(  # noqa: PLR0913  what is varied, and most callers vary one
    folder: Path, port: int, count: int, *, size: int = SIZE, rate: float = 0, more: str = ""
) -> dict[str, float]:
    """Send by ourselves, with the ledger as durable as ever."""
    ledger = folder / f"ledger-{time.monotonic_ns()}.db"
    client = [sys.executable, HERE / "bench_client.py"]
    run([*client, "prepare", ledger, count, size])
    found: dict[str, float] = json.loads(
        run([*client, "run", ledger, port, CONNECTIONS, rate, *([more] if more else [])])
    )
    if found["accepted"] != count:
        raise SystemExit(f"only {found['accepted']} of {count} were accepted")
    return found


def source(port: int, count: int) -> float:
    """Send with smtp-source and give the seconds it took."""
    begun = time.perf_counter()
    run([find("smtp-source"), "-s", CONNECTIONS, "-m", count, "-l", SIZE, f"127.0.0.1:{port}"])
    return time.perf_counter() - begun


def smtplib_loop(folder: Path, port: int, count: int) -> float:
    """Send with a plain loop and give messages a second."""
    return count / float(run([sys.executable, "-c", SMTPLIB, port, count, body(folder)]))


def nodemailer(folder: Path, port: int, count: int) -> float | None:
    """Send with nodemailer's pool, fetched through npm into the cache, and give messages a second."""
    npm, node = find("npm"), find("node")
    home = CACHE / "nodemailer"
    if npm and node and not (home / "node_modules" / "nodemailer").is_dir():
        home.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [npm, "install", "--prefix", home, "--no-audit", "--no-fund", NODEMAILER],
            capture_output=True,
            check=False,
        )
    if not node or not (home / "node_modules" / "nodemailer").is_dir():
        print("nodemailer is not here and npm cannot fetch it: left out")
        return None
    (home / "pool.js").write_text(POOL, "utf-8")
    return count / float(run([node, home / "pool.js", port, count, body(folder)]))


def mailmerge(folder: Path, port: int, count: int, template: str) -> float | None:
    """Send with mailmerge, fetched through pip into the cache, and give messages a second.

    Its guide has two ways to send a text and a page: a multipart written by hand, and Markdown it makes both
    from, as we do.
    """
    home = CACHE / "mailmerge"
    if not (home / "mailmerge").is_dir():
        fetch = [sys.executable, "-m", "pip", "install", "--quiet", "--target", home, "mailmerge"]
        subprocess.run(fetch, capture_output=True, check=False)
    if not (home / "mailmerge").is_dir():
        print("mailmerge is not here and pip cannot fetch it: left out")
        return None
    words = body(folder).read_text("utf-8")
    (folder / "mailmerge_template.txt").write_text(template.replace("WORDS", words), "utf-8")
    rows = "".join(f"reader{number}@council.example\n" for number in range(count))
    (folder / "mailmerge_database.csv").write_text(f"email\n{rows}", "utf-8")
    (folder / "mailmerge_server.conf").write_text(
        f"[smtp_server]\nhost = 127.0.0.1\nport = {port}\n", "utf-8"
    )
    begun = time.perf_counter()
    run(
        [sys.executable, "-c", "from mailmerge.__main__ import main; main()", "--no-dry-run", "--no-limit"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(home)},
    )
    return count / (time.perf_counter() - begun)


def body(folder: Path) -> Path:
    """Give a file with the words of the measured message, once."""
    path = folder / "body.txt"
    line = "The council and its partners have news for you: a £60,000 fund, consultations and events. "
    path.write_text("\n".join([line] * (SIZE // 2 // len(line))), "utf-8")
    return path


@contextmanager
def sink() -> Iterator[int]:
    """Run Postfix's smtp-sink; as root it wants to be somebody else."""
    port = free_port()
    user = ["-u", "nobody"] if os.geteuid() == 0 else []
    with serving([find("smtp-sink"), *user, f"127.0.0.1:{port}", "1000"], port):
        yield port


@contextmanager
def distant(words: str) -> Iterator[int]:
    """Run a relay that is far away."""
    port = free_port()
    with serving([sys.executable, HERE / "distant_relay.py", port, 0.02, 0.005, words], port):
        yield port


@contextmanager
def serving(command: Sequence[object], port: int) -> Iterator[None]:
    """Run a server until the end of the block."""
    with subprocess.Popen(
        [str(word) for word in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            for _ in range(100):
                time.sleep(0.1)
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
            yield
        finally:
            process.kill()


def free_port() -> int:
    """Give a port nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def find(program: str) -> str:
    """Give a program's path, or ""."""
    return shutil.which(program, path=PLACES) or ""


def run(command: Sequence[object], **more: object) -> str:
    """Run a program to its end and give what it printed."""
    done = subprocess.run(
        [str(word) for word in command], capture_output=True, text=True, check=False, **more
    )  # type: ignore[call-overload]
    if done.returncode:
        raise SystemExit(f"{command[0]} failed:\n{done.stderr or done.stdout}")
    return str(done.stdout)


if __name__ == "__main__":
    sys.exit(main())
