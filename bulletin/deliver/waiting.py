"""Wait for a socket, a moment or a thread; within a loop the other connections go on meanwhile.

No socket waits by itself here: the system is asked first, and waited for only where it has nothing.
"""

import os
import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from bulletin.deliver.loop import READ, WRITE, Selector, current

NOT_NOW = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)
"""What such a socket says where others wait; TLS may have to write in order to read."""

_Given = TypeVar("_Given")


def connect(host: str, port: int, seconds: float) -> socket.socket:
    """Connect to the first address of a host that answers, each within so many seconds.

    Raises:
        OSError: none does; that of the last is raised.
    """
    failure: OSError | None = None
    for family, kind, protocol, _, address in elsewhere(
        lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    ):
        try:
            return _connected(socket.socket(family, kind, protocol), address, seconds)
        except OSError as error:
            failure = error
    raise failure or OSError("its name leads nowhere")


def shake_hands(one: ssl.SSLSocket, seconds: float) -> None:
    """Agree on TLS.

    Raises:
        ssl.SSLError: no agreement. TimeoutError: none in time.
    """
    deadline = time.monotonic() + seconds
    while True:
        try:
            return one.do_handshake()
        except NOT_NOW as error:
            _wait(one, _wanted(error, WRITE), deadline)


def send_some(one: socket.socket, data: memoryview, deadline: float) -> int:
    """Send what the other side takes, and give how much; where that is nothing wait for room, and give 0.

    deadline: by the monotonic clock.

    Raises:
        TimeoutError: it takes nothing until then.
    """
    try:
        return one.send(data)
    except NOT_NOW as error:
        _wait(one, _wanted(error, WRITE), deadline)
        return 0


def receive(one: socket.socket, most: int, deadline: float) -> bytes:
    """Wait for octets and give them, none at the end of the conversation.

    Raises:
        TimeoutError: nothing comes until then.
    """
    if not isinstance(one, ssl.SSLSocket):
        _wait(one, READ, deadline)  # an answer takes its time; but TLS may have read it already
    while True:
        try:
            return one.recv(most)
        except NOT_NOW as error:
            _wait(one, _wanted(error, READ), deadline)


def is_ready(one: socket.socket, events: int, deadline: float) -> bool:
    """Wait until there is something to READ or room to WRITE; False where the deadline comes first."""
    if task := current():
        return task.watch(one, events, deadline)
    with Selector() as selector:
        selector.register(one, events)
        return bool(selector.select(max(deadline - time.monotonic(), 0)))


def sleep(seconds: float) -> None:
    """Wait so long."""
    if task := current():
        task.rest(time.monotonic() + seconds)
    else:
        time.sleep(seconds)


def elsewhere(function: Callable[[], _Given]) -> _Given:
    """Do what cannot but wait by itself, in a thread of its own where others are to go on."""
    task = current()
    if task is None:
        return function()
    given: list[_Given] = []
    failures: list[BaseException] = []
    ours, theirs = socket.socketpair()

    def work() -> None:
        with theirs:
            try:
                given.append(function())
            except BaseException as failure:  # noqa: BLE001  the task raises it
                failures.append(failure)

    with ours:
        threading.Thread(target=work, daemon=True).start()
        task.watch(ours, READ, float("inf"))
    if failures:
        raise failures[0]
    return given[0]


def _connected(one: socket.socket, address: Any, seconds: float) -> socket.socket:
    """Connect a socket; where that fails it is closed."""
    try:
        one.setblocking(False)
        with suppress(BlockingIOError):
            one.connect(address)
        _wait(one, WRITE, time.monotonic() + seconds)
        _raise_for(one.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR))
    except BaseException:
        one.close()
        raise
    return one


def _raise_for(code: int) -> None:
    if code:
        raise OSError(code, os.strerror(code))


def _wanted(error: OSError, usual: int) -> int:
    """Give what a socket that said NOT_NOW waits for."""
    if isinstance(error, ssl.SSLWantReadError):
        return READ
    return WRITE if isinstance(error, ssl.SSLWantWriteError) else usual


def _wait(one: socket.socket, events: int, deadline: float) -> None:
    if time.monotonic() >= deadline or not is_ready(one, events, deadline):
        raise TimeoutError("it did not answer in time")
