"""`bulletin bounces`: shown before it is done, done once, and nobody is taken off by a stranger."""

import json
import mailbox
import shutil
from collections.abc import Callable
from email import message_from_bytes
from io import BytesIO
from pathlib import Path

import pytest
from came_back import letter, old_report, report
from officer import Officer, Said, at, contents, through
from relays import Relay

from bulletin.bounces import rid_of, token_of
from bulletin.deliver.past import copies
from bulletin.leave import Leave
from bulletin.mail import verp
from bulletin.workspace.approval import read_key
from bulletin.workspace.mailbox import LARGEST

ANN, BOB, CAT = "ann@parish.example", "bob@parish.example", "cat@parish.example"
STRANGER = "stranger@elsewhere.example"


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Officer:
    """An issue that was sent for real."""
    officer = at("approved", tmp_path_factory.mktemp("sent"))
    with Relay() as relay:
        assert officer.send(*through(relay)).code == 0
    return officer


@pytest.fixture
def officer(once: Officer, tmp_path: Path) -> Officer:
    shutil.copytree(once.folder, tmp_path / "work")
    return Officer(tmp_path / "work")


def key(officer: Officer) -> bytes:
    return read_key(officer.folder / "workspace.key")


def returned_id(officer: Officer, address: str) -> str:
    return next(one.message_id for one in copies(officer.path("ledger.db")) if one.address == address)


def back_to(officer: Officer, address: str) -> str:
    """The address that a report about somebody's copy comes back to."""
    return verp.make(key(officer), "bounces@partnership.example", rid_of(returned_id(officer, address)))


def token(officer: Officer, address: str, list_name: str = "core") -> str:
    return token_of(key(officer), list_name, address)


def suppressed(officer: Officer) -> str:
    return (officer.folder / "mailing_lists/suppressed.csv").read_text("utf-8")


def judged(officer: Officer, *mails: bytes, words: tuple[str, ...] = ("--yes",)) -> Said:
    """Put messages into a folder as .eml files, and judge them; results as JSON."""
    box = officer.folder.parent / "box"
    box.mkdir(exist_ok=True)
    for number, mail in enumerate(mails, len(list(box.iterdir()))):
        (box / f"{number:04}.eml").write_bytes(mail)
    said = officer("bounces", box, *words, json=True)
    assert "Traceback" not in said.err
    return said


def named(said: Said, ruling: str) -> list[str]:
    return [row["address"] for row in said.data[ruling]]


def test_an_address_that_is_gone_is_shown_and_then_suppressed(officer: Officer) -> None:
    mail = report(back_to(officer, BOB), BOB)
    before = suppressed(officer)
    shown = judged(officer, mail, words=())
    assert (shown.code, named(shown, "suppress"), suppressed(officer)) == (1, [BOB], before)
    done = judged(officer)
    assert (done.code, done.data["changed"]) == (0, True)
    assert BOB in suppressed(officer)
    assert officer("send", "--plan", json=True).data["suppressed"] == 2


def test_it_says_whom_and_why_before_it_asks(officer: Officer) -> None:
    judged(officer, report(back_to(officer, BOB), BOB), words=())
    said = officer("bounces", officer.folder.parent / "box")
    assert f"  {BOB}: no such address (5.1.1) [0000.eml]" in said.err
    assert "Nothing was changed. To suppress 1 person: the same with --yes" in said.out


def test_a_message_is_judged_once(officer: Officer) -> None:
    mails = [report(back_to(officer, BOB), BOB, "4.2.2", "delayed", "452 full")]
    first, again = judged(officer, *mails), judged(officer)
    assert (named(first, "soft"), named(again, "soft"), again.data["before"]) == ([BOB], [], 1)
    third = officer("lists", "export", BOB, json=True).data["did_not_arrive"]
    assert third == 1


def test_a_message_that_was_marked_as_read_since_is_the_same(officer: Officer) -> None:
    mail = report(back_to(officer, BOB), BOB, "5.2.2", words="552 mailbox full")
    judged(officer, mail)
    (officer.folder.parent / "box/0000.eml").write_bytes(b"X-Status: RO\r\n" + mail.replace(b"\r\n", b"\n"))
    assert judged(officer).data["before"] == 1


def test_soft_bounces_are_counted_and_suppress_nobody(officer: Officer) -> None:
    mails = [report(back_to(officer, CAT), CAT, "5.2.2", words="552 full", id=str(n)) for n in range(3)]
    said = judged(officer, *mails)
    assert (named(said, "suppress"), named(said, "soft")) == ([], [CAT] * 3)
    assert CAT not in suppressed(officer)
    judged(officer, report(back_to(officer, CAT), CAT, "5.7.1", words="550 policy", id="next"), words=())
    assert "did not arrive" in officer("lists", "export", CAT).out


def test_a_report_in_an_older_form_counts_when_it_came_to_our_mark(officer: Officer) -> None:
    assert named(judged(officer, old_report(back_to(officer, BOB), BOB)), "suppress") == [BOB]


PLAIN = "bounces@partnership.example"
FORGERIES: dict[str, Callable[[Officer], bytes]] = {
    "no mark": lambda _: report(PLAIN, BOB),
    "a changed mark": lambda o: report(back_to(o, BOB).replace("-", "-a")[:-1], BOB),
    "a mark for nobody": lambda _: report(f"bounces+{'a' * 26}-{'b' * 12}@partnership.example", BOB),
    "the Message-ID alone": lambda o: report(PLAIN, BOB, returned=f"Message-ID: {returned_id(o, BOB)}"),
    "older form": lambda _: old_report(PLAIN, BOB),
}


@pytest.mark.parametrize("forged", FORGERIES.values(), ids=FORGERIES)
def test_a_report_that_anybody_can_write_suppresses_nobody(
    officer: Officer, forged: Callable[[Officer], bytes]
) -> None:
    before = suppressed(officer)
    said = judged(officer, forged(officer))
    assert (said.code, named(said, "suppress"), suppressed(officer)) == (0, [], before)
    assert named(said, "unproven") == [BOB]
    assert named(judged(officer), "unproven") == [BOB], "it is shown until somebody has decided"


def test_somebodys_own_mark_takes_nobody_else_off(officer: Officer) -> None:
    said = judged(officer, report(back_to(officer, ANN), BOB))
    assert (named(said, "suppress"), named(said, "unproven")) == ([], [ANN])
    assert "may be one of several there" in said.data["unproven"][0]["why"]


def test_what_nobody_can_prove_is_believed_only_when_asked_to(officer: Officer) -> None:
    said = judged(officer, report("bounces@partnership.example", BOB), words=("--yes", "--unproven"))
    assert named(said, "suppress") == [BOB]
    assert BOB in suppressed(officer)


def test_the_mark_of_another_workspace_is_not_ours(officer: Officer) -> None:
    other = verp.make(b"x" * 32, "bounces@partnership.example", rid_of(returned_id(officer, BOB)))
    assert named(judged(officer, report(other, BOB)), "suppress") == []


@pytest.mark.parametrize(
    "subject", ["unsubscribe core", "Leave Communicate", "RE: Unsubscribe", "Take me off, please"]
)
def test_who_asks_from_their_own_address_leaves(officer: Officer, subject: str) -> None:
    said = judged(officer, letter(f"Bob <{BOB.title()}>", subject, to="jo@partnership.example"))
    assert named(said, "suppress") == [BOB]


def test_a_token_takes_its_owner_off_whatever_address_they_write_from(officer: Officer) -> None:
    mail = letter("bob@home.example", f"unsubscribe core {token(officer, BOB)}")
    assert named(judged(officer, mail), "suppress") == [BOB]


def test_a_reader_with_somebody_elses_token_takes_nobody_off(officer: Officer) -> None:
    said = judged(officer, letter(CAT, f"unsubscribe core {token(officer, BOB)}"))
    assert (named(said, "suppress"), named(said, "unproven")) == ([], [BOB])
    assert "was it passed on?" in said.data["unproven"][0]["why"]


@pytest.mark.parametrize(
    "mail",
    [
        letter(STRANGER, "unsubscribe core " + "a" * 37),
        letter(STRANGER, "unsubscribe"),
        letter(BOB, "I will not leave this list"),
        letter(BOB, "Leave of absence"),
        letter(BOB, "Out of office: unsubscribe", Auto_Submitted="auto-replied"),
        letter(f"{BOB} <{STRANGER}>", "unsubscribe"),
        letter(STRANGER, "unsubscribe", Sender=BOB, Reply_To=BOB),
    ],
    ids=[
        "no token of ours",
        "a stranger",
        "words in between",
        "leave of absence",
        "on holiday",
        "a name",
        "others",
    ],
)
def test_nobody_else_is_taken_off(officer: Officer, mail: bytes) -> None:
    mail = mail.replace(b"To: leave@", b"To: office@")
    before = suppressed(officer)
    assert named(judged(officer, mail), "suppress") == []
    assert suppressed(officer) == before


def test_a_letter_whose_domain_did_not_send_it_proves_nothing(officer: Officer) -> None:
    said = judged(
        officer, letter(BOB, "unsubscribe", Authentication_Results="mx.x; dmarc=fail header.from=x")
    )
    assert (named(said, "suppress"), named(said, "unproven")) == ([], [BOB])


def test_the_leave_pages_spool_is_read_to_the_end(officer: Officer) -> None:
    spool = officer.folder.parent / "leave.spool"
    page = Leave(spool)
    for path, body in ((token(officer, BOB), b""), ("a" * 37, b""), ("", b"address=cat%40parish.example")):
        environ = {"REQUEST_METHOD": "POST", "PATH_INFO": f"/{path}", "CONTENT_LENGTH": str(len(body))}
        page({**environ, "wsgi.input": BytesIO(body)}, lambda *_: None)
    spool.write_bytes(
        spool.read_bytes() + b'not json\n{"at": 1, "token": ["x"]}\n' + b"z" * 9000 + b'\n{"at":"torn'
    )
    said = officer("bounces", spool, "--yes", json=True)
    assert (named(said, "suppress"), named(said, "unproven")) == ([BOB], [CAT])


def test_a_token_for_another_list_of_the_same_person_is_not_theirs(officer: Officer) -> None:
    mail = letter(STRANGER, f"unsubscribe core {token(officer, BOB, 'clerks')}")
    assert named(judged(officer, mail), "suppress") == []


def test_somebody_taken_off_a_list_since_still_leaves(officer: Officer) -> None:
    officer.edit("mailing_lists/core.csv", "bob@parish.example,Bob\n", "")
    assert named(
        judged(officer, letter(STRANGER, f"unsubscribe core {token(officer, BOB)}")), "suppress"
    ) == [BOB]


def test_tokens_of_the_key_before_are_still_understood(officer: Officer) -> None:
    mails = [letter(STRANGER, f"unsubscribe core {token(officer, BOB)}"), report(back_to(officer, CAT), CAT)]
    path = officer.folder / "workspace.key"
    path.write_text("cd" * 32 + "\n" + path.read_text("utf-8"), "utf-8")
    assert named(judged(officer, *mails), "suppress") == [BOB, CAT]


def boxed(officer: Officer, kind: str, mails: list[bytes]) -> Path:
    """Put messages into a box as mail servers keep them."""
    path = officer.folder.parent / kind
    box = mailbox.Maildir(path) if kind == "Maildir" else mailbox.mbox(path)
    for mail in mails:
        box.add(message_from_bytes(mail))
    box.close()
    return path


@pytest.mark.parametrize("kind", ["Maildir", "mbox"])
def test_a_box_is_read_as_servers_keep_it_and_nothing_in_it_is_touched(officer: Officer, kind: str) -> None:
    mails = [report(back_to(officer, BOB), BOB), letter(CAT, "unsubscribe"), letter(STRANGER, "hello")]
    path = boxed(officer, kind, mails)
    before = contents(path) if path.is_dir() else path.read_bytes()
    said = officer("bounces", path, "--yes", json=True)
    assert (sorted(named(said, "suppress")), said.data["messages"]) == ([BOB, CAT], 3)
    assert (contents(path) if path.is_dir() else path.read_bytes()) == before


def test_words_that_look_like_a_message_do_not_become_one(officer: Officer) -> None:
    body = f"\n\nFrom {BOB} is here\n\n>From {BOB} Thu Nov 26 09:00:00 2026\n"
    body += f"From: {BOB}\nSubject: unsubscribe\n\nx\n"
    mail = letter(STRANGER, "hello").decode().replace("\r\n", "\n") + body
    path = officer.folder.parent / "mbox"
    path.write_text(f"From {STRANGER} Thu Nov 26 09:00:00 2026\n{mail}", "utf-8")
    said = officer("bounces", path, "--yes", json=True)
    assert (said.data["messages"], named(said, "suppress")) == (1, [])


def test_a_huge_file_costs_no_more_than_its_first_part(officer: Officer) -> None:
    path = officer.folder.parent / "huge.mbox"
    with path.open("wb") as file:
        file.write(b"From x Thu Nov 26 09:00:00 2026\nFrom: x@x.example\nSubject: hello\n\n")
        file.seek(30 * LARGEST)
        file.write(f"\n\nFrom x Thu Nov 26 09:00:00 2026\nFrom: {BOB}\nSubject: unsubscribe\n\n\n".encode())
    said = officer("bounces", path, "--yes", json=True)
    assert (said.data["messages"], named(said, "suppress")) == (2, [BOB])


def test_a_path_that_is_not_there_is_typed_wrongly(officer: Officer) -> None:
    assert officer("bounces", "nowhere").code == 2


def test_an_empty_box_is_no_mistake(officer: Officer, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    said = officer("bounces", tmp_path / "empty")
    assert (said.code, "0 messages read." in said.out) == (0, True)


def test_what_is_remembered_holds_no_address(officer: Officer) -> None:
    judged(officer, report(back_to(officer, BOB), BOB, "5.2.2"), letter(STRANGER, "unsubscribe"))
    kept = (officer.folder / "mailing_lists/judged.json").read_text("utf-8")
    assert ("@" in kept, len(json.loads(kept)["messages"])) == (False, 2)


def test_damaged_memory_is_told_and_not_begun_anew(officer: Officer) -> None:
    (officer.folder / "mailing_lists/judged.json").write_text("{", "utf-8")
    assert judged(officer, letter(BOB, "unsubscribe")).code == 1


def test_control_characters_of_strangers_do_not_reach_the_terminal(officer: Officer) -> None:
    judged(officer, letter("=?utf-8?q?=1B[31m?= <x=?utf-8?q?=1B?=@x.example>", "unsubscribe"), words=())
    said = officer("bounces", officer.folder.parent / "box")
    assert "\x1b" not in said.out + said.err
