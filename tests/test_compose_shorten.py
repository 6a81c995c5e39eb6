"""A long item in an edition: its beginning, and the way to all of it in the archive."""

import pytest
from archive_sample import site, templates
from hypothesis import given
from hypothesis import strategies as st
from small_issue import DAY, EVERYONE, PARTNERS, SETTINGS, edition, issue, item

from bulletin.archive import Page
from bulletin.compose import compose, lay_out, whole_items
from bulletin.compose.shorten import beginning, word_count
from bulletin.markdown import plain
from bulletin.model.edition import Entry
from bulletin.model.issue import Item
from bulletin.model.partnership import Reach, Share
from bulletin.settings.values import EditionSettings, Settings, Site

SENTENCE = "The bus runs on every day of the week but one."
LONG = " ".join([SENTENCE] * 12)
SITE = "https://archive.avon.example/"
PAGE = f"{SITE}2026-11/items/bus/"
BY_PARTNERS = SETTINGS._replace(site=Site("https://archive.avon.example", Reach.PARTNERS))


def shown(found: Item, settings: Settings = SETTINGS, of: EditionSettings = EVERYONE) -> Entry:
    (only,) = lay_out(issue(found), of, settings, DAY).entries
    return only


def ways(entry: Entry) -> list[tuple[str, str]]:
    return [(way.lead, way.url) for way in entry.ways]


def test_a_long_item_ends_with_a_sentence_and_leads_to_its_page_in_the_archive() -> None:
    entry = shown(item("bus", text=LONG))
    assert entry.text == " ".join([SENTENCE] * 5)
    assert ways(entry) == [("Read more", PAGE)]


def test_both_parts_say_the_same_and_lead_there() -> None:
    both = edition(item("bus", text=LONG))
    assert [part.count(PAGE) for part in (both.html, both.text)] == [1, 1]
    assert [" ".join(part.split()).count(SENTENCE) for part in (both.html, both.text)] == [5, 5]


def test_an_item_of_80_words_is_whole_and_one_of_81_is_not() -> None:
    words = f"{' '.join(['Word'] * 20)}. "
    assert shown(item("bus", text=f"{words * 4}More.")).text == (words * 3).strip()
    assert shown(item("bus", text=words * 4)).ways == ()


def test_a_summary_is_what_a_long_item_prints() -> None:
    entry = shown(item("bus", summary="A new bus.", text=LONG))
    assert (entry.summary, entry.text, ways(entry)) == ("A new bus.", "", [("Read more", PAGE)])
    entry = shown(item("bus", summary=SENTENCE, text=LONG))
    assert (entry.summary, entry.text) == (SENTENCE, "")
    assert shown(item("bus", summary="A new bus.", text="It is red.")).text == "It is red."


def test_its_own_link_is_told_from_the_way_to_the_rest() -> None:
    link = "https://bus.example/new"
    assert ways(shown(item("bus", text=LONG, link=link))) == [("Read more", PAGE), ("Find out more", link)]
    behind = item("bus", text=f"{LONG} [See it]({link}).", link=link)
    assert ways(shown(behind)) == [("Read more", PAGE), ("Find out more", link)]


@pytest.mark.parametrize(
    ("found", "settings", "of"),
    [
        (item("bus", text=LONG), SETTINGS._replace(site=Site()), EVERYONE),
        (item("bus", text=LONG), BY_PARTNERS, EVERYONE),
        (item("bus", text=LONG, share=Share.PARTNERS), SETTINGS, PARTNERS),
        (item("bus", text=LONG, share=Share.NO), BY_PARTNERS, PARTNERS),
        (item("bus", text=LONG), whole_items(SETTINGS), EVERYONE),
    ],
    ids=["no-site", "readers-cannot-open-it", "not-on-the-site", "in-no-archive", "by-the-settings"],
)
def test_nothing_is_cut_that_could_not_be_read_elsewhere(
    found: Item, settings: Settings, of: EditionSettings
) -> None:
    entry = shown(found, settings, of)
    assert (entry.text, entry.ways) == (LONG, ())


def test_partners_who_can_open_the_site_are_led_there() -> None:
    assert ways(shown(item("bus", text=LONG, share=Share.PARTNERS), BY_PARTNERS, PARTNERS)) == [
        ("Read more", PAGE)
    ]


@pytest.mark.parametrize("name", ["bus", "section-events", "Café No. 2", "مرحبا", "a" * 90])
def test_the_archive_says_all_of_it_where_the_edition_leads(name: str) -> None:
    first, second = item("first", text="First."), item(name, "events", text=LONG)
    (entry,) = (one for one in lay_out(issue(first, second), EVERYONE, SETTINGS, DAY).entries if one.ways)
    whole, settings = issue(second), whole_items(SETTINGS)
    composed = compose(whole, EVERYONE, settings, DAY, templates())
    files = site([Page(whole.id, composed, lay_out(whole, EVERYONE, settings, DAY))], settings, templates())
    page = files[f"{entry.ways[0].url.removeprefix(SITE)}index.html"].decode()
    assert page.count(SENTENCE) == 12
    assert f'<link rel="canonical" href="{entry.ways[0].url}">' in page


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"One two three.\n\n{SENTENCE} " + LONG, "One two three."),
        (f"## Head\n\nOne two three.\n\n## Next\n\n{LONG}", "## Head\n\nOne two three."),
        (f"One two three.\n\nWhat comes next\n\n{LONG}", "One two three."),
        (f"Bring:\n\n- a coat\n- a lamp. Yes.\n\n{LONG}", "Bring:\n\n- a coat\n- a lamp. Yes."),
        (f"One two three.\n\n- {LONG}\n- b", "One two three."),
        (f"One.\n\nThese:\n\n| a | b |\n|---|---|\n| {LONG} | c |", "One."),
        (f"- {LONG}\n- b\n\n{LONG}", f"- {LONG}\n- b"),
        (f"**One. Two.** Three. {LONG}", "**One. Two.** Three."),
        (f"See [one. Two](https://x.example/a.b) it. {LONG}", "See [one. Two](https://x.example/a.b) it."),
        (f"[A][1]. {LONG}\n\n[1]: https://x.example", f"[A][1]. {LONG}\n\n[1]: https://x.example"),
        (f"Ask Mr. Jones, e.g. Ann. {LONG}", "Ask Mr. Jones, e.g. Ann."),
        (f"“Is it?” he said. {LONG}", "“Is it?” he said."),
        (f"{LONG}\n\nThe end.", SENTENCE),
        ("word " * 200, "word " * 200),
        (f"One.\nTwo is\nhere. {LONG}", "One.\nTwo is\nhere."),
    ],
)  # fmt: skip
def test_a_beginning_ends_where_a_reader_would_stop(text: str, kept: str) -> None:
    assert beginning(text, 10) == kept


@given(
    st.lists(
        st.sampled_from(
            [SENTENCE, "## Head", "- a\n- b", "1. a\n\n   b", "> q. R", "*a. B* c.", "[a. B](https://x.example/)",
             "| a |\n|---|\n| b. C |", "```\na. B\n```", "Lead:", "[r]", "[r]: https://r.example", "a\\. B",
             "***", "www.x.example. Next", "line  \nline. Line"]
        ),
        max_size=12,
    ).map("\n\n".join),
    st.integers(0, 40),
)  # fmt: skip
def test_a_beginning_reads_as_it_does_within_the_whole(text: str, most: int) -> None:
    found, words = beginning(text, most), plain(text).split()
    assert plain(found).split() == words[: word_count(found)]
