"""Marks prove something about an address and hold nothing of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.bounces.known import token_of
from bulletin.tokens import LENGTH, is_mark, key_id, mark, proves

KEY, OTHER = b"k" * 32, b"o" * 32
WORDS = st.text(max_size=40)
ADDRESSES = st.emails()


@given(WORDS, WORDS)
def test_a_mark_has_37_characters_and_proves_its_words(purpose: str, word: str) -> None:
    made = mark(KEY, purpose, word)
    assert len(made) == LENGTH
    assert is_mark(made)
    assert made == made.lower()
    assert proves(made.upper(), (OTHER, KEY), purpose, word)


@given(ADDRESSES)
def test_nothing_of_the_address_is_in_it(address: str) -> None:
    token = token_of(KEY, "core-group", address)
    assert "@" not in token
    assert address.partition("@")[0].lower() not in token or len(address.partition("@")[0]) < 4


@given(ADDRESSES, ADDRESSES)
def test_two_people_two_lists_and_two_keys_have_different_tokens(one: str, other: str) -> None:
    tokens = {token_of(key, name, who) for key in (KEY, OTHER) for name in ("a", "b") for who in {one, other}}
    assert len(tokens) == 4 * len({one, other})


@given(st.lists(WORDS, max_size=3), st.lists(WORDS, max_size=3))
def test_words_cannot_be_cut_otherwise_into_the_same_mark(one: list[str], other: list[str]) -> None:
    assert (mark(KEY, "p", *one) == mark(KEY, "p", *other)) == (one == other)


@given(st.text(max_size=60))
def test_what_is_no_mark_proves_nothing(text: str) -> None:
    assert not proves(text, (KEY,), "leave", "a", "jo@x.example")


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1], lambda t: t + "a", lambda t: "a" + t[1:], lambda t: t[::-1]]
)
def test_a_changed_token_proves_nothing(change: object) -> None:
    token = token_of(KEY, "a", "jo@x.example")
    changed = change(token)  # type: ignore[operator]
    assert changed == token or not proves(changed, (KEY,), "leave", "a", "jo@x.example")


def test_a_mark_says_which_key_made_it() -> None:
    assert mark(KEY, "leave", "a")[:2] == key_id(KEY) != key_id(OTHER)


def test_an_empty_key_makes_nothing() -> None:
    with pytest.raises(ValueError, match="key"):
        mark(b"", "leave", "a")
