"""What an item is: its section, area, audience and organisation, each with the reason for it."""

import pytest

from bulletin.collect.infer import infer
from bulletin.collect.organisation import address_of
from bulletin.collect.reading import Draft
from bulletin.settings import read_settings
from bulletin.settings.values import Settings

TOML = """
[partnership]
name = "Avon Partnership"
[sender]
name = "Avon"
address = "communicate@avon.example"
[bodies.kingsbrook]
name = "Kingsbrook Area Partnership"
aliases = ["Kingsbrook", "KAP"]
area = "Kingsbrook"
[bodies.county]
name = "Wrenshire Together"
aliases = ["the county partnership"]
section = "county-news"
domains = ["wrenshire.example"]
[bodies.police]
name = "Wrenshire Police"
domains = ["police.wrenshire.example"]
[sections.county-news]
heading = "County partnership news"
[sections.consultations]
heading = "Consultations"
words = ["have your say", "survey"]
[sections.publications]
heading = "Publications"
words = ["report", "published"]
[sections.events]
heading = "Events"
words = ["workshop"]
[areas]
Kingsbrook = ["Kingsbrook", "Upper Ambleford"]
Harrowell = ["Harrowell"]
[audiences]
"parish councils" = ["parish council"]
"voluntary groups" = ["charity", "charities"]
"""
SETTINGS = read_settings(TOML)
PLAIN = "Something happened and somebody wrote it down for everybody to read at leisure."


def inferred(
    text: str = PLAIN, path: str = "news.md", settings: Settings = SETTINGS, by: str = "", **labels: str
) -> Draft:
    return infer(Draft({"title": "News", "from": by, **labels}, text), path, settings)


@pytest.mark.parametrize(
    ("draft", "section", "reason"),
    [
        (inferred(section="events"), "events", ""),
        (inferred(closes="4 May 2027", title="A report"), "consultations", "section from its closing date"),
        (inferred(when="4 May 2027"), "events", "section from its date"),
        (inferred(path="Publications/x.md"), "publications", 'section from the folder "Publications"'),
        (inferred(path="a/county-news/b/x.md"), "county-news", 'section from the folder "county-news"'),
        (inferred(path="Winter event.md"), "events", "section events proposed from the file's name"),
        (inferred(title="Reports on homes"), "publications",
         'section publications proposed from "report" in its title'),
        (inferred("Have your **say** on buses."), "consultations",
         'section consultations proposed from "have your say" in its first lines'),
        (inferred(by="Wrenshire Together"), "county-news",
         "section county-news proposed from what Wrenshire Together usually sends"),
    ],
    ids=["label", "closing date", "when", "folder", "folder above", "file name", "title", "words", "body"],
)  # fmt: skip
def test_a_section_has_its_reason(draft: Draft, section: str, reason: str) -> None:
    assert draft.labels["section"] == section
    assert [one for one in draft.inferred if one.startswith("section")] == ([reason] if reason else [])


@pytest.mark.parametrize(
    "draft",
    [
        inferred(),
        inferred(title="Reporting live"),
        inferred(title="A report on the survey"),
        inferred("A workshop, and its report."),
        inferred(path="Events and publications.md"),
        inferred("word " * 60 + "report"),
        inferred(by="Wrenshire Together", title="A report on the survey"),
    ],
    ids=["nothing", "part of a word", "two in its title", "two in the text", "file name", "far down", "body"],
)  # fmt: skip
def test_where_nothing_or_too_much_points_the_officer_is_asked(draft: Draft) -> None:
    assert "section" not in draft.labels


def test_the_usual_section_decides_between_words_where_it_is_one_of_them() -> None:
    settings = read_settings(TOML.replace('"county-news"', '"publications"'))
    draft = inferred(title="A report on the survey", settings=settings, by="Wrenshire Together")

    assert draft.labels["section"] == "publications"


def test_a_default_section_is_off_unless_set_and_then_says_so() -> None:
    draft = inferred(settings=read_settings(TOML + '[collect]\ndefault_section = "county-news"\n'))

    assert draft.labels["section"] == "county-news"
    assert draft.inferred[-1] == "section county-news proposed from the setting default_section"


@pytest.mark.parametrize(
    ("draft", "area"),
    [
        (inferred(title="Upper Ambleford is lit"), "Kingsbrook"),
        (inferred("Upper Ambleford is lit."), None),
        (inferred(where="Town Hall, Harrowell"), "Harrowell"),
        (inferred(title="From Harrowell to Kingsbrook"), None),
        (inferred("Harrowell is lit.", by="KAP"), "Kingsbrook"),
        (inferred("Harrowell is lit.", area="Tamsford"), "Tamsford"),
    ],
)
def test_an_area_is_the_body_s_or_the_only_one_named(draft: Draft, area: str | None) -> None:
    assert draft.labels.get("area") == area


def test_audiences_are_those_the_title_or_first_sentence_names() -> None:
    draft = inferred("Charities may apply. So may others.", title="Money for parish councils")

    assert draft.labels["audience"] == "parish councils, voluntary groups"
    assert draft.inferred == ('audience proposed from "parish council" and "charities"',)


@pytest.mark.parametrize(
    ("text", "body", "reason"),
    [
        ("From Kingsbrook\n\nWords.", "Kingsbrook Area Partnership", "a line that is its name"),
        ("Words.\n\nJo Field  \nOfficer, Wrenshire Police", "Wrenshire Police", "a line that is its name"),
        ("Words.\n\n**Wrenshire Together**", "Wrenshire Together", "a line that is its name"),
        ("Wrenshire Police has new cars.", "Wrenshire Police", "its name in the first lines"),
    ],
)
def test_an_organisation_is_found_where_a_text_names_it(text: str, body: str, reason: str) -> None:
    draft = inferred(text)

    assert draft.labels["from"] == body
    assert f"organisation proposed from {reason}" in draft.inferred


@pytest.mark.parametrize(
    "text",
    ["Kingsbrook\n\nThe bridge is open.", "Wrenshire Police and Wrenshire Together met.",
     "Words.\n\nFrom Kingsbrook to Harrowell", PLAIN + "\n\n" + "word " * 60 + "Wrenshire Police said so."],
    ids=["a place", "two", "a journey", "far down"],
)  # fmt: skip
def test_a_place_or_somebody_mentioned_is_no_organisation(text: str) -> None:
    assert not inferred(text).labels["from"]


def test_the_nearest_domain_of_a_sender_counts() -> None:
    assert inferred(sender="Jo <jo@police.wrenshire.example>").labels["from"] == "Wrenshire Police"
    assert inferred(sender="Jo <jo@mail.wrenshire.example>").labels["from"] == "Wrenshire Together"
    assert not inferred(sender="Jo <jo@notwrenshire.example>").labels["from"]


@pytest.mark.parametrize(
    ("sender", "address"),
    [("Jo Field <jo@a.example>", "jo@a.example"), ("jo@a.example", "jo@a.example"),
     ("Jo Field", ""), ("", ""), ("Jo <jo@a.example\r\nBcc: x@b.example>", ""), ("Jo <a@b@c.example>", "")],
)  # fmt: skip
def test_an_address_is_one_that_can_be_written_to(sender: str, address: str) -> None:
    assert address_of(sender) == address
