"""`bulletin send`: what it refuses, what it asks, whom it writes to and how it ends."""

import io
from pathlib import Path

import pytest
from officer import PEOPLE, Officer, Said, at, contents, through
from relays import Relay

GONE, LATER, NEVER = "ann@parish.example", "bob@parish.example", "cat@parish.example"
RECORDS = ("rehearsal.db", "ledger.db", ".bulletin.lock")


@pytest.fixture
def built(tmp_path: Path) -> Officer:
    return at("built", tmp_path)


def is_refused(said: Said, words: str, code: int = 1) -> bool:
    """Whether a command refused with one sentence, a hint and no traceback."""
    assert "Traceback" not in said.err
    return said.code == code and words in said.err and "  hint: " in said.err


def test_nothing_can_be_approved_before_it_is_built(tmp_path: Path) -> None:
    said = at("collected", tmp_path)("approve", "--by", "Jo")

    assert is_refused(said, "nothing is built in issues/2026-11/editions/partners")
    assert "run: bulletin build" in said.err


def test_nothing_can_be_sent_before_it_is_approved(built: Officer) -> None:
    with Relay() as relay:
        assert is_refused(built.send(*through(relay)), "issue 2026-11 is not approved")
        assert (relay.connections, built.path("ledger.db").exists()) == (0, False)


def test_an_edition_edited_after_approval_is_not_sent(officer: Officer) -> None:
    officer.edit("issues/2026-11/editions/everyone/bulletin.txt", "winter", "summer")

    with Relay() as relay:
        said = officer.send(*through(relay))

        assert is_refused(said, "editions/everyone/bulletin.txt was changed since it was built")
        assert (relay.connections, officer.path("ledger.db").exists()) == (0, False)


@pytest.mark.parametrize("name", ["bulletin.html", "bulletin.txt", "manifest.json", "a-winter-walk.ics"])
def test_no_file_of_an_edition_can_be_edited_or_lost_after_approval(officer: Officer, name: str) -> None:
    path = officer.path(f"editions/partners/{name}")
    path.write_bytes(path.read_bytes() + b" ")
    edited = officer.send()
    path.unlink()
    lost = officer.send()

    assert (edited.code, lost.code) == (1, 1)
    assert not officer.path("sandbox").exists()


def test_somebody_added_to_a_list_after_approval_stops_the_send(officer: Officer) -> None:
    officer.add("new@parish.example")

    assert is_refused(officer.send(confirm=5), "1 person was added to the lists")
    assert not officer.path("sandbox").exists()


def test_somebody_moved_to_another_edition_after_approval_stops_the_send(officer: Officer) -> None:
    officer.edit("mailing_lists/core.csv", "ann@parish.example,Ann\n", "")

    assert is_refused(officer.send(), "moved to another edition")


def test_somebody_suppressed_after_approval_is_not_written_to(officer: Officer) -> None:
    officer.add("BOB@parish.example", to="suppressed")

    with Relay() as relay:
        said = officer.send(*through(relay), confirm=3, json=True)

        assert (said.code, said.data["accepted"], said.data["suppressed"]) == (0, 3, 2)
        assert sorted(relay.counts()) == [one for one in sorted(PEOPLE) if one != "bob@parish.example"]


@pytest.mark.parametrize("words", [["--confirm", "3"], ["--confirm", "0"], ["--confirm", "-4"]], ids=" ".join)
def test_the_wrong_number_of_recipients_stops_the_send(officer: Officer, words: list[str]) -> None:
    with Relay() as relay:
        assert is_refused(officer("send", *words, *through(relay)), "the number of recipients is 4, not")
        assert relay.connections == 0


def test_where_nobody_can_be_asked_the_number_must_be_given(officer: Officer) -> None:
    assert is_refused(officer("send"), "nobody can be asked here", code=2)
    assert not officer.path("sandbox").exists()


def test_ctrl_c_at_the_question_refuses_and_sends_nothing(
    officer: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = io.StringIO()
    monkeypatch.setattr(typed, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", typed)
    said = officer("send")

    assert (said.code, officer.path("sandbox").exists()) == (1, False)
    assert said.err.endswith("bulletin: stopped; nothing was sent\n")


def test_the_plan_changes_nothing_on_disk(officer: Officer) -> None:
    officer.send()
    officer.edit_item("a-winter-walk", "boots", "stout boots")
    officer("build")
    officer("approve", "--by", "Jo")
    before = contents(officer.folder, but=RECORDS)

    assert "To write to now" not in officer("send", "--plan").out
    assert contents(officer.folder, but=RECORDS) == before


def test_the_plan_as_json_says_who_would_be_written_to(officer: Officer) -> None:
    plan = officer("send", "--plan", json=True).data

    assert (plan["recipients"], plan["to_send"], plan["rehearsal"]) == (4, 4, True)
    assert plan["editions"] == {"partners": 3, "everyone": 1}


def test_a_rehearsal_does_not_use_up_the_real_send(officer: Officer) -> None:
    officer.send()

    with Relay() as relay:
        assert officer.send(*through(relay)).code == 0
        assert relay.counts() == dict.fromkeys(PEOPLE, 1)


def test_a_rehearsal_says_that_nobody_got_anything_and_where_it_is(officer: Officer) -> None:
    said = officer.send()

    assert "a rehearsal: nobody gets anything" in said.err
    assert "issues/2026-11/sandbox/" in said.out


def test_a_new_approval_is_rehearsed_afresh(officer: Officer) -> None:
    officer.send()
    officer.edit_item("a-winter-walk", "boots", "stout boots")
    officer("build")
    officer("approve", "--by", "Jo")

    assert officer.send(json=True).data["accepted"] == 4
    copies = contents(officer.path("sandbox"))
    assert len(copies) == 4
    assert all(b"stout boots" in copy for copy in copies.values())


def test_rejected_people_alone_end_well_and_are_named(officer: Officer) -> None:
    with Relay(replies={("RCPT", NEVER): ["550 5.1.1 no such person"]}) as relay:
        said = officer.send(*through(relay), json=True)

    assert (said.code, said.data["accepted"], said.data["rejected"]) == (0, 3, 1)
    assert f"rejected  {NEVER} (partners): 550 5.1.1 no such person" in officer("report").out


def test_deferred_people_are_tried_by_the_same_command_again(officer: Officer) -> None:
    with Relay(replies={("RCPT", LATER): ["450 4.2.1 later", "250 OK"]}) as relay:
        first = officer.send(*through(relay))
        second = officer.send(*through(relay))

        assert (first.code, second.code) == (4, 0)
        assert "Run the same command again to go on." in first.out
        assert relay.counts() == dict.fromkeys(PEOPLE, 1)


def test_only_deferred_leaves_the_rejected_alone_and_only_failed_the_deferred(officer: Officer) -> None:
    replies = {("RCPT", LATER): ["450 4.2.1 later"], ("RCPT", NEVER): ["550 5.1.1 no", "250 OK"]}
    with Relay(replies=replies) as relay:
        officer.send(*through(relay))
        deferred = officer.send(*through(relay), "--only", "deferred", confirm=1, json=True)
        failed = officer.send(*through(relay), "--only", "failed", confirm=1, json=True)

        assert (deferred.code, deferred.data["rejected"], deferred.data["deferred"]) == (4, 1, 1)
        assert (failed.code, failed.data["rejected"], failed.data["deferred"]) == (4, 0, 1)


def test_with_only_the_number_is_of_those_selected(officer: Officer) -> None:
    with Relay(replies={("RCPT", LATER): ["450 4.2.1 later"]}) as relay:
        officer.send(*through(relay))

        assert is_refused(officer.send(*through(relay), "--only", "deferred"), "is 1, not 4")
        assert officer.send(*through(relay), "--only", "deferred", confirm=1).code == 4


def test_only_an_address_writes_to_that_person(officer: Officer) -> None:
    with Relay() as relay:
        said = officer.send(*through(relay), "--only", "DAN@parish.example", confirm=1, json=True)

        assert (said.code, said.data["accepted"], said.data["pending"]) == (4, 1, 3)
        assert relay.counts() == {"dan@parish.example": 1}
        again = officer.send(*through(relay), "--only", "deferred", confirm=0)
        assert "the same command without --only goes on with them" in again.out


@pytest.mark.parametrize(
    ("who", "words", "code"),
    [
        ("ann@parish.example", "ann@parish.example is accepted", 1),
        ("eve@parish.example", "nobody with that address", 2),
        ("nobody", "nobody with that address", 2),
    ],
    ids=["has a copy", "suppressed", "not an address"],
)
def test_only_refuses_who_is_not_to_be_written_to(officer: Officer, who: str, words: str, code: int) -> None:
    officer.send()

    assert is_refused(officer.send("--only", who, confirm=1), words, code)


@pytest.mark.parametrize("who", ["deferred", "failed"])
def test_only_needs_a_send_to_have_begun(officer: Officer, who: str) -> None:
    assert is_refused(officer.send("--only", who, confirm=0), f"nothing was sent yet, so nobody is {who}")
    assert not officer.path("rehearsal.db").exists()


def test_somebody_unknown_is_not_written_to_again_by_itself(officer: Officer) -> None:
    with Relay(drops={("DOT", GONE): 1}) as relay:
        first = officer.send(*through(relay), json=True)
        second = officer.send(*through(relay))
        third = officer.send(*through(relay), "--only", GONE, confirm=1)

        assert (first.code, first.data["unknown"], second.code) == (3, 1, 3)
        assert is_refused(third, "they have a copy or may have one")
        assert GONE not in relay.counts()


def test_deferred_people_outweigh_unknown_ones(officer: Officer) -> None:
    replies = {("RCPT", LATER): ["450 4.2.1 later"]}
    with Relay(replies=replies, drops={("DOT", GONE): 1}) as relay:
        assert officer.send(*through(relay)).code == 4


def test_a_relay_that_is_not_there_loses_nothing(officer: Officer) -> None:
    away = officer.send("--relay", "smtp://127.0.0.1:1")

    assert is_refused(away, "nothing answers there", code=5)
    assert officer("report", json=True).data["pending"] == len(PEOPLE)
    with Relay() as relay:
        assert officer.send(*through(relay)).code == 0
        assert relay.counts() == dict.fromkeys(PEOPLE, 1)


def test_a_relay_that_will_not_have_us_stops_the_run(officer: Officer) -> None:
    with Relay(replies={("RCPT", LATER): ["550 5.7.1 relaying denied"]}) as relay:
        said = officer.send(*through(relay), json=True)

    assert (said.code, list(said.data)) == (5, ["error"])
    assert "relaying denied" in said.data["error"]["detail"]
    assert officer("report", json=True).data["rejected"] == 0


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("smtps://jo:hunter2@mail.example:465", 2),
        ("smtp+starttls://jo:hunter2@mail.example", 2),
        ("smtp://:hunter2@localhost", 2),
        ("hunter2://mail.example", 2),
        ("smtp://localhost:hunter2", 2),
    ],
    ids=["smtps", "starttls", "no user", "no such kind", "in the port"],
)
def test_a_password_in_the_relays_address_is_refused_and_never_repeated(
    officer: Officer, url: str, code: int
) -> None:
    for said in (officer.send("--relay", url), officer.send("--relay", url, json=True)):
        assert said.code == code
        assert "jo:hunter2" not in said.out + said.err
        assert "Traceback" not in said.err


@pytest.mark.parametrize(
    "host", ["mail.parish.example", "192.0.2.1", "[::ffff:192.0.2.1]", "localhost.parish.example"]
)
def test_mail_in_the_clear_goes_to_this_machine_alone(officer: Officer, host: str) -> None:
    officer.edit("bulletin.toml", "placeholder = true", "placeholder = false")

    assert is_refused(officer.send("--relay", f"smtp://{host}"), "is not encrypted", code=5)
    assert not officer.path("ledger.db").exists()


def test_a_placeholder_identity_refuses_real_relays_alone(officer: Officer, tmp_path: Path) -> None:
    for verb in (("send", "--confirm", 4), ("send", "--plan"), ("test", "jo@parish.example")):
        said = officer(*verb, "--relay", "smtps://jo@mail.example:465")
        assert is_refused(said, "still has the names and addresses it was made with")
    with Relay() as relay:
        for url in ("sandbox:", f"folder:{tmp_path / 'copies'}", through(relay)[1]):
            assert officer.send("--relay", url).code == 0


@pytest.mark.parametrize(
    "rate", ["5", "0/s", "-1/s", "1.5/s", "5/h", "/s", "²/s", "٣/s", "9" * 5000 + "/s", "5/s/s"]
)
def test_a_rate_that_is_none_is_refused(officer: Officer, rate: str) -> None:
    assert is_refused(officer.send("--rate", rate), "is not a rate", code=2)


@pytest.mark.parametrize("rate", ["600/min", "50/s"])
def test_a_rate_slows_the_send_and_changes_nothing_else(officer: Officer, rate: str) -> None:
    assert officer.send("--rate", rate, json=True).data["accepted"] == 4


def test_a_rehearsal_over_many_connections_writes_each_copy_once(officer: Officer) -> None:
    officer.add_many(30)
    officer("approve", "--by", "Jo")
    said = officer.send("--connections", 5, confirm=34, json=True)

    assert (said.code, said.data["accepted"]) == (0, 34)
    assert len(list(officer.path("sandbox").glob("*.eml"))) == 34


def test_a_relay_that_takes_no_more_today_says_when_it_does(officer: Officer) -> None:
    officer.edit("bulletin.toml", "retry_wait = 0", "retry_wait = 0\nper_day = 3")
    with Relay() as relay:
        said = officer.send(*through(relay))
        assert len(relay.taken) == 3

    assert said.code == 4
    assert "it begins to take more at 9am on Friday 27 November 2026" in said.out


def test_our_own_addresses_get_theirs_first_and_are_no_recipients(officer: Officer) -> None:
    officer.edit(
        "bulletin.toml", "[sender]\n", '[sender]\nseeds = ["it@partnership.example", "CAT@parish.example"]\n'
    )
    officer("build", "--date", "2026-11-26")
    officer("approve", "--by", "Jo")
    with Relay() as relay:
        said = officer.send(*through(relay), json=True)
        officer.send(*through(relay))

    assert (said.code, said.data["recipients"]) == (0, 4)
    assert [one.recipient for one in relay.taken][:2] == ["it@partnership.example", "cat@parish.example"]
    assert relay.counts() == {"it@partnership.example": 2, **dict.fromkeys(PEOPLE, 1)}  # one of each edition


def test_the_days_count_is_kept_over_corrections_and_test_copies(officer: Officer, tmp_path: Path) -> None:
    text = tmp_path / "fair.md"
    text.write_text("The fair is on 5 December.\n")
    with Relay() as relay:
        port = f'url = "smtp://127.0.0.1:{relay.port}"'
        officer.edit("bulletin.toml", 'url = "sandbox:"', f"{port}\nper_day = 6")
        officer.send()
        said = officer("correct", "--text", text, "--by", "Jo", "--confirm", 4)
        tested = officer("test", "jo@council.example")

    assert (said.code, "takes no more in these 24 hours" in said.out) == (4, True)
    assert is_refused(tested, "it begins to take more at 9am on Friday 27 November 2026")
    assert len(relay.taken) == 6


@pytest.mark.parametrize("seed", ["nobody", "a b@c.example", "@c.example"])
def test_a_seed_that_is_no_address_is_a_mistake_in_the_settings(officer: Officer, seed: str) -> None:
    officer.edit("bulletin.toml", "[sender]\n", f'[sender]\nseeds = ["{seed}"]\n')

    assert is_refused(officer.send(), "is not an address")


def test_copies_can_be_put_into_a_folder(officer: Officer, tmp_path: Path) -> None:
    said = officer.send("--relay", f"folder:{tmp_path / 'copies'}", json=True)

    assert (said.code, said.data["rehearsal"]) == (0, True)
    assert len(list((tmp_path / "copies").glob("*.eml"))) == 4


def test_a_lost_key_stops_the_send_before_anything_goes_out(officer: Officer) -> None:
    (officer.folder / "workspace.key").unlink()

    assert is_refused(officer.send(), "workspace.key is missing")
    assert not officer.path("sandbox").exists()


def test_a_list_that_is_gone_stops_the_send(officer: Officer) -> None:
    (officer.folder / "mailing_lists/core.csv").unlink()

    assert is_refused(officer.send(), "there is no mailing_lists/core.csv")


def test_a_sender_changed_after_approval_stops_the_send(officer: Officer) -> None:
    officer.edit("bulletin.toml", "communicate@partnership.example", "other@partnership.example")

    assert is_refused(officer.send(), "was built with another sender")
