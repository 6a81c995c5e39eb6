"""The archive in a real browser, from the disk: axe-core finds nothing, nothing is too wide, it prints."""

from pathlib import Path

import pytest
from archive_sample import built
from chromium import LARGER, Tab

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
    folder = tmp_path_factory.mktemp("archive")
    for name, text in built().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8", newline="")
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


def test_what_a_search_finds_is_fit_for_everybody_too(tab: Tab, folder: Path) -> None:
    tab.go(f"{(folder / 'search/index.html').as_uri()}?q=plan")
    tab.run("new Promise(go => setTimeout(go, 300))")
    assert "found" in tab.run("document.getElementById('status').textContent")
    assert tab.axe(whole=True) == []


def test_paper_has_the_words_without_what_is_for_a_screen(tab: Tab, folder: Path) -> None:
    tab.go((folder / "2026-11/index.html").as_uri(), 718, media="print")
    assert tab.run("getComputedStyle(document.querySelector('header nav')).display") == "none"
    assert too_wide(tab) == []
