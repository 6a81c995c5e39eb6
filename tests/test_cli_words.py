"""How the command line speaks: help that teaches, kind refusals, JSON for programs, progress for people."""

import json
import os
import re
import select
import subprocess
import sys
from pathlib import Path

import pytest
from officer import ISSUE, ROOT, Officer, Said

from bulletin import cli

DAY = ("--meeting", "2027-02-11")
QUICK = {
    "demo": ("demo", "try-it"), "init": ("init", "new-one"), "new": ("new", "2027-02", *DAY),
    "collect": ("collect",), "status": ("status",), "check": ("check",), "build": ("build",),
    "chase": ("chase",), "query": ("query", "a-winter-walk"),
    "approve": ("approve", "--by", "Jo"), "test": ("test", "jo@parish.example"),
    "plan": ("send", "--plan"), "send": ("send", "--confirm", "4"), "report": ("report",),
    "archive": ("archive",), "pack": ("pack",),
}  # fmt: skip
WRONG = {
    "a verb": ("sned",), "an option": ("send", "--plans"), "a missing argument": ("test",),
    "a missing option": ("approve",), "a missing value": ("new", "2027-02", "--meeting"),
    "an extra word": ("report", "all"), "no number": ("send", "--confirm", "all"),
    "no day": ("new", "2027-02", "--meeting", "soon"), "no name": ("approve", "--by", " "),
    "an edition": ("test", "jo@parish.example", "--edition", "partner"), "no rate": ("send", "--rate", "5"),
    "no address": ("test", "jo"), "no relay": ("send", "--relay", "carrier-pigeon:"),
    "no issue of that name": ("new", "2026 November", *DAY), "an issue that is there": ("new", ISSUE, *DAY),
    "no item of that name": ("query", "nothing"), "drafts among files": ("chase", "--drafts", ""),
    "too many connections": ("send", "--connections", "900"), "no pack of that name": ("pack", "kingsbrok"),
    "no port": ("preview", "--port", "99999999"),
}  # fmt: skip


def nowhere(*words: str) -> Said:
    """Run a command without naming a folder."""
    done = subprocess.run(
        [sys.executable, "-m", "bulletin", *words], capture_output=True, text=True, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}, cwd=os.sep, check=False,
    )  # fmt: skip
    return Said(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("verb", cli.VERBS)
def test_the_help_of_a_verb_teaches_and_needs_no_workspace(tmp_path: Path, verb: str) -> None:
    said = Officer(tmp_path / "missing")(verb, "--help")

    assert (said.code, said.err) == (0, "")
    assert f"Usage: bulletin {verb}" in said.out
    assert re.search(rf"Examples?:\n +bulletin (-\S+ \S+ )*{verb}\b", said.out)


def test_the_help_lists_every_verb_in_the_order_of_an_issues_life() -> None:
    said = nowhere("--help")

    places = [said.out.index(f"  {verb} ") for verb in cli.VERBS]
    assert places == sorted(places)
    assert "Exit codes: 0 done, 1 refused" in said.out


def test_no_line_of_any_help_is_wider_than_a_terminal(tmp_path: Path) -> None:
    pages = [Officer(tmp_path)(*words, "--help").out for words in ((), *((verb,) for verb in cli.VERBS))]

    assert [line for page in pages for line in page.splitlines() if len(line) > 106] == []


def test_the_version_is_one_line() -> None:
    assert re.fullmatch(r"bulletin, version \S+\n", nowhere("--version").out)


@pytest.mark.parametrize("words", WRONG.values(), ids=WRONG)
def test_what_is_typed_wrongly_gives_one_sentence_what_to_do_and_exit_code_2(
    officer: Officer, words: tuple[str, ...]
) -> None:
    said, as_json = officer(*words), officer(*words, json=True)

    assert (said.code, as_json.code, said.out) == (2, 2, "")
    assert re.match(r"bulletin: .+\n  hint: .+\n", said.err)
    assert list(as_json.data) == ["error"]
    assert sorted(as_json.data["error"]) == ["detail", "hint"]


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["sned"], '"send"'),
        (["aprove"], '"approve"'),
        (["send", "--plans"], "'--plan'"),
        (["report", "--al"], "--all"),
    ],
    ids=["sned", "aprove", "--plans", "--al"],
)
def test_a_slip_of_the_keyboard_is_guessed(officer: Officer, words: list[str], meant: str) -> None:
    said = officer(*words)

    assert "id you mean" in said.err
    assert meant in said.err


@pytest.mark.parametrize(
    ("option", "written"),
    [
        ("--json", "bulletin --json report"),
        ("--issue=3", "bulletin --issue ID report"),
        ("--today=2026-11-26", "bulletin --today DATE report"),
        ("-Cx", "bulletin -C WORKSPACE report"),
    ],
)
def test_an_option_after_the_verb_is_told_where_it_goes(officer: Officer, option: str, written: str) -> None:
    said = officer("report", option)

    assert said.code == 2
    assert f"goes before the verb: {written}" in said.out + said.err


@pytest.mark.parametrize("words", QUICK.values(), ids=QUICK)
def test_as_json_a_command_gives_one_document_and_nothing_else(
    officer: Officer, words: tuple[str, ...]
) -> None:
    if words == ("report",):
        officer.send()

    said = officer(*words, json=True)

    assert (said.code, "Traceback" in said.err) == (0, False)
    assert isinstance(said.data, dict)
    assert "error" not in said.data


def test_as_json_a_refusal_is_a_document_too(officer: Officer) -> None:
    said = officer("report", json=True)

    assert (said.code, said.err) == (1, "")
    assert said.data["error"]["detail"] == "issue 2026-11 was not sent to anybody yet"
    assert said.data["error"]["hint"]


def test_collect_gives_every_file_exactly_once(officer: Officer) -> None:
    rows = officer("collect", json=True).data["files"]

    assert [row["path"] for row in rows] == [
        f"contributions/{name}.md" for name in ("draft", "fund", "survey", "walk")
    ]
    assert all(set(row) >= {"path", "outcome", "why", "items"} for row in rows)
    assert {row["outcome"] for row in rows} == {"read"}


def test_check_gives_findings_with_all_their_parts(officer: Officer) -> None:
    officer.edit_item("a-winter-walk", "When: 5 December 2026", "When: Friday 5 December 2026")
    said = officer("check", json=True)

    finding = said.data["findings"][0]
    assert said.code == 1
    assert set(finding) >= {"rule", "severity", "path", "line", "detail", "hint", "waived"}
    assert (finding["severity"], finding["line"] > 0, finding["waived"]) == ("error", True, "")


def test_build_gives_its_editions_with_their_files(officer: Officer) -> None:
    editions = officer("build", json=True).data["editions"]

    assert [one["name"] for one in editions] == ["partners", "everyone"]
    for one in editions:
        assert all((officer.folder / path).is_file() for path in (one["html"], one["text"], *one["calendar"]))
        assert re.fullmatch("[0-9a-f]{64}", one["digest"])


def test_send_and_report_give_the_same_sums(officer: Officer) -> None:
    sent, report = officer.send(json=True).data, officer("report", json=True).data

    five = ("accepted", "deferred", "rejected", "unknown", "pending")
    assert list(sent) == ["issue", "rehearsal", "recipients", *five, "suppressed"]
    assert {key: report[key] for key in sent} == sent
    assert sent["recipients"] == sum(sent[key] for key in five)
    assert set(report["people"][0]) == {"address", "edition", "outcome", "reply", "attempts", "at"}


def on_terminal(
    officer: Officer, *words: str, typed: str = "", json: bool = False, **env: str
) -> tuple[Said, str]:
    """Run a command whose standard input and error are a terminal; give what it said and what that showed."""
    ours, theirs = pytest.importorskip("pty").openpty()
    try:
        os.write(ours, typed.encode())
        said = officer.outside(*words, json=json, stdin=theirs, stderr=theirs, env=env)
        shown = b""
        while select.select([ours], [], [], 0.5)[0]:  # a terminal hands over what it was given bit by bit
            shown += os.read(ours, 65536)
        return said, shown.decode()
    finally:
        os.close(ours)
        os.close(theirs)


def test_progress_is_drawn_on_a_terminal_and_never_on_standard_output(officer: Officer) -> None:
    said, shown = on_terminal(officer, "send", "--confirm", "4", json=True)

    assert said.data["accepted"] == 4
    assert "Sending" in shown
    assert "4/4" in shown


def test_without_a_terminal_no_progress_is_drawn(officer: Officer) -> None:
    said = officer.outside("collect")

    assert (said.code, said.err) == (0, "")


def test_with_no_color_nothing_is_coloured(officer: Officer) -> None:
    said, shown = on_terminal(officer, "collect", NO_COLOR="1")

    assert "\x1b[3" not in said.out + shown


@pytest.mark.parametrize("typed", ["4\n", " 4 \n", "four\n4\n"], ids=["4", "with spaces", "after a slip"])
def test_on_a_terminal_the_number_is_asked_for(officer: Officer, typed: str) -> None:
    said, shown = on_terminal(officer, "send", typed=typed)

    assert (said.code, "4 accepted" in said.out) == (0, True), shown
    assert "Type the number of recipients to go on" in shown


def test_the_wrong_number_typed_sends_nothing(officer: Officer) -> None:
    said, shown = on_terminal(officer, "send", typed="5\n")

    assert said.code == 1
    assert "the number of recipients is 4, not 5; nothing was sent" in shown
    assert not officer.path("sandbox").exists()


def test_an_old_console_gets_what_it_can_show(officer: Officer) -> None:
    said = officer.outside("collect", env={"PYTHONUTF8": "0", "PYTHONIOENCODING": "cp1252"})

    assert (said.code, said.err) == (0, "")
    assert "contributions/fund.md ? a-fund-for-halls" in said.out


def test_on_an_old_console_json_loses_nothing(officer: Officer) -> None:
    (officer.folder / "contributions" / "Café.md").write_text(
        "Title: Café\nSection: Successes\n\nTea.\n", "utf-8"
    )
    said = officer.outside("collect", json=True, env={"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"})

    assert "contributions/Café.md" in [row["path"] for row in json.loads(said.out)["files"]]


def test_somebody_who_reads_one_line_only_is_no_error(officer: Officer) -> None:
    with officer.start("collect", json=True) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
@pytest.mark.parametrize("as_json", [False, True], ids=["text", "JSON"])
def test_output_that_cannot_be_written_is_a_sentence(officer: Officer, as_json: bool) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        said = officer.outside("status", json=as_json, stdout=full)

    assert (said.code, "Traceback" in said.err) == (1, False)
    assert "No space left on device" in said.err


@pytest.mark.parametrize("option", ["--only", "--relay", "--rate"])
def test_an_option_a_script_left_empty_does_not_mean_everybody(officer: Officer, option: str) -> None:
    said = officer.send(option, "")

    assert said.code == 2
    assert f"'{option}': it is empty" in said.err
    assert not officer.path("sandbox").exists()


def test_a_folder_a_script_left_empty_does_not_mean_this_one() -> None:
    said = nowhere("-C", "", "collect")

    assert said.code == 2
    assert "it is empty" in said.err


@pytest.mark.skipif(os.name == "nt", reason="such names are of POSIX")
def test_no_name_of_a_file_steers_the_terminal_or_adds_a_line(officer: Officer) -> None:
    name = "x\nread       good.md \x1b[31m\u202e.md"
    (officer.folder / "contributions" / name).write_text("Title: X\nSection: Successes\n\nWords.\n", "utf-8")
    said, waiting = officer("collect"), officer("status")

    assert len([line for line in said.out.splitlines() if line.startswith("read")]) == 5
    assert not {"\x1b", "\u202e"} & set(said.out + waiting.out + officer("check").out)
    assert len(officer("collect", json=True).data["files"]) == 5
