"""`bulletin send` through a relay that wants TLS and a password, and through one that is not what it says."""

import sqlite3
import ssl
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import trustme
from certificates import HOST, context, self_signed, trusted
from fault_relay import FaultRelay
from officer import PEOPLE, Officer, at, contents

WORDS = "correct horse battery é"


@pytest.fixture
def officer(tmp_path: Path) -> Officer:
    """Somebody whose settings say where the password is and whom to trust."""
    officer = at("approved", tmp_path)
    (officer.folder / "secret").touch(mode=0o600)
    (officer.folder / "secret").write_text(WORDS + "\n", "utf-8")
    trusted(officer.folder)
    officer.edit(
        "bulletin.toml", "[relay]\n", '[relay]\nca_file = "authority.pem"\npassword_file = "secret"\n'
    )
    return officer


def url(relay: FaultRelay, scheme: str = "smtp+starttls") -> tuple[str, str]:
    return "--relay", f"{scheme}://me@{HOST}:{relay.port}"


@pytest.mark.parametrize("scheme", ["smtp+starttls", "smtps"])
def test_everybody_is_sent_their_copy_in_tls_and_the_password_stays_nowhere(
    officer: Officer, scheme: str
) -> None:
    before = contents(officer.folder)
    with FaultRelay(context=context(), implicit=scheme == "smtps", users={"me": WORDS}) as relay:
        said = officer.send(*url(relay, scheme))
    assert (said.code, relay.counts()) == (0, dict.fromkeys(PEOPLE, 1))
    written = {name: data for name, data in contents(officer.folder).items() if data != before.get(name)}
    assert not [name for name, data in written.items() if WORDS.encode() in data]
    assert WORDS not in said.out + said.err


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: context("mail.other.example"), "a certificate for another name than 127.0.0.1"),
        (lambda: context(expired=True), "a certificate that has expired"),
        (self_signed, "a certificate made for itself"),
        (lambda: context(by=trustme.CA()), "of an authority this computer does not know"),
    ],
    ids=["wrong-host", "expired", "self-signed", "unknown-authority"],
)
def test_a_relay_that_does_not_prove_itself_gets_nothing_and_one_sentence_says_why(
    officer: Officer, make: Callable[[], ssl.SSLContext], why: str
) -> None:
    with FaultRelay(context=make(), users={"me": WORDS}) as relay:
        said = officer.send(*url(relay))
    assert (said.code, why in said.err, "Traceback" in said.err) == (5, True, False)
    assert "nothing was sent and no password left" in said.err
    assert (relay.taken, {"AUTH", "MAIL"} & set(relay.verbs())) == ([], set())
    assert officer("report", json=True).data["pending"] == len(PEOPLE)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"stripped": True}, "does not offer encryption"),
        ({"injected": b"250 ok\r\n"}, "before the encryption"),
    ],
    ids=["stripped", "injected"],
)
def test_starttls_that_somebody_meddles_with_stops_the_send(
    officer: Officer, more: dict[str, bytes], why: str
) -> None:
    with FaultRelay(context=context(), users={"me": WORDS}, **more) as relay:  # type: ignore[arg-type]
        said = officer.send(*url(relay))
    assert (said.code, why in said.err) == (5, True)
    assert (relay.taken, {"AUTH", "MAIL"} & set(relay.verbs())) == ([], set())


def test_a_wrong_password_is_explained_and_the_right_one_goes_on(officer: Officer) -> None:
    with FaultRelay(context=context(), users={"me": "another"}) as relay:
        said = officer.send(*url(relay), "--connections", 3)
        assert (said.code, relay.verbs().count("AUTH"), relay.taken) == (5, 1, [])
        assert "the user name or the password was not accepted" in said.err
        relay.users["me"] = WORDS
        assert officer.send(*url(relay)).code == 0
    assert relay.counts() == dict.fromkeys(PEOPLE, 1)


def test_a_token_comes_from_a_command(officer: Officer) -> None:
    program = f'["{sys.executable}", "-X", "utf8", "-c", "print({WORDS!r})"]'.replace("\\", "/")
    officer.edit(
        "bulletin.toml", 'password_file = "secret"', f'auth = "xoauth2"\npassword_command = {program}'
    )
    with FaultRelay(context=context(), users={"me": WORDS}, mechanisms=("XOAUTH2",)) as relay:
        assert officer.send(*url(relay)).code == 0
    assert relay.counts() == dict.fromkeys(PEOPLE, 1)


def test_a_test_copy_goes_through_the_same_door(officer: Officer) -> None:
    with FaultRelay(context=context(), users={"me": WORDS}) as relay:
        said = officer("test", "jo@council.example", *url(relay))
    assert (said.code, set(relay.counts())) == (0, {"jo@council.example"})


def test_a_rehearsal_asks_for_no_password(officer: Officer) -> None:
    (officer.folder / "secret").unlink()
    assert officer.send().code == 0


def test_with_verp_each_copy_has_an_envelope_sender_of_its_own(officer: Officer) -> None:
    officer.edit(
        "bulletin.toml", "[sender]\n", '[sender]\nverp = true\nbounces = "back@partnership.example"\n'
    )
    with FaultRelay(context=context(), users={"me": WORDS}) as relay:
        assert officer.send(*url(relay)).code == 0
    senders = {taken.sender for taken in relay.taken}
    assert len(senders) == len(PEOPLE)
    assert all(one.startswith("back+") and one.endswith("@partnership.example") for one in senders)


def test_the_message_id_is_the_envelopes_name_and_the_ledger_has_it(officer: Officer) -> None:
    with FaultRelay(context=context(), users={"me": WORDS}) as relay:
        officer.send(*url(relay))
    with sqlite3.connect(officer.path("ledger.db")) as ledger:
        known = {mark.strip("<>") for (mark,) in ledger.execute("SELECT message_id FROM deliveries")}
    ledger.close()
    assert {taken.mail.partition("ENVID=")[2] for taken in relay.taken} == known
