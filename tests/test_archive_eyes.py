"""The archive in a real browser, from the disk: axe-core finds nothing, nothing is too wide, it prints."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from archive_sample import SETTINGS, pages, site, templates
from chromium import LARGER, Tab
from gate_editions import PICTURES, odd
from small_issue import DAY, EVERYONE, everything, issue
from small_issue import SETTINGS as SMALL

from bulletin.archive import Page
from bulletin.compose import compose, lay_out

NAMES = (
    "index.html",
    "2026-11/index.html",
    "2026-11/items/plan/index.html",
    "2026-11/items/hwyl/index.html",
    "events/index.html",
    "events/2026/index.html",
    "years/2026/index.html",
    "glossary/index.html",
    "search/index.html",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("archive"), site(pages(), SETTINGS, templates()))


def written(folder: Path, files: Mapping[str, bytes]) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def too_wide(tab: Tab) -> list[str]:
    return [one for one in tab.overflow() if not one.startswith("Skip")]


@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing_and_nothing_is_too_wide(tab: Tab, folder: Path, name: str) -> None:
    for width, dark in ((1280, False), (1280, True), (320, False)):
        tab.go((folder / name).as_uri(), width, dark=dark)
        assert (tab.axe(whole=True), too_wide(tab)) == ([], []), (width, dark)
    tab.go((folder / name).as_uri(), 640)
    tab.run(LARGER)
    assert too_wide(tab) == []


@pytest.mark.slow
@pytest.mark.parametrize("width", [280, 320])
def test_every_page_of_what_is_hard_to_show_fits_a_small_screen(tab: Tab, tmp_path: Path, width: int) -> None:
    whole = issue(*everything(), *odd(), pictures=PICTURES)
    layout = lay_out(whole, EVERYONE, SMALL, DAY)
    edition = compose(whole, EVERYONE, SMALL, DAY, templates())
    written(tmp_path, site([Page(whole.id, edition, layout)], SMALL, templates()))
    found = {path.relative_to(tmp_path).as_posix(): path.as_uri() for path in tmp_path.rglob("*.html")}
    assert len(found) > len(layout.entries) > 15
    wide = {}
    for name, address in sorted(found.items()):
        tab.go(address, width)
        wide |= {name: too_wide(tab)} if too_wide(tab) else {}
    assert wide == {}


def test_what_a_search_finds_is_fit_for_everybody_too(tab: Tab, folder: Path) -> None:
    tab.go(f"{(folder / 'search/index.html').as_uri()}?q=plan")
    tab.run("new Promise(go => setTimeout(go, 300))")
    assert "found" in tab.run("document.getElementById('status').textContent")
    assert tab.axe(whole=True) == []


def test_paper_has_the_words_without_what_is_for_a_screen(tab: Tab, folder: Path) -> None:
    tab.go((folder / "2026-11/index.html").as_uri(), 718, media="print")
    assert tab.run("getComputedStyle(document.querySelector('header nav')).display") == "none"
    assert too_wide(tab) == []
