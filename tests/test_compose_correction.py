"""A correction reads like the bulletin it corrects, in both parts, and shows nobody what they may not see."""

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from small_issue import DAY, SETTINGS, everything, issue

from bulletin.compose.correction import compose_correction
from bulletin.model.correction import Correction
from bulletin.model.edition import Edition
from bulletin.model.partnership import Reach
from bulletin.settings.values import Settings

FOLDER = Path(__file__).parent.parent / "templates"
TEMPLATES = {path.name: path.read_text("utf-8") for path in FOLDER.iterdir() if path.is_file()}


def correction(text: str, *items: str, reach: Reach = Reach.PUBLIC, settings: Settings = SETTINGS) -> Edition:
    made = Correction(1, text, items, reach)
    return compose_correction(made, issue(*everything()), settings, DAY, TEMPLATES)


def test_it_names_the_issue_and_leads_to_what_it_corrects() -> None:
    made = correction("It begins at **6pm**.", "carols")
    assert made.subject == "Correction: Communicate issue 14"
    for part in (made.html, made.text):
        assert "https://archive.avon.example/2026-11/#carols" in part
    assert "<strong>6pm</strong>" in made.html
    assert "Carols &amp; mince pies" in made.html


def test_an_item_in_another_language_is_marked_as_such() -> None:
    assert '<li lang="cy">' in correction("Am 10.", "bore-coffi").html


def test_what_is_for_partners_alone_is_named_to_partners_alone() -> None:
    assert "Draft priorities" not in correction("Not yet.", "draft").html
    assert "Draft priorities" in correction("Not yet.", "draft", reach=Reach.PARTNERS).text


def test_a_page_only_partners_can_open_is_linked_for_partners_alone() -> None:
    settings = SETTINGS._replace(site=SETTINGS.site._replace(reach=Reach.PARTNERS))
    assert "archive.avon.example" not in correction("Not yet.", "carols", settings=settings).html
    assert (
        "archive.avon.example"
        in correction("Not yet.", "draft", reach=Reach.PARTNERS, settings=settings).html
    )


def test_the_officer_may_restyle_it() -> None:
    templates = {**TEMPLATES, "correction.txt": "{{ layout.number }}: {{ layout.introduction }}"}
    made = compose_correction(Correction(1, "So."), issue(), SETTINGS, DAY, templates)
    assert made.text == "14: So.\n"


@given(st.text(max_size=300))
def test_whatever_it_says_no_element_of_the_officers_own_gets_in(text: str) -> None:
    made = correction(f"x {text} <script>alert(1)</script><img src=y> https://a.example/b?c=1&d=2 ")
    assert "<script" not in made.html
    assert "<img" not in made.html
    assert "\r" not in made.text


def test_the_same_words_on_the_same_day_give_the_same_bytes() -> None:
    assert correction("So.", "carols") == replace(correction("So.", "carols"))
