"""`bulletin bounces`: shown before it is done, done once, and nobody is taken off by a stranger."""

import json
import mailbox
import shutil
from collections.abc import Callable
from email import message_from_bytes
from io import BytesIO
from pathlib import Path

import pytest
from came_back import letter, old_report, proven, report
from officer import Officer, Said, at, contents, through
from relays import Relay

from bulletin.bounces import rid_of, token_of
from bulletin.deliver.record.past import copies
from bulletin.leave import Leave
from bulletin.mail import verp
from bulletin.workspace.approval import read_key
from bulletin.workspace.mailbox import LARGEST

ANN, BOB, CAT = "ann@parish.example", "bob@parish.example", "cat@parish.example"
STRANGER = "stranger@elsewhere.example"
CLICK = b"List-Unsubscribe=One-Click"


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


def test_several_reports_of_one_copy_are_one_that_did_not_arrive(officer: Officer) -> None:
    full = [report(back_to(officer, CAT), CAT, "4.2.2", "delayed", id=str(n)) for n in range(4)]
    judged(officer, *full[:2])
    judged(officer, *full[2:], words=())
    said = officer("bounces", officer.folder.parent / "box")
    assert "so far" not in said.out
    assert officer("lists", "export", CAT, json=True).data["did_not_arrive"] == 1


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
    said = judged(officer, proven(f"Bob <{BOB.title()}>", subject, to="jo@partnership.example"))
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


@pytest.mark.parametrize(
    "subject",
    [
        "When is the next bulletin?", "help", "I am on annual leave until Monday", "Unsubscribe figures",
        "Please remove the item about the bus", "FW: please take me off the list", "Please do not remove me",
    ],
)  # fmt: skip
@pytest.mark.parametrize("to", ["leave@partnership.example", "news@partnership.example"])
def test_a_letter_that_is_no_wish_to_leave_is_at_most_shown(officer: Officer, subject: str, to: str) -> None:
    officer.edit("bulletin.toml", "[sender]\n", '[sender]\nleave = "leave@partnership.example"\n')
    said = judged(officer, proven(BOB, subject, to=to))
    assert (named(said, "suppress"), named(said, "unproven")) == ([], [])
    if to.startswith("leave"):
        assert len(said.data["look"]) == 1
        assert subject in said.data["look"][0]["why"]


def test_the_first_words_count_where_the_subject_says_nothing(officer: Officer) -> None:
    wish = b"Dear all,\r\n\r\nplease take me off your mailing list. Thanks\r\n"
    mails = [
        proven(one, subject).replace(b"Thank you.", wish)
        for one, subject in ((BOB, "Re: Communicate 14"), (CAT, ""), (ANN, "The bus"))
    ]
    said = judged(officer, *mails)
    assert (named(said, "suppress"), len(said.data["look"])) == ([BOB, CAT], 1)


def test_an_automatic_reply_with_a_token_takes_nobody_off(officer: Officer) -> None:
    subject = f"unsubscribe core {token(officer, BOB)}"
    answers = [
        letter(BOB, f"{before}{subject}", Auto_Submitted="auto-replied")
        for before in ("", "Re: ", "Automatic reply: ")
    ]
    answers += [letter(BOB, subject, Return_Path="<>"), letter(BOB, subject, Precedence="bulk")]
    said = judged(officer, *answers)
    assert (named(said, "suppress"), said.data["nothing"]) == ([], 5)
    pressed = letter(BOB, subject, Auto_Submitted="auto-generated")
    assert named(judged(officer, pressed), "suppress") == [BOB], "a mail program's button"


def test_an_answer_to_a_request_is_no_request(officer: Officer) -> None:
    said = judged(officer, letter(BOB, f"Re: unsubscribe core {token(officer, BOB)}"))
    assert (named(said, "suppress"), named(said, "unproven")) == ([], [BOB])


def test_where_nobody_vouches_it_is_shown_and_said_once_why(officer: Officer) -> None:
    judged(officer, letter(BOB, "unsubscribe"), letter(CAT, "unsubscribe"), words=())
    said = officer("bounces", officer.folder.parent / "box")
    assert f"  {BOB}: asks to leave, but nothing proves who wrote it" in said.out
    assert "bulletin lists suppress ADDRESS" in said.out
    assert said.out.count("your mailbox notes nothing we can trust") == 1


def test_the_mailboxs_own_server_may_be_named(officer: Officer) -> None:
    results = "mx.ours.example; spf=pass smtp.mailfrom=bob@parish.example; dmarc=none"
    judged(officer, letter(BOB, "unsubscribe", Authentication_Results=results), words=())
    said = officer("bounces", officer.folder.parent / "box")
    assert 'mailbox_servers = ["mx.ours.example"] under [sender]' in said.out
    officer.edit("bulletin.toml", "[sender]\n", '[sender]\nmailbox_servers = ["mx.ours.example"]\n')
    assert named(judged(officer), "suppress") == [BOB]


def test_a_letter_whose_domain_did_not_send_it_proves_nothing(officer: Officer) -> None:
    officer.edit("bulletin.toml", "[sender]\n", '[sender]\nmailbox_servers = ["mx.x"]\n')
    said = judged(
        officer, letter(BOB, "unsubscribe", Authentication_Results="mx.x; dmarc=fail header.from=x")
    )
    assert "their domain did not send it" in said.data["unproven"][0]["why"]
    assert (named(said, "suppress"), named(said, "unproven")) == ([], [BOB])


def test_the_leave_pages_spool_is_read_to_the_end(officer: Officer) -> None:
    spool = officer.folder.parent / "leave.spool"
    page = Leave(spool)
    for path, body in (
        (token(officer, BOB), CLICK),
        ("a" * 37, CLICK),
        ("", b"address=cat%40parish.example"),
    ):
        environ = {"REQUEST_METHOD": "POST", "PATH_INFO": f"/{path}", "CONTENT_LENGTH": str(len(body))}
        page({**environ, "wsgi.input": BytesIO(body)}, lambda *_: None)
    spool.with_name("leave.spool.1").write_text(f'{{"at": "", "token": "{token(officer, ANN)}"}}\n', "utf-8")
    spool.write_bytes(
        spool.read_bytes() + b'not json\n{"at": 1, "token": ["x"]}\n' + b"z" * 9000 + b'\n{"at":"torn'
    )
    said = officer("bounces", spool, "--yes", json=True)
    assert (named(said, "suppress"), named(said, "unproven")) == ([BOB, ANN], [CAT])


def test_a_token_of_a_list_that_has_another_name_now_is_still_its_owners(officer: Officer) -> None:
    spool = officer.folder.parent / "leave.spool"
    tokens = (token(officer, BOB), token(officer, "gone@parish.example"), "a" * 37)
    spool.write_text("".join(f'{{"at": "", "token": "{one}"}}\n' for one in tokens), "utf-8")
    folder = officer.folder / "mailing_lists"
    (folder / "core.csv").rename(folder / "members.csv")
    purged = Officer(officer.folder, today="2036-11-26")("lists", "purge", "--older-than", "1y", "--yes")
    assert purged.code == 0, purged.err
    said = officer("bounces", spool, "--yes", json=True)
    assert (named(said, "suppress"), said.data["nothing"]) == ([BOB], 1)
    assert "which nobody here has" in said.data["look"][0]["why"]


def test_a_token_for_another_list_of_the_same_person_is_not_theirs(officer: Officer) -> None:
    mail = letter(STRANGER, f"unsubscribe core {token(officer, BOB, 'nowhere')}")
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
    mails = [report(back_to(officer, BOB), BOB), proven(CAT, "unsubscribe"), letter(STRANGER, "hello")]
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
        file.write(b"\n\nFrom x Thu Nov 26 09:00:00 2026\n" + proven(BOB, "unsubscribe") + b"\n")
    said = officer("bounces", path, "--yes", json=True)
    assert (said.data["messages"], named(said, "suppress")) == (2, [BOB])


def test_a_path_that_is_not_there_is_typed_wrongly(officer: Officer) -> None:
    assert officer("bounces", "nowhere").code == 2


def test_an_empty_box_is_no_mistake(officer: Officer, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    said = officer("bounces", tmp_path / "empty")
    assert (said.code, "0 messages read." in said.out) == (0, True)


def test_files_that_are_no_mail_are_named(officer: Officer) -> None:
    judged(officer, letter(STRANGER, "hello"), words=())
    box = officer.folder.parent / "box"
    for name in ("note.msg", "list.docx", ".DS_Store", "in/a.pdf"):
        (box / name).parent.mkdir(exist_ok=True)
        (box / name).write_bytes(b"x")
    (box / "leave.spool").write_text(f'{{"at": "", "token": "{token(officer, BOB)}"}}\n', "utf-8")
    said = officer("bounces", box, "--yes")
    assert "3 files passed over: list.docx, note.msg, in/a.pdf" in said.err
    assert f"{BOB}: left on the page" in said.err


def test_of_very_many_the_first_are_shown_and_the_rest_is_not_forgotten(officer: Officer) -> None:
    judged(officer, *(letter(f"x{n}@elsewhere.example", "unsubscribe") for n in range(50)), words=("--help",))
    box = officer.folder.parent / "box"
    first, again, whole = (officer("bounces", box, *words).out for words in ((), (), ("--all",)))
    assert (first.count("is on no list"), again.count("is on no list")) == (20, 20)
    assert "and 30 more: bulletin bounces PATH --all lists them" in first
    assert (whole.count("is on no list"), "more:" in whole) == (10, False)


def test_what_is_remembered_holds_no_address(officer: Officer) -> None:
    judged(officer, report(back_to(officer, BOB), BOB, "5.2.2"), letter(STRANGER, "unsubscribe"))
    kept = (officer.folder / "mailing_lists/judged.json").read_text("utf-8")
    assert ("@" in kept, len(json.loads(kept)["messages"])) == (False, 3), "two messages, one copy"


def test_damaged_memory_is_told_and_not_begun_anew(officer: Officer) -> None:
    (officer.folder / "mailing_lists/judged.json").write_text("{", "utf-8")
    assert judged(officer, letter(BOB, "unsubscribe")).code == 1


def test_control_characters_of_strangers_do_not_reach_the_terminal(officer: Officer) -> None:
    judged(officer, letter("=?utf-8?q?=1B[31m?= <x=?utf-8?q?=1B?=@x.example>", "unsubscribe"), words=())
    said = officer("bounces", officer.folder.parent / "box")
    assert "\x1b" not in said.out + said.err
