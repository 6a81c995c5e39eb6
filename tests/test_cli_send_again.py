"""A send that was stopped, killed, doubled or left for a day goes on, and nobody gets two copies."""

import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from pathlib import Path
from subprocess import Popen

import pytest
from fault_relay import FaultRelay
from officer import PEOPLE, Officer, contents, through, until, writing_to
from relays import Relay

posix = pytest.mark.skipif(os.name == "nt", reason="signals are of POSIX")
MANY = 40


@pytest.fixture
def many(tmp_path: Path) -> Officer:
    return writing_to(MANY, tmp_path)


@contextmanager
def slowly(officer: Officer, *words: str, confirm: int = MANY) -> "Iterator[Popen[str]]":
    """Send at 20 a second in a process of its own; it is running and has begun."""
    with officer.start("send", "--confirm", confirm, "--rate", "20/s", *words) as process:
        try:
            until(lambda: process.poll() is not None or len(copies(officer)) > 2 or words)
            assert process.poll() is None
            yield process
        finally:
            process.kill()


def copies(officer: Officer) -> list[Path]:
    return list(officer.path("sandbox").glob("*.eml"))


def readers(officer: Officer) -> Counter[str]:
    """How many copies in the sandbox each person has."""
    mails = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in copies(officer)]
    return Counter(mail["To"].addresses[0].addr_spec.lower() for mail in mails)


def test_a_second_send_sends_nothing(officer: Officer) -> None:
    with Relay() as relay:
        officer.send(*through(relay))
        again = officer.send(*through(relay))

        assert again.code == 0
        assert "nothing was sent" in again.out
        assert relay.counts() == dict.fromkeys(PEOPLE, 1)


@posix
def test_a_killed_send_run_again_reaches_everybody_exactly_once(many: Officer) -> None:
    with slowly(many) as process:
        process.kill()
        process.wait()
    assert 2 < len(copies(many)) < MANY

    said = many.send(confirm=MANY, json=True)

    assert (said.code, said.data["accepted"]) == (0, MANY)
    assert set(readers(many).values()) == {1}
    assert len(readers(many)) == MANY


@posix
@pytest.mark.slow
@pytest.mark.parametrize("after", [0.05, 0.1, 0.2, 0.3, 0.4, 0.6])
def test_whenever_a_send_is_killed_the_next_one_finishes_it(many: Officer, after: float) -> None:
    for _ in range(4):
        with many.start("send", "--confirm", MANY, "--rate", "100/s") as process:
            until(many.path("rehearsal.db").exists)
            time.sleep(after)
            process.kill()

    assert many.send(confirm=MANY, json=True).data["accepted"] == MANY
    assert readers(many) == Counter(dict.fromkeys(readers(many), 1))
    assert len(readers(many)) == MANY


@posix
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_stopped_send_finishes_what_is_in_hand_and_says_how_to_go_on(many: Officer, name: str) -> None:
    with slowly(many) as process:
        process.send_signal(signal.Signals[name])
        out, err = process.communicate(timeout=20)

    assert process.returncode == 4
    assert "Run the same command again to go on." in out
    assert ("Stopping after the message in hand" in err, "Traceback" in err) == (True, False)
    assert many("report", json=True).data["unknown"] == 0
    assert many.send(confirm=MANY).code == 0
    assert set(readers(many).values()) == {1}


@posix
def test_closing_the_terminal_finishes_what_is_in_flight(many: Officer) -> None:
    master, slave = os.openpty()
    with FaultRelay(pause=0.02) as relay:
        words = ("send", "--confirm", MANY, "--connections", 3, *through(relay))
        with many.start(*words, stdout=slave, stderr=slave) as process:
            os.close(slave)
            until(lambda: len(relay.taken) > 5)
            os.close(master)
            for _ in range(2):
                process.send_signal(signal.SIGHUP)
            assert process.wait(timeout=20) == 4
        assert many("report", json=True).data["unknown"] == 0
        assert many.send(*through(relay), confirm=MANY).code == 0
    assert set(relay.counts().values()) == {1}


@posix
def test_under_nohup_a_send_goes_on(many: Officer) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with slowly(many) as process:
            process.send_signal(signal.SIGHUP)
            process.communicate(timeout=20)
    finally:
        signal.signal(signal.SIGHUP, before)

    assert process.returncode == 0
    assert len(readers(many)) == MANY


@posix
def test_two_sends_at_once_are_one_send_and_one_sentence(many: Officer) -> None:
    with slowly(many):
        second = many.send(confirm=MANY)
        report = many("report")

    assert (second.code, report.code) == (1, 1)
    assert "a send of this issue is running" in second.err
    assert "send of this issue is running" in report.err


def test_a_send_that_has_begun_goes_on_the_next_day_with_what_was_approved(officer: Officer) -> None:
    with Relay(replies={("RCPT", PEOPLE[0]): ["450 4.2.1 later", "250 OK"]}) as relay:
        first = officer.send(*through(relay))
        second = officer.on("2026-11-27").send(*through(relay))

        assert (first.code, second.code) == (4, 0)
        assert relay.counts() == dict.fromkeys(PEOPLE, 1)
        late = message_from_bytes(relay.taken[-1].message, policy=policy.default)
        assert b"Closes tomorrow" in relay.taken[-1].message
        assert late["Date"].datetime.day == 26


def test_what_would_read_differently_on_another_day_is_not_begun(officer: Officer) -> None:
    with Relay() as relay:
        said = officer.on("2026-11-27").send(*through(relay))

        assert said.code == 1
        assert "would read differently today, Friday 27 November 2026" in said.err
        assert (relay.connections, officer.path("ledger.db").exists()) == (0, False)


def test_after_a_relay_was_away_a_new_approval_is_what_goes_out(officer: Officer) -> None:
    officer.send("--relay", "smtp://127.0.0.1:1")
    tomorrow = officer.on("2026-11-27")
    tomorrow("build")
    tomorrow("approve", "--by", "Jo")

    with Relay() as relay:
        assert tomorrow.send(*through(relay)).code == 0
        assert [b"Closes today" in taken.message for taken in relay.taken] == [True] * 4
        assert not any(b"Closes tomorrow" in taken.message for taken in relay.taken)


def test_half_way_what_is_approved_anew_goes_to_those_left_and_nobody_gets_a_second_copy(
    officer: Officer,
) -> None:
    with Relay(replies={("RCPT", PEOPLE[1]): ["450 4.2.1 later", "250 OK"]}) as relay:
        officer.send(*through(relay))
        officer.edit_item("a-winter-walk", "boots", "stout boots")
        officer("build")
        officer("approve", "--by", "Jo")
        said = officer.send(*through(relay))

        assert "whoever is left gets what is approved now" in said.err
        assert relay.counts() == dict.fromkeys(PEOPLE, 1)
        assert [b"stout boots" in taken.message for taken in relay.taken] == [False] * 3 + [True]


def test_somebody_added_after_a_send_alone_is_sent_to(officer: Officer) -> None:
    with Relay() as relay:
        officer.send(*through(relay))
        officer.add("new@parish.example")
        refused = officer.send(*through(relay), confirm=5)
        officer("approve", "--by", "Jo")
        said = officer.send(*through(relay), confirm=5)

        assert (refused.code, said.code) == (1, 0)
        assert relay.counts() == {**dict.fromkeys(PEOPLE, 1), "new@parish.example": 1}


def test_somebody_taken_off_a_list_half_way_is_not_written_to(officer: Officer) -> None:
    with Relay(replies={("RCPT", PEOPLE[1]): ["450 4.2.1 later", "250 OK"]}) as relay:
        officer.send(*through(relay))
        officer.edit("mailing_lists/core.csv", f"{PEOPLE[1]},Bob\n", "")
        said = officer.send(*through(relay), confirm=3, json=True)

        assert (said.code, said.data["recipients"], said.data["deferred"]) == (0, 3, 0)
        assert PEOPLE[1] not in relay.counts()


def test_the_officers_own_copy_of_the_ledger_is_left_alone(officer: Officer) -> None:
    officer.send("--relay", "smtp://127.0.0.1:1")
    officer.path("ledger.db.bak").write_bytes(b"mine")
    officer.add("new@parish.example")
    officer("approve", "--by", "Jo")
    officer.send("--relay", "smtp://127.0.0.1:1", confirm=5)

    assert contents(officer.path("."))["ledger.db.bak"] == b"mine"
