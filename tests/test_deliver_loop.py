"""Connections take turns in one thread: whoever waits holds nobody up, and what fails ends all of them."""

import socket
import threading
import time

import pytest
from sending import Nothing, by_turns

from bulletin.deliver import waiting
from bulletin.deliver.loop import READ, WRITE, Loop, current


def test_whoever_sleeps_longest_ends_last_and_all_sleep_at_once() -> None:
    ended: list[int] = []

    def sleeper(steps: int) -> None:
        waiting.sleep(steps * 0.2)
        ended.append(steps)

    begun = time.monotonic()
    by_turns(*(lambda steps=n: sleeper(steps) for n in (4, 2, 3, 1)))  # type: ignore[misc]
    assert ended == [1, 2, 3, 4]
    assert time.monotonic() - begun < 1.8  # two seconds one after the other


def test_one_that_reads_lets_the_one_that_writes_go_on() -> None:
    ours, theirs = socket.socketpair()
    for one in (ours, theirs):
        one.setblocking(False)
    heard: list[bytes] = []
    with ours, theirs:
        by_turns(
            lambda: heard.append(waiting.receive(ours, 100, time.monotonic() + 5)),
            lambda: theirs.send(b"220 hello"),
        )
    assert heard == [b"220 hello"]


def test_a_deadline_passes_while_others_are_busy() -> None:
    found: list[bool] = []
    ours, theirs = socket.socketpair()
    turns = 0

    def busy() -> None:
        nonlocal turns
        while not found:
            turns += 1
            waiting.sleep(0)

    with ours, theirs:
        by_turns(lambda: found.append(waiting.is_ready(ours, READ, time.monotonic() + 0.05)), busy)
    assert found == [False]
    assert turns > 1


def test_what_can_only_wait_by_itself_waits_in_a_thread_and_the_others_go_on() -> None:
    met: list[str] = []
    here, reached = threading.get_ident(), threading.Event()

    def slow() -> None:
        there = waiting.elsewhere(lambda: reached.wait(5) and threading.get_ident())
        met.append("elsewhere" if there not in (here, False) else "here")

    by_turns(slow, reached.set)
    assert met == ["elsewhere"]


def test_what_fails_elsewhere_fails_here() -> None:
    def fail() -> None:
        raise OSError("no such name")

    with pytest.raises(OSError, match="no such name"):
        by_turns(lambda: waiting.elsewhere(fail))


def test_what_one_raises_ends_the_others_where_they_stand() -> None:
    cleaned: list[str] = []

    def stands() -> None:
        try:
            waiting.sleep(60)
        finally:
            cleaned.append("tidy")

    def press() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        by_turns(stands, press)
    assert cleaned == ["tidy"]


def test_one_that_begins_another_is_not_its_keeper() -> None:
    loop, order = Loop(Nothing()), []

    def later() -> None:
        waiting.sleep(0.05)
        order.append("later")

    def first() -> None:
        loop.add(later)
        order.append("first")

    loop.add(first)
    loop.run()
    assert order == ["first", "later"]


def test_outside_of_a_loop_waiting_is_waiting() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        assert current() is None
        assert waiting.is_ready(ours, WRITE, time.monotonic() + 1)
        assert not waiting.is_ready(ours, READ, time.monotonic() + 0.01)


def test_where_nobody_listens_a_connection_fails_at_once() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        with pytest.raises(ConnectionRefusedError):
            waiting.connect("127.0.0.1", closed.getsockname()[1], 5)


def test_ctrl_c_is_heard_soon_where_only_the_end_of_a_wait_lets_it_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waits: list[float] = []
    loop = Loop(Nothing())
    ours, theirs = socket.socketpair()

    def select(seconds: float) -> list[object]:
        waits.append(seconds)
        return [] if len(waits) < 3 else [(loop.selector.get_key(ours), READ)]

    monkeypatch.setattr(loop.selector, "select", select)
    with ours, theirs:
        loop.add(lambda: waiting.is_ready(ours, READ, time.monotonic() + 600))
        loop.run()
    assert waits == [1.0] * 3
