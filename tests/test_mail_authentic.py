"""Who wrote a message is believed where the server that took it in found it out, and nobody else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.mail.authentic import Proof, find_proof

JO = "jo@council.example"
RECEIVED = ("Received", "from out.council.example (out [192.0.2.1]) by mx.ours.example with ESMTPS; today")
GMAIL = [
    ("Received", "by 2002:a05:6402:1a4f:b0:5 with SMTP id x; today"),
    ("ARC-Seal", "i=1; a=rsa-sha256"),
    ("Received", "from out.council.example by mx.google.com with ESMTPS id y; today"),
]
MICROSOFT = [
    (
        "Received",
        "from A.eurprd01.prod.outlook.com (2603::1) by B.eurprd01.prod.outlook.com with HTTPS; today",
    ),
    ("Received", "from C.eop.protection.outlook.com (2603::2) by A.eurprd01.prod.outlook.com; today"),
]
FOUND = "dmarc=pass (p=REJECT) header.from=council.example"


def results(value: str, server: str = "mx.ours.example") -> tuple[str, str]:
    return ("Authentication-Results", f"{server}; {value}" if server else value)


def proof(*fields: tuple[str, str], writer: str = JO, servers: tuple[str, ...] = ()) -> Proof:
    return find_proof([*fields, ("From", writer), ("Subject", "unsubscribe")], writer, servers)[0]


@pytest.mark.parametrize(
    ("found", "means"),
    [
        (FOUND, Proof.GIVEN),
        ("spf=pass smtp.mailfrom=council.example; dkim=none; dmarc=none", Proof.GIVEN),
        ("spf=pass (x designates 192.0.2.1) smtp.mailfrom=bounce+x@mail.council.example", Proof.GIVEN),
        ("dkim=pass header.i=@council.example header.s=s1; dmarc=bestguesspass", Proof.GIVEN),
        ("dkim=fail header.d=council.example; dkim=pass header.d=council.example", Proof.GIVEN),
        ("dmarc/1=pass header.from=council.example", Proof.GIVEN),
        ("dmarc=fail header.from=council.example; spf=pass smtp.mailfrom=council.example", Proof.DENIED),
        ("spf=fail smtp.mailfrom=evil.example; dkim=none; dmarc=none", Proof.DENIED),
        ("spf=pass smtp.mailfrom=evil.example; dkim=pass header.d=evil.example", Proof.DENIED),
        ("spf=pass smtp.helo=council.example", Proof.DENIED),
        ("dmarc=pass header.from=evil.example", Proof.DENIED),
        ("dkim=pass header.d=example", Proof.DENIED),
        ("dkim=pass header.d=xcouncil.example", Proof.DENIED),
        ("dkim=none (dmarc=pass header.from=council.example)", Proof.DENIED),
        ('spf=fail smtp.mailfrom="a; dmarc=pass header.from=council.example ;"@evil.example', Proof.DENIED),
        ('spf=fail ("a) ; dmarc=pass (" is no host) smtp.mailfrom=x@evil.example', Proof.LACKING),
        ("spf=fail (; dmarc=pass", Proof.LACKING),
        ("none", Proof.LACKING),
    ],
)
def test_what_a_trusted_server_found(found: str, means: Proof) -> None:
    assert proof(results(found), RECEIVED) is means


def test_a_message_that_nobody_looked_at_proves_nothing() -> None:
    assert proof() is proof(RECEIVED) is Proof.LACKING


def test_what_stands_below_where_a_sender_writes_proves_nothing() -> None:
    assert proof(RECEIVED, results(FOUND)) is Proof.LACKING
    assert proof(results(FOUND)) is Proof.LACKING, "a file that came through no server"
    assert proof(results("dmarc=none"), RECEIVED, results(FOUND)) is Proof.DENIED


def test_a_second_header_of_the_server_counts_too() -> None:
    spf = results("spf=pass smtp.mailfrom=council.example")
    assert proof(spf, results("dmarc=fail"), RECEIVED) is Proof.DENIED
    assert proof(results("spf=none"), results(FOUND), RECEIVED) is Proof.GIVEN


def test_a_server_that_is_named_is_believed_below_its_received_and_no_other() -> None:
    named = ("MX.ours.example",)
    assert proof(RECEIVED, results(FOUND), servers=named) is Proof.GIVEN
    assert proof(results(FOUND, "mx.evil.example"), RECEIVED, servers=named) is Proof.LACKING
    assert proof(RECEIVED, results("spf=none"), RECEIVED, results(FOUND), servers=named) is Proof.DENIED


def test_who_looked_and_is_not_trusted_is_named() -> None:
    fields = [RECEIVED, results(FOUND, "Mx.Theirs.example")]
    assert find_proof(fields, JO, ()) == (Proof.LACKING, "mx.theirs.example")


def test_googles_and_microsofts_servers_are_known() -> None:
    assert proof(*GMAIL, results(FOUND, "mx.google.com")) is Proof.GIVEN
    assert proof(*GMAIL, results(FOUND, "mx.evil.example")) is Proof.LACKING
    outside = ("Received", "from out.council.example by C.eop.protection.outlook.com; today")
    assert proof(*MICROSOFT, results(FOUND, ""), outside) is Proof.GIVEN
    assert proof(RECEIVED, *MICROSOFT, results(FOUND, ""), outside) is Proof.LACKING, (
        "a sender wrote all of it"
    )
    assert proof(RECEIVED, *GMAIL, results(FOUND, "mx.google.com")) is Proof.LACKING
    posing = ("Received", "from by.outlook.com (by mail.outlook.com) by mx.ours.example; today")
    assert proof(posing, results(FOUND, "")) is Proof.LACKING


@given(st.text(alphabet='ab;=()"\\\\ .dmarcpsfi\r\n', max_size=200))
def test_whatever_it_says_the_reading_ends(words: str) -> None:
    assert proof(("Authentication-Results", words), ("Received", words)) in Proof
