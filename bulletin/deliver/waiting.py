"""Send and read by a socket that never waits: ask the system first, and wait only where it has nothing.

A socket with a time limit of its own is polled before every call, nearly always for nothing, and each such
call is a change of threads.
"""

import select
import socket
import ssl
import sys
import time

NOT_NOW = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)
"""What such a socket says where others wait; TLS may have to write in order to read."""


def send_some(one: socket.socket, data: memoryview, deadline: float) -> int:
    """Send what the other side takes, and give how much; where that is nothing wait for room, and give 0.

    deadline: by the monotonic clock.

    Raises:
        TimeoutError: it takes nothing until then.
    """
    try:
        return one.send(data)
    except NOT_NOW as error:
        _wait(one, deadline, to_send=not isinstance(error, ssl.SSLWantReadError))
        return 0


def receive(one: socket.socket, most: int, deadline: float) -> bytes:
    """Wait for octets and give them, none at the end of the conversation.

    Raises:
        TimeoutError: nothing comes until then.
    """
    if not isinstance(one, ssl.SSLSocket):
        _wait(one, deadline, to_send=False)  # an answer takes its time; but TLS may have read it already
    while True:
        try:
            return one.recv(most)
        except NOT_NOW as error:
            _wait(one, deadline, to_send=isinstance(error, ssl.SSLWantWriteError))


def _wait(one: socket.socket, deadline: float, *, to_send: bool) -> None:
    """Wait for something to read, or for room to write."""
    left = deadline - time.monotonic()
    if left <= 0 or not is_ready(one, left, to_send=to_send):
        raise TimeoutError("it did not answer in time")


if sys.platform == "win32":

    def is_ready(one: socket.socket, seconds: float, *, to_send: bool = False) -> bool:
        """Say whether there is something to read, or room to write, within so many seconds."""
        return any(select.select([] if to_send else [one], [one] if to_send else [], [], seconds))

else:

    def is_ready(one: socket.socket, seconds: float, *, to_send: bool = False) -> bool:
        """Say whether there is something to read, or room to write, within so many seconds."""
        poll = select.poll()  # select knows no more than 1,024 files
        poll.register(one, select.POLLOUT if to_send else select.POLLIN)
        return bool(poll.poll(seconds * 1000))
