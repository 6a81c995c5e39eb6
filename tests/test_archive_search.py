"""The search: an index a library reads, the same bytes every time, and hits in a real browser."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from archive_sample import SETTINGS, pages, site, templates
from chromium import browsed

from bulletin.archive.search import Document, index_of, terms_of


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("archive")
    for name, data in site(pages(), SETTINGS, templates()).items():
        path = found / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return found


def read(data: bytes) -> Any:
    found = re.fullmatch(r'bulletinIndex\("\d+", (.*)\);\n', data.decode())
    assert found
    return json.loads(found[1])


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("The LSP, the lsp", {"lsp": 2, "the": 2}),
        ("Gôr Afon £60,000", {"000": 1, "60": 1, "afon": 1, "gor": 1}),
        ("O'Neil_x -- ", {"neil": 1, "o": 1, "x": 1}),
        ("", {}),
    ],
)
def test_words_are_told_apart_without_accents_or_capitals(text: str, terms: dict[str, int]) -> None:
    assert terms_of(text) == terms


def test_an_index_says_where_each_word_stands_and_how_often() -> None:
    one = Document("2026-11/a", {"title": "A bus"}, ({"bus": 1}, {"bus": 2, "now": 1}))
    two = Document("2026-11/b", {"title": "B"}, ({}, {"bus": 1}))
    data = read(index_of("2026", [one, two]))
    assert data["index"] == [["bus", {"0": {"0": 1}, "1": {"0": 2, "1": 1}}], ["now", {"1": {"0": 1}}]]
    assert (data["fieldLength"], data["averageFieldLength"]) == ({"0": [1, 2], "1": [0, 1]}, [0.5, 1.5])


def test_a_search_from_the_disk_finds_an_item(folder: Path, tmp_path: Path) -> None:
    page, console = browsed(f"file://{folder}/search/index.html?q=transprt+fund", tmp_path)
    assert console == []
    assert "2 items found for “transprt fund”." in page
    assert '<a href="../2026-11/items/fund/index.html">A £60,000 transport fund opens</a>' in page


def test_hostile_words_found_are_words(folder: Path, tmp_path: Path) -> None:
    page, console = browsed(f"file://{folder}/search/index.html?q=%3Cscript%3Ealert", tmp_path)
    assert console == []
    assert "2 items found for “&lt;script&gt;alert”" in page
    assert "<img" not in page


def test_the_index_is_what_the_library_itself_would_write(folder: Path, tmp_path: Path) -> None:
    (folder / "oracle.html").write_text(
        """<!DOCTYPE html><script src="search/minisearch.js"></script><script>
const words = (text) => text.split(" ").filter(Boolean);
const theirs = new MiniSearch({ fields: ["title", "text"], tokenize: words, processTerm: (one) => one });
theirs.addAll([{ id: "a", title: "a bus", text: "now the bus" },
  { id: "b", title: "", text: "the hall hall" }]);
document.title = JSON.stringify(theirs.toJSON());
</script>""",
        "utf-8",
    )
    page, _ = browsed(f"file://{folder}/oracle.html", tmp_path)
    theirs = json.loads(re.search("<title>(.*)</title>", page)[1])  # type: ignore[index]
    texts = [("a", "a bus", "now the bus"), ("b", "", "the hall hall")]
    ours = read(
        index_of("1", [Document(name, {}, (terms_of(one), terms_of(two))) for name, one, two in texts])
    )
    assert ours | {"storedFields": {}, "index": None} == theirs | {"index": None}
    assert sorted(ours["index"]) == sorted(theirs["index"])


def test_without_javascript_the_page_says_what_to_do(folder: Path) -> None:
    page = (folder / "search/index.html").read_text("utf-8")
    assert 'role="search" hidden' in page
    assert "Without JavaScript:" in page
    assert '<a href="../glossary/index.html">' in page


def test_the_library_is_shipped_with_its_licence() -> None:
    library = templates()["site/minisearch.js"]
    assert library.startswith("/*!\n * MiniSearch 7.2.0")
    assert "Permission is hereby granted, free of charge" in library.partition("*/")[0]
