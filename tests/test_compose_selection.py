"""Which items an edition holds, and in which order they are read."""

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_issue import (
    CORE,
    COUNCIL,
    DAY,
    EVERYONE,
    NORTH,
    PARTNERS,
    SETTINGS,
    edition,
    everything,
    issue,
    item,
    on,
)

from bulletin.compose.layout import lay_out
from bulletin.model.issue import Item, When
from bulletin.model.partnership import Share
from bulletin.settings.values import EditionSettings


@pytest.mark.parametrize(
    ("share", "public", "partners"),
    [(Share.PUBLIC, True, True), (Share.PARTNERS, False, True), (Share.NO, False, True)],
)
def test_how_far_an_item_travels(share: Share, *, public: bool, partners: bool) -> None:
    story = item("story", share=share)
    assert bool(edition(story).items) is public
    assert bool(edition(story, of=PARTNERS).items) is partners


@given(st.lists(st.sampled_from(list(Share)), min_size=1, max_size=6))
def test_what_is_for_partners_is_nowhere_in_a_public_edition(shares: list[Share]) -> None:
    secret = {
        "title": "Hushtitle",
        "text": "Hushtext",
        "contact": "Hushcontact",
        "link": "https://hush.example/",
    }
    whens = {"when": on(date(2026, 12, 5)), "where": "Hushplace", "closes": on(date(2026, 12, 24))}
    items = [
        item(f"i{n}") if share is Share.PUBLIC else item(f"hush{n}", share=share, **secret, **whens)
        for n, share in enumerate(shares)
    ]
    found = edition(*items)
    whole = found.html + found.text + found.subject + str(found.calendar) + str(found.items)
    assert "hush" not in whole.lower()


@pytest.mark.parametrize(
    "story",
    [
        pytest.param(item("x", hold="late"), id="held"),
        pytest.param(item("x", "events", when=on(date(2026, 11, 25))), id="over"),
        pytest.param(item("x", "consultations", closes=on(date(2026, 11, 25))), id="closed"),
    ],
)
def test_what_is_left_out(story: Item) -> None:
    assert edition(story).items == ()


def test_what_the_issue_holds_back_is_left_out() -> None:
    assert edition(item("a"), item("b"), holds={"a": "ask first"}).items == ("b",)


def test_a_weekly_event_goes_on_after_its_first_day() -> None:
    assert edition(item("club", "events", when=on(date(2026, 9, 1), repeats="every Tuesday"))).items == (
        "club",
    )


@pytest.mark.parametrize(
    ("settings", "wanted"),
    [
        (EVERYONE._replace(audience=("Clerks",)), ("clerks", "all")),
        (EVERYONE._replace(areas=("north",)), ("clerks", "all", "north")),
        (EVERYONE._replace(sections=("successes",)), ()),
    ],
)
def test_an_edition_chooses_by_audience_area_and_section(
    settings: EditionSettings, wanted: tuple[str, ...]
) -> None:
    stories = (
        item("clerks", audience=("clerks",)),
        item("all"),
        item("north", area="North", audience=("scouts",)),
    )
    assert edition(*stories, of=settings).items == wanted


def test_bodies_are_read_in_the_order_of_the_settings() -> None:
    stories = (item("d"), item("c", body=COUNCIL), item("b", body=NORTH), item("a", body=CORE), item("e"))
    assert edition(*stories).items == ("a", "b", "c", "d", "e")


def test_the_officer_s_order_comes_first() -> None:
    stories = (item("a", body=CORE), item("b"), item("c"))
    assert edition(*stories, order=("c", "b")).items == ("c", "b", "a")


def test_consultations_are_read_by_closing_date() -> None:
    dates = {
        "never": When(""),
        "late": on(date(2027, 1, 8)),
        "noon": on(DAY, time(12)),
        "five": on(DAY, time(17)),
    }
    stories = [item(name, "consultations", closes=when) for name, when in dates.items()]
    assert edition(*stories).items == ("noon", "five", "late", "never")


def test_events_are_read_by_date_a_weekly_one_by_its_next() -> None:
    stories = (
        item("fair", "events", when=on(date(2026, 12, 4))),
        item("tbc", "events", when=When("soon")),
        item("club", "events", when=on(date(2026, 9, 1), time(10), repeats="every Tuesday")),
        item("today", "events", when=on(DAY)),
    )
    assert edition(*stories).items == ("today", "club", "fair", "tbc")


def test_sections_stand_in_their_order_and_only_with_something_in_them() -> None:
    layout = lay_out(issue(*everything()), PARTNERS, SETTINGS, DAY)
    headings = [group.heading for group in layout.groups]
    assert headings == ["Key messages", "County partnership news", "Consultations", "Events", "Successes"]


def test_an_item_let_through_without_a_section_is_not_lost() -> None:
    story = replace(item("stray"), section=None)
    assert [group.heading for group in lay_out(issue(story), EVERYONE, SETTINGS, DAY).groups] == [
        "Other news"
    ]
