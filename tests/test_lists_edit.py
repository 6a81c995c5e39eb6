"""A list's file is edited as it was saved: every other line, its separators and its encoding stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.errors import BulletinError
from bulletin.lists import identity, read_roster, read_suppressions
from bulletin.lists.edit import HEADER, SUPPRESSED_HEADER, add_rows, cells_of, take_out
from bulletin.model.delivery import Member
from bulletin.tokens import mark

JO = Member("jo@council.example", "Jo Smith", "Avonbridge Council")
SAM = Member("sam@x.example", 'Sam "The Pen" Marsh; Clerk', "Marsh, Reed and Sons")
NAMES = st.text(
    st.characters(categories=("L", "N", "P", "Zs"), exclude_characters="\ufffd"), max_size=20
).map(lambda text: " ".join(text.split()))
MEMBERS = st.builds(
    lambda n, name, organisation: Member(f"p{n}@council.example", name, organisation),
    st.integers(0, 99), NAMES, NAMES,
)  # fmt: skip


def added(data: bytes, *members: Member) -> bytes:
    return add_rows(data, "mailing_lists/core.csv", map(cells_of, members), HEADER).data


def without(data: bytes, *addresses: str) -> bytes:
    return take_out(data, "mailing_lists/core.csv", lambda one: identity(one) in addresses).data


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"email,name,organisation\nx@y.example,X,Y\n", b"jo@council.example,Jo Smith,Avonbridge Council\n"),
        (b"Name;E-mail\r\nX;x@y.example\r\n", b"Jo Smith;jo@council.example\r\n"),
        (b"\xef\xbb\xbfEmail\tSurname\tFirst name\r\n", b"jo@council.example\tSmith\tJo\r\n"),
        (b"Notes,Email\nhello,x@y.example", b"\n,jo@council.example\n"),
        (b"x@y.example\n", b"Jo Smith <jo@council.example>\n"),
        (b"A title,\n\nemail,name\n", b"jo@council.example,Jo Smith\n"),
    ],
    ids=["plain", "semicolons", "a mark, tabs, two name columns", "no last line end", "no header", "a title"],
)
def test_somebody_is_added_in_the_manner_of_the_file(data: bytes, line: bytes) -> None:
    assert added(data, JO) == data + line


def test_an_empty_file_gets_a_header_first() -> None:
    assert added(b"", JO) == (
        b"email,name,organisation\r\njo@council.example,Jo Smith,Avonbridge Council\r\n"
    )


def test_windows_1252_stays_where_it_can_and_gives_way_where_it_must() -> None:
    data = "email;name\r\nzoe@x.example;Zo\u00eb\r\n".encode("cp1252")
    kept = add_rows(data, "p", [{"email": "r@x.example", "name": "Ren\u00e9e"}], HEADER)
    moved = add_rows(data, "p", [{"email": "w@x.example", "name": "\u0141ukasz"}], HEADER)
    assert (kept.data, kept.notes) == (data + "r@x.example;Ren\u00e9e\r\n".encode("cp1252"), ())
    assert moved.data.decode("utf-8-sig").endswith("w@x.example;\u0141ukasz\r\n")
    assert "saved as UTF-8 now" in moved.notes[0]


def test_odd_line_ends_are_made_regular_and_told() -> None:
    edited = add_rows(b"email\nx@y.example\r\n", "p", [{"email": "jo@council.example"}], HEADER)
    assert edited.data == b"email\r\nx@y.example\r\njo@council.example\r\n"
    assert "regular now" in edited.notes[0]


@pytest.mark.parametrize(
    "data", [b"Name,Phone\nJo,01632 960000\n", b"PK\x03\x04\0\0"], ids=["no column", "a zip"]
)
def test_a_file_that_is_no_list_is_refused(data: bytes) -> None:
    with pytest.raises(BulletinError):
        added(data, JO)


@given(
    st.lists(MEMBERS, max_size=5),
    st.lists(MEMBERS, max_size=5),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_whoever_is_added_is_read_back_and_whoever_is_taken_out_is_gone(
    before: list[Member], more: list[Member], encoding: str
) -> None:
    data = added(added(b"", *before).decode().encode(encoding), *more)
    people = {identity(one.address): one for one in reversed([*before, *more])}
    assert set(read_roster("core", data).members) == set(people.values())
    left = without(data, *(identity(one.address) for one in more))
    assert {one.address for one in read_roster("core", left).members} == (
        {one.address for one in before} - {one.address for one in more}
    )


@given(st.lists(MEMBERS, min_size=1, max_size=6), st.integers(0, 99))
def test_taking_out_somebody_who_is_not_there_changes_no_byte(members: list[Member], n: int) -> None:
    data = added(b"", *members)
    key = f"q{n}@council.example"
    assert without(data, key) == data


@pytest.mark.parametrize(
    ("data", "left"),
    [
        (b"email,name\njo@x.example,Jo\nal@x.example,Al\n", b"email,name\nal@x.example,Al\n"),
        (b"email\nJO@X.example\n", b"email\n"),
        (b'email;name\n"jo@x.example, Al <al@x.example>";Both\n', b"email;name\nAl <al@x.example>;Both\n"),
        (b'email,name\njo@x.example,"Jo\nSmith"\nal@x.example,Al\n', b"email,name\nal@x.example,Al\n"),
        (b"jo@x.example\nal@x.example\n", b"al@x.example\n"),
        (b'email,name\n"jo@x.example,Jo\nal@x.example,Al\n', b"email,name\nal@x.example,Al\n"),
    ],
    ids=["a row", "capitals", "one of a cell", "two lines", "no header", "an open quotation mark"],
)
def test_somebody_is_taken_out_whole(data: bytes, left: bytes) -> None:
    assert without(data, "jo@x.example") == left


def test_names_with_marks_of_their_own_come_back_as_they_were() -> None:
    assert tuple(read_roster("core", added(b"", SAM)).members) == (SAM,)


def test_a_forgotten_address_is_known_by_its_mark_alone() -> None:
    key = b"k" * 32
    rows = [{"email": mark(key, "forgotten", "jo@x.example"), "reason": "forgotten", "since": "2026-11-26"}]
    data = add_rows(b"", "mailing_lists/suppressed.csv", rows, SUPPRESSED_HEADER).data
    found = read_suppressions(data)
    assert found.unsure == ()
    assert b"jo@" not in data
    assert found.among(["jo@x.example", "al@x.example"], [b"new" * 11, key]) == {"jo@x.example"}
