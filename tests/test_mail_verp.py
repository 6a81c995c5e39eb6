"""A bounce says whose copy it was, and nobody can make one up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sending import identify

from bulletin.mail.message import rid_of
from bulletin.mail.verp import LONGEST_LOCAL, make, read

KEY = b"k" * 32
BOUNCES = "communicate-bounces@avonbridge.example"
RIDS = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=26)


@given(RIDS)
def test_what_was_made_is_read_back_in_any_capitals(rid: str) -> None:
    made = make(KEY, BOUNCES, rid)
    assert [read(KEY, one) for one in (made, made.upper(), f"<{made}>", f" {made}\n")] == [rid] * 4
    assert len(made.partition("@")[0]) <= LONGEST_LOCAL


@given(RIDS, st.integers(0, 60), st.sampled_from("abcdefghijklmnopqrstuvwxyz234567"))
def test_a_changed_character_is_noticed(rid: str, place: int, letter: str) -> None:
    local, _, domain = make(KEY, BOUNCES, rid).partition("@")
    at = len(BOUNCES.partition("@")[0]) + 1 + place % (len(rid) + 11)
    changed = f"{local[:at]}{letter}{local[at + 1 :]}"
    assert changed == local or read(KEY, f"{changed}@{domain}") is None


@given(st.text(max_size=80))
def test_no_other_address_is_taken_for_one(words: str) -> None:
    assert read(KEY, words) is None
    assert read(KEY, f"x+{words}-aaaaaaaaaa@b.example") is None


def test_another_workspaces_is_not_read() -> None:
    assert read(b"another" * 5, make(KEY, BOUNCES, "abc")) is None


def test_the_rid_is_that_of_the_message_id() -> None:
    mark = identify("jo@b.example")
    assert mark == f"<2026-11.{rid_of(mark)}@avonbridge.example>"
    assert read(KEY, make(KEY, BOUNCES, rid_of(mark))) == rid_of(mark)


@pytest.mark.parametrize("mark", ["", "<a@b>", "<2026-11.short@b.example>", "2026-11.x@b"])
def test_another_message_id_has_no_rid(mark: str) -> None:
    with pytest.raises(ValueError, match="not a Message-ID of ours"):
        rid_of(mark)


@pytest.mark.parametrize(
    ("key", "bounces", "rid"),
    [
        (b"", BOUNCES, "abc"),
        (KEY, "nowhere", "abc"),
        (KEY, BOUNCES, ""),
        (KEY, BOUNCES, "a b"),
        (KEY, BOUNCES, "a" * 27),
        (KEY, f"{'x' * 27}@b.example", "a" * 26),
    ],
)
def test_what_would_be_no_address_is_not_made(key: bytes, bounces: str, rid: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  each says its own
        make(key, bounces, rid)
