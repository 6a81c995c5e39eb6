"""Addresses that look mistyped are pointed out; those that are merely rare are not."""

import pytest

from bulletin.lists import mistyped, read_roster
from bulletin.lists.typos import suspicious
from bulletin.model.delivery import Member


def meant(*addresses: str) -> list[str]:
    return [mended for _, mended in suspicious([Member(address) for address in addresses])]


@pytest.mark.parametrize(
    ("typed", "domain"),
    [
        ("gmial.com", "gmail.com"),
        ("gmail.con", "gmail.com"),
        ("hotmial.co.uk", "hotmail.co.uk"),
        ("btintrnet.com", "btinternet.com"),
        ("yahooo.co.uk", "yahoo.co.uk"),
        ("parish.gov.ku", "parish.gov.uk"),
    ],
)
def test_a_slip_of_the_keyboard_is_seen(typed: str, domain: str) -> None:
    assert meant(f"jo@{typed}") == [f"jo@{domain}"]


@pytest.mark.parametrize(
    "domain", ["gmail.com", "mail.com", "ymail.com", "sky.com", "sly.com", "love.com", "x.example"]
)
def test_a_domain_that_may_be_right_is_left_alone(domain: str) -> None:
    assert meant(f"jo@{domain}") == []


def test_a_lonely_neighbour_of_a_domain_that_many_have_is_seen() -> None:
    many = [f"{name}@avonbridge.example" for name in ("a", "b", "c")]
    assert meant(*many, "jo@avonbrige.example") == ["jo@avonbridge.example"]
    assert meant(*many[:2], "jo@avonbrige.example") == []


def test_a_parish_and_a_town_council_are_not_each_others_slips() -> None:
    many = [f"{name}@kingsbrook-tc.example" for name in ("a", "b", "c")]
    assert meant(*many, "clerk@kingsbrook-pc.example") == []


def test_the_finding_names_the_line_and_changes_nothing() -> None:
    roster = read_roster("core", b"email\njo@x.example\nal@gmial.com\n")
    (found,) = mistyped(roster)
    assert (found.rule, found.line) == ("roster-typo", 3)
    assert "al@gmail.com" in found.hint
    assert [member.address for member in roster.members] == ["jo@x.example", "al@gmial.com"]


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("rené.dupont@x.example", "rene.dupont@x.example"),
        ("Zoë@gmial.com", "Zoe@gmail.com"),
        ("李@x.example", None),
        ("jo@pläne.example", None),
    ],
)
def test_an_accent_before_the_at_is_seen_where_the_plain_letter_is_known(
    typed: str, mended: str | None
) -> None:
    assert meant(typed) == ([mended] if mended else [])


def test_two_letters_exchanged_are_seen_beside_one_domain_that_more_people_have() -> None:
    assert meant("a@lower.example", "b@lower.example", "c@lower.exmaple") == ["c@lower.example"]
    assert meant("a@upper.example", "b@lower.example", "c@lower.exmaple") == ["c@lower.example"]
    assert meant("a@lower.example", "c@lowre.example") == []
