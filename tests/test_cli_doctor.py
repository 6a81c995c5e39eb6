"""`doctor`: what a send depends on, looked at before anything goes out."""

import os
import re
import ssl
import subprocess
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from certificates import HOST, authority, context, self_signed, trusted
from dns_server import DnsServer
from fault_relay import FaultRelay
from officer import Officer, Said, at, contents, through

from bulletin.cli.app import App
from bulletin.deliver.names import Resolver
from bulletin.deliver.relays.relay import parse_relay
from bulletin.pipeline.health.names import name_checks
from bulletin.tokens import key_id
from bulletin.workspace.approval import read_key

WORDS = "pass word-é"
LOOKED_AT = (
    "settings,key,ledger,disk,clock,lists,relay,encryption,signing in,size,extensions,bounces,DKIM,DMARC"
)
KEY = (
    "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCuvL0Vul0r0JiOGL7R9PR1tO/NtEHL6l7tSdXG2uAmoKv+cJGVc3"
    "zs1caHmM3IfI7xyJq/GpBL6iXmdnWwSJ2e5fBBGYNzu7c2ky+Vf/8dMB1VFQwG1lLKIVET0A9xyYP6BNBjUBC6OW1d"
    "TumZ9qyhz9mB3bSpd3VACelXccZgBwIDAQAB"
)
WELL: dict[str, Any] = {
    "avon.example": {"TXT": ['"v=spf1 ip4:127.0.0.1 -all"', '"site=1"'], "MX": ["10 mx.avon.example."]},
    "_dmarc.avon.example": {"TXT": ['"v=DMARC1; p=reject"']},
    "selector1._domainkey.avon.example": {
        "CNAME": ["key.signer.example."],
        "TXT": [f'"v=DKIM1; p={KEY[:99]}" "{KEY[99:]}"'],
    },
}


@pytest.fixture
def officer(tmp_path: Path) -> Officer:
    """An officer who has written their own names into the settings."""
    officer = at("built", tmp_path)
    text = re.sub(r"placeholder = true.*", "", (officer.folder / "bulletin.toml").read_text("utf-8"))
    (officer.folder / "bulletin.toml").write_text(
        text.replace("partnership.example", "avon.example"), "utf-8"
    )
    assert officer("build", "--date", "2026-11-26").code == 0
    return officer


def signed_in(officer: Officer, relay: FaultRelay, scheme: str = "smtp+starttls") -> str:
    """Let the settings know the relay's authority and the password; give the relay's address."""
    secret = officer.folder / "secret"
    secret.touch(mode=0o600)
    secret.write_text(WORDS + "\n", "utf-8")
    authority = trusted(officer.folder).name
    if "ca_file" not in (officer.folder / "bulletin.toml").read_text("utf-8"):
        officer.edit(
            "bulletin.toml", "[relay]\n", f'[relay]\nca_file = "{authority}"\npassword_file = "secret"\n'
        )
    return f"{scheme}://me@{HOST}:{relay.port}"


def states(said: Said) -> dict[str, str]:
    return {one["name"]: one["state"] for one in said.data["checks"]}


def told(said: Said, name: str) -> str:
    return next(f"{one['detail']} {one['hint']}" for one in said.data["checks"] if one["name"] == name)


def doctor(officer: Officer, zone: dict[str, Any], *words: object) -> Said:
    with DnsServer(zone) as server:
        return officer("doctor", "--dns", server.address, *words, json=True)


@pytest.mark.parametrize("scheme", ["smtp+starttls", "smtps"])
def test_where_all_is_well_all_is_ok_and_nothing_is_sent(officer: Officer, scheme: str) -> None:
    relay = FaultRelay(context=context(), implicit=scheme == "smtps", users={"me": WORDS})
    with relay, DnsServer(WELL) as server:
        url = signed_in(officer, relay, scheme)
        before = contents(officer.folder)
        said = officer("doctor", "--relay", url, "--dns", server.address, json=True)
    looked_at = states(said)
    assert looked_at.pop("SPF") == "look", "a relay on this machine does not say from where mail leaves"
    assert (said.code, set(looked_at.values())) == (0, {"ok"}), said.out
    assert {*LOOKED_AT.split(",")} == looked_at.keys()
    assert (relay.taken, "MAIL" in relay.verbs(), WORDS in said.out + said.err) == ([], False, False)
    assert contents(officer.folder) == before


@pytest.mark.parametrize(
    ("name", "records", "state", "words"),
    [
        ("avon.example", {"MX": ["10 mx.avon.example."]}, "SPF bad", "has no SPF record"),
        ("avon.example", {"TXT": ['"v=spf1 +all"']}, "SPF bad", "lets everybody"),
        ("avon.example", {"TXT": ['"v=spf1 -all"', '"v=spf1 ~all"']}, "SPF bad", "may have one"),
        ("avon.example", {"TXT": ['"v=spf1 include:avon.example -all"']}, "SPF bad", "more than 10 times"),
        ("avon.example", {"TXT": ['"v=spf1 -all"']}, "SPF bad", "lets nobody send"),
        ("avon.example", {"TXT": ['"v=spf1 -all"']}, "DMARC look", "an SPF record that lets nobody send"),
        ("avon.example", {"TXT": ['"v=spf1 ip4:192.0.2.1 -all"']}, "SPF look", "cannot be seen here"),
        ("avon.example", {"TXT": ['"v=spf1 -all"'], "MX": ["0 ."]}, "bounces bad", "takes no mail"),
        ("avon.example", {"A": ["192.0.2.1"]}, "bounces look", "its own address"),
        ("_dmarc.avon.example", {}, "DMARC look", "has no DMARC record"),
        (
            "_dmarc.avon.example",
            {"TXT": ['"v=DMARC1; p=none"', '"v=DMARC1; p=reject"']},
            "DMARC bad",
            "may have one",
        ),
        ("selector1._domainkey.avon.example", {"TXT": ['"v=DKIM1; p="']}, "DKIM look", "has no key"),
        ("selector1._domainkey.avon.example", {"TXT": [f'"p={KEY[:-20]}"']}, "DKIM bad", "cut or mistyped"),
        ("_dmarc.avon.example", {"TXT": ['"v=DMARC1; p=reject; pct=0"']}, "DMARC ok", "a test, so"),
        ("avon.example", {"TXT": ['"v=spf1 -all"', '"v=spf1 ~all"']}, "DMARC look", "only DKIM can"),
        ("avon.example", "SERVFAIL", "SPF look", "gave no answer"),
    ],
    ids=str,
)
def test_what_is_wrong_in_the_dns_is_said(
    officer: Officer, name: str, records: Any, state: str, words: str
) -> None:
    said = doctor(officer, {**WELL, name: records})
    about, _, expected = state.partition(" ")
    assert (states(said)[about], words in told(said, about)) == (expected, True), said.out
    assert said.code == (1 if "bad" in states(said).values() else 0)


@pytest.mark.parametrize(
    "spf", [['"v=spf1 -all"', '"v=spf1 ~all"'], ['"v=spf1 include:avon.example -all"'], []], ids=len
)
@pytest.mark.parametrize(
    ("policy", "state"), [("reject", "bad"), ("reject; pct=0", "look"), ("none", "look")]
)
def test_where_neither_spf_nor_dkim_can_speak_a_policy_to_refuse_is_bad(
    officer: Officer, spf: list[str], policy: str, state: str
) -> None:
    zone = {"_dmarc.avon.example": {"TXT": [f'"v=DMARC1; p={policy}"']}, "avon.example": {"TXT": spf}}
    said = doctor(officer, zone)
    assert (states(said)["SPF"], states(said)["DMARC"]) == ("bad", state)
    assert "SPF can speak" not in told(said, "DMARC")


def test_what_one_click_depends_on_is_said(officer: Officer) -> None:
    assert "one click" not in states(doctor(officer, WELL))
    officer.edit("bulletin.toml", "[site]\n", '[site]\nleave = "https://avon.example/leave"\n')
    said = doctor(officer, WELL)
    identity = key_id(read_key(officer.folder / "workspace.key"))
    assert states(said)["one click"] == "look"
    assert f'BULLETIN_LEAVE_KEYS="{identity}"' in told(said, "one click")
    assert "h=" in told(said, "one click")


def test_another_domain_for_bounces_leaves_it_to_dkim(officer: Officer) -> None:
    officer.edit("bulletin.toml", "[sender]\n", '[sender]\nbounces = "bounce@sender.test"\n')
    zone = {**WELL, "sender.test": {"TXT": ['"v=spf1 ip4:127.0.0.1 -all"'], "MX": ["5 mx.sender.test."]}}
    said = doctor(officer, zone)
    assert states(said)["DMARC"] == "look"
    assert "only DKIM can" in told(said, "DMARC")
    assert "p=reject" in told(said, "DMARC")


@pytest.mark.parametrize(("host", "state"), [("mx.avon.example", "ok"), ("other.avon.example", "look")])
def test_a_relay_the_spf_record_names_is_told_from_one_it_does_not(
    officer: Officer, host: str, state: str
) -> None:
    zone = {**WELL, "avon.example": {"TXT": ['"v=spf1 ip4:192.0.2.1 -all"'], "MX": ["10 mx.avon.example."]}}
    zone |= {"mx.avon.example": {"A": ["192.0.2.1"]}, "other.avon.example": {"A": ["192.0.2.9"]}}
    job = App(str(officer.folder), None, None, as_json=False).house()
    with DnsServer(zone) as server:
        found = list(name_checks(job, parse_relay(f"smtps://me@{host}"), Resolver(server.address)))
    assert {one.name: one.state.value for one in found}["SPF"] == state


def test_microsofts_profile_asks_for_microsofts_records(officer: Officer) -> None:
    officer.edit("bulletin.toml", "[relay]\n", '[relay]\nprofile = "m365"\n')
    said = doctor(officer, {**WELL, "selector1._domainkey.avon.example": {}})
    assert "include:spf.protection.outlook.com" in told(said, "SPF")
    assert "Microsoft 365" in told(said, "DKIM")


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (self_signed, "made for itself"),
        (lambda: context(expired=True), "has expired"),
        (lambda: context("mail.other.example"), "for another name"),
    ],
    ids=["self-signed", "expired", "wrong-name"],
)
def test_a_certificate_that_does_not_hold_is_bad(officer: Officer, make: Any, why: str) -> None:
    made: ssl.SSLContext = make()
    with FaultRelay(context=made, users={"me": WORDS}) as relay:
        said = doctor(officer, WELL, "--relay", signed_in(officer, relay))
    assert (said.code, states(said)["relay"], why in told(said, "relay")) == (1, "bad", True)
    assert "AUTH" not in relay.verbs()


def test_a_certificate_that_ends_soon_is_worth_a_look(officer: Officer) -> None:
    made = authority().issue_cert(HOST, not_after=datetime.now(UTC) + timedelta(days=5, hours=1))
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.configure_cert(served)
    with FaultRelay(context=served, users={"me": WORDS}) as relay:
        said = doctor(officer, WELL, "--relay", signed_in(officer, relay))
    assert (said.code, states(said)["encryption"]) == (0, "look")
    assert "holds for 5 days more" in told(said, "encryption")


@pytest.mark.parametrize(
    "act", ["drop", "421 4.3.2 closing", "554 5.7.1 go away", "raw \x00\xff\r\n", "endless"]
)
def test_a_relay_that_talks_nonsense_is_bad_and_no_traceback(officer: Officer, act: str) -> None:
    with FaultRelay({("CONNECT", ""): act}) as relay:
        said = doctor(officer, WELL, *through(relay))
    assert (said.code, states(said)["relay"], said.err) == (1, "bad", "")


def test_a_wrong_password_a_small_relay_and_a_hidden_starttls_are_bad(officer: Officer) -> None:
    with FaultRelay(context=context(), users={"me": "other"}, offers=("SIZE 2000",)) as relay:
        said = doctor(officer, WELL, "--relay", signed_in(officer, relay))
    assert (states(said)["signing in"], states(said)["size"], said.code) == ("bad", "bad", 1)
    assert WORDS not in said.out
    with FaultRelay(context=context(), stripped=True) as relay:
        said = doctor(officer, WELL, "--relay", signed_in(officer, relay))
    assert "does not offer encryption" in told(said, "relay")


def test_a_relay_that_is_not_there_or_may_not_be_used_is_bad(officer: Officer) -> None:
    for url in ("smtp://127.0.0.1:1", "smtp://mail.elsewhere.example"):
        said = doctor(officer, WELL, "--relay", url)
        assert (said.code, states(said)["relay"]) == (1, "bad")


def test_offline_asks_nobody(officer: Officer) -> None:
    with FaultRelay() as relay, DnsServer(WELL) as server:
        said = officer("doctor", "--offline", "--dns", server.address, *through(relay))
    assert (said.code, relay.connections, server.asked) == (0, 0, [])


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such bits")
def test_a_key_others_can_read_or_that_is_gone_is_bad(officer: Officer) -> None:
    key = officer.folder / "workspace.key"
    key.chmod(0o644)
    assert "chmod 600" in officer("doctor", "--offline").out
    key.unlink()
    said = officer("doctor", "--offline")
    assert (said.code, "bad  key: workspace.key is missing" in said.out) == (1, True)


def test_a_clock_behind_the_files_is_bad(officer: Officer) -> None:
    later = time.time() + 86_400
    os.utime(officer.folder / "bulletin.toml", (later, later))
    said = officer("doctor", "--offline", json=True)
    assert (states(said)["clock"], said.code) == ("bad", 1)


def test_lists_nobody_can_be_sent_to_are_said(officer: Officer) -> None:
    officer.add("not an address")
    assert states(officer("doctor", "--offline", json=True))["lists"] == "look"
    (officer.folder / "mailing_lists/core.csv").unlink()
    said = officer("doctor", "--offline", json=True)
    assert (states(said)["lists"], "there is no mailing_lists/core.csv" in told(said, "lists")) == (
        "bad",
        True,
    )


def test_personal_data_that_git_would_carry_is_bad(officer: Officer) -> None:
    subprocess.run(["git", "init", "-q", str(officer.folder)], check=True)
    first = states(officer("doctor", "--offline", json=True))["privacy"]
    (officer.folder / ".gitignore").write_text("", "utf-8")
    said = officer("doctor", "--offline", json=True)
    assert (first, states(said)["privacy"]) == ("ok", "bad")
    assert "workspace.key" in told(said, "privacy")


@pytest.mark.parametrize("server", ["nine", "9.9.9.9:0", "9.9.9.9:x", "dns.example"])
def test_a_dns_server_that_is_none_is_a_sentence(officer: Officer, server: str) -> None:
    said = officer("doctor", "--dns", server)
    assert (said.code, "is not the address of a server" in said.err) == (2, True)


def test_a_new_workspace_can_be_looked_at_without_an_issue(tmp_path: Path) -> None:
    officer = Officer(tmp_path / "new")
    officer("init", ".")
    said = officer("doctor")
    assert (said.code, "4 ok, 4 look" in said.out) == (0, True), said.out
