"""A reminder to a body that owes something: what is missing, by when, and how to send it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bulletin.form import form_lines
from bulletin.letters.words import as_text, drafted, ending, greeting, moment_words, person_in
from bulletin.mail.draft import Attachment, Draft, usable
from bulletin.markdown import clean_line, literal
from bulletin.model.issue import Issue
from bulletin.model.owing import Debt, Owed, Standing
from bulletin.model.partnership import Role
from bulletin.settings.values import Settings

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORM_NAME = "contribution-form.docx"
SAFE_LINE = 40
"""Outlook joins a line of so many characters to the one below it."""


def reminder(standing: Standing, issue: Issue, settings: Settings, today: date, form: bytes) -> Draft:
    """Write to a body what it owes an issue; without an address in the settings the draft has no To.

    form: the Word form that travels along.
    """
    body = standing.body
    name = person_in(body.contact)
    passages = [
        greeting(name or body.name),
        _opening(standing, issue, settings),
        "\n".join(f"- {_missing(debt, issue, settings, today)}" for debt in standing.owes),
        *_further(standing, issue, today),
        _how(settings),
        *([_deputy(body.deputy)] if body.deputy else []),
        ending(settings),
    ]
    own = f"From: {body.name}"
    lines = form_lines(body.name if len(own) < SAFE_LINE else "")
    text = "\n".join([as_text("\n\n".join(passages)), "", "", *lines, ""])
    draft = drafted(
        settings, name or body.name, usable(body.email), _subject(standing, issue, settings), text
    )
    return replace(draft, attachments=(Attachment(FORM_NAME, WORD, form),))


def _subject(standing: Standing, issue: Issue, settings: Settings) -> str:
    """Say in a line what is asked for."""
    what = {debt.what for debt in standing.owes}
    number = f"{settings.partnership.title} issue {issue.number}"
    if Owed.NEXT_SUMMARY in what:
        return f"Your summary for the next {_host(settings)} meeting"
    if Owed.SUMMARY in what:
        more = f", and news for {number}" if Owed.ITEMS in what else ""
        return f"Your summary for the {_host(settings)} meeting{more}"
    return f"{number}: is there something from {standing.body.name}?"


def _opening(standing: Standing, issue: Issue, settings: Settings) -> str:
    """Say what this is about."""
    title, name = literal(clean_line(settings.partnership.title)), literal(clean_line(standing.body.name))
    if any(debt.what is Owed.NEXT_SUMMARY for debt in standing.owes):
        return f"The next {literal(_host(settings))} meeting is not far off. From {name} I should be glad of:"
    start = f"I am putting together issue {issue.number} of {title}"
    if standing.is_silent:
        return f"{start} and cannot find anything from {name} yet. What I should be glad of:"
    return f"{start}. Thank you for what has come from {name}. What is still missing:"


def _missing(debt: Debt, issue: Issue, settings: Settings, today: date) -> str:
    """Say one thing that is owed and by when."""
    was = "it was due by" if debt.day < today else "by"
    by = f"{was} {moment_words(debt.by, issue.holidays)}"
    if debt.what is Owed.ITEMS:
        if debt.day < today:
            by = f"items closed at {moment_words(debt.by, issue.holidays)}"
        return f"your key messages, news, consultations and events for issue {issue.number}: {by}"
    meeting = issue.next_meeting if debt.what is Owed.NEXT_SUMMARY else issue.meeting
    on = f" on {moment_words(meeting, issue.holidays)}" if meeting else ""
    return f"a short written summary for the {literal(_host(settings))} meeting{on}: {by}"


def _further(standing: Standing, issue: Issue, today: date) -> Iterator[str]:
    """Say what happens to what comes late, and that little is enough."""
    if any(debt.what is Owed.ITEMS and debt.day < today for debt in standing.owes):
        due = moment_words(issue.due, issue.holidays)
        yield (
            f"The issue is due on {due}. What reaches me straight away I shall fit in if I can; "
            "the rest waits for the next issue."
        )
    if standing.is_silent:
        yield (
            "A few lines are enough. If there is nothing this time, please tell me that, and if you have "
            "sent something already, forgive me and send it once more."
        )
    else:
        yield "A few lines are enough. If you have sent it already, forgive me and send it once more."


def _how(settings: Settings) -> str:
    """Say how to send it."""
    address = literal(settings.sender.contributing)
    return (
        f"To send it, copy the lines at the end of this e-mail into a new one to {address}, fill in those "
        "you know, leave the rest empty, and write your words below them. Or fill in the Word form that is "
        "attached, and send it back with your answer. One form for each story, please."
    )


def _deputy(deputy: str) -> str:
    name = literal(clean_line(deputy))
    return f"If you are away or have no time, please pass this on: {name} may be able to step in."


def _host(settings: Settings) -> str:
    """Name the body whose meeting everything hangs on."""
    names = (body.name for body in settings.bodies if body.role is Role.CORE_GROUP)
    return clean_line(next(names, "partnership"))
