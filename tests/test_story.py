"""An issue's whole life through the command line, against a live relay on this machine."""

import json
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from officer import CONTRIBUTIONS, ISSUE, LISTS, PEOPLE, Officer, Said, contents, through
from relays import Relay

LIFE = (
    "init",
    "new",
    "collect",
    "status",
    "check",
    "build",
    "test",
    "approve",
    "plan",
    "send",
    "again",
    "report",
    "archive",
)


@pytest.fixture(scope="module")
def relay() -> Iterator[Relay]:
    with Relay() as opened:
        yield opened


@pytest.fixture(scope="module")
def officer(tmp_path_factory: pytest.TempPathFactory) -> Officer:
    return Officer(tmp_path_factory.mktemp("story") / "my-bulletin")


@pytest.fixture(scope="module")
def told(officer: Officer, relay: Relay) -> dict[str, Said]:
    """Live an issue's life, each command a process of its own, and keep what each said."""
    early, said = officer.on("2026-11-12"), {}
    officer.folder.mkdir()
    said["init"] = early.outside("init", ".")
    _fill(officer)
    said["new"] = early.outside("new", ISSUE, "--meeting", "2026-11-12", "--next", "2027-02-11")
    said["collect"] = officer.on("2026-11-19").outside("collect")
    for verb in ("status", "check", "build"):
        said[verb] = officer.outside(verb)
    said["test"] = officer.outside("test", "jo.field@council.example", *through(relay))
    said["approve"] = officer.outside("approve", "--by", "Jo Field")
    said["plan"] = officer.outside("send", "--plan", *through(relay))
    for time in ("send", "again"):
        said[time] = officer.outside("send", "--confirm", len(PEOPLE), *through(relay))
    said["report"], said["archive"] = officer.outside("report", json=True), officer.outside("archive")
    return said


def _fill(officer: Officer) -> None:
    """Put people on the lists and files into the drop folder, as partners do."""
    (officer.folder / "mailing_lists/everyone.csv").write_text(LISTS["core"] + LISTS["clerks"], "utf-8")
    (officer.folder / "mailing_lists/suppressed.csv").write_text(LISTS["suppressed"], "utf-8")
    for name, words in CONTRIBUTIONS.items():
        (officer.folder / "contributions" / name).write_text(words, "utf-8")


@pytest.mark.parametrize("command", LIFE)
def test_each_command_of_an_issues_life_succeeds_without_a_traceback(
    told: dict[str, Said], command: str
) -> None:
    assert told[command].code == 0, told[command].err
    assert "Traceback" not in told[command].err


@pytest.mark.parametrize(
    "command", [verb for verb in LIFE if verb not in ("test", "plan", "report", "archive")]
)
def test_each_command_says_which_comes_next(told: dict[str, Said], command: str) -> None:
    assert "Next:" in told[command].out or command == "check"


def test_the_relay_took_one_copy_for_each_person_and_one_test(told: dict[str, Said], relay: Relay) -> None:
    assert told["again"].code == 0
    assert relay.counts() == {**dict.fromkeys(PEOPLE, 1), "jo.field@council.example": 1}


def test_every_copy_is_addressed_to_its_reader_alone(told: dict[str, Said], relay: Relay) -> None:
    for taken in relay.taken:
        message = message_from_bytes(taken.message, policy=policy.default)
        assert message.get_all("To") is not None
        assert taken.recipient in str(message["To"])
        assert not any(other in str(message["To"]) for other in PEOPLE if other != taken.recipient)
        assert (message["Cc"], message["Bcc"]) == (None, None)


def test_what_the_relay_took_is_the_edition_on_disk(
    told: dict[str, Said], relay: Relay, officer: Officer
) -> None:
    text = officer.path("editions/everyone/bulletin.txt").read_text("utf-8")
    for taken in relay.taken[1:]:
        body = message_from_bytes(taken.message, policy=policy.default).get_body(("plain",))
        assert body is not None
        assert body.get_content().split() == text.split()


def test_the_test_copy_says_so_and_counts_for_nobody(told: dict[str, Said], relay: Relay) -> None:
    first = message_from_bytes(relay.taken[0].message, policy=policy.default)

    assert (relay.taken[0].recipient, "TEST" in first["Subject"]) == ("jo.field@council.example", True)
    assert "jo.field@council.example" not in told["report"].out


def test_the_plan_says_what_send_then_does(told: dict[str, Said]) -> None:
    assert "4 recipients, one copy each: everyone 4." in told["plan"].out
    assert "(for real)" in told["plan"].out
    assert "asks for the number 4" in told["plan"].out


def test_a_second_send_says_that_nobody_was_left(told: dict[str, Said]) -> None:
    assert "There was nobody left to write to; nothing was sent." in told["again"].out
    assert "4 recipients: 4 accepted; 1 suppressed and not written to." in told["again"].out


def test_the_report_has_everybody_accepted_at_the_first_attempt(told: dict[str, Said]) -> None:
    people = json.loads(told["report"].out)["people"]

    assert sorted(one["address"] for one in people) == sorted(PEOPLE)
    assert {(one["outcome"], one["attempts"]) for one in people} == {("accepted", 1)}


def test_the_archive_holds_the_issue_and_nobodys_address(told: dict[str, Said], officer: Officer) -> None:
    pages = contents(officer.folder / "archive")

    assert b"A fund for halls" in pages["2026-11/index.html"]
    assert not [
        name for name, data in pages.items() for one in (*PEOPLE, "eve@parish") if one.encode() in data
    ]


def test_nothing_in_the_drop_folder_was_touched(told: dict[str, Said], officer: Officer) -> None:
    assert contents(officer.folder / "contributions") == {
        name: words.encode() for name, words in sorted(CONTRIBUTIONS.items())
    }


def test_the_workspace_keeps_personal_data_out_of_git(told: dict[str, Said], officer: Officer) -> None:
    ignored = (officer.folder / ".gitignore").read_text("utf-8").split()

    assert {"mailing_lists/", "contributions/", "issues/", "workspace.key"} <= set(ignored)


def test_nothing_is_left_half_written(told: dict[str, Said], officer: Officer) -> None:
    left = [
        path for pattern in ("*.new", "*.part", "*-wal", "*-shm") for path in officer.folder.rglob(pattern)
    ]

    assert left == []


def test_the_key_can_be_read_by_its_owner_alone(told: dict[str, Said], officer: Officer) -> None:
    key = Path(officer.folder / "workspace.key")

    assert key.stat().st_mode & 0o077 == 0
