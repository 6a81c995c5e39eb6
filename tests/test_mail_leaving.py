"""How a reader leaves: by mail always, with one click where there is a page, and never by a copy's body."""

from dataclasses import replace
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sending import LETTERHEAD, NOON, edition, identify, person

from bulletin.bounces.known import token_of
from bulletin.mail.message import content, message

PAGE = "https://www.avonbridge.example/leave"
KEY = b"k" * 32


def headers(
    page: str = PAGE, *, token: bool = True, test: bool = False, list_name: str = "core-group"
) -> dict[str, str]:
    """The headers of a copy, unfolded."""
    made = content(edition(), replace(LETTERHEAD, page=page), calendar_attached=False)
    to = replace(person(1), list=list_name)
    to = replace(to, token=token_of(KEY, to.list, to.key) if token else "")
    head = message(made, to, identify(to.key), NOON, test=test).partition(b"\r\n\r\n")[0].decode()
    return dict(line.split(": ", 1) for line in head.replace("\r\n ", " ").split("\r\n"))


def test_with_a_page_one_click_comes_first_and_mail_stays() -> None:
    found = headers()
    token = token_of(KEY, "core-group", "p1@council.example")
    one_click, by_mail = found["List-Unsubscribe"].split(", ")
    assert one_click == f"<{PAGE}/{token}>"
    assert by_mail == f"<mailto:leave@avonbridge.example?subject=unsubscribe%20core-group%20{token}>"
    assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.parametrize(
    ("page", "token"), [("", True), ("http://www.avonbridge.example/leave", True), (PAGE, False)],
    ids=["no page", "no https", "no token"],
)  # fmt: skip
def test_one_click_needs_a_page_over_https_and_a_token(page: str, token: bool) -> None:
    found = headers(page, token=token)
    assert "List-Unsubscribe-Post" not in found
    assert found["List-Unsubscribe"].startswith("<mailto:")
    assert "https" not in found["List-Unsubscribe"]


def test_a_test_copy_unsubscribes_nobody() -> None:
    assert not [name for name in headers(test=True) if name.startswith("List-")]


@given(st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=64))
def test_any_list_gives_addresses_that_are_never_encoded_or_cut(name: str) -> None:
    found = headers(list_name=name)["List-Unsubscribe"]
    assert "=?" not in found
    assert unquote(found).endswith(f"unsubscribe {name} {token_of(KEY, name, 'p1@council.example')}>")


def test_no_byte_of_the_body_depends_on_the_token() -> None:
    made = content(edition(), replace(LETTERHEAD, page=PAGE), calendar_attached=False)
    bodies = {
        message(made, replace(person(n), token=token_of(KEY, "core-group", str(n))), identify(str(n)), NOON)
        .partition(b"\r\n\r\n")[2]
        for n in range(5)
    }  # fmt: skip
    assert len(bodies) == 1
