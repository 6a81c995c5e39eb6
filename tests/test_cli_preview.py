"""`bulletin preview` and `bulletin test`: looking before sending."""

import http.client
import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from subprocess import Popen
from urllib.parse import urlsplit

import pytest
from officer import ISSUE, PEOPLE, Officer, at, contents, through
from relays import Relay

from bulletin.calendar import LONDON
from bulletin.desk import Fault, Proof
from bulletin.desk.live import Packs, view
from bulletin.pipeline.job import Job
from bulletin.workspace import Workspace

posix = pytest.mark.skipif(os.name == "nt", reason="signals are of POSIX")


@pytest.fixture
def officer(tmp_path: Path) -> Officer:
    return at("built", tmp_path)


@contextmanager
def preview(officer: Officer, *words: str, json: bool = False) -> "Iterator[Popen[str]]":
    """Open a preview in a process of its own, and close it whatever comes."""
    with officer.start("preview", *words, json=json) as process:
        try:
            yield process
        finally:
            process.kill()


def fetch(address: str) -> tuple[int, str]:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    try:
        connection.request("GET", parts.path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


@posix
def test_a_preview_says_its_address_shows_the_issue_and_ends_on_ctrl_c(officer: Officer) -> None:
    with preview(officer, "--no-browser") as process:
        assert process.stdout
        address = process.stdout.readline().removeprefix("Preview: ").strip()
        status, page = fetch(address)
        process.send_signal(signal.SIGINT)
        rest = process.stdout.read()

    assert (status, "Communicate" in page) == (200, True)
    assert (process.returncode, rest) == (0, "Press Ctrl-C here to end it.\n")


def test_packs_are_drafts_until_the_issue_is_approved_and_none_is_written(officer: Officer) -> None:
    own = officer.folder / "packs/inner/lunch.md"
    own.parent.mkdir(parents=True)
    own.write_text("Title: A lunch\nWhen: 12/13/2026\n", "utf-8")
    north, inner = (looked(officer, Packs(), name) for name in ("north", "inner"))

    assert isinstance(north, Proof)
    assert isinstance(inner, Fault)
    assert (north.draft, "DRAFT: North Partnership" in north.edition.html) == (True, True)
    assert not {"bulletin.eml", "parts.zip"} & north.files.keys()
    assert not officer.path("packs").exists()
    assert not officer.path("packs-draft").exists()


def test_an_approved_pack_can_be_saved_as_the_files_that_the_command_writes(officer: Officer) -> None:
    assert officer("approve", "--by", "Jo").code == 0
    north = looked(officer, Packs(), "north")
    assert isinstance(north, Proof)
    assert not north.draft
    assert not officer.path("packs").exists()
    officer("pack", "north")

    assert dict(north.files) == contents(officer.path("packs/north"))


@pytest.mark.parametrize(
    ("name", "is_same"),
    [
        ("mailing_lists/core.csv", True),
        ("packs/inner/lunch.md", True),
        ("packs/north/lunch.md", False),
        ("bulletin.toml", False),
        ("issues/2026-11/items/a-winter-walk.md", False),
        ("templates/email.txt", False),
    ],
)
def test_a_pack_is_made_anew_only_where_its_files_have_changed(
    officer: Officer, name: str, *, is_same: bool
) -> None:
    packs = Packs()
    first = looked(officer, packs, "north")
    path = officer.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    text = path.read_text("utf-8") if path.exists() else ""
    path.write_text(f"{text}\n", "utf-8")

    assert (looked(officer, packs, "north") is first) == is_same


def looked(officer: Officer, packs: Packs, name: str) -> Proof | Fault | None:
    """Look at a pack, as the preview shows it."""
    workspace = Workspace(officer.folder)
    now = datetime.combine(date.fromisoformat(officer.today), time(9), LONDON)
    shown = view(Job(workspace, workspace.settings(), ISSUE, now), packs)
    assert not shown.fault
    return shown.pack(name)


@posix
def test_as_json_a_preview_gives_its_address_and_opens_no_browser(officer: Officer) -> None:
    with preview(officer, json=True) as process:
        assert process.stdout
        text = "".join(iter(lambda: process.stdout.readline() if process.stdout else "", "}\n")) + "}"
        assert fetch(json.loads(text)["address"])[0] == 200
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0


@posix
def test_a_port_that_is_taken_is_a_sentence(officer: Officer) -> None:
    with preview(officer, "--no-browser") as process:
        assert process.stdout
        port = urlsplit(process.stdout.readline().split()[1]).port
        said = officer("preview", "--no-browser", "--port", port)

    assert said.code == 1
    assert f"cannot use port {port}" in said.err


def test_a_test_copy_needs_no_approval_and_no_ledger_knows_of_it(officer: Officer) -> None:
    with Relay() as relay:
        said = officer("test", "jo@council.example", PEOPLE[0], *through(relay), json=True)

    assert (said.code, [one["outcome"] for one in said.data["tests"]]) == (0, ["accepted"] * 4)
    assert relay.counts() == {"jo@council.example": 2, PEOPLE[0]: 2}
    assert all(b"Subject: TEST" in taken.message or b"TEST" in taken.message[:2000] for taken in relay.taken)
    assert not [path for path in officer.path(".").iterdir() if path.suffix == ".db"]


def test_whoever_had_a_test_copy_still_gets_their_own(tmp_path: Path) -> None:
    officer = at("approved", tmp_path)
    with Relay() as relay:
        officer("test", PEOPLE[0], "--edition", "everyone", *through(relay))
        assert officer.send(*through(relay)).code == 0

        assert relay.counts() == {**dict.fromkeys(PEOPLE, 1), PEOPLE[0]: 2}


@pytest.mark.parametrize(
    ("reply", "code"), [("450 4.2.1 later", 4), ("550 5.1.1 no such person", 0)], ids=["deferred", "rejected"]
)
def test_a_test_that_was_not_taken_says_why(officer: Officer, reply: str, code: int) -> None:
    with Relay(replies={("RCPT", "jo@council.example"): [reply]}) as relay:
        said = officer("test", "jo@council.example", *through(relay))

    assert said.code == code
    assert reply in said.out


@pytest.mark.parametrize(
    "address", ["jo", "", "jo@", "a@b.example\nBcc: c@d.example", "Jo <jo@council.example>"]
)
def test_a_test_goes_to_an_address_alone(officer: Officer, address: str) -> None:
    said = officer("test", address)

    assert said.code == 2
    assert "is not an address" in said.err
    assert not officer.path("tests").exists()
