"""`bulletin status`: a picture of the issue, in 80 columns and as JSON; `bulletin` alone says it in short."""

from pathlib import Path

import pytest
from officer import ISSUE, Officer, at

BODIES = """[bodies.kingsbrook]
name = "Kingsbrook Area Partnership"
role = "lsp"
contact = "Priya Tolland, manager"
email = "priya@kingsbrook.example"
deputy = "Graham Swaby"
domains = ["kingsbrook.example"]

[bodies.tamsford]
name = "Tamsford and Villages Partnership"
role = "lsp"
contact = "Bernadette Coyle"

[priorities.hills]
name = "Get everybody up the hills"
words = ["winter walk"]
areas = ["Tamsford"]

[priorities.moon]
name = "Fly to the moon"

[bodies.core-group]"""


@pytest.fixture
def officer(tmp_path: Path) -> Officer:
    officer = at("collected", tmp_path)
    officer.edit("bulletin.toml", "[bodies.core-group]", BODIES)
    return officer.on("2026-11-10")


def give(officer: Officer, name: str, labels: str) -> None:
    """Put an item into the issue."""
    officer.path(f"items/{name}.md").write_text(f"---\nTitle: {name}\n{labels}---\n\nWords.\n", "utf-8")


def test_it_says_who_has_sent_what_and_whom_to_ask_where_something_is_owed(officer: Officer) -> None:
    give(officer, "bridge", "From: Kingsbrook Area Partnership\nSection: Key messages\n")
    said = officer("status").out

    assert "Core Group                         4 items\n" in said
    assert "Kingsbrook Area Partnership        1 item\n" in said
    assert "Tamsford and Villages Partnership  nothing yet\n    owes its summary: was due Monday 2" in said
    assert "owes news for this issue: due at midday on Friday 20 November 2026\n    ask Bernadette C" in said


def test_a_deputy_is_named_where_something_is_owed(officer: Officer) -> None:
    assert "ask Priya Tolland, manager, or Graham Swaby" in officer("status").out


def test_an_event_is_no_summary_so_that_is_still_owed_until_the_meeting(officer: Officer) -> None:
    give(officer, "fair", "From: Kingsbrook Area Partnership\nSection: Events\n")
    before, after = officer("status", json=True).data, officer.on("2026-11-13")("status", json=True).data

    assert {"body": "kingsbrook", "what": "summary", "by": "2026-11-02"} in before["owes"]
    assert [debt["body"] for debt in after["owes"]] == ["tamsford"]
    assert before["silent"] == ["tamsford"]


def test_the_sections_a_summary_lands_in_are_a_setting(officer: Officer) -> None:
    officer.edit("bulletin.toml", '# summaries_in = ["key-messages"]', 'summaries_in = ["events"]')
    give(officer, "fair", "From: Kingsbrook Area Partnership\nSection: Events\n")

    owes = officer("status", json=True).data["owes"]
    assert [debt["body"] for debt in owes] == ["tamsford", "tamsford"]


def test_a_file_that_is_no_item_yet_is_something_that_came(officer: Officer) -> None:
    folder = officer.folder / "contributions/kingsbrook"
    folder.mkdir()
    (folder / "news.txt").write_text("Title: News\n\nWords.\n", "utf-8")

    assert "Kingsbrook Area Partnership        1 file not in the issue yet\n" in officer("status").out
    assert officer("status", json=True).data["silent"] == ["tamsford"]


def test_what_was_carried_over_alone_is_not_collected_yet(officer: Officer) -> None:
    officer.edit_item("a-winter-walk", "---\n\n", "Hold: wait\n---\n\n")
    assert officer("new", "2027-02", "--meeting", "2027-02-11").code == 0
    data = officer("status", json=True).data

    assert "a-winter-walk" in data["items"]
    assert (data["step"], data["next"]) == ("started", "bulletin collect")


def test_what_lay_there_for_the_issue_before_is_nothing_new(officer: Officer) -> None:
    folder = officer.folder / "contributions/kingsbrook"
    folder.mkdir()
    (folder / "news.txt").write_text("Title: News\n\nWords.\n", "utf-8")
    assert officer("collect").code == 0
    assert officer("new", "2027-02", "--meeting", "2027-02-11").code == 0

    later = officer.on("2027-01-20")
    assert later("status", json=True).data["silent"] == ["kingsbrook", "tamsford"]
    assert later("status", json=True).data["waiting"] == []
    (folder / "news.txt").write_text("Title: More news\n\nOther words.\n", "utf-8")
    assert later("status", json=True).data["waiting"] == ["contributions/kingsbrook/news.txt"]


def test_once_the_issue_was_due_only_the_next_summaries_count_from_four_weeks_before(
    officer: Officer,
) -> None:
    issue = f"issues/{ISSUE}/issue.toml"
    officer.edit(
        issue, "number = 1\n", "number = 1\nnext_meeting = 2027-02-11\nnext_summaries_due = 2027-02-01\n"
    )
    owed = {
        day: [debt["what"] for debt in officer.on(day)("status", json=True).data["owes"]]
        for day in ("2026-11-27", "2027-01-04", "2027-02-11", "2027-02-12")
    }

    two = ["next summary"] * 2
    assert owed == {"2026-11-27": [], "2027-01-04": two, "2027-02-11": two, "2027-02-12": []}


def test_a_bank_holiday_among_the_dates_is_named_as_issue_toml_has_it(officer: Officer) -> None:
    with officer.path("issue.toml").open("a", encoding="utf-8") as file:
        file.write('\n[holidays]\n2026-11-12 = "Founders\' Day"\n"not a day" = "passed over"\n')
    said = officer("status")

    assert "Thursday 12 November 2026, Founders' Day (in 2 days)\n" in said.out
    assert officer("status", json=True).data["holidays"] == {"2026-11-12": "Founders' Day"}


def test_the_balance_counts_what_does_not_wait(officer: Officer) -> None:
    give(officer, "bridge", "From: kingsbrook\nArea: Tamsford\nAudience: parish councils; residents\n")
    give(officer, "later", "From: Nobody known\nHold: waits\n")
    said = officer("status")
    balance = officer("status", json=True).data["balance"]

    assert "How it is balanced (5 items, without those held)\n" in said.out
    assert balance["organisations"] == {"Core Group": 4, "Kingsbrook Area Partnership": 1}
    assert balance["areas"] == {"no area named": 4, "Tamsford": 1}
    assert balance["audiences"] == {"everybody": 4, "parish councils": 1, "residents": 1}


def test_each_priority_is_shown_with_what_serves_it_and_none_stands_out(officer: Officer) -> None:
    give(officer, "lane", "From: kingsbrook\nArea: tamsford\n")
    said = officer("status")

    assert "     2  Get everybody up the hills\n" in said.out
    assert "  none  Fly to the moon\n" in said.out
    served = officer("status", json=True).data["priorities"]
    assert (served["hills"], served["moon"]) == (["a-winter-walk", "lane"], [])


def test_a_word_of_a_priority_counts_whole_alone(officer: Officer) -> None:
    officer.edit("bulletin.toml", 'words = ["winter walk"]', 'words = ["fun", "HALLS apply", ""]')

    served = officer("status", json=True).data["priorities"]["hills"]
    assert served == []  # "fund" is not "fun", and the link stands between "Halls" and "apply"


def test_it_can_be_read_in_80_columns(officer: Officer) -> None:
    for number in range(9):
        labels = f"From: An organisation with a long name, the {number}th\nHold: {'it waits ' * number}\n"
        give(officer, f"item-{number}", labels)
        (officer.folder / f"contributions/a file with a rather long name {number}.txt").write_text("Words")

    assert [line for line in officer("status").out.splitlines() if len(line) > 80] == []


def test_alone_it_stays_short(officer: Officer) -> None:
    short, full = officer(), officer("status")

    assert (
        "From: Kingsbrook Area Partnership 0, Tamsford and Villages Partnership 0, Core Group 4" in short.out
    )
    assert "nothing yet from Kingsbrook Area Partnership; ask Priya Tolland, manager, or Gr" in short.out
    assert "How it is balanced" not in short.out
    assert short.out.count("\n") < 20 < full.out.count("\n")
    assert officer(json=True).data == officer("status", json=True).data


def test_a_hostile_name_steers_no_terminal(officer: Officer) -> None:
    give(officer, "bad", "From: \x1b[31mred\u202e\nArea: \x07\n")

    assert not {"\x1b", "\x07", "\u202e"} & set(officer("status").out)
