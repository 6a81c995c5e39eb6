"""A connection waits no longer than it may, and knows what cannot have gone out."""

import socket
import ssl
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest
from certificates import HOST, authority, context

from bulletin.deliver.smtp.connection import Connection, PartlySentError, Timeouts
from bulletin.deliver.smtp.replies import ProtocolError

QUICK = Timeouts(connect=5, tls=5, greeting=1, command=1, block=0.3, quit=1)
PATIENT = Timeouts(connect=5, tls=5, command=1, block=10)
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="it keeps as much as it is given")
MUCH = b"x" * 16_000_000  # more than the system keeps for a peer that does not read
Peer = Callable[[socket.socket], None]
BOTH = pytest.mark.parametrize("encrypted", [False, True], ids=["clear", "tls"])


@contextmanager
def connected(peer: Peer, timeouts: Timeouts, *, encrypted: bool = False) -> Iterator[Connection]:
    """Give a connection to somebody who does as told; their socket stays open until they have."""

    def serve() -> None:
        one, _ = server.accept()
        with one, suppress(OSError), context().wrap_socket(one, server_side=True) if encrypted else one as it:
            peer(it)

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        connection = Connection("127.0.0.1", server.getsockname()[1], timeouts)
        if encrypted:
            trusting = ssl.create_default_context()
            authority().configure_trust(trusting)
            connection.encrypt(trusting, HOST)
        try:
            yield connection
        finally:
            connection.close()
            thread.join(10)


def wait_for_close(peer: socket.socket) -> None:
    time.sleep(1.0)
    drain(peer)


def drain(peer: socket.socket) -> None:
    while peer.recv(65536):
        pass


def reset(peer: socket.socket) -> None:
    """Break off a moment later, as a machine that is switched off."""
    time.sleep(0.3)
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def fill(connection: Connection) -> None:
    """Send until the system keeps no more."""
    with suppress(BlockingIOError):
        while True:
            connection._socket.send(MUCH)  # noqa: SLF001  as full as can be, at once


@BOTH
def test_a_peer_that_stops_reading_is_waited_for_no_longer_than_it_may_take(encrypted: bool) -> None:
    with connected(wait_for_close, QUICK, encrypted=encrypted) as connection:
        begun = time.monotonic()
        with pytest.raises(TimeoutError):
            connection.send_block(MUCH)
        assert 0.2 < time.monotonic() - begun < 5


@BOTH
def test_a_peer_that_reads_slowly_gets_every_octet(encrypted: bool) -> None:
    data, found = bytes(range(256)) * 16_000, bytearray()

    def read_slowly(peer: socket.socket) -> None:
        while len(found) < len(data):
            found.extend(peer.recv(65536))
            time.sleep(0.002)
        peer.sendall(b"250 2.0.0 so many\r\n")
        drain(peer)

    with connected(read_slowly, PATIENT, encrypted=encrypted) as connection:
        connection.send_block(data)
        assert connection.reply(10).code == 250
    assert found == data


def test_nothing_went_where_there_was_no_room_before_the_end() -> None:
    with connected(reset, PATIENT) as connection:
        fill(connection)
        with pytest.raises(ConnectionError):
            connection.send_at_once(b".\r\n")


@BOTH
def test_nobody_knows_what_went_where_the_end_came_half_way(encrypted: bool) -> None:
    with (
        connected(reset, PATIENT, encrypted=encrypted) as connection,
        pytest.raises(PartlySentError),
    ):
        connection.send_at_once(MUCH)


def test_nobody_knows_what_went_where_room_came_and_then_the_end() -> None:
    def read_some(peer: socket.socket) -> None:
        time.sleep(0.2)
        peer.recv(8_000_000, socket.MSG_WAITALL)
        reset(peer)

    with connected(read_some, PATIENT) as connection:
        fill(connection)
        with pytest.raises(PartlySentError):
            connection.send_at_once(MUCH)


def test_no_time_for_the_terminator_is_no_proof_that_it_stayed() -> None:
    with connected(wait_for_close, QUICK) as connection:
        fill(connection)
        with pytest.raises(TimeoutError):
            connection.send_at_once(b".\r\n")


@BOTH
def test_replies_are_read_however_they_are_cut(encrypted: bool) -> None:
    def speak(peer: socket.socket) -> None:
        for part in (b"250-one\r", b"\n250 two\r\n35", b"4 go\n"):
            peer.sendall(part)
            time.sleep(0.05)
        drain(peer)

    with connected(speak, QUICK, encrypted=encrypted) as connection:
        assert connection.reply(2).lines == ("one", "two")
        with suppress(ProtocolError):
            connection.refuse_chatter()
        assert connection.reply(2).code == 354


@BOTH
def test_words_that_nobody_asked_for_and_silence_are_told_apart(encrypted: bool) -> None:
    spoken = threading.Event()

    def speak(peer: socket.socket) -> None:
        spoken.wait(5)
        peer.sendall(b"421 4.3.2 going\r\n")
        drain(peer)

    with connected(speak, QUICK, encrypted=encrypted) as connection:
        connection.refuse_chatter()
        spoken.set()
        time.sleep(0.3)
        with pytest.raises(ProtocolError, match=r"421 4\.3\.2 going"):
            connection.refuse_chatter()
