"""SPF and DMARC, as a receiver reads them."""

from base64 import b64encode
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.mail.dkim import key_problem
from bulletin.mail.dmarc import find_dmarc, read_tags
from bulletin.mail.spf import Verdict, evaluate


class Zone:
    """Names that answer from a table of TXT, A and MX records."""

    def __init__(self, **records: dict[str, tuple[str, ...]]) -> None:
        self._records = records

    def texts(self, name: str) -> tuple[str, ...]:
        return self._records.get("txt", {}).get(name, ())

    def addresses(self, name: str) -> tuple[str, ...]:
        return self._records.get("a", {}).get(name, ())

    def mail_servers(self, name: str) -> tuple[str, ...]:
        return self._records.get("mx", {}).get(name, ())


def verdict(record: str, address: str = "192.0.2.7", **more: str) -> tuple[Verdict, str]:
    txt = {"avon.example": (record,)} | {name.replace("_", "."): (words,) for name, words in more.items()}
    zone = Zone(
        txt=txt,
        a={"avon.example": ("192.0.2.7", "2001:db8::7"), "mx.avon.example": ("192.0.2.8",)},
        mx={"avon.example": ("mx.avon.example",)},
    )
    found, walk = evaluate("avon.example", ip_address(address), zone)
    return found, walk.problem


@pytest.mark.parametrize(
    ("record", "address", "means"),
    [
        ("v=spf1 ip4:192.0.2.0/24 -all", "192.0.2.7", Verdict.PASS),
        ("v=spf1 ip4:192.0.2.0/24 -all", "198.51.100.1", Verdict.FAIL),
        ("v=spf1 ip6:2001:db8::/32 ~all", "2001:db8::7", Verdict.PASS),
        ("v=spf1 ip6:2001:db8::/32 ~all", "192.0.2.7", Verdict.SOFTFAIL),
        ("v=spf1 a -all", "192.0.2.7", Verdict.PASS),
        ("v=spf1 a//64 -all", "2001:db8::9", Verdict.PASS),
        ("v=spf1 mx/31 -all", "192.0.2.9", Verdict.PASS),
        ("v=spf1 mx -all", "192.0.2.7", Verdict.FAIL),
        ("v=spf1 -ip4:192.0.2.7 +all", "192.0.2.7", Verdict.FAIL),
        ("v=spf1 ?all", "192.0.2.7", Verdict.NEUTRAL),
        ("v=spf1", "192.0.2.7", Verdict.NEUTRAL),
        ("V=SPF1 IP4:192.0.2.7 -ALL", "192.0.2.7", Verdict.PASS),
        ("v=spf1 exp=why.avon.example future=thing -all", "192.0.2.7", Verdict.FAIL),
        ("v=spf1 exists:%{i}.ok.example -all", "192.0.2.7", Verdict.UNSURE),
        ("v=spf10 -all", "192.0.2.7", Verdict.NONE),
    ],
)
def test_an_spf_record_means(record: str, address: str, means: Verdict) -> None:
    assert verdict(record, address) == (means, "")


@pytest.mark.parametrize(
    ("record", "why"),
    [
        ("v=spf1 include:gone.example -all", "which has no SPF record"),
        ("v=spf1 ip4:999.1.1.1 -all", "no address"),
        ("v=spf1 ipv4:192.0.2.7 -all", "which there is not"),
        ("v=spf1 $$ -all", "cannot be read"),
        ("v=spf1 include:avon.example -all", "more than 10 times"),
    ],
)
def test_a_broken_spf_record_says_why(record: str, why: str) -> None:
    means, problem = verdict(record)
    assert means is Verdict.BROKEN
    assert why in problem


def test_includes_and_redirects_are_followed() -> None:
    assert (
        verdict("v=spf1 include:a_b -all".replace("_", "."), a_b="v=spf1 ip4:192.0.2.7 -all")[0]
        is Verdict.PASS
    )
    assert verdict("v=spf1 redirect=a.b", a_b="v=spf1 ip4:192.0.2.9 -all")[0] is Verdict.FAIL


def test_two_spf_records_are_one_too_many() -> None:
    zone = Zone(txt={"avon.example": ("v=spf1 -all", "v=spf1 ~all")})
    assert evaluate("avon.example", ip_address("192.0.2.7"), zone)[0] is Verdict.BROKEN


@given(st.text(max_size=200))
def test_whatever_an_spf_record_says_it_comes_to_a_verdict(words: str) -> None:
    assert verdict(f"v=spf1 {words}")[0] in Verdict
    assert isinstance(read_tags(words), dict)


RSA = (
    "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCuvL0Vul0r0JiOGL7R9PR1tO/NtEHL6l7tSdXG2uAmoKv+cJGVc3"
    "zs1caHmM3IfI7xyJq/GpBL6iXmdnWwSJ2e5fBBGYNzu7c2ky+Vf/8dMB1VFQwG1lLKIVET0A9xyYP6BNBjUBC6OW1d"
    "TumZ9qyhz9mB3bSpd3VACelXccZgBwIDAQAB"
)
BARE = (
    "MIGJAoGBAMfMkx/94oeSvfXmEFT8aKjwzmw4oDUGLR7XpIU/PiyrO8SsnG8cHs+W4SUikOMPk8oe7tv27yhB5dpauOXr6v"
    "Ha6syCdz7Xzdq3sLczxzvlHDJuCkA3zueWlCIh7qOLsnzGS/qLkZub2537WSn4leZppLmADXNDU/XAElQs8gNLAgMBAAE="
)
ED25519 = "/jA5fEqx8VRlF3bfCwyfbeQtoXUBj9+aUiUEwzKYCPc="
CUT = "cut or mistyped"


@pytest.mark.parametrize(
    ("record", "problem"),
    [
        (f"v=DKIM1; k=rsa; p={RSA}", ""),
        (f"p={RSA[:80]} {RSA[80:]}", ""),
        (f"v=DKIM1; p={BARE}", ""),
        (f"v=DKIM1; k=ed25519; p={ED25519}", ""),
        ("v=DKIM1; p=", "withdrawn"),
        (f"v=DKIM1; p={RSA[:-4]}", CUT),
        (f"v=DKIM1; p={RSA[4:]}", CUT),
        ("v=DKIM1; p=MIGfMA0", CUT),
        ("v=DKIM1; p=your key here", CUT),
        (f"v=DKIM1; k=ed25519; p={RSA}", CUT),
        ("v=DKIM1; p=MAwCBQDAAAABAgMBAAE=", "has 32 bits"),
        (f"v=DKIM2; p={RSA}", "no key record"),
        ("v=spf1 -all", "no key record"),
    ],
)
def test_a_key_for_signing_can_be_used_or_not(record: str, problem: str) -> None:
    assert problem in key_problem(record)
    assert bool(problem) == bool(key_problem(record))


@given(st.binary(max_size=60))
def test_whatever_a_key_holds_it_is_judged(data: bytes) -> None:
    assert key_problem(f"p={b64encode(data).decode()}")


DMARC = {
    "_dmarc.avon.example": ("v=DMARC1; p=reject; sp=none",),
    "_dmarc.strict.example": ("v=DMARC1; p=quarantine; aspf=s",),
    "_dmarc.two.example": ("v=DMARC1; p=none", "v=DMARC1; p=reject"),
    "_dmarc.odd.example": ("v=DMARC1; p=perhaps",),
    "_dmarc.gov.example": ("v=DMARC1; p=reject; psd=y",),
    "_dmarc.some.example": ("v=DMARC1; p=reject; pct=0",),
    "_dmarc.test.example": ("v=DMARC1; p=reject; t=y; pct=x",),
    "_dmarc.own.avon.example": ("v=DMARC1; p=quarantine",),
}


@pytest.mark.parametrize(
    ("domain", "place", "policy"),
    [
        ("avon.example", "avon.example", "reject"),
        ("news.avon.example", "avon.example", "none"),
        ("own.avon.example", "own.avon.example", "quarantine"),
        ("a.b.c.d.e.f.g.h.i.j.avon.example", "avon.example", "none"),
        ("council.gov.example", "gov.example", "reject"),
        ("none.test", "", ""),
    ],
)
def test_the_policy_that_counts_is_found(domain: str, place: str, policy: str) -> None:
    found = find_dmarc(domain, Zone(txt=DMARC))
    assert (found.place, found.policy, found.problem) == (place, policy, "")


@pytest.mark.parametrize(
    ("domain", "refuses"),
    [("avon.example", True), ("some.example", False), ("test.example", False), ("strict.example", False)],
)
def test_whether_anything_is_refused_depends_on_more_than_the_policy(domain: str, refuses: bool) -> None:
    assert find_dmarc(domain, Zone(txt=DMARC)).refuses is refuses


@pytest.mark.parametrize(
    ("domain", "why"), [("two.example", "has 2 DMARC records"), ("odd.example", "perhaps")]
)
def test_a_policy_that_does_not_count_says_why(domain: str, why: str) -> None:
    assert why in find_dmarc(domain, Zone(txt=DMARC)).problem


@pytest.mark.parametrize(
    ("sender", "bounces", "aligned"),
    [
        ("avon.example", "bounce.avon.example", True),
        ("own.avon.example", "avon.example", True),
        ("avon.example", "relay.example", False),
        ("avon.example", "xavon.example", False),
        ("strict.example", "bounce.strict.example", False),
        ("strict.example", "STRICT.example", True),
        ("council.gov.example", "other.gov.example", False),
    ],
)
def test_an_envelope_aligns_with_its_own_organisation(sender: str, bounces: str, aligned: bool) -> None:
    assert find_dmarc(sender, Zone(txt=DMARC)).aligns(bounces, sender) is aligned
