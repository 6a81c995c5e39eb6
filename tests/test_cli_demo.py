"""`bulletin demo`: the whole sentence on the sample, in a folder of its own."""

import csv
import io
import json
import os
import re
from collections import Counter
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from officer import ROOT, Officer, Said, contents

from bulletin.lists import identity

REACHED = 159


@pytest.fixture(scope="module")
def around(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder to stand in, with a home and a folder for passing files in it."""
    folder = tmp_path_factory.mktemp("around")
    for name in ("home", "passing", "work"):
        (folder / name).mkdir()
    return folder


@pytest.fixture(scope="module")
def demo(around: Path) -> Said:
    elsewhere = {"HOME": str(around / "home"), "TMPDIR": str(around / "passing")}
    return Officer(around / "work").outside("demo", "try-it", env=elsewhere, cwd=around / "work")


@pytest.fixture(scope="module")
def folder(demo: Said, around: Path) -> Path:
    return around / "work" / "try-it"


def addresses(folder: Path) -> set[str]:
    """Read the keys of everybody on the sample's lists, without the program's own reader."""
    found: set[str] = set()
    for path in (folder / "mailing_lists").glob("*.csv"):
        data = path.read_bytes()
        text = data.decode("cp1252" if path.stem == "tamsford" else "utf-8-sig")
        rows = csv.reader(io.StringIO(text), delimiter=";" if ";" in text.splitlines()[0] else ",")
        found |= {f"{path.stem} {identity(cell)}" for row in rows for cell in row if "@" in cell}
    return found


def test_it_ends_well_and_without_a_traceback(demo: Said) -> None:
    assert demo.code == 0, demo.err
    assert "Traceback" not in demo.err


def test_it_closes_with_three_lines(demo: Said) -> None:
    look, html = (f"try-it/issues/2026-11/editions/partners/{name}.html" for name in ("look", "bulletin"))
    sandbox = "try-it/issues/2026-11/sandbox/"
    assert demo.out.splitlines() == [
        f"{REACHED} people were sent one copy each, through the built-in relay: {sandbox}",
        f"The bulletin: {look}, to open in a browser (as it is sent: {html})",
        "The archive: try-it/archive/index.html",
    ]


def test_the_page_it_names_shows_its_pictures_in_a_browser(folder: Path) -> None:
    page = folder / "issues/2026-11/editions/partners/look.html"
    shown = re.findall(r'<img[^>]* src="([^"]*)"', page.read_text("utf-8"))

    assert len(shown) > 1
    assert [one for one in shown if not (page.parent / one).is_file()] == []


def test_it_tells_what_the_officer_did(demo: Said) -> None:
    assert "When: Friday 4 December 2026" in demo.err
    assert "held as late" in demo.err


def test_it_touches_nothing_outside_its_folder(demo: Said, around: Path) -> None:
    assert [name for name in contents(around) if not name.startswith("work/try-it/")] == []


@pytest.mark.skipif(os.name == "nt", reason="the clone's own files are watched by their times")
def test_the_samples_own_files_are_as_they_were(demo: Said, folder: Path) -> None:
    late = "wrenshire-fire/Home fire safety visits.txt"
    assert contents(folder / "contributions") == contents(ROOT / "contributions")
    lists = contents(folder / "mailing_lists", but=("left.json",))  # that one is the program's
    assert lists == contents(ROOT / "mailing_lists")
    assert (folder / "contributions" / late).is_file()


def test_everybody_on_the_lists_but_the_suppressed_has_exactly_one_copy(folder: Path) -> None:
    copies = Counter(
        identity(message_from_bytes(path.read_bytes(), policy=policy.default)["To"].addresses[0].addr_spec)
        for path in (folder / "issues/2026-11/sandbox").glob("*.eml")
    )
    listed = {key.partition(" ")[2] for key in addresses(folder) if not key.startswith("suppressed")}
    suppressed = {key.partition(" ")[2] for key in addresses(folder) if key.startswith("suppressed")}

    assert set(copies.values()) == {1}
    assert set(copies) == listed - suppressed
    assert len(copies) == REACHED


def test_the_report_agrees_with_the_copies(folder: Path) -> None:
    said = Officer(folder)("report", json=True)

    assert said.code == 0
    assert (said.data["accepted"], said.data["recipients"], said.data["rehearsal"]) == (
        REACHED,
        REACHED,
        True,
    )
    assert {(one["outcome"], one["attempts"]) for one in said.data["people"]} == {("accepted", 1)}


@pytest.mark.parametrize("name", ["Aoife O'Neil", "José Almeida"])
def test_an_unusual_name_is_written_as_it_should_be(folder: Path, name: str) -> None:
    copies = [path.read_bytes() for path in (folder / "issues/2026-11/sandbox").glob("*.eml")]
    names = [
        message_from_bytes(copy, policy=policy.default)["To"].addresses[0].display_name for copy in copies
    ]

    assert names.count(name) == 1


def test_no_address_of_any_list_is_in_the_archive_or_an_edition(folder: Path) -> None:
    keys = {key.partition(" ")[2].encode() for key in addresses(folder)}
    published = {**contents(folder / "archive"), **contents(folder / "issues/2026-11/editions")}
    contacts = (ROOT / "contributions", ROOT / "bulletin.toml")
    given = b"".join(path.read_bytes() for path in (*contacts[0].rglob("*"), contacts[1]) if path.is_file())

    leaked = {key for data in published.values() for key in keys if key in data.lower()}
    assert {key for key in leaked if key not in given.lower()} == set()


def test_what_is_for_partners_alone_is_not_in_the_archive(folder: Path) -> None:
    pages = b"".join(contents(folder / "archive").values())

    assert b"draft priorities" in (folder / "issues/2026-11/editions/partners/bulletin.txt").read_bytes()
    assert b"draft priorities" not in pages


def test_as_json_it_gives_one_document_and_tells_the_rest_elsewhere(tmp_path: Path) -> None:
    said = Officer(tmp_path)("demo", "try-it", json=True)

    assert (said.code, said.data["sent"]) == (0, REACHED)
    assert Path(said.data["workspace"]) == tmp_path / "try-it"
    assert "officer:" in said.err


def test_a_folder_in_use_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("Dear all", "utf-8")

    said = Officer(tmp_path)("demo", "mine")

    assert said.code == 2
    assert "is in use already" in said.err
    assert contents(tmp_path) == {"mine/letter.txt": b"Dear all"}


def test_a_second_demo_in_the_same_folder_says_how_to_look_at_the_first(folder: Path, around: Path) -> None:
    said = Officer(around / "work")("demo", "try-it", json=True)

    assert said.code == 2
    assert f"bulletin -C {folder} status" in json.loads(said.out)["error"]["hint"]


def test_a_file_where_the_folder_should_be_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", "utf-8")

    said = Officer(tmp_path)("demo", "taken")

    assert (said.code, said.out) == (2, "")
    assert "is in use already" in said.err
