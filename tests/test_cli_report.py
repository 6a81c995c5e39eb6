"""`bulletin report`, `status` and `bulletin` alone: where things stand, in words an officer reads."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from officer import PEOPLE, Officer, at, contents, through, writing_to
from relays import Relay


def test_before_any_send_the_report_is_a_sentence(officer: Officer) -> None:
    said = officer("report")

    assert said.code == 1
    assert "issue 2026-11 was not sent to anybody yet" in said.err
    assert "bulletin status" in said.err


def test_the_real_send_is_reported_rather_than_the_rehearsal(officer: Officer) -> None:
    officer.send()
    rehearsed = officer("report", json=True).data
    with Relay(replies={("RCPT", PEOPLE[0]): ["550 5.1.1 no"]}) as relay:
        officer.send(*through(relay))

    assert (rehearsed["rehearsal"], rehearsed["accepted"]) == (True, 4)
    sent = officer("report", json=True).data
    assert (sent["rehearsal"], sent["accepted"], sent["rejected"]) == (False, 3, 1)


def test_the_report_names_those_who_need_a_look_and_all_on_request(officer: Officer) -> None:
    with Relay(replies={("RCPT", PEOPLE[0]): ["450 4.2.1 mailbox full"]}) as relay:
        officer.send(*through(relay))
    said, everybody = officer("report"), officer("report", "--all")

    assert said.code == 4
    assert f"deferred  {PEOPLE[0]} (partners): 450 4.2.1 mailbox full" in said.out
    assert f"Next: bulletin send {' '.join(through(relay))}, which goes on where it stopped" in said.out
    assert [one for one in PEOPLE if one in said.out] == [PEOPLE[0]]
    assert [one for one in PEOPLE if one in everybody.out] == list(PEOPLE)


def test_the_report_says_once_in_plain_words_what_each_kind_of_reply_means(officer: Officer) -> None:
    replies = ("552 5.2.2 over quota", "452 4.2.2 full", "550 5.1.1 no", "550 5.1.1 no")
    script = {("RCPT", one): [reply] for one, reply in zip(PEOPLE, replies, strict=True)}
    with Relay(replies=script) as relay:
        officer.send(*through(relay))

    said = officer("report").out
    assert "  552 5.2.2, 452 4.2.2: their mailbox is full; they stay on the list\n" in said
    assert said.count("  550 5.1.1: there is no such mailbox") == 1


def test_the_report_offers_to_suppress_whom_the_relay_does_not_know_and_nobody_else(officer: Officer) -> None:
    replies = ("550 5.1.1 no such user", "552 5.2.2 over quota", "450 4.2.1 later")
    script = {("RCPT", one): [reply] for one, reply in zip(PEOPLE, replies, strict=False)}
    with Relay(replies=script) as relay:
        officer.send(*through(relay))

    said = officer("report").out
    assert [line for line in said.splitlines() if "suppress " in line and "bulletin" in line] == [
        f"  bulletin lists suppress {PEOPLE[0]}"
    ]
    assert officer("lists", "suppress", PEOPLE[0]).code == 0


def test_the_report_explains_what_unknown_means(officer: Officer) -> None:
    with Relay(drops={("TAKEN", PEOPLE[0]): 1}) as relay:
        officer.send(*through(relay))

    said = officer("report")
    assert said.code == 3
    assert "No second copy is sent" in said.out


def test_somebody_the_program_was_stopped_over_is_not_said_to_be_untried(officer: Officer) -> None:
    with Relay() as relay:
        officer.send(*through(relay))
    with closing(sqlite3.connect(officer.path("ledger.db"))) as ledger, ledger:
        ledger.execute("UPDATE deliveries SET state = 'dot', reply = '' WHERE address = ?", (PEOPLE[0],))

    said, why = officer("report"), "the run ended after the whole message was sent and before an answer came"
    assert f"  unknown   {PEOPLE[0]} (partners): {why}\n" in said.out
    assert said.out.endswith("Next: bulletin resolve, which settles who is unknown\n")
    assert "Who is unknown may have a copy. Next: bulletin resolve\n" in officer.send(*through(relay)).out


def test_of_many_who_wait_the_report_names_a_few_and_ends_with_what_to_do(tmp_path: Path) -> None:
    officer = writing_to(60, tmp_path)
    officer.send("--relay", "smtp://127.0.0.1:1", confirm=60)

    lines = officer("report").out.splitlines()
    assert lines[-2:] == [
        "  pending   and 55 more: bulletin report --all",
        "Next: bulletin send --relay smtp://127.0.0.1:1, which goes on where it stopped",
    ]
    assert len(lines) == 9
    assert len(officer("report", "--all").out.splitlines()) == 63


def test_an_older_issue_is_reported_by_name(officer: Officer) -> None:
    officer.send()
    officer.on("2026-12-01")("new", "2027-02", "--meeting", "2027-02-11")

    assert officer("report").code == 1
    assert officer("--issue", "2026-11", "report").code == 0


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        ("new", ["Next: bulletin collect", "4 not collected yet"]),
        ("collected", ["collected", "Next: bulletin check, then: bulletin build"]),
        ("built", ["built", "Next: bulletin preview, then: bulletin approve --by"]),
        ("approved", ["approved", "Next: bulletin send --plan"]),
    ],
)
def test_status_says_where_the_issue_stands_and_what_comes_next(
    tmp_path: Path, stage: str, words: list[str]
) -> None:
    said = at(stage, tmp_path)("status")

    assert said.code == 0
    assert [one for one in words if one not in said.out] == []


def test_status_says_what_comes_after_a_rehearsal_and_after_a_send(officer: Officer) -> None:
    officer.send()
    rehearsed = officer("status").out
    with Relay() as relay:
        officer.send(*through(relay))

    assert "then for real: bulletin send --plan --relay smtp://localhost:25" in rehearsed
    assert "sending has begun" in officer("status").out


def test_status_sees_that_an_approval_is_over(officer: Officer) -> None:
    officer.edit_item("a-winter-walk", "boots", "stout boots")
    officer("build")

    assert "built again since it was approved" in officer("status").out
    assert "approve --by" in officer("status").out


def test_status_names_who_has_sent_nothing_and_whom_to_ask(officer: Officer) -> None:
    body = '[bodies.kingsbrook]\nname = "Kingsbrook Partnership"\nrole = "lsp"\ncontact = "Sam Marsh"\n\n'
    officer.edit("bulletin.toml", "[bodies.core-group]", f"{body}[bodies.core-group]")

    assert "nothing yet from Kingsbrook Partnership; ask Sam Marsh" in officer().out
    assert "Kingsbrook Partnership  nothing yet" in officer("status").out
    assert officer("status", json=True).data["silent"] == ["kingsbrook"]


def test_status_counts_the_days_to_each_deadline(officer: Officer) -> None:
    said = officer.on("2026-11-19")("status").out

    assert "midday on Friday 20 November 2026 (tomorrow)" in said
    assert "Thursday 26 November 2026 (in 7 days)" in said


def test_status_changes_nothing_and_bulletin_alone_says_the_same_in_short(officer: Officer) -> None:
    before, short, full = contents(officer.folder), officer().out, officer("status").out

    assert contents(officer.folder) == before
    assert short.split("\nItems")[0] == full.split("\nItems")[0]
    assert short.splitlines()[-1] == full.splitlines()[-1]
    assert officer(json=True).data == officer("status", json=True).data


def test_alone_in_an_empty_folder_it_says_how_to_begin(tmp_path: Path) -> None:
    said, as_json = Officer(tmp_path)(), Officer(tmp_path)(json=True)

    assert (said.code, as_json.code) == (0, 0)
    assert "bulletin demo" in said.out
    assert "bulletin init my-bulletin" in said.out
    assert as_json.data["next"] == "bulletin demo"


def test_alone_in_a_new_workspace_it_says_how_to_start_an_issue(tmp_path: Path) -> None:
    officer = Officer(tmp_path)
    officer("init", ".")

    said = officer()
    assert said.code == 0
    assert "no issue yet" in said.out
    assert "Next: bulletin new 2026-11 --meeting 2026-11-12" in said.out


def test_without_an_issue_other_verbs_say_how_to_start_one(tmp_path: Path) -> None:
    officer = Officer(tmp_path)
    officer("init", ".")

    said = officer("collect")
    assert said.code == 2
    assert "there is no issue yet" in said.err
    assert "bulletin new 2026-11 --meeting" in said.err


def test_init_in_a_workspace_changes_nothing_and_says_so(officer: Officer) -> None:
    officer("init", ".")
    before = {path: path.read_bytes() for path in officer.folder.rglob("*") if path.is_file()}
    said = officer("init", ".")

    assert (said.code, f"{officer.folder} has everything already; nothing was changed.\n") == (0, said.out)
    assert {path: path.read_bytes() for path in officer.folder.rglob("*") if path.is_file()} == before


def test_init_says_where_it_made_what_and_how_to_get_there(tmp_path: Path) -> None:
    own, sample = Officer(tmp_path)("init", "own"), Officer(tmp_path)("init", "--sample", "try it")

    assert f"Made in {tmp_path / 'own'}: " in own.out
    assert f"  cd {tmp_path / 'own'}\n  open bulletin.toml and say who you are\n" in own.out
    assert (
        f"  cd '{tmp_path / 'try it'}'\n  bulletin new 2026-11 --meeting 2026-11-12\n  bulletin collect\n"
        in sample.out
    )


def test_init_says_where_it_made_a_workspace(tmp_path: Path) -> None:
    said = Officer(tmp_path / "zz")("init", ".")

    assert f"Made in {tmp_path / 'zz'}: " in said.out


def test_the_sample_is_not_mixed_with_a_workspace_in_use(officer: Officer) -> None:
    said = officer("init", "--sample", ".")

    assert said.code == 2
    assert "in use already" in said.err
