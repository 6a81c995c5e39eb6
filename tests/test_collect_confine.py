"""The child process that reads: whatever a file does to it, the next file is read."""

import os
from collections.abc import Iterator

import pytest

from bulletin.collect.reading import Draft
from bulletin.collect.taking.confine import Confined
from bulletin.model.contribution import FileOutcome

HOME = "rogue_readers:"


@pytest.fixture(scope="module")
def confined() -> Iterator[Confined]:
    with Confined() as one:
        yield one


def test_a_reading_comes_back_whole(confined: Confined) -> None:
    reading = confined.read(HOME + "read", "a.txt", "Tea \ud83c at four".encode("utf-8", "replace"))

    assert reading.drafts == (Draft({"title": "a.txt"}, "Tea ? at four", ("title from its name",)),)
    assert (reading.outcome, reading.why, reading.hint) == (FileOutcome.READ, "why", "hint")
    assert (reading.notes, reading.sender) == (("a note",), "Jo <jo@bodies.example>")


@pytest.mark.parametrize(
    "rogue",
    [
        "crash",
        "fail",
        "nobody",
        pytest.param("swell", marks=pytest.mark.skipif(os.name == "nt", reason="no limit there")),
    ],
)
def test_a_reader_that_misbehaves_costs_its_own_file_only(confined: Confined, rogue: str) -> None:
    reading = confined.read(HOME + rogue, "a.txt", b"x")

    assert (reading.outcome, reading.drafts) == (FileOutcome.NOT_READ, ())
    assert reading.why.startswith("it is damaged, needs too much memory, or is made in a way")
    assert "Error" not in reading.why + reading.hint
    assert confined.read(HOME + "read", "b.txt", b"next").drafts[0].text == "next"


def test_a_reader_that_hangs_is_stopped() -> None:
    with Confined(seconds=2) as impatient:
        reading = impatient.read(HOME + "hang", "a.txt", b"x")

    assert (reading.outcome, reading.drafts) == (FileOutcome.NOT_READ, ())
    assert "more than 2 seconds" in reading.why


def test_what_a_library_prints_reaches_nobody(capfd: pytest.CaptureFixture[str]) -> None:
    with Confined() as one:
        assert one.read(HOME + "chatter", "a.txt", b"x").drafts
    assert capfd.readouterr() == ("", "")


def test_many_megabytes_pass_both_ways(confined: Confined) -> None:
    assert len(confined.read(HOME + "read", "a.txt", b"x" * 15_000_000).drafts[0].text) == 15_000_000
