"""collected.json: read back as written, and refused with a sentence where it is damaged or too new."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.errors import BulletinError
from bulletin.model.contribution import Change, CollectedFile, FileOutcome
from bulletin.workspace.collected import Collected, Written, read_collected, write_collected

PATH = "issues/2026-11/collected.json"
FULL = Collected(
    collects=("2026-11-20T17:00:00",),
    files=(
        CollectedFile("contributions/\u00e9.txt", "ab", FileOutcome.NEEDS_YOU, "why", "hint", ("a", "b")),
    ),
    seen=("contributions/\u00e9.txt",),
    items={"a": Written("contributions/\u00e9.txt", "ab", 0, "cd")},
    changes=(Change("a", "contributions/\u00e9.txt", "---\n", "ef"),),
)


def test_it_is_read_back_as_it_was_written() -> None:
    assert read_collected(write_collected(FULL).decode(), PATH) == FULL


def test_where_there_is_none_nothing_was_collected() -> None:
    assert read_collected(None, PATH) == Collected()


def test_one_of_a_newer_program_is_refused() -> None:
    data = {**json.loads(write_collected(FULL)), "format": 2}

    with pytest.raises(BulletinError, match="another version") as fault:
        read_collected(json.dumps(data), PATH)
    assert "update the program" in fault.value.hint


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "{}", '{"format": 1}', "[" * 100_000, "\ud800"])
def test_a_damaged_one_is_refused(text: str) -> None:
    with pytest.raises(BulletinError):
        read_collected(text, PATH)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=4,
)


@given(st.sampled_from(["collects", "files", "seen", "items", "changes"]), VALUES)
def test_any_value_is_read_or_refused_in_a_sentence(key: str, value: object) -> None:
    data = {**json.loads(write_collected(FULL)), key: value}
    with suppress(BulletinError):
        assert write_collected(read_collected(json.dumps(data), PATH))
