"""Rules for an edition: size, addresses, audience."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from bulletin.check import EDITION_RULES, check_edition, stops
from bulletin.model.edition import CalendarFile, Edition, Image
from bulletin.model.finding import Finding, Severity, Waiver
from bulletin.model.issue import Issue, Item
from bulletin.model.partnership import Reach, Share
from bulletin.settings.values import (
    EditionSettings,
    ListSettings,
    Partnership,
    Sender,
    Settings,
)

PAGE = "issues/2026-11/editions/everyone/bulletin.html"
SETTINGS = Settings(
    Partnership("Avonbridge Partnership"), Sender("Avonbridge", "bulletin@avonbridge.example")
)
EVERYONE = EditionSettings("everyone")
PARTNERS = EditionSettings("partners", lists=("core-group",), reach=Reach.PARTNERS)
OPEN = Item("library", "issues/2026-11/items/library.md", "The library opens on Sundays")
CLOSED = Item(
    "staffing",
    "issues/2026-11/items/staffing.md",
    "Staffing review",
    "Two of the four posts at Harrowell will not be filled before the spring, and nobody has been told.",
    contact="Sam Pryce 01632 960042",
    share=Share.PARTNERS,
)


def issue(*items: Item, waivers: tuple[Waiver, ...] = ()) -> Issue:
    closes = datetime(2026, 11, 20, 12, 0)  # noqa: DTZ001 -- local, as the model has it
    day = date(2026, 11, 12)
    return Issue("2026-11", 14, day, day, closes, day, items=items, waivers=waivers)


def edition(html: str = "", text: str = "", **more: object) -> Edition:
    known = {"reach": Reach.PUBLIC, "items": ("library",), **more}
    return Edition(
        "everyone", day=date(2026, 11, 26), subject="Communicate 14", html=html, text=text, **known
    )  # type: ignore[arg-type]


def found(rule: str, made: Edition, *items: Item, own: EditionSettings = EVERYONE) -> list[Finding]:
    settings = SETTINGS._replace(lists=(ListSettings("core-group", "", Reach.PARTNERS),))
    every = check_edition(made, issue(OPEN, *items), own, settings)
    return [finding for finding in every if finding.rule == rule]


def test_an_edition_in_order_has_nothing_said_about_it() -> None:
    page = '<p>The library opens on Sundays: <a href="https://a.example/s">Sundays</a></p>'
    made = edition(page, "The library opens on Sundays\n  https://a.example/s\n")
    assert check_edition(made, issue(OPEN, CLOSED), EVERYONE, SETTINGS) == ()


@pytest.mark.parametrize(
    ("size", "severity"),
    [(80 * 1024 - 1, None), (80 * 1024, "warning"), (100 * 1024, "warning"), (100 * 1024 + 1, "error")],
)
def test_the_size_of_the_html_is_counted_in_bytes(size: int, severity: str | None) -> None:
    page = "é" * (size // 2) + "x" * (size % 2)
    severities = [finding.severity for finding in found("edition-size", edition(page))]
    assert severities == ([severity] if severity else [])


def test_how_many_items_too_many_are_is_said() -> None:
    large = replace(edition("x" * 123_000), items=tuple(f"i{number}" for number in range(100)))
    (finding,) = found("edition-size", large)
    assert "hold about 17 of its 100 items" in finding.hint
    assert "hold an item or two" in found("edition-size", edition("x" * 123_000))[0].hint


def test_an_edition_too_large_stops_build_unless_it_is_waived() -> None:
    made = edition("x" * 200_000)
    waiver = Waiver("edition-size", PAGE, "Everything is in it on purpose")
    refused, waived = issue(OPEN), issue(OPEN, waivers=(waiver,))
    assert stops(check_edition(made, refused, EVERYONE, SETTINGS))
    assert not stops(check_edition(made, waived, EVERYONE, SETTINGS))


def test_a_waiver_of_an_edition_that_matches_nothing_is_said_once_by_that_edition() -> None:
    waivers = (Waiver("edition-size", PAGE, "It was large"), Waiver("no-title", OPEN.path, "It had none"))
    said = check_edition(edition(), issue(OPEN, waivers=waivers), EVERYONE, SETTINGS)
    assert [finding.detail for finding in said if finding.rule == "unused-waiver"] == [
        f'the waiver of "edition-size" for {PAGE} matches no finding'
    ]


def test_an_address_in_one_part_alone_is_found_whichever_it_is() -> None:
    made = edition('<a href="https://a.example/one">x</a>', "https://a.example/two")
    assert [finding.detail for finding in found("urls-in-both", made)] == [
        "https://a.example/one is in the HTML and not in the plain text",
        "https://a.example/two is in the plain text and not in the HTML",
    ]


@pytest.mark.parametrize(
    ("href", "words"),
    [
        ("https://a.example/?a=1&amp;b=2", "  https://a.example/?a=1&b=2"),
        ("https://a.example/caf%C3%A9", "https://a.example/café"),
        ("https://a.example/x", "See https://a.example/x."),
        ("https://a.example/", "https://a.example"),
        ("https://a.example/x_(y)", "https://a.example/x_(y)"),
        ("mailto:jo@a.example", "jo@a.example"),
        ("cid:logo", ""),
    ],
)
def test_one_address_written_two_ways_is_one(href: str, words: str) -> None:
    assert not found("urls-in-both", edition(f'<a href="{href}">x</a>', words))


def test_many_addresses_gone_are_five_and_a_count() -> None:
    page = "".join(f'<a href="https://a.example/{number}">x</a>' for number in range(9))
    said = [finding.detail for finding in found("urls-in-both", edition(page))]
    assert len(said) == 6
    assert said[-1] == "4 more addresses in the HTML and not in the plain text"


@pytest.mark.parametrize(
    "made",
    [
        edition(items=("library", "staffing")),
        edition("<h2>Staffing&nbsp;<b>review</b></h2>"),
        edition("<!-- Staffing review -->"),
        edition('<img alt="STAFFING REVIEW">'),
        edition(text="In this issue\n  1. Staffing\n     review\n"),
        edition(text="... posts at Harrowell will not be filled before the *spring* ..."),
        edition("<p>Ask Sam Pryce, 01632 960042</p>"),
        edition(calendar=(CalendarFile("staffing.ics", b""),)),
        edition(calendar=(CalendarFile("a.ics", b"SUMMARY:Staf\r\n fing review\r\n"),)),
        replace(edition(), subject="Communicate: staffing review"),
    ],
    ids=["whole", "title", "comment", "attribute", "text", "sentence", "contact", "ics", "folded", "subject"],
)
def test_an_item_for_partners_leaks_into_a_public_edition(made: Edition) -> None:
    (finding,) = found("audience-leak", made, CLOSED)
    assert finding.severity is Severity.ERROR
    assert finding.path == PAGE
    assert CLOSED.path in finding.hint


def test_words_that_a_public_item_says_too_are_no_leak() -> None:
    own = replace(OPEN, text="A staffing review is due.")
    made = edition("<p>A staffing review is due.</p>")
    assert not [
        one for one in check_edition(made, issue(own, CLOSED), EVERYONE, SETTINGS) if one.path == PAGE
    ]


def test_an_item_for_partners_may_stand_in_their_own_edition() -> None:
    made = edition("<h2>Staffing review</h2>", items=("staffing",), reach=Reach.PARTNERS)
    assert not found("audience-leak", made, CLOSED, own=PARTNERS)


def test_a_leak_cannot_be_waived() -> None:
    waived = issue(OPEN, CLOSED, waivers=(Waiver("audience-leak", PAGE, "They all know"),))
    said = check_edition(edition(items=("staffing",)), waived, EVERYONE, SETTINGS)
    assert [finding.rule for finding in stops(said)] == ["audience-leak"]


@pytest.mark.parametrize(
    ("lists", "leaks"),
    [
        (("core-group",), False),
        (("core-group", "parish-clerks"), True),
        (None, False),
        (("nobody-knows",), True),
    ],
)
def test_an_edition_for_partners_goes_to_lists_of_partners_alone(
    lists: tuple[str, ...] | None, leaks: bool
) -> None:
    own = PARTNERS._replace(lists=lists)
    said = found("audience-leak", edition(reach=Reach.PARTNERS), own=own)
    assert [finding.path for finding in said] == (["bulletin.toml"] if leaks else [])


def test_an_edition_for_partners_that_goes_to_every_list_leaks_to_the_public_ones() -> None:
    settings = SETTINGS._replace(
        lists=(ListSettings("core-group", "", Reach.PARTNERS), ListSettings("residents"))
    )
    own = PARTNERS._replace(lists=None)
    said = check_edition(edition(reach=Reach.PARTNERS), issue(OPEN), own, settings)
    assert "residents" in said[0].detail


def test_an_edition_that_holds_nothing_is_said() -> None:
    assert found("empty-edition", edition(items=()))


def test_the_picture_of_an_item_for_partners_alone_is_a_leak() -> None:
    closed, open_too = (
        replace(CLOSED, image="map.png"),
        replace(CLOSED, id="b", image="map.png", share=Share.PUBLIC),
    )
    made = edition(images=(Image("map.png", "image/png", b""), Image("logo.png", "image/png", b"")))
    (finding,) = found("audience-leak", made, closed)
    assert "and its picture stands in the edition" in finding.detail
    assert not found("audience-leak", made, closed, replace(open_too, title="", text="", contact=""))


@pytest.mark.parametrize(
    "page", ["<a href='https://[x'>x</a>", "<!-- ", "<a href", "\x00", "<![CDATA[x]]>", "&#xD800;"]
)
def test_a_broken_page_is_read_as_far_as_it_goes(page: str) -> None:
    check_edition(edition(page, page), issue(OPEN, CLOSED), EVERYONE, SETTINGS)


def test_every_rule_for_an_edition_is_tested_here() -> None:
    names = {"audience-leak", "edition-size", "urls-in-both", "empty-edition"}
    assert {rule.name for rule in EDITION_RULES} == names
