"""A relay elsewhere proves who it is before it hears a word that matters."""

import ssl
import warnings
from pathlib import Path

import pytest
import trustme
from certificates import HOST, authority, context, old, self_signed, trusted
from fault_relay import FaultRelay
from sending import NOON, clock, delivery

from bulletin.deliver.relays.relay import open_transport, parse_relay
from bulletin.deliver.sending.run import offer
from bulletin.deliver.smtp.access import Access
from bulletin.deliver.smtp.connection import Timeouts
from bulletin.deliver.smtp.tls import tls_context
from bulletin.deliver.transport import Transport
from bulletin.errors import RelayError
from bulletin.model.delivery import Outcome

WORDS = "pass word-é"
QUICK = Timeouts(tls=2, greeting=2, command=2, data=2, dot=2, quit=1)
BOTH = pytest.mark.parametrize("scheme", ["smtp+starttls", "smtps"])


def reach(relay: FaultRelay, folder: Path, scheme: str, ca_file: Path | None = None) -> Transport:
    secret = folder / "secret"
    secret.touch(mode=0o600)
    secret.write_text(WORDS + "\n", "utf-8")
    access = Access(ca_file=ca_file or trusted(folder), password_file=secret, timeouts=QUICK, pauses=(0,))
    return open_transport(parse_relay(f"{scheme}://me@{HOST}:{relay.port}"), folder, clock, access)


def relay_of(scheme: str, found: ssl.SSLContext, **more: object) -> FaultRelay:
    return FaultRelay(context=found, implicit=scheme == "smtps", users={"me": WORDS}, **more)  # type: ignore[arg-type]


@BOTH
def test_a_relay_that_proves_itself_takes_mail_in_tls(scheme: str, tmp_path: Path) -> None:
    with relay_of(scheme, context()) as relay, reach(relay, tmp_path, scheme) as smtp:
        assert [offer(smtp, delivery(to)).outcome for to in ("a@b.example", "c@d.example")] == [
            Outcome.ACCEPTED
        ] * 2
    assert (relay.connections, len(relay.taken)) == (1, 2)
    assert b"MAIL" not in relay.in_clear
    assert b"AUTH" not in relay.in_clear


def test_the_relay_is_asked_anew_what_it_offers_once_the_talk_is_encrypted(tmp_path: Path) -> None:
    with relay_of("", context()) as relay, reach(relay, tmp_path, "smtp+starttls") as smtp:
        offer(smtp, delivery())
    assert relay.verbs()[:4] == ["EHLO", "STARTTLS", "EHLO", "AUTH"]


def test_the_keys_of_a_session_are_written_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys.log"))
    with relay_of("smtps", context()) as relay, reach(relay, tmp_path, "smtps") as smtp:
        assert offer(smtp, delivery()).outcome is Outcome.ACCEPTED
    assert not (tmp_path / "keys.log").exists()


def test_every_connection_is_verified(tmp_path: Path) -> None:
    for made in (tls_context(None), tls_context(trusted(tmp_path))):
        usual = ssl.create_default_context()
        assert (made.verify_mode, made.check_hostname) == (ssl.CERT_REQUIRED, True)
        assert (made.verify_flags, made.options) == (usual.verify_flags, usual.options)
        assert made.minimum_version is ssl.TLSVersion.TLSv1_2


def stranger() -> ssl.SSLContext:
    return context(by=trustme.CA())


@BOTH
@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: context("mail.other.example"), "another name than 127.0.0.1"),
        (lambda: context(expired=True), "has expired"),
        (self_signed, "made for itself"),
        (stranger, "of an authority this computer does not know"),
    ],
    ids=["wrong-host", "expired", "self-signed", "unknown-authority"],
)
def test_a_certificate_that_does_not_hold_stops_the_run(
    make: object, why: str, scheme: str, tmp_path: Path
) -> None:
    assert callable(make)
    with (
        relay_of(scheme, make()) as relay,
        reach(relay, tmp_path, scheme) as smtp,
        pytest.raises(RelayError, match=why) as stopped,
    ):
        smtp.stage(delivery())
    assert "nothing was sent and no password left" in stopped.value.detail
    assert (relay.taken, relay.connections, "AUTH" in relay.verbs()) == ([], 1, False)


@BOTH
def test_the_systems_authorities_are_asked_where_no_other_is_named(scheme: str, tmp_path: Path) -> None:
    relay = relay_of(scheme, context())
    address = f"{scheme}://{HOST}"
    with (
        relay,
        open_transport(
            parse_relay(f"{address}:{relay.port}"), tmp_path, clock, Access(timeouts=QUICK)
        ) as smtp,
        pytest.raises(RelayError, match="does not know"),
    ):
        smtp.stage(delivery())


def test_starttls_that_is_not_offered_stops_the_run_before_the_password(tmp_path: Path) -> None:
    relay = relay_of("", context(), stripped=True)
    with (
        relay,
        reach(relay, tmp_path, "smtp+starttls") as smtp,
        pytest.raises(RelayError, match="does not offer encryption"),
    ):
        smtp.stage(delivery())
    assert relay.verbs() == ["EHLO"]


def test_words_put_in_before_the_encryption_stop_the_run(tmp_path: Path) -> None:
    relay = relay_of("", context(), injected=b"250-AUTH PLAIN\r\n250 ok\r\n")
    with (
        relay,
        reach(relay, tmp_path, "smtp+starttls") as smtp,
        pytest.raises(RelayError, match="before the encryption began"),
    ):
        smtp.stage(delivery())
    assert relay.verbs() == ["EHLO", "STARTTLS"]


@pytest.mark.parametrize("reply", ["454 4.7.0 TLS not available", "502 5.5.1 no", "554 5.7.0 no"])
def test_starttls_that_is_refused_stops_the_run(reply: str, tmp_path: Path) -> None:
    relay = relay_of("", context(), script={("STARTTLS", ""): reply})
    with relay, reach(relay, tmp_path, "smtp+starttls") as smtp, pytest.raises(RelayError, match=reply):
        smtp.stage(delivery())
    assert (relay.connections, relay.verbs()) == (1, ["EHLO", "STARTTLS"])


@pytest.mark.parametrize("scheme", ["smtp+starttls", "smtps"])
def test_a_version_of_tls_before_1_2_is_not_spoken(scheme: str, tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        found = old(ssl.TLSVersion.TLSv1_1)
    with relay_of(scheme, found) as relay, reach(relay, tmp_path, scheme) as smtp, pytest.raises(RelayError):
        smtp.stage(delivery())
    assert not relay.taken


def test_a_port_that_does_not_speak_tls_is_said_to_be_the_wrong_one(tmp_path: Path) -> None:
    with (
        FaultRelay() as relay,
        reach(relay, tmp_path, "smtps") as smtp,
        pytest.raises(RelayError, match="does not speak TLS on this port") as stopped,
    ):
        smtp.stage(delivery())
    assert "port 587" in stopped.value.hint


@BOTH
def test_a_handshake_that_never_ends_is_given_up(scheme: str, tmp_path: Path) -> None:
    act = {("CONNECT", ""): "hang"} if scheme == "smtps" else {("STARTTLS", ""): ["hang", "hang"]}
    quick = FaultRelay(script=act, context=context())
    with quick, reach(quick, tmp_path, scheme) as smtp, pytest.raises(RelayError, match="in time"):
        smtp.stage(delivery())
    assert not quick.taken


@pytest.mark.parametrize(
    ("text", "why"), [(None, "cannot be used: No such file"), ("no certificate\n", "holds no certificate")]
)
def test_a_file_of_certificates_that_is_none_is_said_in_a_sentence(
    text: str | None, why: str, tmp_path: Path
) -> None:
    path = tmp_path / "ca.pem"
    if text is not None:
        path.write_text(text)
    with FaultRelay() as relay, pytest.raises(RelayError, match=why):
        reach(relay, tmp_path, "smtps", path)
    assert relay.connections == 0


@pytest.mark.parametrize("act", ["drop", "take drop"])
def test_a_drop_after_the_dot_is_unknown_inside_tls_too(act: str, tmp_path: Path) -> None:
    relay = relay_of("smtps", context(), script={("DOT", "*"): [act]})
    with relay, reach(relay, tmp_path, "smtps") as smtp:
        attempt = offer(smtp, delivery())
    assert (attempt.outcome, attempt.at) == (Outcome.UNKNOWN, NOON)


def test_a_drop_before_the_dot_is_noticed_inside_tls_too(tmp_path: Path) -> None:
    relay = relay_of("smtps", context(), script={("BODY", "*"): ["drop"]})
    with relay, reach(relay, tmp_path, "smtps") as smtp:
        assert smtp.stage(delivery()) is None
        relay.wait_until_alone()
        assert smtp.release().outcome is Outcome.ACCEPTED
    assert (len(relay.taken), relay.connections) == (1, 2)


def test_a_message_of_a_megabyte_goes_through_tls_whole(tmp_path: Path) -> None:
    data = b"Subject: x\r\n\r\n" + (b"." * 70 + b"\r\n") * 14_000
    with relay_of("smtps", context()) as relay, reach(relay, tmp_path, "smtps") as smtp:
        offer(smtp, delivery(data=data))
    assert relay.taken[0].message == data


def test_our_authority_is_made_once() -> None:
    assert authority() is authority()
