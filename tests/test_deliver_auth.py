"""Signing in: inside TLS, with a password that nothing shows, writes down or repeats."""

import os
import pickle
import sys
import types
from pathlib import Path

import pytest
from certificates import HOST, context, trusted
from fault_relay import FaultRelay
from sending import by_turns, clock, delivery

from bulletin.deliver.relays.relay import open_relay, open_transport, parse_relay
from bulletin.deliver.sending.run import offer
from bulletin.deliver.smtp import credentials
from bulletin.deliver.smtp.access import Access
from bulletin.deliver.smtp.connection import Timeouts
from bulletin.deliver.smtp.credentials import VARIABLE, Credentials, Secret, find_secret
from bulletin.deliver.transport import Transport, UnreachableError
from bulletin.errors import RelayError
from bulletin.model.delivery import Outcome
from bulletin.model.relay import Auth

WORDS = "hunter2 é"
QUICK = Timeouts(tls=2, greeting=2, command=2, data=2, dot=2, quit=1)


def relay_with(*mechanisms: str, script: dict[tuple[str, str], list[str]] | None = None) -> FaultRelay:
    return FaultRelay(script or {}, context=context(), users={"me": WORDS}, mechanisms=mechanisms)


def access(folder: Path, auth: Auth = Auth.AUTO, words: str = WORDS) -> Access:
    secret = folder / "secret"
    secret.touch(mode=0o600)
    secret.write_text(f"{words}\n", "utf-8")
    return Access(trusted(folder), auth, password_file=secret, timeouts=QUICK, pauses=(0,))


def reach(relay: FaultRelay, folder: Path, auth: Auth = Auth.AUTO, words: str = WORDS) -> Transport:
    url = f"smtp+starttls://me@{HOST}:{relay.port}"
    return open_transport(parse_relay(url), folder, clock, access(folder, auth, words))


@pytest.mark.parametrize(
    ("offered", "auth"),
    [
        ("PLAIN LOGIN", Auth.AUTO),
        ("LOGIN", Auth.AUTO),
        ("LOGIN PLAIN", Auth.LOGIN),
        ("PLAIN", Auth.PLAIN),
        ("XOAUTH2 PLAIN", Auth.XOAUTH2),
    ],
)
def test_every_way_of_signing_in_lets_us_send(offered: str, auth: Auth, tmp_path: Path) -> None:
    with relay_with(*offered.split()) as relay, reach(relay, tmp_path, auth) as smtp:
        assert offer(smtp, delivery()).outcome is Outcome.ACCEPTED
    chosen = "PLAIN" if auth is Auth.AUTO and "PLAIN" in offered else offered.split(maxsplit=1)[0]
    assert f"AUTH {auth.value.upper() if auth is not Auth.AUTO else chosen}" in " ".join(relay.commands)


@pytest.mark.parametrize("auth", [Auth.PLAIN, Auth.LOGIN, Auth.XOAUTH2])
def test_a_wrong_password_stops_the_run_after_one_try(auth: Auth, tmp_path: Path) -> None:
    relay = relay_with("PLAIN", "LOGIN", "XOAUTH2")
    with (
        relay,
        reach(relay, tmp_path, auth, "wrong") as smtp,
        pytest.raises(RelayError, match=r"does not let me sign in: 535 5\.7\.8") as stopped,
    ):
        smtp.stage(delivery())
    assert (relay.connections, "MAIL" in relay.verbs()) == (1, False)
    expected = "the token was not accepted" if auth is Auth.XOAUTH2 else "or the password was not accepted"
    assert expected in stopped.value.hint


def test_signing_in_that_is_put_off_ends_this_connection_alone(tmp_path: Path) -> None:
    relay = relay_with("PLAIN", script={("AUTH", "me"): ["454 4.7.0 later", "454 4.7.0 later"]})
    with relay, reach(relay, tmp_path) as smtp, pytest.raises(UnreachableError, match=r"454 4\.7\.0"):
        smtp.stage(delivery())


@pytest.mark.parametrize(
    ("mechanisms", "auth", "hint"),
    [
        ((), Auth.AUTO, "it offers: none"),
        (("XOAUTH2",), Auth.AUTO, 'auth = "xoauth2"'),
        (("PLAIN",), Auth.XOAUTH2, "it offers: PLAIN"),
    ],
)
def test_a_way_that_is_not_offered_stops_the_run(
    mechanisms: tuple[str, ...], auth: Auth, hint: str, tmp_path: Path
) -> None:
    with (
        relay_with(*mechanisms) as relay,
        reach(relay, tmp_path, auth) as smtp,
        pytest.raises(RelayError, match="no password left this machine") as stopped,
    ):
        smtp.stage(delivery())
    assert hint in stopped.value.hint
    assert "AUTH" not in relay.verbs()


@pytest.mark.parametrize("phase", ["AUTH", "RCPT"])
def test_a_relay_that_repeats_the_password_is_not_quoted(phase: str, tmp_path: Path) -> None:
    act = [f"raw 550 5.1.1 you said {WORDS}\r\n".encode().decode("latin-1")]
    relay = relay_with("PLAIN", script={(phase, "*"): act})
    with relay, reach(relay, tmp_path) as smtp:
        try:
            words = offer(smtp, delivery()).reply
        except RelayError as error:
            words = error.detail
    assert ("***" in words, WORDS in words) == (True, False)


def test_without_a_user_nobody_signs_in(tmp_path: Path) -> None:
    with FaultRelay(context=context()) as relay:
        url = parse_relay(f"smtp+starttls://{HOST}:{relay.port}")
        with open_transport(url, tmp_path, clock, access(tmp_path)) as smtp:
            assert offer(smtp, delivery()).outcome is Outcome.ACCEPTED
    assert "AUTH" not in relay.verbs()


def test_connections_share_one_look_at_the_password(tmp_path: Path) -> None:
    mark = tmp_path / "looked"
    script = f"import pathlib; open({str(mark)!r}, 'a').write('x'); print({WORDS!r})"
    found = Access(
        trusted(tmp_path), password_command=(sys.executable, "-X", "utf8", "-c", script), timeouts=QUICK
    )
    with relay_with("PLAIN") as relay:
        url = parse_relay(f"smtp+starttls://me@{HOST}:{relay.port}")
        with open_relay(url, tmp_path, clock, found) as connect:
            by_turns(*[lambda: send_one(connect())] * 3)
    assert (relay.connections, len(relay.taken), mark.read_text()) == (3, 3, "x")


def send_one(transport: Transport) -> None:
    with transport as smtp:
        offer(smtp, delivery())


def test_a_secret_shows_itself_to_nobody() -> None:
    secret = Secret(WORDS)
    assert WORDS not in f"{secret} {secret!r} {[secret]} {Credentials('me', HOST, Access())!r}"
    assert secret.reveal() == WORDS
    with pytest.raises(TypeError):
        pickle.dumps(secret)


def test_a_command_gives_its_first_line() -> None:
    command = (sys.executable, "-c", "print('one'); print('two')")
    assert find_secret(Access(password_command=command), "me", HOST).reveal() == "one"


@pytest.mark.parametrize(
    ("program", "why"),
    [
        ("import sys; print('hunter2'); sys.exit(3)", "ended with code 3"),
        ("", "gives nothing"),
        ("print('a\\tb')", "gives a control character"),
        ("import sys; sys.stdout.buffer.write(b'\\xff\\n')", "is not UTF-8 text"),
    ],
)
def test_a_command_that_fails_is_said_without_its_words(program: str, why: str) -> None:
    with pytest.raises(RelayError, match=why) as failed:
        find_secret(Access(password_command=(sys.executable, "-c", program)), "me", HOST)
    assert "hunter2" not in failed.value.detail + failed.value.hint


def test_a_command_that_is_not_there_is_said_so() -> None:
    with pytest.raises(RelayError, match="could not be run"):
        find_secret(Access(password_command=("/no/such/program",)), "me", HOST)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such bits")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o777, 0o620])
def test_a_password_file_others_can_read_is_refused(mode: int, tmp_path: Path) -> None:
    found = access(tmp_path)
    (tmp_path / "secret").chmod(mode)
    with pytest.raises(RelayError, match="can be read by others") as refused:
        find_secret(found, "me", HOST)
    assert "chmod 600" in refused.value.hint


@pytest.mark.parametrize("make", [str, Path.mkdir], ids=["missing", "folder"])
def test_a_password_file_that_is_none_is_said_so(make: object, tmp_path: Path) -> None:
    assert callable(make)
    make(tmp_path / "secret")
    with pytest.raises(RelayError, match="the password file"):
        find_secret(Access(password_file=tmp_path / "secret"), "me", HOST)


def test_the_environment_and_then_the_keyring_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    ring = types.ModuleType("keyring")
    ring.get_password = lambda service, name: f"{service} {name}"  # type: ignore[attr-defined]
    ring.__spec__ = types.SimpleNamespace()  # type: ignore[assignment]
    monkeypatch.setitem(sys.modules, "keyring", ring)
    monkeypatch.setenv(VARIABLE, WORDS)
    assert find_secret(Access(), "me", "mail.example").reveal() == WORDS
    monkeypatch.delenv(VARIABLE)
    assert find_secret(Access(), "me", "mail.example").reveal() == "bulletin me@mail.example"


def test_a_keyring_that_fails_has_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    ring = types.ModuleType("keyring")
    ring.__spec__ = types.SimpleNamespace()  # type: ignore[assignment]
    monkeypatch.setitem(sys.modules, "keyring", ring)
    monkeypatch.delenv(VARIABLE, raising=False)
    with pytest.raises(RelayError, match=r"there is no password for me at mail\.example") as missing:
        find_secret(Access(), "me", "mail.example")
    assert VARIABLE in missing.value.hint


def test_a_password_is_looked_for_once_and_a_token_anew_after_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = iter("abcd")
    monkeypatch.setattr(credentials, "find_secret", lambda *_: Secret(next(found)))
    both = [Credentials("me", HOST, Access(auth=auth)) for auth in (Auth.PLAIN, Auth.XOAUTH2)]
    before = [one.secret().reveal() for one in both]
    monkeypatch.setattr(credentials.time, "monotonic", lambda: 10**9)
    assert (before, [one.secret().reveal() for one in both]) == (["a", "b"], ["a", "c"])
