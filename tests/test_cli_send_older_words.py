"""What was edited after it was approved does not go out unedited without a word."""

from pathlib import Path

import pytest
from officer import PEOPLE, Officer, at, contents, through
from relays import Relay

ITEM = "issues/2026-11/items/a-winter-walk.md"


@pytest.fixture
def officer(tmp_path: Path) -> Officer:
    """An officer who edits an item once all is approved."""
    officer = at("approved", tmp_path)
    officer.edit_item("a-winter-walk", "boots", "stout boots")
    return officer


@pytest.mark.parametrize("words", [["--plan"], ["--confirm", "4"]], ids=["the plan", "the send"])
def test_an_item_edited_after_approval_stops_the_send_by_name(officer: Officer, words: list[str]) -> None:
    with Relay() as relay:
        said = officer("send", *words, *through(relay))

        assert (said.code, relay.connections, officer.path("ledger.db").exists()) == (1, 0, False)
        assert (
            f"changed after Jo Field approved the editions, so that their copies hold the older words: {ITEM}"
            in said.err
        )
        assert "run: bulletin build, look at it, then approve again" in said.err


def test_on_another_day_the_advice_keeps_the_day_it_was_built_for(officer: Officer) -> None:
    said = officer.on("2026-11-25")("send", "--plan")

    assert "run: bulletin build --date 2026-11-26" in said.err


def test_what_was_approved_goes_out_all_the_same_where_that_is_said(officer: Officer) -> None:
    with Relay() as relay:
        said = officer.send(*through(relay), "--as-approved")

        assert (said.code, relay.counts()) == (0, dict.fromkeys(PEOPLE, 1))
        assert f"Changed after it was approved: {ITEM}. The copies hold the older words." in said.err
        assert not any(b"stout" in taken.message for taken in relay.taken)


def test_status_says_what_was_changed_and_what_to_do(officer: Officer) -> None:
    said = officer("status")

    assert "changed since it was approved" in said.out
    assert f"  changed: {ITEM}\n" in said.out
    assert "Next: bulletin build, then: bulletin preview, then: bulletin approve" in said.out
    assert officer("status", json=True).data["edited"] == [ITEM]


def test_built_and_approved_again_nothing_is_said(officer: Officer) -> None:
    officer("build")
    officer("approve", "--by", "Jo")

    assert "Next: bulletin send --plan" in officer("status").out
    assert officer.send().code == 0


def test_status_says_before_the_approval_too_what_was_changed_after_building(tmp_path: Path) -> None:
    officer = at("built", tmp_path)
    officer.edit_item("a-winter-walk", "boots", "stout boots")

    assert f"  changed: {ITEM}\n" in officer("status").out
    assert ITEM in officer("approve", "--by", "Jo").err


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("bulletin.toml", "#1d5c4f", "#7a1f4b"),
        ("issues/2026-11/issue.toml", 'introduction = ""', 'introduction = "Hello."'),
    ],
    ids=["the settings", "the introduction"],
)
def test_settings_and_the_issues_own_words_count_as_well(
    tmp_path: Path, name: str, old: str, new: str
) -> None:
    officer = at("approved", tmp_path)
    officer.edit(name, old, new)

    assert f"the older words: {name};" in officer.send().err
    assert officer("status", json=True).data["edited"] == [name]


def test_a_template_of_ones_own_counts_by_its_name(tmp_path: Path) -> None:
    officer = at("approved", tmp_path)
    shipped = Path(__file__).parent.parent / "templates" / "email.txt"
    (officer.folder / "templates" / "email.txt").write_text(shipped.read_text("utf-8") + "Bye.\n", "utf-8")

    assert "templates/email.txt" in officer.send().err


def test_an_item_that_came_after_the_approval_is_named(tmp_path: Path) -> None:
    officer = at("approved", tmp_path)
    (officer.folder / "contributions" / "new.md").write_text(
        "Title: A new hall\nFrom: Core Group\nContact: Jo\nSection: Key messages\n\nIt opens.\n",
        "utf-8",
    )
    officer.on("2026-11-19")("collect")

    assert "issues/2026-11/items/a-new-hall.md" in officer.send().err


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("bulletin.toml", "[relay]\n", "[relay]\nconnections = 2\n"),
        (ITEM, "Bring boots.\n", "Bring boots.\n\n\n"),
    ],
    ids=["how it is sent", "a blank line"],
)
def test_what_no_reader_would_see_stops_nothing(tmp_path: Path, name: str, old: str, new: str) -> None:
    officer = at("approved", tmp_path)
    officer.edit(name, old, new)

    assert officer("status", json=True).data["edited"] == []
    assert officer.send().code == 0


def test_a_send_that_has_begun_goes_on_with_what_the_others_have_and_says_so(tmp_path: Path) -> None:
    officer = at("approved", tmp_path)
    with Relay(replies={("RCPT", PEOPLE[1]): ["450 4.2.1 later", "250 OK"]}) as relay:
        officer.send(*through(relay))
        officer.edit_item("a-winter-walk", "boots", "stout boots")
        plan, status = officer("send", "--plan", *through(relay)), officer("status").out
        said = officer.send(*through(relay))

        assert (plan.code, said.code, relay.counts()) == (0, 0, dict.fromkeys(PEOPLE, 1))
        assert f"Changed after it was approved: {ITEM}. The copies hold the older words." in plan.out
        assert not any(b"stout" in taken.message for taken in relay.taken)
        assert [f"changed: {ITEM}" in words for words in (status, officer("status").out)] == [True, False]


def test_a_send_that_has_begun_goes_on_though_a_template_is_broken_now(tmp_path: Path) -> None:
    officer = at("approved", tmp_path)
    with Relay(replies={("RCPT", PEOPLE[1]): ["450 4.2.1 later", "250 OK"]}) as relay:
        officer.send(*through(relay))
        (officer.folder / "templates" / "email.txt").write_text("{% if %}", "utf-8")

        assert officer.send(*through(relay)).code == 0
        assert relay.counts() == dict.fromkeys(PEOPLE, 1)


def test_after_a_send_that_failed_no_rehearsal_is_begun_by_mistake(tmp_path: Path) -> None:
    officer = at("approved", tmp_path)
    failed = officer.send("--relay", "smtp://127.0.0.1:1")
    report, before = officer("report"), contents(officer.folder)
    again, plan = officer.send(), officer("send", "--plan")

    command = "bulletin send --relay smtp://127.0.0.1:1"
    assert (failed.code, again.code, plan.code) == (5, 1, 1)
    assert f"Next: {command}, which goes on" in report.out
    assert f"to go on: {command}; to rehearse all the same: bulletin send --relay sandbox:" in again.err
    assert contents(officer.folder) == before
    assert officer.send("--relay", "sandbox:").code == 0


def test_once_everybody_is_settled_a_rehearsal_is_nobodys_mistake(tmp_path: Path) -> None:
    officer = at("approved", tmp_path)
    with Relay() as relay:
        officer.send(*through(relay))

    assert officer.send().code == 0


def test_of_an_older_issue_the_command_names_it(tmp_path: Path) -> None:
    officer = at("approved", tmp_path)
    officer.send("--relay", "smtp://127.0.0.1:1")
    officer.on("2026-12-01")("new", "2027-02", "--meeting", "2027-02-11")

    said = officer("--issue", "2026-11", "report")
    assert "Next: bulletin --issue 2026-11 send --relay smtp://127.0.0.1:1," in said.out


def test_where_the_settings_name_the_relay_the_command_needs_none(tmp_path: Path) -> None:
    officer = at("approved", tmp_path)
    officer.edit("bulletin.toml", 'url = "sandbox:"', 'url = "smtp://127.0.0.1:1"')
    officer.send()

    assert "Next: bulletin send, which goes on where it stopped" in officer("report").out
