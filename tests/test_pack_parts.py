"""The parts of a pack, to the byte; and whatever items say, nothing goes too far and no address breaks."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time
from io import BytesIO
from typing import Any

import html5lib
import pytest
from conftest import Golden
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image as Drawing
from small_issue import CORE, DAY, SETTINGS, TEMPLATES, everything, issue, item, on
from test_hostile_editions import WORDS as HOSTILE
from test_hostile_editions import WORST, wrong

from bulletin.check.packs import Holding, pack_faults
from bulletin.compose import edition_of
from bulletin.compose.pack import credit_of, dressed, lay_out_pack, pack_items, pack_rule
from bulletin.labels import read_labels
from bulletin.model.edition import Edition, Entry, Layout
from bulletin.model.issue import Issue, Item
from bulletin.model.partnership import Reach, Share
from bulletin.model.picture import Picture
from bulletin.model.when import Doubt, DoubtKind, When
from bulletin.pack import contents, pack_files, preview_files
from bulletin.pack.draft import message_draft
from bulletin.pack.parts import parts
from bulletin.pack.short import MOST_WORDS, sixty_words
from bulletin.pack.zipped import unzipped, zipped
from bulletin.settings.values import PackSettings, Settings, Site

NORTH = PackSettings(
    "north",
    "North Partnership",
    "North News",
    colour="#7a1f4b",
    introduction="**Welcome.**",
    contact="Ann Other",
    logo_alt="A bridge",
)
_OUT = BytesIO()
Drawing.new("RGB", (40, 30), "navy").save(_OUT, "PNG")
PNG = _OUT.getvalue()
OWN = item("lunch", "events", title="Staff lunch", text="All welcome.", when=on(date(2026, 12, 3)))
HIDDEN = "The depot in Mill Lane closes for good at the end of this year"
URLS = st.sampled_from(
    [
        "https://a.example/x_y__z?a=1&b=2#c",
        "https://b.example/" + "long/" * 60,
        "https://c.example/(brackets)",
        "https://d.example/%E2%82%AC?q=a%20b",
    ]
)  # fmt: skip
WORDS = st.sampled_from(["Plain.", "A <b>bold</b> claim.", "`code` & *stress*", "- one\n- two", "x" * 400])


def made(
    *items: Item,
    pack: PackSettings = NORTH,
    own: tuple[Item, ...] = (),
    settings: Settings = SETTINGS,
    **values: Any,
) -> tuple[Layout, Edition, Issue]:
    whole = pack_items(issue(*items, **values), pack, own, DAY)
    layout = lay_out_pack(whole, pack, settings, DAY, [one.id for one in own])
    return layout, edition_of(layout, whole, pack_rule(pack), dressed(settings, pack), TEMPLATES), whole


def packed(*items: Item, pack: PackSettings = NORTH, own: tuple[Item, ...] = ()) -> Mapping[str, bytes]:
    """All files of a pack."""
    layout, edition, whole = made(*items, pack=pack, own=own)
    credit = credit_of(whole, pack, SETTINGS)
    by_id = {one.id: one for one in whole.items}
    return pack_files(layout, edition, by_id, {"words": credit.words, "url": credit.url}, "#7a1f4b")


def parts_of(*items: Item, pack: PackSettings = NORTH) -> dict[str, str]:
    layout, edition, whole = made(*items, pack=pack)
    found = parts(layout, edition, {one.id: one for one in whole.items}, {"words": "X issue 14", "url": ""})
    return {name: data.decode() for name, data in found.items()}


def test_a_small_pack_is_what_it_was(golden: Golden) -> None:
    found = packed(*everything(), own=(OWN,))
    for name in ("bulletin.html", "bulletin.txt"):
        golden.check(f"pack/{name}", found[name])
    for name, data in unzipped(found["parts.zip"]).items():
        if "buses" in name or "fund" in name or name == "READ-ME.txt":
            golden.check(f"pack/parts/{name}", data)


def test_the_same_issue_gives_the_same_bytes() -> None:
    assert packed(*everything()) == packed(*everything())


def test_a_zip_is_its_files_alone() -> None:
    files = {"a/ü.txt": b"one", "b.txt": b""}
    assert unzipped(zipped(files)) == files
    assert zipped(files) == zipped(dict(files))


def test_a_fragment_has_no_layout_no_class_and_no_colour() -> None:
    found = [text for name, text in parts_of(*everything()).items() if name.startswith("html/")]
    tags = {"h2", "h3", "h4", "p", "strong", "em", "a", "br", "ul", "li", "div"}
    table = {"table", "thead", "tbody", "tr", "th", "td"}
    for text in found:
        assert text.isascii()
        for one in html5lib.parseFragment(text, namespaceHTMLElements=False).iter():
            assert one.tag in tags | table | {"DOCUMENT_FRAGMENT"}
            assert set(one.attrib) <= {"href", "lang", "dir", "scope"}
    assert sum("<table>" in text for text in found) == 1


def test_a_fragment_in_another_language_says_which() -> None:
    found = parts_of(item("a", title="Bore da", language="Welsh"), item("b", language="Arabic"))
    assert found["html/a.html"].startswith('<div lang="cy">\n<h2>Bore da</h2>')
    assert found["html/b.html"].startswith('<div lang="ar" dir="rtl">')


def test_labels_say_what_the_items_do() -> None:
    whole = item(
        "a", "events", title="Tea: and cake", summary="Short.", text="Long.\n\n- list", body=CORE, area="N",
        audience=("clerks", "groups"), contact="Ann", link="https://a.example/", language="Welsh",
        when=on(date(2026, 12, 1), time(10)), where="Hall", share=Share.PARTNERS, image="x.jpg", alt="Us",
    )  # fmt: skip
    found = parts_of(whole, pack=NORTH._replace(reach=Reach.PARTNERS))["markdown/a.md"]
    read = read_labels(found)

    assert {name: label.value for name, label in read.labels.items()} == {
        "title": "Tea: and cake", "from": "Core Group", "section": "events", "summary": "Short.",
        "link": "https://a.example/", "contact": "Ann", "audience": "clerks, groups", "area": "N",
        "language": "Welsh", "when": "as written", "where": "Hall", "share": "partners",
    }  # fmt: skip
    assert (read.text, read.unknown) == ("Long.\n\n- list", ())


def test_a_year_that_was_worked_out_is_written_out() -> None:
    doubt = Doubt(DoubtKind.YEAR, "no year")
    when = When("4 December", date(2026, 12, 4), date(2026, 12, 4), doubts=(doubt,))
    found = parts_of(item("a", "events", when=when))["markdown/a.md"]
    assert "When: Friday 4 December 2026\n" in found


def test_a_picture_travels_beside_the_labels_and_the_page_that_name_it() -> None:
    shown = item("a", image="Us.png", alt="Us all", text="Look.\n\n![A bridge](us.png)")
    logo = Picture("logo.png", PNG, "image/png", 80, 40)
    layout, edition, whole = made(
        shown, pictures={"us.png": Picture("us.png", PNG, "image/png", 40, 30)}, logo=logo
    )
    found = parts(layout, edition, {one.id: one for one in whole.items}, {"words": "X", "url": ""})

    assert found["markdown/us.png"] == found["html/us.png"] == PNG
    assert b"Image: us.png\nAlt: Us all\n" in found["markdown/a.md"]
    assert b'<img src="./us.png" alt="A bridge"' in found["html/a.html"]
    assert not any("logo" in name for name in found)


def test_a_pack_shows_its_logo_in_every_form() -> None:
    layout, edition, _ = made(item("a"), logo=Picture("logo.png", PNG, "image/png", 80, 40))
    files = preview_files(layout, edition, "#7a1f4b")

    assert files["images/logo.png"] == PNG
    assert b'src="images/logo.png" alt="A bridge"' in files["bulletin.html"]
    assert b"Content-ID: <logo.png>" in message_draft(edition)
    assert any(name.startswith("word/media/") for name in unzipped(files["bulletin.docx"]))


def test_what_is_for_programs_has_every_form() -> None:
    found = json.loads(parts_of(*everything())["items.json"])
    bus = next(one for one in found["items"] if one["id"] == "buses")

    assert found["format"] == 1
    assert bus["closes"] == {
        "words": "as written",
        "start": "2027-01-08",
        "end": "2027-01-08",
        "starts": "23:59:00",
    }
    assert bus["section"] == "Consultations"
    assert bus["one_line"].startswith(
        "Bus review (District Council) - https://www.council.example/bus_review__2026"
    )
    assert all(bus[form] for form in ("html", "markdown", "text", "sixty_words"))


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("One. Two.", "One. Two."),
        ("Some words here. " + "More " * 60 + "end.", "Some words here."),
        ("word " * 70 + "end. Second.", "word " * 70 + "end."),
        ("## Heading\n\nFirst.\n\n- a\n- b\n\nLast.", "First."),
        ("See Dr. Jones at 10 a.m. on the day. " + "More " * 60, "See Dr. Jones at 10 a.m. on the day."),
        ("First. Bring these:\n\n- a\n- b", "First."),
        ("- only\n- a list", "only a list"),
        ("", ""),
        (
            "See https://a.example/" + "x/" * 50 + "y. Then go.",
            "See https://a.example/" + "x/" * 50 + "y. Then go.",
        ),
    ],
    ids=["all", "cut", "a long first", "a heading", "a title", "a colon", "a list", "nothing", "an address"],
)
def test_sixty_words_end_with_a_sentence(text: str, short: str) -> None:
    assert sixty_words(Entry("a", "1.1", "a", "Title", "Title", text=text)) == f"Title\n{short}".strip()


@given(
    st.lists(st.sampled_from(["One two three.", "A longer sentence of seven words.", "Why?"]), max_size=40)
)
def test_sixty_words_are_sixty_at_most_where_a_sentence_is_short(sentences: list[str]) -> None:
    text = " ".join(sentences)
    found = sixty_words(Entry("a", "1.1", "a", "Title", "Title", text=text))

    assert len(found.split()) <= MOST_WORDS
    assert text.startswith(found.removeprefix("Title\n")) or found == "Title"


def said(files: Mapping[str, bytes]) -> str:
    return "\n".join(one.words for one in contents(files))


@settings(max_examples=8, deadline=None)
@given(st.lists(st.tuples(WORDS, URLS), min_size=1, max_size=3), WORDS)
@example([("Plain.", "https://a.example/x_y__z?a=1&b=2#c")], "Plain.")
def test_no_partners_text_is_in_a_public_pack_and_every_address_is_whole(
    told: list[tuple[str, str]], secret: str
) -> None:
    items = [item(f"i{n}", text=f"{words}\n\nSee [this]({url}).") for n, (words, url) in enumerate(told)]
    hidden = item(
        "hidden", title="Qqxx", text=f"{HIDDEN}. {secret}", share=Share.PARTNERS, link="https://q.example/q"
    )
    never = replace(hidden, id="never", share=Share.NO)
    files = packed(*items, hidden, never)

    for name, words in ((one.place, one.words) for one in contents(files)):
        assert "Mill Lane" not in words, name
        assert "Qqxx" not in words, name
        assert "q.example" not in words, name
    for _, url in told:
        for kind in ("bulletin.html", "bulletin.txt", "bulletin.docx", "bulletin.eml", "parts.zip"):
            whole = said({kind: files[kind]}).replace("&amp;", "&")
            assert url in whole, kind


def test_what_goes_no_further_is_not_even_in_a_partners_pack() -> None:
    hidden = item("hidden", title="Qqxx", text=HIDDEN, share=Share.NO)
    assert "Qqxx" not in said(packed(item("a"), hidden, pack=NORTH._replace(reach=Reach.PARTNERS)))


@pytest.mark.parametrize(
    "name", ["bulletin.html", "bulletin.txt", "bulletin.docx", "bulletin.eml", "parts.zip"]
)
def test_a_leak_is_found_in_every_kind_of_file(name: str) -> None:
    files = packed(item("a", text=f"{HIDDEN}. Write to eve@eve.example."))
    hidden = item("hidden", text=HIDDEN, share=Share.PARTNERS)
    faults = list(
        pack_faults(list(contents({name: files[name]})), Holding((), (), (hidden,)), NORTH, SETTINGS)
    )

    assert f"the text of {hidden.path}, which it may not hold" in faults
    assert any("the address eve@eve.example in" in fault for fault in faults)


@pytest.mark.parametrize(
    "written",
    ["a&b@x.example", "mail=ann@x.example", "*ann@x.example*", "ann@b\u00fccher.example", "first\\_last@x",
     "j%20o@x.example", "Ann.O'Neil@X.Example", "<mailto:ann@x.example?subject=Hi>", "+a@x.example"],
)  # fmt: skip
def test_an_address_an_item_gives_is_never_a_fault(written: str) -> None:
    whole = item("a", text=f"Write to {written} now.", contact=f"Ann, {written}", summary=f"Or ({written}).")
    found = list(contents(packed(whole)))
    assert list(pack_faults(found, Holding((whole,), (), ()), NORTH, SETTINGS)) == []


@settings(max_examples=5, deadline=None)
@given(HOSTILE, HOSTILE)
@example(WORST, WORST)
@example("mailto:a@b.example?bcc=c@d.example", "<")
def test_whatever_items_say_they_are_no_fault_of_their_own_pack(words: str, other: str) -> None:
    items = wrong(words, other)
    found = list(contents(packed(*items)))
    assert list(pack_faults(found, Holding(items, (), ()), NORTH, SETTINGS)) == []


def test_a_header_of_a_list_is_a_fault() -> None:
    data = b"Subject: x\r\nList-Unsubscribe: <mailto:a>\r\n\r\nx\r\n"
    faults = list(pack_faults(list(contents({"a.eml": data})), Holding((), (), ()), NORTH, SETTINGS))
    assert faults == ["the header List-Unsubscribe: in a.eml: headers"]


def test_what_stands_under_a_heading_does_not_follow_a_summary() -> None:
    entry = Entry("a", "1.1", "a", "Title", "Title", summary="Up to £5,000.", text="## Not for\n\nParishes.")
    assert sixty_words(entry) == "Title\nUp to £5,000."


def test_the_archive_has_no_calendar_file_of_a_partners_own_item() -> None:
    _, edition, _ = made(*everything(), own=(OWN,))

    assert "/calendar/lunch.ics" not in edition.html + edition.text
    assert "/calendar/market.ics" in edition.html
    assert "lunch.ics" in {file.name for file in edition.calendar}


def test_an_archive_for_partners_is_not_named_in_a_public_pack() -> None:
    closed = SETTINGS._replace(site=Site("https://inner.example", Reach.PARTNERS))
    layout, edition, _ = made(*everything(), settings=closed)

    assert "inner.example" not in edition.html + edition.text
    assert "Adapted from Communicate issue 14" in edition.text
    assert not re.search("Calendar file|attached", edition.text)
    assert layout.bodies == layout.ahead == ()
