"""What a server offers is used only where it helps, and what it says of itself is not trusted to be sound."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sending import delivery

from bulletin.deliver.smtp.offers import Offers, read_offers
from bulletin.deliver.smtp.replies import Reply
from bulletin.deliver.smtp.wire import Stuffing


def offers(*lines: str) -> Offers:
    return read_offers(Reply(250, ("hello", *lines)))


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("SIZE 1000", Offers(frozenset({"SIZE"}), 1000)),
        ("size 1000", Offers(frozenset({"SIZE"}), 1000)),
        ("SIZE", Offers(frozenset({"SIZE"}))),
        ("SIZE 0", Offers(frozenset({"SIZE"}))),
        ("SIZE -1", Offers(frozenset({"SIZE"}))),
        ("SIZE ²", Offers(frozenset({"SIZE"}))),
        ("SIZE " + "9" * 5000, Offers(frozenset({"SIZE"}))),
        ("AUTH PLAIN LOGIN", Offers(frozenset({"AUTH"}), auth=frozenset({"PLAIN", "LOGIN"}))),
        ("AUTH=LOGIN", Offers(frozenset({"AUTH"}), auth=frozenset({"LOGIN"}))),
        ("", Offers()),
    ],
)
def test_a_line_of_ehlo_is_read(line: str, found: Offers) -> None:
    assert offers(line) == found


@given(st.lists(st.text(max_size=40), max_size=5))
def test_whatever_a_server_offers_can_be_read(lines: list[str]) -> None:
    made = offers(*lines)
    wire = Stuffing().wire(delivery())
    assert all("\n" not in line for line in made.envelope(delivery(), wire))


def test_a_plain_server_gets_a_plain_envelope() -> None:
    wire = Stuffing().wire(delivery("jo@b.example"))
    assert offers().envelope(delivery("jo@b.example"), wire) == (
        "MAIL FROM:<bounces@avonbridge.example>",
        "RCPT TO:<jo@b.example>",
        "DATA",
    )


@given(st.text("abc+=!é ~", min_size=1, max_size=20))
def test_an_original_recipient_is_xtext_or_not_told(local: str) -> None:
    one = delivery("jo@b.example")
    meant = replace(one, envelope=replace(one.envelope, recipient=f"{local}@b.example"))
    told = offers("DSN").envelope(meant, Stuffing().wire(one))[1]
    parameters = told.partition("> ")[2]
    assert parameters.isascii()
    assert ("ORCPT" in parameters) == local.isascii()
    assert not {"=", " "} & set(parameters.partition("rfc822;")[2])


@given(st.lists(st.sampled_from([b".", b"..", b"a", b"", b".a"]), max_size=8), st.integers(0, 8))
def test_a_message_in_two_pieces_is_stuffed_as_one(lines: list[bytes], cut: int) -> None:
    whole = b"".join(line + b"\r\n" for line in lines) or b"\r\n"
    start = b"".join(line + b"\r\n" for line in lines[:cut])
    one = delivery(data=whole)
    two = replace(one, message=start, body=whole[len(start) :])
    assert Stuffing().wire(two) == Stuffing().wire(one)
