"""The pages people read say what is so: commands, links, settings, labels, dates, pictures."""

import json
import re
from datetime import date, time
from pathlib import Path

import pytest
from pages import PAGES, ROOT, Reader, anchors, blocks, commands, links, pictures, rows, section

from bulletin.cli import VERBS
from bulletin.dates import read_when
from bulletin.labels import LABELS, SYNONYMS
from bulletin.model.partnership import Body, Section
from bulletin.settings.values import (
    CalendarRules,
    EditionSettings,
    HouseStyle,
    ListSettings,
    PackSettings,
    Partnership,
    Priority,
    RelaySettings,
    Sender,
    Settings,
    Site,
)

RUN = [page for page in PAGES if any(commands(block) for block in blocks(page))]
OFFICER, CONTRIBUTOR, ADMINISTRATOR = (
    ROOT / "docs" / f"{name}.md" for name in ("officer", "contributor", "administrator")
)
TABLES = {
    "partnership": Partnership,
    "sender": Sender,
    "calendar": CalendarRules,
    "relay": RelaySettings,
    "style": HouseStyle,
    "site": Site,
    "bodies": Body,
    "sections": Section,
    "editions": EditionSettings,
    "lists": ListSettings,
    "packs": PackSettings,
    "priorities": Priority,
}
INSTALLING = r"(make|pipx|python3 -m (pip|venv)|/opt/bulletin/bin/python -m pip|py -m pip|py -m pipx) "
WINDOWS = r"(notepad|Invoke-Item|Compress-Archive|cd|bulletin)\b"


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def day_in(words: str) -> list[str]:
    """What is doubtful about a date."""
    return [doubt.detail for doubt in read_when(words, date(2026, 11, 12)).doubts]


def as_toml(value: object) -> str:
    """A default as bulletin.toml would have it."""
    if isinstance(value, bool | int | time):
        return str(value).lower()
    return json.dumps(value) if isinstance(value, tuple) else f'"{value}"'


@pytest.mark.parametrize("page", RUN, ids=name)
def test_every_command_shown_does_what_the_page_says(page: Path, tmp_path: Path) -> None:
    folder = tmp_path / "home"
    folder.mkdir()
    Reader(folder).follow(page)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_what_is_not_run_installs_something_or_is_windows(page: Path) -> None:
    kinds = {"sh": INSTALLING, "powershell": f"{INSTALLING}|{WINDOWS}"}
    for block in blocks(page):
        for line in block.lines if block.kind in kinds else ():
            assert re.match(kinds[block.kind], line), f"{name(page)}:{block.at}: {line}"


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_target_of_make_that_is_named_is_there(page: Path) -> None:
    targets = set(re.findall(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8")))
    named = re.findall(r"(?m)(?:^ {4}|^|`)make ([a-z-]+)(?=[`\n]| {2})", page.read_text("utf-8"))
    assert set(named) <= targets


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_between_files_leads_somewhere(page: Path) -> None:
    for link in links(page):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{name(page)}: {link}"
        assert not anchor or anchor in anchors(target), f"{name(page)}: {link}"


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_picture_is_small_and_told_in_words(page: Path) -> None:
    for words, path in pictures(page):
        assert len(words.split()) > 10, f"{name(page)}: {path}: {words}"
        assert (page.parent / path).stat().st_size <= 150_000


def test_every_picture_is_shown() -> None:
    shown = {(page.parent / path).resolve() for page in PAGES for _, path in pictures(page)}
    assert shown == set((ROOT / "docs" / "images").iterdir())


def test_every_command_is_shown_being_used() -> None:
    typed = [command.words.split() for page in RUN for block in blocks(page) for command in commands(block)]
    assert {word for words in typed for word in words if words[0] == "bulletin"} >= set(VERBS)


@pytest.mark.parametrize("table", TABLES)
def test_every_setting_is_explained_with_its_default(table: str) -> None:
    told = {row[0].strip("`"): row[1] for row in rows(section(ADMINISTRATOR, table))}
    ours = TABLES[table]
    by_id = {
        "bodies": {"id"},
        "sections": {"id"},
        "editions": {"name"},
        "lists": {"name"},
        "packs": {"name"},
        "priorities": {"id"},
    }.get(table, set())
    assert set(told) == set(ours._fields) - by_id
    for key, default in ((key, getattr(ours, key)) for key in ours._fields if hasattr(ours, key)):
        expected = "every list" if default is None else f"`{as_toml(default)}`"
        assert told[key] == expected, f"{table}.{key}"


def test_every_table_of_settings_has_a_heading() -> None:
    headings = set(re.findall(r"(?m)^### (\w+)$", ADMINISTRATOR.read_text("utf-8")))
    assert headings == {*Settings._fields}


def test_every_label_is_in_the_officers_table_with_its_other_names() -> None:
    table = section(OFFICER, "Edit an item").casefold()
    for label in LABELS:
        assert f"`{label}`" in table, label
    for other in SYNONYMS:
        assert re.search(rf"\b{other}\b", table), other


def test_the_dates_contributors_are_shown_work_or_do_not() -> None:
    for good, bad, _ in rows(section(CONTRIBUTOR, "Dates that work")):
        assert day_in(good.strip("`")) == []
        assert day_in(bad.strip("`"))


def test_the_examples_for_contributors_are_read_whole(tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    for number, block in enumerate(block for block in blocks(CONTRIBUTOR) if block.kind == "text"):
        path = tmp_path / "w" / "contributions" / f"{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(block.lines), "utf-8")
    for words in ("init w", "-C w new 2026-11 --meeting 2026-11-12", "-C w --today 2026-11-21 collect"):
        code, said = reader.ours(words.split())
        assert code == 0
    assert "2 files: 2 read; 2 items." in said


def test_every_version_is_in_the_changes() -> None:
    from bulletin import __version__

    assert f"## [{__version__}] - " in (ROOT / "CHANGELOG.md").read_text("utf-8")
