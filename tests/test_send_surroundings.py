"""What goes wrong around a send costs nobody their copy: full disks, absent relays, clocks set back."""

import os
import shutil
import stat
import subprocess
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from fault_relay import FaultRelay
from officer import PEOPLE, Officer, Said, through, until, writing_to
from sending import NOON, clock, enrol, open_ledger

from bulletin.deliver.record.ledger import Ledger, read_tally
from bulletin.deliver.record.schema import plain_words
from bulletin.deliver.sending.breaker import Outage
from bulletin.deliver.sending.quota import Quota
from bulletin.deliver.sending.run import Order, deliver
from bulletin.deliver.smtp.access import Access
from bulletin.deliver.smtp.client import loopback_transport
from bulletin.deliver.smtp.connection import Timeouts
from bulletin.errors import BulletinError, RelayError

posix = pytest.mark.skipif(os.name == "nt", reason="limits and mounts are of POSIX")
MANY = 60


@pytest.fixture
def many(tmp_path: Path) -> Officer:
    return writing_to(MANY, tmp_path)


def is_one_sentence(said: Said, *words: str) -> bool:
    assert "Traceback" not in said.err
    assert all(one in said.err for one in words), said.err
    return "  hint: " in said.err


def everybody_once(relay: FaultRelay, officer: Officer, count: int) -> None:
    tally = read_tally(officer.path("ledger.db"))
    assert (tally.accepted, tally.recipients) == (count, count)
    assert (set(relay.counts().values()), len(relay.counts())) == ({1}, count)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("only root may mount a small disk")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=False)


@posix
def test_on_a_full_disk_what_is_known_is_kept_and_the_next_send_goes_on(small_disk: Path) -> None:
    with FaultRelay(
        lambda phase, _: "" if phase != "DOT" or len(relay.taken) != 10 else fill(small_disk)
    ) as relay:
        with open_ledger(small_disk) as ledger:
            enrol(ledger, MANY)
            with pytest.raises(BulletinError, match=r"disk is full|cannot be written"):
                deliver(ledger, partial(loopback_transport, relay.port, clock), Order(clock, connections=3))
        tally = read_tally(small_disk / "ledger.db")
        assert (tally.accepted, tally.unknown) == (len(relay.taken), 0)
        (small_disk / "film").unlink()
        with open_ledger(small_disk) as ledger:
            sent = deliver(ledger, partial(loopback_transport, relay.port, clock), Order(clock))
    assert (sent.tally.accepted, set(relay.counts().values())) == (MANY, {1})


def fill(disk: Path) -> str:
    """Fill a disk to its last octet."""
    with (disk / "film").open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            return ""


@posix
def test_a_ledger_that_may_not_grow_stops_the_send_with_one_sentence(many: Officer) -> None:
    import resource

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))

    with FaultRelay({}) as relay:
        said = many.outside("send", "--confirm", MANY, *through(relay), preexec_fn=limit)
        assert said.code == 1
        assert is_one_sentence(said)
        assert many.send(*through(relay), confirm=MANY).code in (0, 3)
    assert set(relay.counts().values()) <= {1}


@posix
@pytest.mark.skipif(getattr(os, "geteuid", lambda: 1)() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_to_stops_the_send(officer: Officer) -> None:
    officer.path(".").chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        with FaultRelay({}) as relay:
            said = officer.send(*through(relay))
    finally:
        officer.path(".").chmod(stat.S_IRWXU)
    assert said.code == 1
    assert is_one_sentence(said)
    assert relay.taken == []


def test_a_ledger_that_may_only_be_read_stops_the_send(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        enrol(ledger, 3)
        ledger._connection.execute("PRAGMA query_only = ON")  # noqa: SLF001
        with FaultRelay({}) as relay, pytest.raises(BulletinError, match=r"readonly.*nothing more was sent"):
            deliver(ledger, partial(loopback_transport, relay.port, clock), Order(clock))
        ledger._connection.execute("PRAGMA query_only = OFF")  # noqa: SLF001
    assert relay.taken == []


def test_a_clock_set_back_changes_nothing_but_the_times_shown(officer: Officer) -> None:
    script = {("RCPT", PEOPLE[1]): ["450 4.2.1 later"]}
    with FaultRelay(script) as relay:
        first = officer.send(*through(relay))
        second = officer.on("2026-11-20").send(*through(relay))
        everybody_once(relay, officer, len(PEOPLE))
    assert (first.code, second.code) == (4, 0)


def test_a_clock_that_runs_backwards_meanwhile_keeps_the_order_and_the_pace(tmp_path: Path) -> None:
    moments = iter(range(10_000))
    backwards = lambda: NOON.fromtimestamp(NOON.timestamp() - 60 * next(moments), NOON.tzinfo)  # noqa: E731
    with (
        FaultRelay({("RCPT", "p1@council.example"): ["450 later"]}) as relay,
        open_ledger(tmp_path) as ledger,
    ):
        enrol(ledger, 20)
        connect = partial(loopback_transport, relay.port, backwards)
        quota = Quota(tmp_path / "offered.db", "relay", 100, backwards)
        order = Order(backwards, retry_wait=0.1, quota=quota)
        sent = deliver(ledger, connect, order)
    assert (sent.tally.accepted, set(relay.counts().values())) == (20, {1})


@posix
def test_a_list_or_an_edition_edited_meanwhile_changes_nothing_of_this_send(many: Officer) -> None:
    with FaultRelay({}) as relay:
        with many.start("send", "--confirm", MANY, "--rate", "100/s", *through(relay)) as process:
            until(lambda: len(relay.taken) > 5)
            many.add("late@parish.example")
            many.edit("mailing_lists/clerks.csv", "p55@parish.example,\n", "")
            many.edit("issues/2026-11/editions/everyone/bulletin.txt", "winter", "summer")
            shutil.rmtree(many.path("editions/partners"))
            assert process.wait(timeout=30) == 0
        everybody_once(relay, many, MANY)
        assert not any(b"summer" in taken.message for taken in relay.taken)
        again = many.send(*through(relay), confirm=MANY)
    assert again.code == 1
    assert is_one_sentence(again)


def test_a_relay_gone_for_a_while_loses_nobody(tmp_path: Path) -> None:
    quick = Access(timeouts=Timeouts(greeting=2, dot=2, quit=1), pauses=(0, 0))
    begun = time.monotonic()
    is_away = lambda: 0.3 < time.monotonic() - begun < 1.8  # noqa: E731
    acts = {"CONNECT": "drop", "RCPT": "drop"}
    with (
        FaultRelay(lambda phase, _: acts.get(phase, "") if is_away() else "") as relay,
        open_ledger(tmp_path) as ledger,
    ):
        enrol(ledger, 200)
        from bulletin.deliver.sending.pace import Pace

        order = Order(clock, connections=4, pace=Pace(120), retry_wait=1)
        sent = deliver(ledger, lambda: loopback_transport(relay.port, clock, quick), order)
    assert (sent.tally.accepted, set(relay.counts().values())) == (200, {1})
    assert time.monotonic() - begun > 1.8


def test_a_relay_that_stays_away_is_given_up_after_two_minutes() -> None:
    now = [0.0]
    outage = Outage(now=lambda: now[0])
    outage.ended()
    gone = RelayError("nothing answers there")
    for now[0] in (10.0, 60.0, 129.0):
        outage.met(gone)
    now[0] = 131.0
    with pytest.raises(RelayError, match="nothing answers"):
        outage.met(gone)


@posix
def test_a_copied_workspace_is_not_sent_from(many: Officer, tmp_path: Path) -> None:
    with FaultRelay({}) as relay:
        many.send(*through(relay), "--only", PEOPLE[0], confirm=1)
        shutil.copytree(many.folder, tmp_path / "copy")
        said = Officer(tmp_path / "copy").send(*through(relay), confirm=MANY)
        assert said.code == 1
        assert is_one_sentence(said, f"is a copy of the ledger at {many.path('ledger.db')}", "go on there")
        assert many.send(*through(relay), confirm=MANY).code == 0
        everybody_once(relay, many, MANY)


@posix
def test_a_moved_workspace_goes_on(many: Officer, tmp_path: Path) -> None:
    with FaultRelay({}) as relay:
        many.send(*through(relay), "--only", PEOPLE[0], confirm=1)
        many.folder.rename(tmp_path / "moved")
        assert Officer(tmp_path / "moved").send(*through(relay), confirm=MANY).code == 0
    assert set(relay.counts().values()) == {1}


def test_an_older_ledger_put_back_is_not_sent_from(officer: Officer, tmp_path: Path) -> None:
    with FaultRelay({}) as relay:
        officer.send(*through(relay), "--only", PEOPLE[0], confirm=1)
        shutil.copy(officer.path("ledger.db"), tmp_path / "backup.db")
        officer.send(*through(relay))
        shutil.copy(tmp_path / "backup.db", officer.path("ledger.db"))
        said = officer.send(*through(relay))
    assert said.code == 1
    assert is_one_sentence(said, "is an older copy of itself", "bulletin resolve --adopt")
    assert set(relay.counts().values()) == {1}


def test_a_ledger_from_another_computer_needs_the_officers_word(
    officer: Officer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FaultRelay({}) as relay:
        officer.send(*through(relay), "--only", PEOPLE[0], confirm=1)
        monkeypatch.setenv("BULLETIN_DATA", str(tmp_path / "another"))
        said = officer.send(*through(relay))
        assert is_one_sentence(said, "this computer does not know it")
        assert officer("resolve", "--adopt").code == 4
        assert officer.send(*through(relay)).code == 0
    assert set(relay.counts().values()) == {1}


def test_every_complaint_of_the_database_is_a_sentence(tmp_path: Path) -> None:
    import sqlite3

    error = sqlite3.OperationalError("database is locked")
    error.sqlite_errorcode = sqlite3.SQLITE_BUSY
    with pytest.raises(BulletinError, match="a send of this issue"), plain_words(tmp_path / "ledger.db"):
        raise error


def test_two_threads_of_one_process_are_two_senders(tmp_path: Path) -> None:
    refused: list[str] = []

    def second() -> None:
        try:
            open_ledger(tmp_path)
        except BulletinError as error:
            refused.append(error.detail)

    with open_ledger(tmp_path) as ledger:
        assert isinstance(ledger, Ledger)
        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
    assert refused == ["a send of this issue is running"]
