"""What comes back by mail is read whatever wrote it, and nothing breaks the reading."""

import time
from email import message_from_bytes

import pytest
from came_back import letter, old_report, report
from hypothesis import given
from hypothesis import strategies as st

from bulletin.bounces.status import is_about, is_for_good
from bulletin.mail.report import Report
from bulletin.mail.returned import Kind, read_returned

TO, JO = "bounces+abc-def@avonbridge.example", "jo@council.example"


def test_a_report_by_the_standard_is_read_whole() -> None:
    found = read_returned(report(TO, JO, returned="Message-ID: <2026-11.abc@avonbridge.example>\r\n"))
    assert found is not None
    assert (found.kind, found.to[0]) == (Kind.REPORT, TO)
    assert found.reports == (Report(JO, "", "failed", "5.1.1", "smtp; 550 user unknown"),)
    assert found.ours == ("<2026-11.abc@avonbridge.example>",)


def test_a_report_in_an_older_form_is_read_too() -> None:
    found = read_returned(old_report(TO, JO))
    assert found is not None
    assert (found.kind, found.reports[0].final, found.reports[0].action) == (Kind.REPORT, JO, "failed")
    assert is_for_good(found.reports[0])


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated; owner-email=jo@x.example"},
        {"X_Autoreply": "yes"},
        {"Precedence": "bulk"},
        {"Return_Path": "<>"},
    ],
)
def test_what_says_that_no_person_wrote_it_is_an_automatic_reply(headers: dict[str, str]) -> None:
    found = read_returned(letter(JO, "I am on holiday", **headers))
    assert found is not None
    assert found.kind is Kind.AUTOMATIC


@pytest.mark.parametrize(
    "subject", ["Out of office", "Automatic reply: Communicate", "=?utf-8?q?Out_of_Office?="]
)
def test_so_is_what_begins_like_one(subject: str) -> None:
    found = read_returned(letter(JO, subject))
    assert found is not None
    assert found.kind is Kind.AUTOMATIC


def test_a_letter_names_its_writer_alone() -> None:
    found = read_returned(
        letter('"ann@parish.example, Jo" <Jo@Council.example>', "Re: news", Auto_Submitted="no")
    )
    assert found is not None
    assert (found.kind, found.writer) == (Kind.LETTER, JO)


@pytest.mark.parametrize(
    ("header", "writer"),
    [
        ("jo@council.example", JO),
        ("Jo <JO@council.example>", JO),
        ("al@x.example <jo@council.example>", JO),
        ('"al@x.example" <jo@council.example> (al@x.example)', JO),
        ("=?utf-8?q?al=40x.example?= <jo@council.example>", JO),
        ("al@x.example, jo@council.example", ""),
        ("<al@x.example> <jo@council.example>", ""),
        ("jo@council.example\r\nFrom: al@x.example", ""),
        ("undisclosed", ""),
        ("<jo@council.example", JO),
    ],
)
def test_the_writer_is_the_one_address_or_nobody(header: str, writer: str) -> None:
    found = read_returned(letter(header, "unsubscribe"))
    assert found is not None
    assert found.writer == writer


@pytest.mark.parametrize(
    ("report", "gone"),
    [
        (Report(JO, "", "failed", "5.1.1"), True),
        (Report(JO, "", "failed", "5.1.10"), True),
        (Report(JO, "", "failed", "5.4.1", "550 Recipient address rejected: Access denied"), True),
        (Report(JO, "", "failed", "5.0.0", "550 No such user here"), True),
        (Report(JO, "", "failed", "5.0.0", "550 spam"), False),
        (Report(JO, "", "failed", "5.2.2", "mailbox full, user unknown to be reading"), False),
        (Report(JO, "", "failed", "5.7.1", "550 user unknown"), False),
        (Report(JO, "", "failed", "4.1.1", "user unknown"), False),
        (Report(JO, "", "delayed", "5.1.1"), False),
        (Report(JO, "", "delivered", "2.0.0"), False),
        (Report(JO, "", "failed", "5.1.8", "bad sender"), False),
        (Report(JO, "", "failed", "5.1.0", "550 5.1.0 <b@x>: Sender address rejected: User unknown"), False),
        (Report(JO, "", "failed", "5.0.0", "550 Verification failed for <b@x> 550 No Such User Here"), False),
        (Report(JO, "", "failed", "", "550-No such user 550 Sender verify failed"), False),
        (Report(JO, "", "failed", "5.1.1", "550 returned to sender: user unknown"), True),
    ],
    ids=lambda one: f"{one.action} {one.status} {one.words}".strip() if isinstance(one, Report) else "",
)
def test_only_an_address_that_is_gone_counts(report: Report, gone: bool) -> None:
    assert is_for_good(report) is gone


@pytest.mark.parametrize(
    ("final", "about"),
    [(JO, True), ("JO@council.mail.example", True), ("", True), ("al@council.example", False)],
)
def test_a_report_about_somebody_behind_an_address_is_not_about_it(final: str, about: bool) -> None:
    assert is_about(Report(final, "", "failed", "5.1.1"), JO) is about


PAGE = (
    b"Content-Type: text/html\n\n<html><head><title>x</title><style>p {color: red}</style>"
    b"<!--[if mso]><xml>9</xml><![endif]--></head><body><p>Hi&nbsp;Jo</p>"
    b"<div>please <b>take\nme</b> off</div><blockquote>&gt; old"
)


def test_the_first_lines_are_what_is_shown_and_not_quoted() -> None:
    found = read_returned(b"From: jo@council.example\n" + PAGE)
    assert found is not None
    assert found.lines == ("Hi Jo", "please take me off")
    plain = read_returned(letter(JO, "Re: news"))
    assert plain is not None
    assert plain.lines == ("Thank you.",)


@pytest.mark.parametrize("piece", [b"<style>", b"<", b"<!--", b"<a ", b"&"])
def test_a_page_that_is_made_to_be_slow_is_not(piece: bytes) -> None:
    began = time.perf_counter()
    read_returned(b"From: jo@council.example\nContent-Type: text/html\n\n" + piece * 200_000)
    assert time.perf_counter() - began < 2


NASTY = [
    b"", b"\0" * 100, b"\n\n", b"From: \xff\xfe\n\n",
    b"Content-Type: multipart/report; boundary=\n\n--\n--\n",
    b"From: MAILER-DAEMON@x\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822; \n\n",
    b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\nContent-Type: message/rfc822\n\n" * 3000,
    b"Subject: =?unknown-8bit?q?=FF?=\nFrom: =?utf-8?b?////?=\n\nx",
    b"Subject: " + b"a" * 500_000 + b"\n\n",
    b"From: mailer-daemon@x\n\n" + b"<" * 200_000,
    b"To: " + b"<" * 100_000 + b"\n\n",
    b"Content-Type: multipart/report; boundary*0=a; boundary*1=b\n\n--ab\n\n--ab--",
]  # fmt: skip


@pytest.mark.parametrize("data", NASTY, ids=range(len(NASTY)))
def test_whatever_the_bytes_are_the_reading_ends(data: bytes) -> None:
    read_returned(data)


LINES = st.sampled_from([
    b"", b"--b", b"--b--", b"\xff\xff", b"=?utf-8?q?=0D=0A?=", b"Return-Path: <>",
    b"From: mailer-daemon@x.example", b"Content-Type: multipart/report; boundary=b",
    b"Content-Type: message/delivery-status", b"Content-Type: message/rfc822", b"Action: failed",
    b"Final-Recipient: rfc822;jo@x.example", b"Status: 5.1.1", b"Content-Transfer-Encoding: base64",
    b"Received: from a by b for <jo@x.example>;", b"Content-Type: text/plain; charset=nonsense",
])  # fmt: skip


@given(st.lists(LINES, max_size=30).map(b"\n".join))
def test_any_pieces_of_reports_in_any_order_are_read(data: bytes) -> None:
    message_from_bytes(data)
    read_returned(data)
