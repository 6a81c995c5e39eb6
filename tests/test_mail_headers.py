"""Headers say what was meant and nothing else, whatever the words."""

import re
from datetime import UTC, datetime, timedelta, timezone
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.errors import BulletinError
from bulletin.mail import headers
from bulletin.mail.addresses import mailto, wire_address

WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=300)
MARKED = st.lists(
    st.one_of(WORDS, st.sampled_from(["=?utf-8?q?=0D=0ABcc:_e@x?=", "=?", " ", '"', "\\", ",;<>"]))
)
VALUES = MARKED.map("".join)
ATOMS = st.text("abcdefgXYZ0189!#$%&'*+/^_`{|}~-", min_size=1, max_size=20)
LOCALS = st.lists(ATOMS, min_size=1, max_size=3).map(".".join)
ADDRESSES = st.builds("{}@{}".format, LOCALS, st.sampled_from(["a.example", "council.test", "x-y.invalid"]))


def read(line: bytes) -> EmailMessage:
    return message_from_bytes(line + b"\r\n", policy=policy.default)


def tidy(name: str) -> str:
    return re.sub(r"(\s)\s+", r"\1", name).strip()


def longest(block: bytes) -> int:
    return max(map(len, block.split(b"\r\n")))


@given(VALUES)
def test_any_title_comes_back_as_it_was_on_short_lines_and_alone(title: str) -> None:
    block = headers.text("Subject", title)
    assert read(block).items() == [("Subject", title)]
    assert longest(block) <= 78


@given(VALUES.filter(lambda name: len(name.encode()) <= 45), ADDRESSES)
def test_any_name_comes_back_as_it_was_with_its_address(name: str, address: str) -> None:
    block = headers.mailbox("To", name, address)
    parsed = read(block)
    [mailbox] = parsed["To"].addresses
    assert (parsed.keys(), mailbox.display_name, mailbox.addr_spec) == (["To"], tidy(name), address)
    assert longest(block) <= 78


@given(VALUES)
def test_any_name_comes_back_however_long(name: str) -> None:
    block = headers.mailbox("To", f"é{name}", "a@b.example")
    words = block.decode().removeprefix("To: ").removesuffix(" <a@b.example>\r\n").replace("\r\n", "")
    assert str(make_header(decode_header(words))) == tidy(f"é{name}")
    assert longest(block) <= 78


@pytest.mark.parametrize(
    "title",
    [
        "Café à la carte · 3 places",
        "é è",
        " é",
        "Ŵ" * 200,
        "Consultation: “have your say” by 18 December 2026: café",
    ],
)
def test_an_accented_title_keeps_its_spaces(title: str) -> None:
    assert read(headers.text("Subject", title))["Subject"] == title


def test_an_encoded_word_in_a_title_never_becomes_a_header() -> None:
    block = headers.text("Subject", "=?utf-8?q?=0D=0ABcc:_e@x?=")
    assert b"=?utf-8?q?" not in block
    assert read(block).keys() == ["Subject"]


@pytest.mark.parametrize(
    "bad", ["a\r\nBcc: e@x.example", "a\nb", "a\0b", "a\x0bb", "a\x85b", "a\u2028b", "a\ud800b"]
)
def test_a_control_character_is_refused_with_the_name_of_the_header(bad: str) -> None:
    with pytest.raises(BulletinError, match="Subject"):
        headers.text("Subject", bad)
    with pytest.raises(BulletinError, match="To"):
        headers.mailbox("To", bad, "a@b.example")
    with pytest.raises(BulletinError, match="To"):
        headers.mailbox("To", "", f"{bad}@b.example")


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Pat O'Neil", b"To: Pat O'Neil <p@b.example>\r\n"),
        ("J. Smith", b'To: "J. Smith" <p@b.example>\r\n'),
        ("José", b"To: =?utf-8?b?Sm9zw6k=?= <p@b.example>\r\n"),
        ("", b"To: p@b.example\r\n"),
    ],
)
def test_a_name_is_written_plainly_quoted_or_encoded(name: str, written: bytes) -> None:
    assert headers.mailbox("To", name, "p@b.example") == written


def test_a_long_ascii_title_is_folded_and_not_encoded() -> None:
    title = "Consultation on the Local Plan " * 6
    block = headers.text("Subject", title.strip())
    assert b"=?" not in block
    assert block.count(b"\r\n ") == 2


def test_addresses_of_pages_are_folded_only_between_their_brackets() -> None:
    long = ["https://a.example/" + "x" * 120, "mailto:leave@a.example?subject=unsubscribe%20everyone"]
    block = headers.uris("List-Unsubscribe", long)
    assert block.decode().split() == ["List-Unsubscribe:", f"<{long[0]}>,", f"<{long[1]}>"]
    assert b"=?" not in block


@pytest.mark.parametrize(
    "bad", ["https://a.example/ b", "https://a.example/>", "https://é.example", "", "a\r\nb", "x" * 999]
)
def test_an_address_of_a_page_that_could_break_out_is_refused(bad: str) -> None:
    with pytest.raises(BulletinError, match="List-Unsubscribe"):
        headers.uris("List-Unsubscribe", [bad])


def test_a_date_is_english_with_its_offset() -> None:
    moment = datetime(2026, 3, 5, 9, 7, 1, tzinfo=timezone(timedelta(hours=-3)))
    assert headers.date("Date", moment) == b"Date: Thu, 5 Mar 2026 09:07:01 -0300\r\n"
    with pytest.raises(ValueError, match="offset"):
        headers.date("Date", moment.replace(tzinfo=None))
    assert b"+0000" in headers.date("Date", datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("address", "wire"),
    [
        ("a@straße.example", "a@xn--strae-oqa.example"),
        ("josé@b.example", "josé@b.example"),
        ('"a b"@c.example', '"a b"@c.example'),
        ("a@[192.0.2.1]", "a@[192.0.2.1]"),
    ],
)
def test_an_address_goes_over_the_wire_with_an_ascii_domain(address: str, wire: str) -> None:
    assert wire_address(address) == wire


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "a",
        "@b.example",
        "a b@c.example",
        "a@b.example>",
        "a@b,c",
        "=?utf-8?q?x?=@b.example",
        "a@é_.example",
        f"{'a' * 250}@b.example",
    ],
)
def test_what_is_no_address_is_refused(bad: str) -> None:
    with pytest.raises(BulletinError, match="not an address"):
        wire_address(bad)


def test_a_mailto_escapes_all_that_could_mean_something() -> None:
    assert (
        mailto("a+b&c@d.example", "leave: x & y")
        == "mailto:a%2Bb%26c@d.example?subject=leave%3A%20x%20%26%20y"
    )


def test_a_long_ascii_name_is_quoted_and_folded() -> None:
    name = "The Rt. Hon. the Chairman of the Harrowell Town Partnership, and of its Working Group"
    block = headers.mailbox("To", name, "p@b.example")
    assert block.count(b'"') == 2
    assert read(block)["To"].addresses[0].display_name == name
