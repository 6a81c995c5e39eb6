"""`bulletin query`: a question back to whoever sent an item, with the item as it would be printed."""

import json
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from officer import ISSUE, Officer, at, contents

ITEM = """---
Title: Advice morning
From: Kingsbrook Area Partnership
Section: events
When: Thursday 4 December 2026, 10am to midday
Where: Town hall
Source: contributions/advice.eml
Format: 1
---

Bring your **half-finished** form, says [the guide](https://kingsbrook.example/a__b).
"""
BODY = '[bodies.kingsbrook]\nname = "Kingsbrook Area Partnership"\nemail = "office@kingsbrook.example"\n\n'


@pytest.fixture
def officer(tmp_path: Path) -> Officer:
    officer = at("collected", tmp_path).on("2026-11-19")
    officer.edit("bulletin.toml", "[bodies.core-group]", f"{BODY}[bodies.core-group]")
    officer.path("items/advice.md").write_text(ITEM, "utf-8")
    return officer


def letter(officer: Officer, item: str = "advice") -> EmailMessage:
    mail = message_from_bytes(officer.path(f"drafts/question-{item}.eml").read_bytes(), policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def part(mail: EmailMessage, kind: str) -> str:
    found = mail.get_body((kind,))
    assert found
    return " ".join(str(found.get_content()).split())


def came_from(officer: Officer, sender: str) -> None:
    """Note in collected.json whom the item's e-mail came from."""
    path = officer.path("collected.json")
    data = json.loads(path.read_text("utf-8"))
    data["files"].append(
        {"path": "contributions/advice.eml", "digest": "", "outcome": "read", "why": "", "hint": "",
         "items": ["advice"], "notes": [], "sender": sender}
    )  # fmt: skip
    path.write_text(json.dumps(data), "utf-8")


def test_it_asks_what_the_findings_ask_in_kind_words(officer: Officer) -> None:
    said = officer("query", "advice")

    assert said.code == 0
    assert (
        "4 December 2026 is a Friday, not a Thursday. Which is right, the day of the week or the date?"
        in said.out
    )
    plain = part(letter(officer), "plain")
    assert 'Thank you for your item "Advice morning" for issue 1 of Communicate.' in plain
    assert "Whom may readers ask about it, and how do they reach them?" in plain
    assert "by midday on Friday 20 November 2026" in plain


def test_it_shows_the_item_as_it_would_be_printed_in_both_parts(officer: Officer) -> None:
    officer("query", "advice")
    plain, page = part(letter(officer), "plain"), part(letter(officer), "html")

    assert "Your item as it would be printed" in plain
    assert "When: Thursday 4 December 2026, 10am to midday Where: Town hall" in plain
    assert (
        "Bring your half-finished form, says the guide [1]. [1] the guide https://kingsbrook.example/a__b"
        in plain
    )
    assert "<strong>half-finished</strong>" in page
    assert "<strong>Where:</strong> Town hall" in page


def test_it_goes_to_whoever_the_contribution_came_from(officer: Officer) -> None:
    came_from(officer, "delroy@va.example")

    assert officer("query", "advice", json=True).data["to"] == "delroy@va.example"
    assert letter(officer)["To"] == "delroy@va.example"


def test_else_to_its_contact(officer: Officer) -> None:
    officer.edit_item("advice", "Where:", "Contact: Jo Field, 01632 960310, jo@va.example\nWhere:")
    officer("query", "advice")

    assert letter(officer)["To"] == "Jo Field <jo@va.example>"
    assert "Dear Jo Field," in part(letter(officer), "plain")


def test_else_to_its_bodys_address(officer: Officer) -> None:
    assert "to office@kingsbrook.example (Kingsbrook Area Partnership)" in officer("query", "advice").out


def test_else_to_nobody_and_it_says_so(officer: Officer) -> None:
    officer.edit("bulletin.toml", 'email = "office@kingsbrook.example"\n', "")
    said = officer("query", "advice")

    assert "Nobody else's address is known: the draft has no To." in said.out
    assert letter(officer)["To"] is None
    assert officer("query", "advice", json=True).data["to"] == ""


def test_nobody_asks_themselves(officer: Officer) -> None:
    came_from(officer, "Communicate@partnership.example")

    assert officer("query", "advice", json=True).data["to"] == "office@kingsbrook.example"


@pytest.mark.parametrize("sender", ["not an address", "a@b@c", "Bcc: x@y.example\r\n", "<>", "x@-"])
def test_a_sender_that_cannot_be_written_to_is_passed_over_or_cleaned(officer: Officer, sender: str) -> None:
    came_from(officer, sender)

    assert officer("query", "advice").code == 0
    assert {"Cc", "Bcc"} & set(letter(officer).keys()) == set()


@pytest.mark.parametrize("name", ["advice", "advice.md", f"issues/{ISSUE}/items/advice.md"])
def test_an_item_is_named_as_its_file_is(officer: Officer, name: str) -> None:
    assert officer("query", name, json=True).data["item"] == "advice"


@pytest.mark.parametrize(("typed", "meant"), [("advise", "advice"), ("a-winter", "a-winter-walk")])
def test_an_item_that_is_not_there_is_guessed(officer: Officer, typed: str, meant: str) -> None:
    said = officer("query", typed)

    assert said.code == 2
    assert f'there is no item "{typed}" in issue {ISSUE}' in said.err
    assert f'did you mean "{meant}"?' in said.err


def test_one_with_nothing_to_ask_is_shown_all_the_same(officer: Officer) -> None:
    officer.edit_item("advice", "Thursday 4", "Friday 4")
    officer.edit_item("advice", "Where:", "Contact: jo@va.example\nLink: https://va.example/\nWhere:")

    assert "There is nothing to ask; it shows how the item will look." in officer("query", "advice").out
    assert "If all is well, there is nothing to do." in part(letter(officer), "plain")


@pytest.mark.parametrize(
    "label", ["Hold: embargo", "Share: no", "Closes: 1 October 2026", "Section: Nowhere"]
)
def test_an_item_that_will_not_go_out_is_shown_to_its_contributor(officer: Officer, label: str) -> None:
    officer.edit_item("advice", "Where:", f"{label}\nWhere:")
    if label.startswith("Section"):
        officer.edit_item("advice", "Section: events\n", "")

    assert officer("query", "advice").code == 0
    assert "Bring your half-finished form" in part(letter(officer), "plain")


def test_a_long_item_is_shown_whole_and_leads_to_no_page_that_is_not_there(officer: Officer) -> None:
    officer.edit(
        "bulletin.toml", '# url = "https://bulletin.partnership.example"', 'url = "https://site.example"'
    )
    officer.edit_item("advice", "Bring your", "Words come first. " * 300 + "Bring your")
    officer.edit_item("advice", "Thursday 4", "Friday 4")
    officer("query", "advice")

    assert part(letter(officer), "plain").count("Words come first.") == 300
    assert "site.example" not in part(letter(officer), "html")


def test_nothing_of_an_official_sensitive_item_goes_into_a_draft(officer: Officer) -> None:
    officer.edit_item("advice", "Bring", "OFFICIAL-SENSITIVE\n\nBring")
    said = officer("query", "advice")

    assert said.code == 1
    assert "is marked OFFICIAL-SENSITIVE, so nothing of it is put into an e-mail" in said.err
    assert not officer.path("drafts").exists()


def test_no_other_item_and_nobody_on_a_list_is_in_it(officer: Officer) -> None:
    officer.path("items/advice-2.md").write_text(
        ITEM.replace("Source", "Contact: eve@else.example\nSource"), "utf-8"
    )
    officer("query", "advice")
    raw = officer.path("drafts/question-advice.eml").read_bytes()

    assert b"parish.example" not in raw
    assert b"else.example" not in raw


def test_hostile_words_do_no_harm_in_either_part(officer: Officer) -> None:
    officer.edit_item(
        "advice", "Advice morning", "<script>x</script> =?utf-8?q?=0D=0ABcc:_e@x?= {{ 7*7 }} \u202e"
    )
    officer.edit_item("advice", "Bring", "<img src=x onerror=alert(1)> [x](javascript:alert(1)) Bring")
    assert officer("query", "advice").code == 0

    page = part(letter(officer), "html")
    assert not [bad for bad in ("<script", "<img", 'href="javascript', "49", "\u202e") if bad in page]
    assert letter(officer)["Bcc"] is None


def test_a_question_that_was_edited_is_left_alone(officer: Officer) -> None:
    officer("query", "advice")
    path = officer.path("drafts/question-advice.eml")
    path.write_bytes(path.read_bytes().replace(b"Thank you", b"Thanks"))
    before, said = contents(officer.folder), officer("query", "advice")

    assert contents(officer.folder) == before
    assert "You have edited that draft, so it was left alone" in said.out


def test_the_same_day_gives_the_same_bytes(officer: Officer) -> None:
    officer("query", "advice")

    assert officer("query", "advice", json=True).data["outcome"] == "unchanged"


def test_a_template_of_the_officers_is_used(officer: Officer) -> None:
    (officer.folder / "templates/letter.html").write_text("<p>{{ entry.title }} {{ missing }}</p>", "utf-8")
    said = officer("query", "advice")

    assert said.code == 1
    assert "the template letter.html cannot be used: line 1" in said.err


def test_questions_are_numbered_and_asked_once(officer: Officer) -> None:
    questions = officer("query", "advice", json=True).data["questions"]

    assert len(questions) == len(set(questions)) >= 2
    assert f"2. {questions[1]}" in part(letter(officer), "plain")
