import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.lists import Roster, address_book, identity, read_roster
from bulletin.model.delivery import Member, Recipient


def roster(*addresses: str) -> Roster:
    return Roster(tuple(Member(address) for address in addresses))


ROSTERS = {
    "core": roster("Jo@council.example", "al@parish.example"),
    "public": roster("sam@x.example", "jo@Council.example", "lee@x.example"),
}
EDITIONS = (("partners", ("core",)), ("everyone", ("public", "core")))


def test_a_person_on_two_lists_gets_one_copy_of_the_edition_that_comes_first() -> None:
    assert tuple(address_book(EDITIONS, ROSTERS, frozenset()).recipients) == (
        Recipient("jo@council.example", "Jo@council.example", "", "partners", "core"),
        Recipient("al@parish.example", "al@parish.example", "", "partners", "core"),
        Recipient("sam@x.example", "sam@x.example", "", "everyone", "public"),
        Recipient("lee@x.example", "lee@x.example", "", "everyone", "public"),
    )


def test_suppressed_people_stand_apart() -> None:
    book = address_book(EDITIONS, ROSTERS, frozenset({"jo@council.example"}))
    assert [person.key for person in book.suppressed] == ["jo@council.example"]
    assert [person.key for person in book.recipients] == [
        "al@parish.example",
        "sam@x.example",
        "lee@x.example",
    ]


def test_a_list_nobody_has_is_our_mistake() -> None:
    with pytest.raises(KeyError):
        address_book([("everyone", ["lost"])], {}, frozenset())


LOCALS = st.sampled_from(["jo", "al", "sam", "o'neil", "jos\u00e9", "stra\u00dfe"])
CASES = st.sampled_from([str.lower, str.upper, str.title, str])
ADDRESSES = st.builds(
    lambda local, domain, local_case, domain_case: f"{local_case(local)}@{domain_case(domain)}",
    LOCALS, st.sampled_from(["x.example", "b\u00fccher.example"]), CASES, CASES,
)  # fmt: skip
BOOKS = st.lists(st.lists(ADDRESSES, max_size=8), min_size=1, max_size=4)


@given(BOOKS, st.frozensets(ADDRESSES, max_size=4))
def test_everybody_but_the_suppressed_gets_one_copy(books: list[list[str]], gone: frozenset[str]) -> None:
    rosters = {str(number): roster(*addresses) for number, addresses in enumerate(books)}
    suppressed = frozenset(map(identity, gone))
    book = address_book([(f"edition {name}", [name]) for name in rosters], rosters, suppressed)
    everybody = {identity(address) for addresses in books for address in addresses}
    written = [person.key for person in book.recipients]
    apart = [person.key for person in book.suppressed]
    assert sorted(written + apart) == sorted(everybody)
    assert set(apart) == everybody & suppressed


@given(BOOKS)
def test_repeating_people_further_down_changes_nothing(books: list[list[str]]) -> None:
    rosters = {str(number): roster(*addresses) for number, addresses in enumerate(books)}
    repeated = {name: Roster((*once.members, *once.members)) for name, once in rosters.items()}
    editions = [("everyone", list(rosters))]
    again, once = (address_book(editions, one, frozenset()) for one in (repeated, rosters))
    assert list(again.recipients) == list(once.recipients)


@given(BOOKS)
def test_the_order_is_that_of_the_editions_and_of_the_lines(books: list[list[str]]) -> None:
    rosters = {str(number): roster(*addresses) for number, addresses in enumerate(books)}
    book = address_book([(f"edition {name}", [name]) for name in rosters], rosters, frozenset())
    first: dict[str, tuple[str, str]] = {}
    for name, addresses in enumerate(books):
        for address in addresses:
            first.setdefault(identity(address), (address, f"edition {name}"))
    assert [(one.key, (one.address, one.edition)) for one in book.recipients] == list(first.items())


@given(st.lists(ADDRESSES, max_size=12))
def test_whoever_stands_in_a_file_twice_is_a_member_once_in_its_order(addresses: list[str]) -> None:
    read = read_roster("core", "\n".join(["email", *addresses]).encode())
    first: dict[str, tuple[str, int]] = {}
    for line, address in enumerate(addresses, start=2):
        first.setdefault(identity(address), (address, line))
    assert [(one.address, one.line) for one in read.members] == list(first.values())
    again = [one.line for one in read.findings if one.rule == "roster-duplicate"]
    assert sorted([*again, *(line for _, line in first.values())]) == [*range(2, 2 + len(addresses))]
