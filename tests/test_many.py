"""Very many rows and keys are kept as a list and a dictionary would keep them, in a little memory."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.errors import BulletinError
from bulletin.many import ManyKeys, ManyRows
from bulletin.model.delivery import Member

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=4)
MEMBERS = st.builds(Member, TEXTS, TEXTS, TEXTS, st.integers(0, 9))


@given(st.lists(MEMBERS, max_size=8))
def test_rows_come_back_as_they_were_added_and_again(members: list[Member]) -> None:
    kept = ManyRows(Member, members)
    for _ in range(2):
        assert [(one, one.line) for one in kept] == [(one, one.line) for one in members]
    assert len(kept) == len(members)
    assert all(one in kept for one in members)


@given(st.lists(st.tuples(TEXTS, st.integers(0, 9)), max_size=8), TEXTS)
def test_a_key_keeps_what_it_was_first_added_with(pairs: list[tuple[str, int]], other: str) -> None:
    kept, known = ManyKeys(pairs), dict(reversed(pairs))
    assert dict(kept) == known
    assert list(kept) == sorted(known, key=str.encode)
    assert (len(kept), other in kept, kept.get(other)) == (len(known), other in known, known.get(other))
    assert kept.add(other) == (other not in known)


def test_whoever_goes_through_them_keeps_them() -> None:
    rows, keys = iter(ManyRows(Member, [Member("a"), Member("b")])), iter(ManyKeys.of(["b", "a"]))
    assert [*rows, *keys] == [Member("a"), Member("b"), "a", "b"]


def test_a_temporary_folder_without_room_is_a_sentence() -> None:
    kept = ManyKeys[str]()
    kept._database.do("PRAGMA max_page_count = 9")  # noqa: SLF001  a disk that is full, without filling one
    with pytest.raises(BulletinError, match="folder for temporary files"):
        all(kept.add(f"p{number}@council.example") for number in range(10_000))
