"""Whole headers of a copy, whatever its title, its reader's name and address are: as meant, or refused."""

import random
import re
import unicodedata
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.utils import parseaddr
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sending import LETTERHEAD, NOON, identify

from bulletin.errors import BulletinError
from bulletin.mail.addresses import wire_address
from bulletin.mail.leaving import Leaving
from bulletin.mail.message import Content, content, head
from bulletin.model.delivery import Recipient
from bulletin.model.edition import Edition
from bulletin.model.partnership import Reach

PIECES = (
    *(
        "Consultation",
        "on",
        "the Local Plan",
        "a £60,000 fund",
        "Café",
        "Ŵ",
        "日本語の町",
        "שלום",
        "🎄",
        "e\u0301",
    ),
    *("=?utf-8?q?=0D=0ABcc:_e@x?=", "=?utf-8?b?QmNjOiBl?=", "=?", "?=", "=0D=0A", "Bcc: e@x.example", "To:"),
    *(
        " ",
        "  ",
        "\u00a0",
        "\u3000",
        "\u200b",
        "\ufeff",
        '"',
        "\\",
        "<",
        ">",
        ",",
        ";",
        ":",
        "(",
        ")",
        "@",
        ".",
    ),
    *(
        "x" * 80,
        "é" * 70,
        "long " * 60,
        "y" * 1200,
        "%0d%0a",
        "\N{RIGHT-TO-LEFT OVERRIDE}",
        "O'Neil",
        "J. Smith",
    ),
)
CONTROLS = (
    "\r\nBcc: e@x.example",
    "\r",
    "\n",
    "\0",
    "\t",
    "\x0b",
    "\x1b[2J",
    "\x7f",
    "\x85",
    "\u2028",
    "\ud800",
)
LOCALS = ("ann", "o'neil", "a+b", "first.last", "josé", "日本", '"a b"', '"a,b"', "x" * 64, "{v}|~", "a=b")
DOMAINS = ("b.example", "x-y.test", "straße.example", "MÜNCHEN.example", "[192.0.2.1]", "d" * 60 + ".example")
NO_ADDRESSES = (
    *(
        "",
        "a",
        "@b.example",
        "a b@c.example",
        "a@b.example>",
        "a@b,c",
        "=?utf-8?q?x?=@b.example",
        "a@é_.example",
    ),
    *(
        "a@b.example\r\nBcc: e@x.example",
        "a@b\n.example",
        "é" * 150 + "@b.example",
        "a@b.example, e@x.example",
    ),
)
SHARED = [
    "List-Id",
    "List-Help",
    "List-Post",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "From",
    "Reply-To",
]
MEANT = ["Date", "To", "Message-ID", "Subject", *SHARED, "Auto-Submitted", "MIME-Version", "Content-Type"]


@dataclass(frozen=True)
class Case:
    """What a copy is made of; sound: whether it can be made."""

    title: str
    name: str
    address: str
    leaving: Leaving
    sound: bool


def case(chance: random.Random) -> Case:
    """Give any case; one in four has something no header may hold."""
    words = ["".join(chance.choice((*PIECES, " ")) for _ in range(chance.randrange(9))) for _ in range(2)]
    spoilt = chance.randrange(12)
    if spoilt < 2:
        at = chance.randrange(len(words[spoilt]) + 1)
        words[spoilt] = words[spoilt][:at] + chance.choice(CONTROLS) + words[spoilt][at:]
    address = f"{chance.choice(LOCALS)}@{chance.choice(DOMAINS)}"
    if spoilt == 2:
        address = chance.choice(NO_ADDRESSES)
    token = "".join(chance.choices("abcdefghijklmnopqrstuvwxyz234567", k=37))
    page = f"https://www.b.example/{'leave/' * chance.randrange(100)}{token}"
    return Case(
        *words, address, Leaving(f"unsubscribe {'core-' * chance.randrange(9)} {token}", page), spoilt > 2
    )


def content_of(title: str) -> Content:
    edition = Edition("e", Reach.PUBLIC, NOON.date(), title, "<p>Hello</p>", "Hello\n", ())
    return content(edition, LETTERHEAD, calendar_attached=False)


def headers_of(one: Case) -> bytes:
    reader = Recipient(one.address.lower(), one.address, one.name, "e", "core-group")
    return head(content_of(one.title), reader, identify(reader.key), NOON, leaving=one.leaving)


def raw(block: bytes, name: str) -> str:
    """Give a header's value unfolded, not decoded."""
    [value] = re.findall(rf"^{name}: (.*?)\r\n(?![ \t])", block.decode(), re.MULTILINE | re.DOTALL)
    return str(value).replace("\r\n ", " ")


def judge(one: Case, block: bytes) -> None:
    """See that a copy has the headers meant and no other, and that each gives back what went into it."""
    mail = message_from_bytes(block, policy=policy.default)
    name, address = parseaddr(raw(block, "To"))
    assert mail.keys() == MEANT
    assert max(map(len, block.split(b"\r\n"))) <= 998
    assert mail["Subject"] == one.title
    assert str(make_header(decode_header(name))) == re.sub(r"(\s)\s+", r"\1", one.name).strip()
    assert address == wire_address(one.address)
    assert mail["Message-ID"] == identify(one.address.lower())
    out = f"<{one.leaving.url}>, <mailto:leave@avonbridge.example?subject={one.leaving.subject}>"
    assert unquote(raw(block, "List-Unsubscribe")) == out
    assert b"=?" not in block.partition(b"List-Unsubscribe:")[2].partition(b"\r\nFrom:")[0]


def is_sound(one: Case) -> bool:
    """Tell whether a copy is made, and judge it; one that is refused leaves nothing."""
    try:
        block = headers_of(one)
    except BulletinError:
        return False
    judge(one, block)
    return True


@given(st.randoms(use_true_random=False))
def test_a_copy_is_as_meant_or_refused(chance: random.Random) -> None:
    one = case(chance)
    assert is_sound(one) == one.sound


@given(st.text(max_size=200), st.text(max_size=200))
def test_a_copy_with_any_text_at_all_is_as_meant_or_refused(title: str, name: str) -> None:
    forbidden = {unicodedata.category(letter) for letter in title + name} & {"Cc", "Cs", "Zl", "Zp"}
    assert is_sound(Case(title, name, "ann@b.example", Leaving("s", "https://b.example/t"), True)) != bool(
        forbidden
    )


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_20000_copies_are_as_meant_or_refused(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  no secret
    for number in range(5000):
        one = case(chance)
        assert is_sound(one) == one.sound, (number, one)
