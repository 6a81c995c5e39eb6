"""What the officer wrote stays, byte for byte, whatever the program does with it."""

import re
from pathlib import Path

import pytest
from officer import ISSUE, Officer, at, contents

SENTENCE = "Halls that are warm in winter may ask for a little money."
MESSY = b"---\r\ntitle:   A fund\r\nSection: Key messages\r\n---\r\n\xc2\xb7 not\t a list \xa0\r\n"


@pytest.fixture
def officer(tmp_path: Path) -> Officer:
    return at("collected", tmp_path)


@pytest.fixture
def long(officer: Officer) -> Officer:
    """An officer whose site is up and whose first item is long."""
    toml = (officer.folder / "bulletin.toml").read_text("utf-8")
    site = '[site]\nurl = "https://news.parish.example"\n'
    (officer.folder / "bulletin.toml").write_text(re.sub(r"(?m)^\[site\]\n", "", toml) + f"\n{site}", "utf-8")
    officer.edit_item("a-fund-for-halls", "Halls [apply]", f"{f'{SENTENCE} ' * 12}Halls [apply]")
    return officer


def items(officer: Officer) -> dict[str, bytes]:
    return contents(officer.path("items"))


@pytest.mark.parametrize(
    "words", [b"# Another title\n\nOther.\n", MESSY, b"\xef\xbb\xbfTitle: B\n\n\n\nC  \n\n", b"", b"\xff\xfe"]
)  # fmt: skip
def test_no_command_rewrites_an_edited_item(officer: Officer, words: bytes) -> None:
    officer.path("items/a-fund-for-halls.md").write_bytes(words)
    before = items(officer)
    for command in (("collect",), ("status",), ("check",), ("build",), ("collect",), ("archive",)):
        officer(*command)
    assert items(officer) == before


def test_nor_where_the_contribution_has_changed_since(officer: Officer) -> None:
    officer.edit_item("a-fund-for-halls", "Halls", "Village halls")
    before = items(officer)
    officer.edit("contributions/fund.md", "Halls", "Town halls")
    officer("collect")
    officer("build")
    assert items(officer) == before


def test_nor_where_an_edition_prints_only_its_beginning(long: Officer) -> None:
    before = items(long)
    assert long("build").code == 0
    assert items(long) == before


def test_a_long_item_begins_in_the_edition_and_goes_on_in_the_archive(long: Officer) -> None:
    assert [long(*words).code for words in (("build",), ("approve", "--by", "Jo Field"), ("archive",))] == [
        0
    ] * 3
    here = f"{ISSUE}/items/a-fund-for-halls/"
    for part in ("bulletin.html", "bulletin.txt"):
        said = " ".join(long.path(f"editions/everyone/{part}").read_text("utf-8").split())
        assert (said.count(SENTENCE), f"https://news.parish.example/{here}" in said) == (5, True)
    page = (long.folder / f"archive/{here}index.html").read_text("utf-8")
    assert page.count(SENTENCE) == 12
    assert 'id="a-fund-for-halls"' in page
    assert "https://fund.example/a" in page


def test_the_plan_of_a_send_says_that_the_page_should_be_up_first(long: Officer) -> None:
    long("build")
    long("approve", "--by", "Jo Field")
    toml = (long.folder / "bulletin.toml").read_text("utf-8")
    (long.folder / "bulletin.toml").write_text(toml.replace("placeholder = true", ""), "utf-8")
    said = long("send", "--plan", "--relay", "smtp://localhost:2525")
    assert "The archive page should be up first: bulletin archive" in said.out
