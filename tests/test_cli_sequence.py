"""SEQUENCE: an event people have already gets a higher number when its details change, and only then."""

import json
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from officer import Officer, at, contents

LATER = ("10am", "11am")
NEXT = ("new", "2027-02", "--meeting", "2027-02-11")


def events(folder: Path) -> dict[str, Any]:
    """Every event in the calendar files under a folder, by the files' names."""
    found = {}
    for path in folder.rglob("*.ics"):
        (found[path.name],) = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    return found


def number(officer: Officer, name: str = "a-winter-walk.ics", issue: str = "2026-11") -> int:
    found = events(officer.folder / f"issues/{issue}/editions/everyone")[name]
    return int(found["SEQUENCE"])


def build(officer: Officer, *, approve: bool = False) -> None:
    said = officer("build")
    assert said.code == 0, said.err
    if approve:
        said = officer("approve", "--by", "Jo")
        assert said.code == 0, said.err


def test_a_changed_time_after_approval_raises_the_number_once(officer: Officer) -> None:
    officer.edit_item("a-winter-walk", *LATER)
    build(officer)
    first = contents(officer.path("editions"))
    build(officer)

    assert number(officer) == 1
    assert contents(officer.path("editions")) == first
    assert number(officer, "a-police-survey_deadline.ics") == 0


def test_the_number_stays_when_the_change_is_approved_and_rises_with_the_next(officer: Officer) -> None:
    officer.edit_item("a-winter-walk", *LATER)
    build(officer, approve=True)
    first = contents(officer.path("editions"))
    build(officer, approve=True)
    assert contents(officer.path("editions")) == first

    officer.edit_item("a-winter-walk", *LATER[::-1])  # back again is a change too
    build(officer)
    assert number(officer) == 2


def test_what_was_never_approved_has_told_nobody_anything(tmp_path: Path) -> None:
    officer = at("built", tmp_path)
    officer.edit_item("a-winter-walk", *LATER)
    build(officer, approve=True)

    assert number(officer) == 0


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        pytest.param("Bring boots", "Bring stout boots", 0, id="text"),
        pytest.param("01632 960123", "01632 960124", 0, id="contact"),
        pytest.param("A winter walk", "Cancelled: a winter walk", 1, id="cancelled"),
        pytest.param("The hall", "The church", 1, id="place"),
        pytest.param("5 December 2026, 10am", "5 December 2026, 10am to midday", 1, id="end"),
        pytest.param("5 December 2026, 10am", "every Saturday from 5 December 2026, 10am", 1, id="repeats"),
    ],
)
def test_only_details_count(officer: Officer, old: str, new: str, wanted: int) -> None:
    officer.edit_item("a-winter-walk", old, new)
    build(officer)

    assert number(officer) == wanted


def test_an_event_that_was_left_out_for_a_while_is_still_known(officer: Officer) -> None:
    officer.edit_item("a-winter-walk", "Title:", "Hold: no guide yet\nTitle:")
    build(officer, approve=True)
    officer.edit_item("a-winter-walk", "Hold: no guide yet\n", "")
    officer.edit_item("a-winter-walk", *LATER)
    build(officer)

    assert number(officer) == 1


def test_the_archive_and_the_packs_have_the_number_of_the_editions(officer: Officer) -> None:
    assert officer("archive").code == 0
    officer.edit_item("a-winter-walk", *LATER)
    build(officer, approve=True)
    for verb in ("archive", "pack"):
        assert officer(verb).code == 0

    found = [officer.folder / "archive/2026-11/calendar", officer.path("packs/north")]
    found += [officer.path("editions/everyone"), officer.path("editions/partners")]
    assert [int(events(one)["a-winter-walk.ics"]["SEQUENCE"]) for one in found] == [1] * 4


def carried(officer: Officer) -> Officer:
    """The officer at work on the next issue, into which the walk was carried over."""
    officer.edit_item("a-winter-walk", "Title:", "Hold: a new date is coming\nTitle:")
    assert "a-winter-walk" in officer(*NEXT).out
    officer.edit("issues/2027-02/items/a-winter-walk.md", "Hold: a new date is coming\n", "")
    return officer.on("2026-11-27")


def test_an_event_carried_over_unchanged_keeps_its_uid_and_number(officer: Officer) -> None:
    officer = carried(officer)
    build(officer)

    found = events(officer.folder / "issues/2027-02/editions/everyone")["a-winter-walk.ics"]
    assert (found["UID"].partition("@")[0], found["SEQUENCE"]) == ("a-winter-walk.2026-11", 0)


def test_an_event_carried_over_and_changed_is_the_same_event_with_a_higher_number(officer: Officer) -> None:
    officer = carried(officer)
    officer.edit("issues/2027-02/items/a-winter-walk.md", *LATER)
    build(officer, approve=True)
    build(officer)

    found = events(officer.folder / "issues/2027-02/editions/everyone")["a-winter-walk.ics"]
    assert (found["UID"].partition("@")[0], found["SEQUENCE"]) == ("a-winter-walk.2026-11", 1)


def test_an_item_of_the_same_name_that_was_not_carried_over_is_another_event(officer: Officer) -> None:
    officer(*NEXT)
    walk = officer.path("items/a-winter-walk.md").read_bytes()
    (officer.folder / "issues/2027-02/items/a-winter-walk.md").write_bytes(walk)
    officer = officer.on("2026-11-27")
    build(officer)

    found = events(officer.folder / "issues/2027-02/editions/everyone")["a-winter-walk.ics"]
    assert (found["UID"].partition("@")[0], found["SEQUENCE"]) == ("a-winter-walk.2027-02", 0)


def test_the_calendar_of_all_issues_has_the_newest_of_an_event_alone(officer: Officer) -> None:
    survey = "issues/2027-02/items/a-police-survey.md"
    officer(*NEXT)
    officer.edit(survey, "27 November 2026", "4 December 2026")
    build(officer, approve=True)
    assert officer("archive").code == 0

    whole = Calendar.from_ical((officer.folder / "archive/calendar.ics").read_bytes())
    found = {str(one["UID"]): int(one["SEQUENCE"]) for one in whole.walk("VEVENT")}
    assert len(found) == len(whole.walk("VEVENT"))
    assert [number for uid, number in found.items() if uid.startswith("a-police-survey")] == [1]


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"format": 2}',
        '{"format": 1, "carried": {"a": "../b"}, "events": {}}',
        '{"format": 1, "carried": {}, "events": {"a.ics": ["uid", -1, ""]}}',
        '{"format": 1, "carried": {}, "events": {"a.ics": ["uid", true, ""]}}',
        '{"format": 1, "carried": {}, "events": {"a.ics": ["uid"]}}',
    ],
)
def test_a_damaged_file_stops_the_build_in_a_sentence(officer: Officer, text: str) -> None:
    officer.path("announced.json").write_text(text, "utf-8")
    said = officer("build")

    assert said.code != 0
    assert "issues/2026-11/announced.json is damaged" in said.err


def test_issues_that_point_at_each_other_do_not_go_round_for_ever(officer: Officer) -> None:
    path = officer.path("announced.json")
    known = json.loads(path.read_text("utf-8"))
    known["carried"] = {"a-winter-walk": "2026-11", "x": "2030-01"}
    path.write_text(json.dumps(known), "utf-8")
    build(officer)

    assert number(officer) == 0


def test_an_issue_approved_before_there_was_such_a_file_is_read_as_ever(officer: Officer) -> None:
    first = contents(officer.path("editions"))
    officer.path("announced.json").unlink()
    build(officer)

    assert contents(officer.path("editions")) == first
