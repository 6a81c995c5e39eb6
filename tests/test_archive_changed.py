"""An event that several issues tell of is one event in the archive, as it was told last."""

from pathlib import Path

import pytest
from icalendar import Calendar
from lxml import etree
from officer import ISSUE, Officer, at

LATER = "2027-02"
WALK = f"issues/{LATER}/items/a-winter-walk.md"
MOVED = "Changed since:"
TABLE = "Dates for your diary"


@pytest.fixture
def officer(tmp_path: Path) -> Officer:
    """An officer at work on the next issue, into which the walk of the one before was carried over."""
    officer = at("approved", tmp_path)
    said = officer("--issue", ISSUE, "archive")
    assert said.code == 0, said.err
    walk = officer.path("items/a-winter-walk.md")
    as_sent = walk.read_bytes()
    officer.edit_item("a-winter-walk", "Title:", "Hold: it may move\nTitle:")
    assert "a-winter-walk" in officer("new", LATER, "--meeting", "2027-02-11").out
    walk.write_bytes(as_sent)
    officer.edit(WALK, "Hold: it may move\n", "")
    return officer.on("2026-11-27")


def archived(officer: Officer) -> None:
    for words in (("build",), ("approve", "--by", "Jo"), ("archive",)):
        said = officer("--issue", LATER, *words)
        assert said.code == 0, said.err


def page(officer: Officer, path: str) -> str:
    return (officer.folder / "archive" / path).read_text("utf-8")


def entry(feed: str, title: str) -> dict[str, str]:
    """What the feed says of an issue, by the names of its elements."""
    entries = etree.fromstring(feed.encode()).iterfind("a:entry", {"a": "http://www.w3.org/2005/Atom"})
    found = ({etree.QName(part).localname: part.text or "" for part in one} for one in entries)
    return next(one for one in found if title in one["title"])


def walks(officer: Officer) -> list[tuple[str, int, str]]:
    """The walk as the calendar of all issues has it: when, its version, and whether it is called off."""
    whole = Calendar.from_ical((officer.folder / "archive/calendar.ics").read_bytes())
    events = [one for one in whole.walk("VEVENT") if "walk" in str(one["SUMMARY"])]
    return [
        (f"{one['DTSTART'].dt:%d %B %H:%M}", int(one["SEQUENCE"]), str(one.get("STATUS", "")))
        for one in events
    ]


def test_a_date_that_moved_is_in_the_dates_and_the_calendar_once_as_it_is_now(officer: Officer) -> None:
    officer.edit(WALK, "5 December 2026, 10am", "12 December 2026, 11am")
    archived(officer)

    said = page(officer, "events/index.html")
    assert said.count("A winter walk</a>") == 1
    assert "12 December 2026, 11am" in said
    assert "5 December" not in said
    assert walks(officer) == [("12 December 11:00", 1, "")]


def test_the_issue_that_told_the_old_date_says_so_and_leads_to_the_new_one(officer: Officer) -> None:
    officer.edit(WALK, "5 December 2026, 10am", "12 December 2026, 11am")
    archived(officer)

    for path, top in (
        (f"{ISSUE}/index.html", "../"),
        (f"{ISSUE}/items/a-winter-walk/index.html", "../../../"),
    ):
        said = page(officer, path)
        assert said.count(MOVED) == (2 if TABLE in said else 1)
        assert f'href="{top}{LATER}/items/a-winter-walk/index.html"' in said
        assert "12 December 2026, 11am" in said
    text = page(officer, f"{ISSUE}/bulletin.txt")
    assert text.startswith("Changed since, in issue 2:\nA winter walk, Saturday 12 December 2026, 11am")
    assert MOVED not in page(officer, f"{LATER}/index.html")


def test_who_follows_the_feed_is_told_that_a_date_moved(officer: Officer) -> None:
    officer.edit(WALK, "5 December 2026, 10am", "12 December 2026, 11am")
    was = entry(page(officer, "feed.xml"), "issue 1")
    archived(officer)

    now, later = (entry(page(officer, "feed.xml"), f"issue {number}") for number in (1, 2))
    assert "in issue 2: A winter walk, Saturday 12 December 2026, 11am" in now["content"]
    assert "Changed since" not in was["content"] + later["content"]
    assert was["updated"] < now["updated"] == later["updated"]
    assert (was["id"], was["published"]) == (now["id"], now["published"])


def test_the_old_address_of_its_calendar_file_gives_the_new_date(officer: Officer) -> None:
    officer.edit(WALK, "10am", "11am")
    archived(officer)

    files = [officer.folder / "archive" / one / "calendar/a-winter-walk.ics" for one in (ISSUE, LATER)]
    assert files[0].read_bytes() == files[1].read_bytes()


def test_what_was_told_again_unchanged_is_no_change(officer: Officer) -> None:
    archived(officer)

    assert MOVED not in page(officer, f"{ISSUE}/index.html")
    assert page(officer, "events/index.html").count("A winter walk</a>") == 1
    assert walks(officer) == [("05 December 10:00", 0, "")]


def test_an_event_that_was_called_off_is_there_once_and_says_so(officer: Officer) -> None:
    officer.edit(WALK, "A winter walk", "Cancelled: a winter walk")
    archived(officer)

    said = page(officer, "events/index.html")
    assert said.count("inter walk</a>") == said.count("Cancelled: a winter walk</a>") == 1
    assert "Cancelled: a winter walk</a>" in page(officer, f"{ISSUE}/index.html")
    assert walks(officer) == [("05 December 10:00", 1, "CANCELLED")]


def test_a_date_that_is_not_certain_any_more_is_not_told(officer: Officer) -> None:
    officer.edit(WALK, "5 December 2026, 10am", "to be confirmed")
    archived(officer)

    assert "A winter walk</a>" not in page(officer, "events/index.html")
    assert "not certain any more" in page(officer, f"{ISSUE}/index.html")
    assert "A winter walk: not certain any more" in page(officer, f"{ISSUE}/bulletin.txt").replace("\n", " ")
    assert walks(officer) == []


def test_without_the_later_issue_the_first_is_as_it_was(officer: Officer) -> None:
    before = page(officer, f"{ISSUE}/index.html")
    officer.edit(WALK, "10am", "11am")
    archived(officer)
    assert page(officer, f"{ISSUE}/index.html") != before
    (officer.folder / "issues" / LATER / "approval.json").unlink()

    assert officer("archive").code == 0
    assert page(officer, f"{ISSUE}/index.html") == before
