"""A folder and the built-in relay take each message once, as a numbered file, to the byte."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sending import clock, copies, delivery

from bulletin.deliver.relays.folder import FolderTransport, message_id_of
from bulletin.deliver.relays.relay import open_relay, parse_relay
from bulletin.deliver.relays.sandbox import SandboxTransport
from bulletin.deliver.sending.run import offer
from bulletin.deliver.transport import Clock, Transport
from bulletin.model.delivery import Outcome

Door = Callable[[Path, Clock], Transport]
ME, YOU = "p1@council.example", "p2@council.example"
BOTH = pytest.mark.parametrize("transport", [FolderTransport, SandboxTransport])


@BOTH
def test_messages_are_numbered_files_as_they_were_made(transport: Door, tmp_path: Path) -> None:
    with transport(tmp_path, clock) as door:
        outcomes = [offer(door, delivery(to)).outcome for to in (ME, YOU)]
    assert outcomes == [Outcome.ACCEPTED] * 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0001.eml", "0002.eml"]
    assert (tmp_path / "0001.eml").read_bytes() == delivery(ME).message


@BOTH
@pytest.mark.parametrize("data", [b".\r\n..\r\n.a\r\n\r\n.\r\n", b"\r\n", b"x" * 200_000 + b"\r\n.\r\n.\r\n"])
def test_any_bytes_arrive_as_they_were(transport: Door, data: bytes, tmp_path: Path) -> None:
    with transport(tmp_path, clock) as door:
        offer(door, delivery(data=data))
    assert (tmp_path / "0001.eml").read_bytes() == data


@BOTH
def test_the_same_message_twice_is_one_file_even_on_another_day(transport: Door, tmp_path: Path) -> None:
    for _ in range(2):
        with transport(tmp_path, clock) as door:
            offer(door, delivery())
            offer(door, delivery())
    assert copies(tmp_path) == {ME: 1}


@BOTH
def test_what_was_staged_and_not_released_is_not_there(transport: Door, tmp_path: Path) -> None:
    with transport(tmp_path, clock) as door:
        door.stage(delivery())
    assert not list(tmp_path.iterdir())


@BOTH
def test_the_folder_knows_what_became_of_a_message(transport: Door, tmp_path: Path) -> None:
    with transport(tmp_path, clock) as door:
        offer(door, delivery(ME))
        settled = [door.settle(delivery(to).message_id).outcome for to in (ME, YOU)]
    assert settled == [Outcome.ACCEPTED, Outcome.PENDING]


@BOTH
def test_numbers_go_on_after_those_that_are_there_and_nothing_is_overwritten(
    transport: Door, tmp_path: Path
) -> None:
    (tmp_path / "0041.eml").write_bytes(b"mine")
    with transport(tmp_path, clock) as door:
        (tmp_path / "0042.eml").write_bytes(b"mine too")
        assert "0043.eml" in offer(door, delivery()).reply
    assert (tmp_path / "0042.eml").read_bytes() == b"mine too"


def test_a_message_id_is_read_folded_or_not_and_from_the_head_alone() -> None:
    assert message_id_of(b"A: b\r\nMESSAGE-ID:\r\n <a@b>\r\n\r\nx") == "<a@b>"
    assert message_id_of(b"A: b\r\n\r\nMessage-ID: <a@b>\r\n") == ""


@pytest.mark.parametrize("url", ["sandbox:", "folder:{}"])
def test_several_connections_share_one_folder(url: str, tmp_path: Path) -> None:
    to = [f"p{n}@council.example" for n in range(12)]
    relay = open_relay(parse_relay(url.format(tmp_path)), tmp_path, clock)
    with relay as connect, ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda some: send_all(connect(), some), (to[n::4] for n in range(4))))
    assert found == [[Outcome.ACCEPTED] * 3] * 4
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{n:04}.eml" for n in range(1, 13)]
    assert copies(tmp_path) == dict.fromkeys(to, 1)


def send_all(transport: Transport, to: list[str]) -> list[Outcome]:
    with transport as door:
        return [offer(door, delivery(one)).outcome for one in to]


@BOTH
def test_a_message_in_two_pieces_is_one_file(transport: Door, tmp_path: Path) -> None:
    start, gap, body = delivery().message.partition(b"\r\n\r\n")
    whole = replace(delivery(), message=start + gap, body=body)
    with transport(tmp_path, clock) as door:
        offer(door, whole)
    assert (tmp_path / "0001.eml").read_bytes() == delivery().message
