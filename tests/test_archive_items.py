"""A page for each item: whole, at an address that stays, with what was put right since."""

from dataclasses import replace
from datetime import UTC, date, datetime

import html5lib
import pytest
from archive_sample import SETTINGS, built, issue, item, page, pages, site, templates

from bulletin.model.correction import Corrected

PLAN = "2026-11/items/plan/index.html"
AT = datetime(2026, 12, 3, 9, 30, tzinfo=UTC)
CORRECTION = Corrected(AT, "It closes on **18** December <script>alert(1)</script>.", ("plan",))


def words(text: str) -> str:
    return " ".join(" ".join(html5lib.parse(text).itertext()).split())


def corrected(*corrections: Corrected) -> dict[str, str]:
    august, november = pages()
    files = site([august, replace(november, corrections=corrections)], SETTINGS, templates())
    return {path: data.decode() for path, data in files.items()}


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    return built()


def test_an_item_has_all_its_words_and_where_they_are_from(files: dict[str, str]) -> None:
    said = words(files["2026-11/items/fund/index.html"])
    assert "2026 Issue 14, Thursday 26 November 2026 Key messages A £60,000 transport fund opens" in said
    assert "Voluntary groups may apply. The LSP decides. Who may apply parishes clubs" in said


def test_an_item_leads_to_its_issue_and_the_items_beside_it(files: dict[str, str]) -> None:
    assert 'href="../../index.html#plan">Issue 14' in files[PLAN]
    assert '<a rel="prev" href="../police/index.html">' in files[PLAN]
    assert 'rel="prev"' not in files["2026-11/items/fund/index.html"]


def test_the_lists_lead_to_the_item(files: dict[str, str]) -> None:
    assert 'href="2026-11/items/plan/index.html"' in files["index.html"]
    assert 'href="../../2026-11/items/plan/index.html"' in files["years/2026/index.html"]


def test_an_address_is_the_same_whatever_else_the_issue_holds() -> None:
    odd = item("Größe & Co", "successes", "Odd")
    alone, beside = (
        issue("2026-11", 14, date(2026, 11, 26), *more) for more in ((odd,), (odd, item("a", "events", "A")))
    )
    found = [
        {path for path in site([page(one)], SETTINGS, templates()) if "gro" in path}
        for one in (alone, beside)
    ]
    assert found[0] == found[1]
    assert len(found[0]) == 1
    assert all(path.isascii() for path in found[0])


def test_a_correction_stands_on_top_of_its_issue_its_item_and_no_other() -> None:
    files = corrected(CORRECTION)
    for path in ("2026-11/index.html", PLAN):
        said = words(files[path])
        assert "Corrected on Thursday 3 December 2026 : It closes on 18 December <script>" in said
        assert said.index("Corrected on") < said.index("The draft plan is out")
    assert "Corrected" not in files["2026-11/items/fund/index.html"]
    assert "Corrected" not in files["2026-08/index.html"]


def test_a_correction_of_the_whole_issue_stands_on_every_item() -> None:
    files = corrected(replace(CORRECTION, items=()))
    assert "Corrected on" in files["2026-11/items/fund/index.html"]


def test_a_correction_is_marked_in_the_lists_the_text_and_the_feed() -> None:
    files = corrected(CORRECTION)
    assert "corrected on Thursday 3 December 2026" in files["index.html"]
    assert files["2026-11/bulletin.txt"].startswith("Corrected on Thursday 3 December 2026:\nIt closes on 18")
    assert "issue 14, Thursday 26 November 2026 (corrected)" in files["feed.xml"]
    assert "<updated>2026-12-03T09:30:00Z</updated>" in files["feed.xml"]
    assert "&lt;strong&gt;Corrected on" in files["feed.xml"]


def test_the_latest_of_several_corrections_comes_first() -> None:
    later = Corrected(datetime(2026, 12, 9, tzinfo=UTC), "Later.")
    said = words(corrected(CORRECTION, later)["2026-11/index.html"])
    assert said.index("9 December") < said.index("3 December")


def test_the_glossary_says_which_issues_a_body_or_a_short_form_is_in(files: dict[str, str]) -> None:
    said = words(files["glossary/index.html"])
    assert "LSP local strategic partnership Issue 14 Issue 13" in said
    assert "Core Group Steers the partnership Issue 14 Issue 13" in said
    assert "Tamsford and Villages Partnership Eleven parishes Short forms" in said


def test_old_years_have_a_page_of_their_own_that_a_new_issue_leaves_alone() -> None:
    old = page(issue("2025-11", 10, date(2025, 11, 27)))
    before, after = (site(some, SETTINGS, templates()) for some in ([old, pages()[0]], [old, *pages()]))
    assert "Local Plan" in words(after["years/2025/index.html"].decode())
    for path in ("years/2025/index.html", "search/2025.js", "events/2025/index.html"):
        assert before.get(path) == after.get(path), path
