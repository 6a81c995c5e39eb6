"""`bulletin chase`: reminders as drafts that a mail program opens, to whoever owes something."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from officer import ISSUE, ROOT, Officer, at, contents

BODIES = """[bodies.kingsbrook]
name = "Kingsbrook Area Partnership"
role = "lsp"
contact = "Priya Tolland, manager"
email = "priya@kingsbrook.example"
deputy = "Graham Swaby"

[bodies.tamsford]
name = "Tamsford and Villages Partnership"
role = "lsp"

[bodies.police]
name = "The Police"
email = "police@police.example"

[bodies.core-group]"""
DRAFTS = f"issues/{ISSUE}/drafts"


@pytest.fixture
def officer(tmp_path: Path) -> Officer:
    officer = at("collected", tmp_path)
    officer.edit("bulletin.toml", "[bodies.core-group]", BODIES)
    return officer.on("2026-11-10")


def letter(officer: Officer, name: str = "reminder-kingsbrook") -> EmailMessage:
    mail = message_from_bytes((officer.folder / DRAFTS / f"{name}.eml").read_bytes(), policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def words(mail: EmailMessage) -> str:
    """The plain words of a letter, as one line."""
    part = mail.get_body(("plain",))
    assert part
    return " ".join(str(part.get_content()).split())


def test_whoever_owes_something_gets_a_draft_and_nobody_else(officer: Officer) -> None:
    said = officer("chase")

    assert said.code == 0
    assert (
        f"Kingsbrook Area Partnership (summary and items): {DRAFTS}/reminder-kingsbrook.eml to priya@"
        in said.out
    )
    names = sorted(path.name for path in (officer.folder / DRAFTS).iterdir())
    assert names == ["reminder-kingsbrook.eml", "reminder-tamsford.eml"]


def test_a_draft_opens_for_editing_and_is_addressed_to_one_person(officer: Officer) -> None:
    officer("chase")
    mail = letter(officer)

    assert mail["X-Unsent"] == "1"
    assert mail["To"] == "Priya Tolland <priya@kingsbrook.example>"
    assert mail["From"] == "Communicate <communicate@partnership.example>"
    assert not {"Cc", "Bcc", "Date", "Message-ID"} & set(mail.keys())


def test_it_says_what_is_missing_by_when_how_to_send_it_and_who_may_step_in(officer: Officer) -> None:
    officer("chase")
    said = words(letter(officer))

    assert "Dear Priya Tolland," in said
    assert "meeting on Thursday 12 November 2026: it was due by Monday 2 November 2026" in said
    assert "events for issue 1: by midday on Friday 20 November 2026" in said
    assert "into a new one to communicate@partnership.example" in said
    assert "Graham Swaby may be able to step in" in said


def test_it_ends_with_the_forms_lines_and_carries_the_word_form(officer: Officer) -> None:
    officer("chase")
    (form,) = letter(officer).iter_attachments()

    assert "Title: From: Kingsbrook Area Partnership Section: Summary: Link:" in words(letter(officer))
    assert form.get_filename() == "contribution-form.docx"
    assert form.get_content() == (ROOT / "forms/contribution-form.docx").read_bytes()


def test_the_workspaces_own_form_travels_where_there_is_one(officer: Officer) -> None:
    (officer.folder / "forms/contribution-form.docx").write_bytes(b"our own form")
    officer("chase")

    (form,) = letter(officer).iter_attachments()
    assert form.get_content() == b"our own form"


def test_after_closing_it_says_that_it_may_be_too_late(officer: Officer) -> None:
    officer.on("2026-11-24")("chase")

    said = words(letter(officer))
    assert "items closed at midday on Friday 20 November 2026" in said
    assert "The issue is due on Thursday 26 November 2026." in said
    assert "summary" not in said


def test_a_body_without_an_address_is_named_and_its_draft_has_no_to(officer: Officer) -> None:
    said, data = officer("chase"), officer("chase", json=True).data

    assert "Tamsford and Villages Partnership has no e-mail address that can be written to" in said.out
    assert "under [bodies.tamsford] in bulletin.toml" in said.out
    assert letter(officer, "reminder-tamsford")["To"] is None
    assert data["without_address"] == ["tamsford"]


def test_where_nothing_is_owed_it_says_so_and_writes_nothing(officer: Officer) -> None:
    officer.edit("bulletin.toml", 'role = "lsp"\n', "")
    said = officer("chase")

    assert said.code == 0
    assert said.out.startswith("Nobody owes anything for issue 2026-11 now")
    assert not list((officer.folder / DRAFTS).glob("*"))


def test_the_same_day_gives_the_same_bytes(officer: Officer) -> None:
    officer("chase")
    first = contents(officer.folder)
    said = officer("chase", json=True)

    assert contents(officer.folder) == first
    assert {draft["outcome"] for draft in said.data["drafts"]} == {"unchanged"}


def test_a_draft_that_was_edited_is_left_alone_and_said_to_be(officer: Officer) -> None:
    officer("chase")
    path = officer.folder / DRAFTS / "reminder-kingsbrook.eml"
    path.write_bytes(path.read_bytes().replace(b"Dear Priya Tolland", b"Dear Priya"))
    edited, said = path.read_bytes(), officer.on("2026-11-24")("chase")

    assert path.read_bytes() == edited
    assert "you have edited it, so it was left alone: delete it to have it written anew" in said.out


def test_one_that_was_not_edited_is_brought_up_to_date(officer: Officer) -> None:
    officer("chase")
    officer.on("2026-11-24")("chase")

    assert "items closed" in words(letter(officer))


def test_a_reminder_that_is_settled_is_said_to_be_out_of_date(officer: Officer) -> None:
    officer("chase")
    item = officer.path("items/bridge.md")
    item.write_text(
        "Title: Bridge\nFrom: Kingsbrook Area Partnership\nSection: key-messages\n\nOpen.\n", "utf-8"
    )

    assert (
        f"{DRAFTS}/reminder-kingsbrook.eml is out of date: nothing is owed there now" in officer("chase").out
    )


def test_drafts_go_where_they_are_told(officer: Officer, tmp_path: Path) -> None:
    said = officer("chase", "--drafts", tmp_path / "here", json=True)

    assert (tmp_path / "here/reminder-kingsbrook.eml").exists()
    assert said.data["folder"] == str(tmp_path / "here")


@pytest.mark.parametrize(
    "inside", ["contributions", "contributions/kingsbrook", "contributions/../contributions/x"]
)
def test_they_never_go_into_the_drop_folder(officer: Officer, inside: str) -> None:
    before = contents(officer.folder)
    said = officer("chase", "--drafts", officer.folder / inside)

    assert (said.code, contents(officer.folder)) == (2, before)
    assert "would be collected like a contribution" in said.err


def test_nor_through_a_link(officer: Officer, tmp_path: Path) -> None:
    (tmp_path / "drafts").symlink_to(officer.folder / "contributions", target_is_directory=True)

    assert officer("chase", "--drafts", tmp_path / "drafts").code == 2


def test_nobody_elses_address_is_in_a_draft(officer: Officer) -> None:
    officer("chase")
    raw = (officer.folder / DRAFTS / "reminder-kingsbrook.eml").read_bytes()

    assert b"parish.example" not in raw
    assert b"police" not in raw


@pytest.mark.parametrize(
    "name", ["=?utf-8?q?=0D=0ABcc:_eve@x.example?=", 'A "quoted" <eve@x.example>', "Ünï, the 2nd"]
)
def test_no_name_makes_a_header_of_its_own(officer: Officer, name: str) -> None:
    officer.edit("bulletin.toml", 'contact = "Priya Tolland, manager"', f"contact = '{name}'")
    officer.edit("bulletin.toml", 'name = "Kingsbrook Area Partnership"', f"name = '{name}'")
    officer("chase")

    mail = letter(officer)
    assert mail.keys() == ["From", "To", "Subject", "X-Unsent", "MIME-Version", "Content-Type"]
    assert [one.addr_spec for one in mail["To"].addresses] == ["priya@kingsbrook.example"]
