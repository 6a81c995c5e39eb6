"""Letters to contributors: kind words, house dates, a question for each finding they can answer."""

from datetime import date
from email import message_from_bytes, policy

import pytest
from small_issue import CORE, NORTH, SETTINGS, issue, item

from bulletin.check import RULE_NAMES
from bulletin.letters import questions_of, reminder
from bulletin.letters.questions import QUESTIONS
from bulletin.letters.words import address_in, moment_words, person_in
from bulletin.mail.draft import draft_message
from bulletin.model.finding import Finding, Severity
from bulletin.model.owing import Debt, Owed, Standing

OFFICERS_OWN = {
    "unknown-from", "bare-link", "click-here", "duplicate", "near-duplicate", "ran-last-time", "shout",
    "changed-source", "held", "needs-you", "not-read", "official-sensitive", "term-alias", "long-summary",
    "long-sentence",
}  # fmt: skip
"""What is about one item and is for the officer to settle, or house style."""


def finding(rule: str, detail: str = "something is odd", waived: str = "") -> Finding:
    return Finding(rule, Severity.NOTE, item("walk").path, 1, detail, "", waived)


def test_every_rule_that_asks_is_a_rule() -> None:
    assert set(QUESTIONS) <= set(RULE_NAMES)
    assert not set(QUESTIONS) & OFFICERS_OWN


@pytest.mark.parametrize("rule", QUESTIONS)
def test_every_question_ends_as_one(rule: str) -> None:
    (asked,) = questions_of([finding(rule)], item("walk"), SETTINGS)

    assert "?" in asked
    assert asked[0].isupper()


@pytest.mark.parametrize("rule", sorted(OFFICERS_OWN))
def test_style_and_the_officers_own_business_are_asked_of_nobody(rule: str) -> None:
    assert questions_of([finding(rule)], item("walk"), SETTINGS) == ()


def test_what_is_waived_or_about_another_item_is_not_asked() -> None:
    found = [finding("no-title", waived="it is fine"), finding("no-section")]

    assert questions_of(found[:1], item("walk"), SETTINGS) == ()
    assert questions_of(found, item("talk"), SETTINGS) == ()


def test_of_what_is_over_only_that_is_asked() -> None:
    asked = questions_of(
        [finding("missing-link"), finding("past-event", "it was over")], item("walk"), SETTINGS
    )

    assert asked == ("It was over. Is there a later date, or shall we leave it out?",)


@pytest.mark.parametrize(
    ("words", "name", "address"),
    [
        ("Jo Field, clerk, 01632 960310, jo@x.example.", "Jo Field", "jo@x.example"),
        ("Jo Field <jo@x.example>", "Jo Field", "jo@x.example"),
        ("jo@x.example", "", "jo@x.example"),
        ("01632 960310", "", ""),
        ("mail me @ home, Jo@x", "", "Jo@x"),
        ("", "", ""),
    ],
)
def test_a_contact_is_read_for_a_name_and_an_address(words: str, name: str, address: str) -> None:
    assert (person_in(words), address_in(words)) == (name, address)


def test_a_deadline_on_a_bank_holiday_names_it() -> None:
    day = date(2026, 12, 25)

    assert moment_words(day, {day: "Christmas Day"}) == "Friday 25 December 2026 (Christmas Day)"


def test_a_summary_for_the_next_meeting_is_asked_for_by_its_own_day() -> None:
    standing = Standing(NORTH, 2, owes=(Debt(Owed.NEXT_SUMMARY, date(2027, 2, 1)),))
    draft = reminder(standing, issue(), SETTINGS, date(2027, 1, 12), b"form")

    words = " ".join(draft.text.split())
    assert draft.subject == "Your summary for the next Core Group meeting"
    assert "Core Group meeting on Thursday 11 February 2027: by Monday 1 February 2027" in words
    assert "issue 14" not in words


def test_no_line_of_a_letter_is_joined_to_the_form_by_outlook() -> None:
    standing = Standing(CORE._replace(name="A partnership with a very long name indeed, of all"), 0)
    text = reminder(standing, issue(), SETTINGS, date(2026, 11, 10), b"form").text

    assert "\nFrom: \n" in text
    assert max(len(line) for line in text.split("\n")) <= 72


def test_news_goes_back_to_where_contributions_go() -> None:
    settings = SETTINGS._replace(sender=SETTINGS.sender._replace(contributions="news@avon.example"))
    standing = Standing(CORE, 0, owes=(Debt(Owed.ITEMS, issue().closes),))
    mail = message_from_bytes(
        draft_message(reminder(standing, issue(), settings, date(2026, 11, 10), b"form")),
        policy=policy.default,
    )

    assert mail["Reply-To"] == "news@avon.example"
