"""`bulletin lists`: seen, checked, added to, suppressed, exported, forgotten and purged."""

import os
from pathlib import Path

import pytest
from officer import Officer, at, contents, through, until, writing_to
from relays import Relay

ANN, EVE = "ann@parish.example", "eve@parish.example"


def sent(officer: Officer) -> Officer:
    """Send for real, and as a rehearsal, and a test copy."""
    with Relay() as relay:
        assert officer.send().code == 0
        assert officer.send(*through(relay)).code == 0
    assert officer("test", ANN).code == 0
    return officer


def file(officer: Officer, name: str) -> str:
    return (officer.folder / "mailing_lists" / f"{name}.csv").read_text("utf-8")


def offer(officer: Officer, rows: str) -> Path:
    path = officer.folder.parent / "offer.csv"
    path.write_text(rows, "utf-8")
    return path


def named_in(officer: Officer, address: str) -> list[str]:
    """Every file of the workspace in whose bytes an address stands."""
    return [name for name, data in contents(officer.folder).items() if address.encode() in data.lower()]


def test_alone_it_shows_people_reach_editions_and_domains(officer: Officer) -> None:
    said = officer("lists")
    assert "clerks: 3 people, 1 of them suppressed" in said.out
    assert 'for partners; gets the edition "partners"' in said.out
    assert "parish.example 3" in said.out
    data = officer("lists", json=True).data
    assert (data["people"], [one["name"] for one in data["lists"]]) == (5, ["clerks", "core"])


def test_a_check_names_each_line_and_what_has_changed_since(officer: Officer) -> None:
    first = officer("lists", "check")
    officer.add("new@parish.example")
    officer.add("nobody")
    officer.edit("mailing_lists/core.csv", "cat@parish.example,Cat\n", "")
    again = officer("lists", "check")
    assert "core: 3 people, 0 suppressed, 0 invalid; not checked before" in first.out
    assert (
        "core: 2 people, 0 suppressed, 0 invalid; since the last check 0 added, 1 gone, 2 unchanged"
        in again.out
    )
    assert "clerks: 4 people, 1 suppressed, 1 invalid; since the last check 1 added, 0 gone, 3" in again.out
    assert "mailing_lists/clerks.csv:6: warning:" in again.out
    assert "new: new@parish.example" in again.out


def test_what_is_kept_for_the_next_check_holds_no_address(officer: Officer) -> None:
    officer("lists", "check")
    kept = (officer.folder / "mailing_lists/checked.json").read_text("utf-8")
    assert "@" not in kept
    assert "parish" not in kept


def test_a_check_that_finds_what_stops_a_send_ends_with_1(officer: Officer) -> None:
    officer.edit("mailing_lists/suppressed.csv", "eve@parish.example", "Eve from the hall")
    said = officer("lists", "check")
    assert (said.code, "send refuses until this is put right" in said.out) == (1, True)


def test_adding_shows_first_and_never_brings_a_leaver_back(officer: Officer) -> None:
    path = offer(
        officer,
        "Full name;E-mail\nNew;new@parish.example\nEve;EVE@Parish.example\nAnn;ann@parish.example\nX;x\n",
    )
    before = file(officer, "core")
    planned = officer("lists", "add", "core", path, json=True)
    assert (planned.code, file(officer, "core")) == (1, before)
    done = officer("lists", "add", "core", path, "--yes", json=True)
    assert done.data == planned.data | {"changed": True}
    assert (done.data["added"], done.data["suppressed"]) == (["new@parish.example"], ["EVE@Parish.example"])
    assert (done.data["unchanged"], done.data["invalid"]) == (["ann@parish.example"], 1)
    assert file(officer, "core").endswith("cat@parish.example,Cat\nnew@parish.example,New\n")


def test_the_list_of_before_is_kept(officer: Officer) -> None:
    before = file(officer, "core")
    assert officer("lists", "add", "core", "new@parish.example", "--name", "New One", "--yes").code == 0
    assert file(officer, "earlier/core") == before
    assert "new@parish.example,New One" in file(officer, "core")


def test_one_address_twice_is_added_once(officer: Officer) -> None:
    assert officer("lists", "add", "core", "new@parish.example", "--yes").code == 0
    again = officer("lists", "add", "core", "NEW@parish.example", "--yes")
    assert (again.code, "Nobody is to be added." in again.out) == (0, True)


def test_a_new_list_is_begun_only_when_asked(officer: Officer) -> None:
    refused = officer("lists", "add", "cor", "new@parish.example", "--yes")
    begun = officer("lists", "add", "press", "new@parish.example", "--new", "--yes")
    assert (refused.code, 'did you mean "core"?' in refused.err) == (2, True)
    assert (begun.code, file(officer, "press")) == (0, "email,name,organisation\nnew@parish.example,,\n")


@pytest.mark.parametrize("name", ["suppressed", "../core", "CORE", "a b"])
def test_what_cannot_be_a_list_is_refused(officer: Officer, name: str) -> None:
    assert officer("lists", "add", name, "new@parish.example", "--new", "--yes").code == 2


@pytest.mark.parametrize("source", ["nobody", "no@where@x", "missing.csv"])
def test_what_is_no_file_and_no_address_is_refused(officer: Officer, source: str) -> None:
    assert officer("lists", "add", "core", source, "--yes").code == 2


def test_nobody_can_be_added_while_it_is_unsure_who_has_left(officer: Officer) -> None:
    officer.edit("mailing_lists/suppressed.csv", "eve@parish.example", "Eve")
    said = officer("lists", "add", "core", EVE, "--yes")
    assert (said.code, "nobody can be added" in said.err) == (1, True)


def test_adding_somebody_who_left_says_how_they_come_back(officer: Officer) -> None:
    said = officer("lists", "add", "core", EVE, "--yes")

    assert f"  suppressed, stays off: {EVE}\n" in said.out
    assert "bulletin lists allow ADDRESS, then add them" in said.out


def test_a_list_that_is_not_there_is_begun_with_new(officer: Officer) -> None:
    said = officer("lists", "add", "cor", "new@parish.example")

    assert 'hint: did you mean "core"? To begin a new list, add --new.\n' in said.err


def test_a_slip_is_seen_beside_the_people_of_other_lists(officer: Officer) -> None:
    officer.add("kim@parish.exmaple", to="clerks")

    assert "is it kim@parish.example?" in officer("lists", "check").out


def test_suppressing_says_why_and_since_when(officer: Officer) -> None:
    (officer.folder / "mailing_lists/suppressed.csv").unlink()
    said = officer("lists", "suppress", ANN, "--reason", "asked by telephone")
    assert said.code == 0
    assert (
        file(officer, "suppressed")
        == "email,reason,since\nann@parish.example,asked by telephone,2026-11-26\n"
    )
    assert officer("lists", "suppress", "ANN@parish.example", json=True).data["changed"] is False


def test_suppressing_an_address_that_is_on_no_list_says_so_and_does_it(officer: Officer) -> None:
    said = officer("lists", "suppress", "an@parish.example")

    assert said.out.splitlines() == [
        "an@parish.example is not written to any more.",
        "It is on none of the lists. See how it is spelt: a slip, and they are still written to.",
        "  on them is: ANN@Parish.example",
        "  on them is: dan@parish.example",
    ]
    assert "an@parish.example," in file(officer, "suppressed")
    assert officer("lists", "suppress", ANN, json=True).data["lists"] == ["clerks", "core"]


def test_whoever_is_suppressed_after_approval_is_not_written_to(officer: Officer) -> None:
    officer("lists", "suppress", ANN)
    planned = officer("send", "--plan", json=True).data
    assert (planned["recipients"], planned["suppressed"]) == (3, 2)


def test_a_file_of_leavers_without_reasons_gets_columns_for_them(officer: Officer) -> None:
    officer("lists", "suppress", ANN)
    assert file(officer, "suppressed") == (
        "email,reason,since\neve@parish.example\nann@parish.example,asked to leave,2026-11-26\n"
    )


def test_an_address_among_other_words_is_forgotten_too(officer: Officer) -> None:
    officer.edit(
        "mailing_lists/suppressed.csv", "eve@parish.example", "Please take off eve@parish.example (Eve)"
    )
    officer.edit("mailing_lists/clerks.csv", "eve@parish.example,Eve", "ask eve@parish.example first,Eve")
    officer("lists", "forget", EVE, "--yes")
    assert named_in(officer, EVE) == []
    assert officer("lists", "add", "core", EVE, "--yes", json=True).data["suppressed"] == [EVE]


def test_an_export_holds_lists_outcomes_and_where_else_they_are_named(officer: Officer) -> None:
    sent(officer).edit_item("a-winter-walk", "Bring boots.", f"Bring boots. Write to {ANN}.")
    data = officer("lists", "export", "Ann@Parish.example", json=True).data
    assert [one["path"] for one in data["lists"]] == ["mailing_lists/clerks.csv", "mailing_lists/core.csv"]
    assert {(one["ledger"], one["outcome"]) for one in data["issues"]} == {
        ("issues/2026-11/ledger.db", "accepted"), ("issues/2026-11/rehearsal.db", "accepted")
    }  # fmt: skip
    assert data["named_in"] == ["issues/2026-11/items/a-winter-walk.md"]
    assert "accepted 2026-11-26" in officer("lists", "export", ANN).out


def test_an_export_of_a_stranger_says_that_nothing_is_held(officer: Officer) -> None:
    assert "nothing is held" in officer("lists", "export", "who@x.example").out


def test_forgetting_leaves_no_byte_of_the_address(officer: Officer) -> None:
    sent(officer)
    officer("lists", "suppress", ANN)
    officer("lists", "check")
    officer("lists", "add", "core", "new@parish.example", "--yes")
    assert named_in(officer, ANN)
    shown = officer("lists", "forget", ANN)
    assert (shown.code, bool(named_in(officer, ANN))) == (1, True)
    assert officer("lists", "forget", ANN, "--yes").code == 0
    assert named_in(officer, ANN) == []


def test_somebody_forgotten_never_comes_back_by_a_renewed_list(officer: Officer) -> None:
    sent(officer)
    officer("lists", "forget", ANN, "--yes")
    added = officer("lists", "add", "core", "Ann@PARISH.example", "--yes", json=True).data
    officer.add(ANN, to="core")
    officer("approve", "--by", "Jo Field")
    assert (added["added"], added["suppressed"]) == ([], ["Ann@PARISH.example"])
    assert ANN not in str(officer("send", "--plan", json=True).data)
    assert officer("send", "--plan", json=True).data["suppressed"] == 2


def test_forgetting_keeps_the_totals_of_an_issue(officer: Officer) -> None:
    before = sent(officer)("report", json=True).data
    officer("lists", "forget", "bob@parish.example", "--yes")
    after = officer("report", json=True).data
    assert {**after, "people": 0} == {**before, "people": 0}
    assert officer.send("--confirm", 4).code == 0


def test_without_the_key_nobody_who_was_forgotten_can_be_known(officer: Officer) -> None:
    officer("lists", "forget", ANN, "--yes")
    (officer.folder / "workspace.key").unlink()
    assert officer("send", "--plan").code == 1
    assert "workspace.key is missing" in officer("lists").err


def test_after_a_change_of_the_key_the_forgotten_stay_forgotten(officer: Officer) -> None:
    officer("lists", "forget", ANN, "--yes")
    key = officer.folder / "workspace.key"
    key.write_text("ab" * 32 + "\n" + key.read_text("utf-8"), "utf-8")
    assert officer("lists", "add", "core", ANN, "--yes", json=True).data["suppressed"] == [ANN]


def test_a_purge_shows_first_and_takes_only_old_issues(officer: Officer) -> None:
    sent(officer)
    early = officer("lists", "purge", "--older-than", "2y", json=True)
    later = officer.on("2028-12-01")
    shown = later("lists", "purge", "--older-than", "2y")
    assert (early.code, early.data["issues"], shown.code) == (0, [], 1)
    assert "2026-11 (meeting 2026-11-12): 4 people in its ledger" in shown.err
    assert officer.path("sandbox").exists()


def test_a_purge_keeps_outcomes_and_no_reader(officer: Officer) -> None:
    before = sent(officer)("report", json=True).data
    later = officer.on("2028-12-01")
    assert later("lists", "purge", "--older-than", "24m", "--yes").code == 0
    after = later("report", json=True).data
    assert (after["accepted"], len(after["people"])) == (before["accepted"], 4)
    assert [name for name in named_in(officer, "bob@parish.example") if "issues/" in name] == []
    assert later("lists", "purge", "--older-than", "2y", json=True).data["issues"] == []


def test_a_purge_finds_ledgers_that_are_kept_outside_the_workspace(tmp_path: Path) -> None:
    (tmp_path / "OneDrive").mkdir()
    officer = sent(at("approved", tmp_path / "OneDrive"))
    outside = Path(os.environ["BULLETIN_DATA"])
    held = [name for name, data in contents(outside).items() if b"bob@parish.example" in data]
    assert {Path(name).name for name in held} == {"ledger.db", "rehearsal.db"}
    later = officer.on("2028-12-01")
    assert "4 people in its ledger" in later("lists", "purge", "--older-than", "2y").err
    assert later("lists", "purge", "--older-than", "2y", "--yes").code == 0
    assert [name for name, data in contents(outside).items() if b"parish.example" in data] == []
    assert later("lists", "purge", "--older-than", "2y", json=True).data["issues"] == []


@pytest.mark.parametrize("words", [("forget", "bob@parish.example"), ("purge", "--older-than", "2y")])
def test_whoever_stopped_a_run_is_erased_with_all_the_others(
    officer: Officer, words: tuple[str, ...]
) -> None:
    with Relay(replies={("RCPT", "bob@parish.example"): ["550 5.7.1 relaying denied"]}) as relay:
        assert officer.send(*through(relay)).code == 5
    assert b"bob@parish.example" in officer.path("ledger.db").read_bytes()
    assert officer.on("2028-12-01")("lists", *words, "--yes").code == 0
    assert [name for name in named_in(officer, "bob@parish.example") if name.endswith(".db")] == []


@pytest.mark.parametrize("period", ["", "2", "0y", "y", "-2y", "2 fortnights ago", "9999y"])
def test_what_is_no_period_is_refused(officer: Officer, period: str) -> None:
    assert officer("lists", "purge", "--older-than", period).code == 2


@pytest.mark.skipif(os.name == "nt", reason="signals are of POSIX")
def test_suppressing_somebody_while_a_send_runs_says_that_it_runs(tmp_path: Path) -> None:
    officer = writing_to(60, tmp_path)
    with Relay() as relay:
        slow = ("send", "--confirm", 60, "--rate", "5/s", *through(relay))
        with officer.start(*slow) as process:
            until(lambda: len(relay.taken) > 2)
            said = officer("lists", "suppress", "p50@parish.example")
            process.terminate()
        assert officer("lists", "suppress", "p51@parish.example").out.count("\n") == 1
        assert officer.send(*through(relay), confirm=58).code == 0
    assert "Issue 2026-11 is being sent at this moment: they may still get that copy" in said.out
    assert officer("report", json=True).data["accepted"] == 58


def test_a_workspace_without_an_issue_has_lists_too(tmp_path: Path) -> None:
    officer = Officer(tmp_path)
    officer("init", ".")
    assert officer("lists").code == 0
    assert officer("lists", "add", "everyone", "jo@x.example", "--yes").code == 0
    assert officer("lists", "forget", "jo@x.example", "--yes").code == 0


def test_a_reason_that_is_an_address_is_refused(officer: Officer) -> None:
    said = officer("lists", "suppress", "bob@parish.example", "--reason", "ann@parish.example")
    assert (said.code, "is an address, not a reason" in said.err) == (2, True)
    assert officer("lists", "check").code == 0


def test_rows_without_names_can_be_added_to_and_taken_from(officer: Officer) -> None:
    path = officer.folder / "mailing_lists/clerks.csv"
    path.write_text("Dan;dan@parish.example\nGil;gil@parish.example\n", "utf-8")
    assert officer("lists", "add", "clerks", "new@parish.example", "--name", "New Clerk", "--yes").code == 0
    assert officer("lists", "forget", "dan@parish.example", "--yes").code == 0
    assert path.read_text("utf-8") == "Gil;gil@parish.example\nNew Clerk;new@parish.example\n"
