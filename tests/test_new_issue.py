"""`init` and `new`: a workspace that works as written, and an issue with its dates."""

import sys
import tomllib
from datetime import date, datetime
from pathlib import Path

import pytest
from drop_folder import CLOSED, LATER, MEETING, DropFolder, labelled

from bulletin.check import check_issue
from bulletin.errors import BulletinError, UsageError
from bulletin.pipeline.new import make_workspace, new_issue
from bulletin.settings import MistakenFileError, read_settings
from bulletin.settings.values import CalendarRules
from bulletin.workspace import Workspace
from bulletin.workspace.issues import read_issue, write_issue

NEXT = date(2027, 2, 11)
RULES = CalendarRules()


def fields(meeting: date, after: date | None = None, rules: CalendarRules = RULES) -> dict[str, object]:
    return read_issue(write_issue(14, meeting, after, rules), "issues/x/issue.toml")


def test_the_dates_of_issue_14_follow_from_its_meeting() -> None:
    issue = fields(MEETING, NEXT)

    assert issue["number"] == 14
    assert issue["summaries_due"] == date(2026, 11, 2)
    assert issue["closes"] == datetime.fromisoformat("2026-11-20T12:00")
    assert issue["due"] == date(2026, 11, 26)
    assert (issue["next_meeting"], issue["next_summaries_due"]) == (NEXT, date(2027, 2, 1))


def test_every_date_is_written_with_its_weekday_and_its_reason() -> None:
    text = write_issue(14, MEETING, NEXT, RULES)

    assert "summaries_due = 2026-11-02  # Monday: 10 days before it\n" in text
    assert "closes = 2026-11-20T12:00:00  # Friday: 8 days after it" in text
    assert "due = 2026-11-26  # Thursday: 14 days after it" in text
    assert "next_summaries_due = 2027-02-01  # Monday" in text
    assert "[holidays]" not in text


def test_bank_holidays_among_the_dates_are_named() -> None:
    text = write_issue(15, date(2026, 12, 17), None, RULES)

    assert "closes = 2026-12-25T12:00:00  # Friday, Christmas Day" in text
    assert tomllib.loads(text)["holidays"] == {"2026-12-25": "Christmas Day"}
    assert read_issue(text, "issue.toml")["due"] == date(2026, 12, 31)


def test_the_rules_of_the_calendar_are_settings() -> None:
    issue = fields(MEETING, None, CalendarRules(summaries_days_before=1, closes_days_after=0, holidays=""))

    assert (issue["summaries_due"], issue["closes"]) == (
        date(2026, 11, 11),
        datetime.fromisoformat("2026-11-12T12:00"),
    )


def test_a_place_without_known_holidays_is_a_mistake_of_the_settings() -> None:
    with pytest.raises(MistakenFileError, match=r"calendar\.holidays"):
        write_issue(1, MEETING, None, CalendarRules(holidays="GB-XXX"))


def test_mistakes_in_issue_toml_come_together_with_their_lines() -> None:
    text = write_issue(14, MEETING, NEXT, RULES).replace("due = 2026-11-26", 'due = "Thursday"')
    with pytest.raises(MistakenFileError) as fault:
        read_issue(text.replace("order", "odrer"), "issues/2026-11/issue.toml")

    assert [one.key for one in fault.value.mistakes] == ["due", "odrer"]
    assert (
        'issues/2026-11/issue.toml has 2 mistakes:\n  line 6, due: "Thursday" is not a date'
        in fault.value.detail
    )
    assert 'did you mean "order"?' in fault.value.detail


@pytest.mark.parametrize(
    "name", ["", "November 2026", "../up", "2026/11", "NOV", "nul", "n\u00f6v", "a" * 65]
)
def test_a_name_that_no_folder_may_have_is_refused(folder: DropFolder, name: str) -> None:
    with pytest.raises(UsageError, match="cannot be the name of an issue"):
        folder.new(name, NEXT)


def test_the_same_issue_twice_is_refused_and_nothing_is_touched(folder: DropFolder) -> None:
    before = folder.files()

    with pytest.raises(UsageError, match="2026-11 is there already"):
        folder.new("2026-11", NEXT)
    assert folder.files() == before


@pytest.mark.parametrize("meeting", [date(1, 1, 5), date(9999, 12, 31), date(1926, 11, 12)])
def test_a_meeting_in_an_impossible_year_is_refused(folder: DropFolder, meeting: date) -> None:
    with pytest.raises(UsageError, match="in the year"):
        folder.new("x", meeting)


def test_a_next_meeting_that_is_not_after_this_one_is_refused(folder: DropFolder) -> None:
    with pytest.raises(UsageError, match="not after this one"):
        new_issue(folder.workspace, folder.settings, "x", NEXT, NEXT, NEXT)


def test_issues_are_numbered_on_and_the_newest_meeting_is_meant(folder: DropFolder) -> None:
    folder.new("2027-02", NEXT)
    folder.new("2027-01-extra", date(2027, 1, 7))

    assert [folder.workspace.number(issue) for issue in folder.workspace.issue_ids()] == [1, 3, 2]
    assert folder.workspace.choose(None) == "2027-02"


def test_the_first_number_is_a_setting(tmp_path: Path) -> None:
    make_workspace(tmp_path, sample=True)
    workspace = Workspace(tmp_path)
    new_issue(workspace, workspace.settings(), "2026-11", MEETING, NEXT, MEETING)

    assert workspace.number("2026-11") == 14


def test_a_copy_an_officer_made_of_an_issue_s_folder_is_no_issue(folder: DropFolder) -> None:
    copy = folder.root / "issues" / "2026-11 - Copy"
    copy.mkdir()
    (copy / "issue.toml").write_bytes((folder.root / "issues/2026-11/issue.toml").read_bytes())

    assert folder.workspace.issue_ids() == ("2026-11",)


def test_there_is_one_sentence_where_an_issue_is_not(folder: DropFolder) -> None:
    with pytest.raises(UsageError, match='no issue "2026-10"') as fault:
        folder.workspace.choose("2026-10")
    assert 'did you mean "2026-11"?' in fault.value.hint


def test_open_consultations_are_carried_over_and_closed_ones_are_not(folder: DropFolder) -> None:
    for name, closes in (
        ("open", "8 January 2027"),
        ("closed", "27 November 2026"),
        ("today", "30 November 2026"),
    ):
        folder.drop(f"{name}.txt", f"Title: {name}\nCloses: {closes}\n\nText of {name}.")
    folder.drop("fund.txt", labelled("Fund", closes="8 January 2027"))
    folder.drop("news.txt", labelled("News"))
    folder.collect()
    carried = folder.new("2027-02", NEXT, date(2026, 11, 30))

    assert carried == ("open",)
    assert folder.items()["open"].text == "Text of open."
    assert "rolled over from issue 2026-11" in folder.items()["open"].inferred


def test_a_held_duplicate_and_a_held_event_that_is_over_stay_behind(folder: DropFolder) -> None:
    story = "Every library in the county opens on Sundays from January, and all are welcome."
    folder.drop("a.txt", labelled("The county story", story))
    folder.drop("b.txt", labelled("The county story", story, hold="", contact="Jo"))
    folder.drop("c.txt", labelled("A fair", "Come.", section="events", when="5 December 2026"))
    folder.drop("d.txt", labelled("A talk", "Come all.", section="events", when="5 March 2027"))
    folder.collect()
    for item in ("the-county-story-2", "a-fair", "a-talk"):
        folder.edit(item, "---\n\n", "Hold: the county council's own story stays\n---\n\n")
    started = new_issue(folder.workspace, folder.settings, "2027-02", NEXT, None, date(2027, 1, 12))

    assert started.items == ("a-talk",)
    assert dict(started.left) == {"a-fair": "over by now", "the-county-story-2": "told by the-county-story"}


def test_a_weekday_in_an_item_carried_over_is_that_of_the_year_it_came_in(folder: DropFolder) -> None:
    folder.collect(CLOSED)
    folder.drop("a.txt", labelled(text="We met on Saturday 26 September, and meet on Saturday 5 December."))
    folder.collect(LATER)
    folder.new("2027-02", NEXT)
    issue = folder.issue()

    assert issue.came == {"library-opens": MEETING}
    found = check_issue(issue, folder.settings, NEXT)
    assert "weekday-date" not in {one.rule for one in found}


def test_a_closing_date_without_a_year_stays_where_it_was(folder: DropFolder) -> None:
    folder.drop("a.txt", "Title: Buses\nCloses: closing date 8th Jan\n\nText.")
    folder.collect()
    folder.new("2027-02", NEXT, date(2026, 11, 30))

    assert folder.items()["buses"].closes.end == date(2027, 1, 8)


def test_a_late_item_is_late_no_more_in_the_next_issue_and_says_so(folder: DropFolder) -> None:
    folder.collect(CLOSED)
    folder.drop("a.txt", labelled())
    folder.collect(LATER)
    carried = folder.new("2027-02", NEXT)
    item = folder.items()["library-opens"]

    assert (carried, item.hold) == (("library-opens",), "")
    assert "rolled over from issue 2026-11, for which it was late" in item.inferred
    assert folder.collect()["a.txt"].why == "it went into issue 2026-11"


def test_an_item_late_and_under_embargo_still_waits(folder: DropFolder) -> None:
    folder.collect(CLOSED)
    folder.drop("a.txt", labelled(embargo="9am on 1 December 2026"))
    folder.collect(LATER)
    folder.new("2027-02", NEXT)

    assert folder.items()["library-opens"].hold == "embargo"


@pytest.mark.parametrize("in_toml", [False, True])
def test_an_item_the_officer_holds_is_carried_over_and_still_waits(folder: DropFolder, in_toml: bool) -> None:
    folder.drop("a.txt", labelled())
    folder.collect()
    if in_toml:
        toml = folder.root / "issues/2026-11/issue.toml"
        toml.write_text(toml.read_text("utf-8") + '\n[holds]\nlibrary-opens = "no date yet"\n', "utf-8")
    else:
        folder.edit("library-opens", "Source:", "Hold: no date yet\nSource:")
    folder.new("2027-02", NEXT)

    assert folder.items()["library-opens"].hold == "no date yet"


def test_a_carried_item_nobody_edited_follows_its_file(folder: DropFolder) -> None:
    folder.drop("a.txt", "Title: Buses\nCloses: 8 January 2027\n\nText.")
    folder.collect()
    folder.new("2027-02", NEXT, date(2026, 11, 30))
    folder.drop("a.txt", "Title: Buses\nCloses: 8 March 2027\n\nMore.")
    folder.collect()

    assert folder.items()["buses"].text == "More."


def test_a_carried_item_somebody_edited_is_kept_beside_its_changed_file(folder: DropFolder) -> None:
    folder.drop("a.txt", "Title: Buses\nCloses: 8 January 2027\n\nText.")
    folder.collect()
    folder.edit("buses", "Text.", "My text.")
    folder.new("2027-02", NEXT, date(2026, 11, 30))
    folder.drop("a.txt", "Title: Buses\nCloses: 8 January 2027\n\nMore.")
    folder.collect()

    assert folder.items()["buses"].text == "My text."
    assert [change.item for change in folder.issue().changes] == ["buses"]


def test_a_new_workspace_works_as_written(tmp_path: Path) -> None:
    made = make_workspace(tmp_path / "new", sample=False)
    workspace = Workspace(tmp_path / "new")

    assert {"bulletin.toml", "workspace.key", "mailing_lists/everyone.csv", ".gitignore"} <= set(made)
    assert workspace.settings().partnership.placeholder
    assert list(workspace.list_names()) == ["everyone"]
    assert new_issue(workspace, workspace.settings(), "2026-11", MEETING, None, MEETING).items == ()


def test_making_it_again_touches_nothing_and_makes_what_is_missing(tmp_path: Path) -> None:
    make_workspace(tmp_path, sample=False)
    (tmp_path / "bulletin.toml").write_text("mine", "utf-8")
    (tmp_path / "mailing_lists" / "everyone.csv").unlink()

    assert make_workspace(tmp_path, sample=False) == ("mailing_lists/everyone.csv",)
    assert (tmp_path / "bulletin.toml").read_text("utf-8") == "mine"


def test_the_sample_is_not_put_into_a_workspace_in_use(tmp_path: Path) -> None:
    make_workspace(tmp_path, sample=False)

    with pytest.raises(UsageError, match="in use already"):
        make_workspace(tmp_path, sample=True)


def test_the_sample_is_the_one_we_ship(tmp_path: Path) -> None:
    make_workspace(tmp_path, sample=True)
    shipped = Path(__file__).parent.parent

    assert (tmp_path / "bulletin.toml").read_bytes() == (shipped / "bulletin.toml").read_bytes()
    assert read_settings((tmp_path / "bulletin.toml").read_text("utf-8")).partnership.first_issue == 14
    assert (tmp_path / "contributions" / "Thumbs.db").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX paths")
def test_a_place_where_nothing_can_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")

    with pytest.raises(BulletinError, match="could not be made"):
        make_workspace(tmp_path / "file" / "below", sample=False)
