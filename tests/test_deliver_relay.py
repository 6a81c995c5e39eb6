"""A relay's address says where mail goes, and only to this machine without encryption."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bulletin.deliver.relays.relay import (
    RelayAddress,
    Scheme,
    is_loopback,
    is_rehearsal,
    open_transport,
    parse_relay,
)
from bulletin.errors import RelayError, UsageError


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("sandbox:", RelayAddress(Scheme.SANDBOX)),
        ("folder:out #1/C:x?", RelayAddress(Scheme.FOLDER, folder="out #1/C:x?")),
        ("smtp://localhost:2525", RelayAddress(Scheme.SMTP, "localhost", 2525)),
        ("SMTP://[::1]:2525/", RelayAddress(Scheme.SMTP, "::1", 2525)),
        ("smtp://127.0.0.9", RelayAddress(Scheme.SMTP, "127.0.0.9", 25)),
        (
            "smtp+starttls://me%40a.example@mail.example",
            RelayAddress(Scheme.STARTTLS, "mail.example", 587, "me@a.example"),
        ),
        ("smtps://mail.example", RelayAddress(Scheme.SMTPS, "mail.example", 465)),
    ],
)
def test_an_address_is_read(url: str, address: RelayAddress) -> None:
    assert parse_relay(url) == address


@pytest.mark.parametrize(
    "url",
    [
        "",
        "localhost:25",
        "sandbox:x",
        "folder:",
        "smtp:localhost",
        "smtp://",
        "smtp://:25",
        "smtp://a.example:99999",
        "smtp://a.example:x",
        "smtp://a.example:0",
        "smtp://a.example/path",
        "smtp://a.example?x=1",
        "smtp://[::1",
        "smtp://a b:25",
        "smtp://me@localhost:25",
        "smtp://local\nhost:25",
        "http://a.example",
    ],
)
def test_what_is_no_relay_is_refused_with_the_forms_there_are(url: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_relay(url)
    assert "sandbox:" in refused.value.hint


@pytest.mark.parametrize(
    "url",
    [
        "smtps://me:hunter2@mail.example",
        "smtp://me:hunter2@localhost:25",
        "smtps://me:hunter2/x@mail.example",
    ],
)
def test_a_password_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_relay(url)
    assert "hunter2" not in refused.value.detail + refused.value.hint


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST", "127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"]
)
def test_this_machine_is_known_by_all_its_names(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    [
        "mail.example",
        "0.0.0.0",  # noqa: S104  nothing binds to it
        "10.0.0.1",
        "::",
        "::ffff:10.0.0.1",
        "localhost.evil.example",
        "127.0.0.1.example",
    ],
)
def test_any_other_machine_is_not_this_one(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize(
    "url", ["smtp://mail.example:25", "smtp://10.0.0.1:25", "smtp://[::ffff:10.0.0.1]:25"]
)
def test_nothing_goes_unencrypted_to_another_machine(url: str, tmp_path: Path) -> None:
    with pytest.raises(RelayError, match="not encrypted"):
        open_transport(parse_relay(url), tmp_path, lambda: datetime.now(UTC))


def test_the_sandbox_and_a_folder_alone_are_rehearsals() -> None:
    urls = ["sandbox:", "folder:x", "smtp://localhost:25", "smtps://mail.example"]
    assert [is_rehearsal(parse_relay(url)) for url in urls] == [True, True, False, False]


def test_a_folder_that_cannot_be_written_to_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for url in (f"folder:{tmp_path / 'file'}", "sandbox:"):
        with pytest.raises(RelayError, match="cannot"):
            open_transport(parse_relay(url), Path(tmp_path / "file"), lambda: datetime.now(UTC))
