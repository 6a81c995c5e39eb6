"""`correct`: a correction to exactly those an issue reached, once each, and the archive knows of it."""

import json
import os
import time
from collections import Counter
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from fault_relay import FaultRelay
from officer import PEOPLE, Officer, Said, at, contents, through, writing_to

from bulletin.cli.app import App
from bulletin.pipeline.bounces import read_known

WORDS = "The winter walk is on **12 December 2026**, not on the 5th: see https://walk.example/new?a=1&b=2.\n"
HOME = "corrections/1"


@pytest.fixture
def officer(tmp_path: Path) -> Officer:
    """An officer whose issue was rehearsed, with the text of a correction."""
    officer = at("approved", tmp_path)
    assert officer.send().code == 0
    return wrote(officer, WORDS)


def wrote(officer: Officer, words: str) -> Officer:
    (officer.folder / "t.md").write_text(words, "utf-8")
    return officer.on("2026-11-27")


def correct(officer: Officer, *words: object, confirm: int = len(PEOPLE), json: bool = False) -> Said:
    text = officer.folder / "t.md"
    return officer("correct", "--text", text, "--by", "Jo Field", "--confirm", confirm, *words, json=json)


def marks(officer: Officer) -> list[dict[str, object]]:
    path = officer.path("corrections.json")
    found: list[dict[str, object]] = (
        json.loads(path.read_text("utf-8"))["corrections"] if path.exists() else []
    )
    return found


def archived(officer: Officer, words: str) -> list[str]:
    """The pages of the archive that say something, made as the settings are now."""
    assert officer("archive").code == 0
    pages = contents(officer.folder / "archive")
    return [name for name, data in pages.items() if words.encode() in data]


def copies(officer: Officer, home: str = HOME) -> list[EmailMessage]:
    mails = sorted(officer.path(f"{home}/sandbox").glob("*.eml"))
    return [message_from_bytes(mail.read_bytes(), policy=policy.default) for mail in mails]


def sent_for_real(tmp_path: Path, relay: FaultRelay) -> Officer:
    officer = at("approved", tmp_path)
    officer.send(*through(relay))
    relay.taken.clear()
    return wrote(officer, WORDS)


def test_everybody_reached_gets_one_copy_in_the_same_house(officer: Officer) -> None:
    said = correct(officer, "--item", "a-winter-walk")
    mail = copies(officer)[0]
    page, text = (mail.get_body([kind]).get_content() for kind in ("html", "plain"))  # type: ignore[union-attr]
    assert said.code == 0
    assert sorted(str(one["To"]).partition("<")[2].strip(">").lower() for one in copies(officer)) == [*PEOPLE]
    assert mail["Subject"] == "Correction: Communicate issue 1"
    assert "List-Unsubscribe" in mail
    assert "<strong>12 December 2026</strong>" in page
    assert "A winter walk" in page
    for part in (page.replace("&amp;", "&"), text):
        assert "https://walk.example/new?a=1&b=2" in part


def test_the_archive_is_told_once_the_sending_has_begun(tmp_path: Path) -> None:
    with FaultRelay() as relay:
        officer = sent_for_real(tmp_path, relay)
        plan = officer("correct", "--text", officer.folder / "t.md", "--plan", *through(relay))
        assert (plan.code, marks(officer)) == (0, [])
        assert "Next: bulletin archive" in correct(officer, "--item", "a-winter-walk", *through(relay)).out
    assert marks(officer) == [
        {"number": 1, "at": "2026-11-27T09:00:00+00:00", "text": WORDS.strip(), "items": ["a-winter-walk"],
         "by": "Jo Field"}
    ]  # fmt: skip


def test_a_plan_changes_nothing_and_needs_no_name(officer: Officer) -> None:
    before = contents(officer.folder)
    said = officer("correct", "--text", officer.folder / "t.md", "--plan", json=True)
    assert contents(officer.folder) == before
    assert said.code == 0
    assert (said.data["recipients"], said.data["to_send"], said.data["correction"]) == (4, 4, 1)
    assert (said.data["unknown_people"], said.data["rehearsal"]) == ([], True)


def test_the_same_command_again_sends_nothing(officer: Officer) -> None:
    correct(officer)
    said = correct(officer.on("2026-11-28"))
    assert (said.code, len(copies(officer))) == (0, 4)


def test_another_text_is_another_correction_once_the_first_was_sent_for_real(tmp_path: Path) -> None:
    with FaultRelay() as relay:
        officer = sent_for_real(tmp_path, relay)
        first = correct(officer, *through(relay), json=True)
        wrote(officer, "And it begins at 11am.")
        second = correct(officer, *through(relay), json=True)
        again = correct(officer, *through(relay), json=True)
    assert [one.data["correction"] for one in (first, second, again)] == [1, 2, 2]
    assert [one["number"] for one in marks(officer)] == [1, 2]
    assert set(relay.counts().values()) == {2}


def test_a_text_that_was_only_rehearsed_makes_room_for_the_next(officer: Officer) -> None:
    correct(officer)
    wrote(officer, "The walk is on the 13th.")
    assert correct(officer, json=True).data["correction"] == 1
    assert len(copies(officer)) == 4
    assert "13th" in copies(officer)[0].get_body(["plain"]).get_content()  # type: ignore[union-attr]


def test_nobody_who_was_refused_or_has_left_gets_one(tmp_path: Path) -> None:
    with FaultRelay({("RCPT", "bob@parish.example"): "550 5.1.1 no such user"}) as relay:
        officer = sent_for_real(tmp_path, relay)
        assert officer("lists", "suppress", "cat@parish.example").code == 0
        officer.add("new@parish.example")
        said = correct(officer, *through(relay), confirm=2)
    assert said.code == 0
    assert relay.counts() == Counter({"ann@parish.example": 1, "dan@parish.example": 1})


def test_people_who_may_have_the_issue_are_named_and_asked_about(tmp_path: Path) -> None:
    with FaultRelay({("DOT", "bob@parish.example"): ["take drop"]}) as relay:
        officer = sent_for_real(tmp_path, relay)
        asked = correct(officer, *through(relay))
        plan = officer("correct", "--text", officer.folder / "t.md", "--plan", *through(relay), json=True)
        assert (asked.code, relay.taken) == (1, [])
        assert "bob@parish.example" in asked.err
        assert "--unknown include" in asked.err
        assert (plan.data["unknown_people"], plan.data["undecided"]) == (["bob@parish.example"], True)
        assert correct(officer, *through(relay), "--unknown", "leave-out", confirm=3).code == 0
        assert relay.counts()["bob@parish.example"] == 0
        assert correct(officer, *through(relay), "--unknown", "include").code == 0
    assert set(relay.counts().values()) == {1}


def test_somebody_the_issue_reaches_later_gets_the_correction_then(tmp_path: Path) -> None:
    with FaultRelay({("RCPT", "dan@parish.example"): ["450 4.2.0 later"]}) as relay:
        officer = sent_for_real(tmp_path, relay)
        assert "1 person waits for the issue itself" in correct(officer, *through(relay), confirm=3).err
        assert officer.send(*through(relay)).code == 0
        relay.taken.clear()
        assert correct(officer, *through(relay), confirm=4).code == 0
    assert relay.counts() == Counter({"dan@parish.example": 1})


def test_what_is_for_partners_alone_goes_to_no_other_reader_and_onto_no_public_page(tmp_path: Path) -> None:
    with FaultRelay() as relay:
        officer = sent_for_real(tmp_path, relay)
        assert correct(officer, "--item", "draft-priorities", *through(relay), confirm=3).code == 0
    assert "dan@parish.example" not in relay.counts()
    assert not archived(officer, "12 December 2026")
    officer.edit("bulletin.toml", "[site]\n", '[site]\nreach = "partners"\n')
    assert "2026-11/items/draft-priorities/index.html" in archived(officer, "12 December 2026")
    officer.edit("bulletin.toml", '[site]\nreach = "partners"\n', "[site]\n")
    assert not archived(officer, "12 December 2026")


@pytest.mark.parametrize("is_sent", [False, True], ids=["only rehearsed", "sent"])
def test_a_rehearsed_correction_is_in_the_archive_of_what_was_rehearsed_alone(
    tmp_path: Path, *, is_sent: bool
) -> None:
    with FaultRelay() as relay:
        officer = at("approved", tmp_path)
        officer.send(*through(relay) if is_sent else ())
        said = correct(wrote(officer, WORDS))
    assert (said.code, "Next: bulletin archive" in said.out) == (0, not is_sent)
    assert bool(archived(officer, "12 December 2026")) is not is_sent


def test_a_wrong_number_or_a_refusing_relay_marks_nothing(tmp_path: Path) -> None:
    script = {("MAIL", "*"): ["", "", "", "", "550 5.7.60 not allowed to send as"]}
    with FaultRelay(script) as relay:
        officer = sent_for_real(tmp_path, relay)
        wrong = correct(officer, *through(relay), confirm=3)
        refused = correct(officer, *through(relay))
    assert (wrong.code, refused.code, relay.taken, marks(officer)) == (1, 5, [], [])


@pytest.mark.parametrize("words", ["", " \n\t\n", "\u200b\u202e\n", "\n---\n"], ids=repr)
def test_an_empty_text_is_a_sentence(officer: Officer, words: str) -> None:
    said = correct(wrote(officer, words))
    assert (said.code, "the text of the correction is empty" in said.err) == (2, True)


@pytest.mark.parametrize(
    ("data", "why"),
    [(b"PK\x03\x04\0\0", "no text file"), (b"a " * 6000, "are no correction")],
    ids=["a Word document", "a book"],
)
def test_what_is_no_correction_is_a_sentence(officer: Officer, data: bytes, why: str) -> None:
    (officer.folder / "t.md").write_bytes(data)
    said = correct(officer)
    assert (said.code, why in said.err) == (2, True)


def test_a_file_or_an_item_that_is_not_there_is_a_sentence(officer: Officer) -> None:
    missing = officer("correct", "--text", officer.folder / "no.md", "--by", "Jo", "--confirm", 4)
    unknown = correct(officer, "--item", "a-winter-wlak")
    assert (missing.code, unknown.code) == (2, 2)
    assert 'did you mean "a-winter-walk"' in unknown.err
    assert "no.md cannot be read" in missing.err


def test_an_issue_nobody_got_has_nobody_to_correct_it_to(tmp_path: Path, officer: Officer) -> None:
    fresh = (
        wrote(at("approved", tmp_path / "fresh"), WORDS) if (tmp_path / "fresh").mkdir() is None else officer
    )
    assert "was not sent to anybody yet" in correct(fresh).err
    said = correct(officer, "--relay", "smtp://127.0.0.1:1")
    assert (said.code, "was only rehearsed" in said.err) == (1, True)


def test_nothing_goes_out_that_nobody_signed(officer: Officer) -> None:
    said = officer("correct", "--text", officer.folder / "t.md", "--confirm", 4)
    assert (said.code, "--by" in said.err, copies(officer)) == (2, True, [])


def test_hostile_words_do_no_harm(officer: Officer) -> None:
    wrote(
        officer,
        "<script>alert(1)</script> {{ 7 * 7 }} [x](javascript:alert(1))\n\n![p](https://spy.example/p.gif)\n",
    )
    assert correct(officer).code == 0
    page = copies(officer)[0].get_body(["html"]).get_content()  # type: ignore[union-attr]
    assert "<script" not in page
    assert "javascript:" not in page.replace("[x](javascript:", "")
    assert "<img" not in page
    assert "{{ 7 * 7 }}" in page


def test_a_correction_that_has_begun_stays_as_it_was_signed(tmp_path: Path) -> None:
    with FaultRelay({("RCPT", "dan@parish.example"): ["", "450 4.2.0 later"]}) as relay:
        officer = sent_for_real(tmp_path, relay)
        assert correct(officer, *through(relay)).code == 4
        path = officer.path(f"{HOME}/message/bulletin.txt")
        words = path.read_bytes()
        path.write_bytes(words + b"!")
        said = correct(officer, *through(relay))
        assert (said.code, "was changed" in said.err, len(relay.taken)) == (1, True, 3)
        path.write_bytes(words)
        assert correct(officer.on("2026-11-29"), *through(relay)).code == 0
    dates = {line for one in relay.taken for line in one.message.split(b"\r\n") if line.startswith(b"Date:")}
    assert dates == {b"Date: Fri, 27 Nov 2026 09:00:00 +0000"}


def test_without_a_relay_an_unfinished_correction_is_not_rehearsed_by_mistake(tmp_path: Path) -> None:
    with FaultRelay({("RCPT", "dan@parish.example"): ["", "450 4.2.0 later"]}) as relay:
        officer = sent_for_real(tmp_path, relay)
        assert correct(officer, *through(relay)).code == 4
        said, before = correct(officer), contents(officer.folder)
        assert (said.code, "1 person waits for their copy of correction 1 of issue 2026-11" in said.err) == (
            1,
            True,
        )
        assert f"to go on: the same command with {' '.join(map(str, through(relay)))};" in said.err
        assert officer("correct", "--text", officer.folder / "t.md", "--plan").code == 1
        assert contents(officer.folder) == before
        assert correct(officer, "--relay", "sandbox:").code == 0
        assert correct(officer, *through(relay)).code == 0
    assert correct(officer).code == 0  # nobody waits any more


def test_report_resolve_export_and_forget_know_of_corrections(tmp_path: Path) -> None:
    with FaultRelay({("DOT", "bob@parish.example"): ["", "take drop"]}) as relay:
        officer = sent_for_real(tmp_path, relay)
        assert correct(officer, *through(relay)).code == 3
    assert officer("report", "--correction", 1, json=True).data["unknown"] == 1
    settled = officer("resolve", "--correction", 1, "--assume-sent", "bob@parish.example")
    assert (settled.code, officer("report", "--correction", 2).code) == (0, 1)
    assert "corrections/1/ledger.db" in officer("lists", "export", "bob@parish.example").out
    assert officer("lists", "forget", "bob@parish.example", "--yes").code == 0
    assert b"bob@parish.example" not in b"".join(contents(officer.folder / "issues").values())


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is of POSIX")
def test_killed_corrections_lose_nobody_and_write_to_nobody_twice(tmp_path: Path) -> None:
    officer = writing_to(60, tmp_path)
    with FaultRelay() as relay:
        assert officer.send(*through(relay), confirm=60).code == 0
        relay.taken.clear()
        wrote(officer, WORDS)
        line = ("correct", "--text", officer.folder / "t.md", "--by", "Jo", "--confirm", 60, *through(relay))
        for most in (5, 25, 45):
            with officer.start(*line) as process:
                while process.poll() is None and len(relay.taken) < most:
                    time.sleep(0.0005)
                process.kill()
            assert [one["number"] for one in marks(officer)] in ([], [1])
        assert officer(*line).code in (0, 3)
    tally = officer("report", "--correction", 1, json=True).data
    assert max(relay.counts().values()) == 1
    assert (tally["recipients"], tally["pending"], tally["deferred"]) == (60, 0, 0)
    assert len(relay.counts()) >= 60 - tally["unknown"]
    assert len(marks(officer)) == 1


def test_words_of_an_item_for_partners_alone_go_to_nobody_else(officer: Officer) -> None:
    said = correct(wrote(officer, "The draft priorities were not yet agreed: Draft priorities is a draft."))
    assert (said.code, "only partners may read" in said.err, copies(officer)) == (1, True, [])
    assert correct(officer, "--item", "draft-priorities", confirm=3).code == 0


def test_an_item_that_waits_and_a_sensitive_text_are_told_to_nobody(officer: Officer) -> None:
    officer.edit_item("a-police-survey", "Title:", "Hold: until we know\nTitle:")
    assert officer("build", "--date", "2026-11-26").code == 0
    waits = correct(officer, "--item", "a-police-survey")
    marked = correct(wrote(officer, "OFFICIAL-SENSITIVE: the walk is on the 12th."))
    assert (waits.code, "as it went out has no item" in waits.err) == (2, True)
    assert (marked.code, "goes to nobody" in marked.err, copies(officer)) == (1, True, [])


def test_purging_an_old_issue_takes_readers_out_of_its_corrections_too(tmp_path: Path) -> None:
    with FaultRelay() as relay:
        officer = sent_for_real(tmp_path, relay)
        assert correct(officer, *through(relay)).code == 0
    assert correct(officer).code == 0
    assert officer.on("2029-12-01")("lists", "purge", "--older-than", "2y", "--yes").code == 0
    left = b"".join(contents(officer.path("corrections")).values())
    assert [address for address in PEOPLE if address.encode() in left] == []
    assert officer("report", "--correction", 1, json=True).data["accepted"] == 4
    assert "reached nobody who may be written to" in correct(officer, *through(relay)).err


def test_a_bounce_of_a_correction_is_known_by_its_message_id(tmp_path: Path) -> None:
    with FaultRelay() as relay:
        officer = sent_for_real(tmp_path, relay)
        officer.edit("bulletin.toml", "[sender]\n", "[sender]\nverp = true\n")
        assert correct(officer, *through(relay)).code == 0
    job = App(str(officer.folder), None, None, as_json=False).job()
    known = read_known(job)
    people = {one.recipient: known.addressee(known.copy_of([one.sender])) for one in relay.taken}
    assert {address: person.address.lower() for address, person in people.items() if person} == {
        address: address.lower() for address in people
    }
