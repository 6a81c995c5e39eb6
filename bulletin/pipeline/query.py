"""`query`: a question about one item, as a draft, back to whoever sent it."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from bulletin.check import check_issue
from bulletin.errors import BulletinError, UsageError
from bulletin.letters import Asking, question, questions_of
from bulletin.letters.words import address_in, person_in
from bulletin.model.finding import Finding
from bulletin.model.issue import Issue, Item
from bulletin.pipeline.drafts import Drafted, drafts_folder, keep_draft
from bulletin.pipeline.job import Job
from bulletin.wording import did_you_mean

PREFIX = "question-"


class Queried(NamedTuple):
    """What a query came to: the item, what is asked, to whom (why: how that is known), and the draft."""

    item: Item
    questions: tuple[str, ...]
    why: str
    draft: Drafted


class Contributor(NamedTuple):
    """Whom to ask about an item: an address, a name or "", and how that is known."""

    address: str
    name: str
    why: str


def query(job: Job, wanted: str, told: str = "") -> Queried:
    """Write the question into the folder told, else into the issue's own; nothing is sent.

    Raises:
        UsageError: there is no such item. BulletinError: it is OFFICIAL-SENSITIVE.
    """
    issue = job.load()
    item = _item(issue, wanted)
    day = _shown_on(item, max(job.today, issue.due))
    findings = tuple(
        one for one in check_issue(issue, job.settings, max(job.today, issue.due)) if one.path == item.path
    )
    _refuse_sensitive(item, findings)
    whom = contributor(job, item)
    asking = Asking(item, findings, whom.address, whom.name, day)
    draft = question(asking, issue, job.settings, job.today, job.workspace.templates())
    kept = keep_draft(job, drafts_folder(job, told), f"{PREFIX}{item.id}", draft)
    return Queried(item, questions_of(findings, item, job.settings), whom.why, kept)


def contributor(job: Job, item: Item) -> Contributor:
    """Find whom to ask: where the contribution came from, else the item's contact, else its body."""
    return next(_candidates(job, item), Contributor("", "", ""))


def _candidates(job: Job, item: Item) -> Iterator[Contributor]:
    sender = job.settings.sender
    ours = {one.casefold() for one in sender.addresses}
    contact, body = address_in(item.contact), item.body
    came_from = address_in(_sender(job, item))
    known = person_in(item.contact) if came_from.casefold() == contact.casefold() else ""
    yield from (
        one
        for one in (
            Contributor(came_from, known, "who sent it"),
            Contributor(contact, person_in(item.contact), "its contact"),
            Contributor(address_in(body.email), person_in(body.contact), body.name) if body else None,
        )
        if one and one.address and one.address.casefold() not in ours
    )


def _sender(job: Job, item: Item) -> str:
    """Give the address an item's contribution came from, in this issue or, if it was carried over, before."""
    known = job.workspace.issue_ids()
    for issue in reversed(known[: known.index(job.issue) + 1]):
        rows = job.workspace.collected(issue).files
        for row in rows:
            if row.sender and (item.id in row.items or (item.source and row.path == item.source)):
                return row.sender
    return ""


def _item(issue: Issue, wanted: str) -> Item:
    """Find an item by its id, or by its file's name or path.

    Raises:
        UsageError: there is none.
    """
    name = wanted.replace("\\", "/").rpartition("/")[2].removesuffix(".md")
    found = next((item for item in issue.items if item.id in (wanted, name)), None)
    if found is None:
        ids = [item.id for item in issue.items]
        begun = [one for one in ids if name and one.startswith(name.casefold())]
        guess = did_you_mean(name, ids) if not begun else f'did you mean "{begun[0]}"? '
        hint = f"{guess}Items are the files in issues/{issue.id}/items/, without .md"
        raise UsageError(f'there is no item "{wanted}" in issue {issue.id}', hint)
    return found


def _refuse_sensitive(item: Item, findings: tuple[Finding, ...]) -> None:
    if any(finding.rule == "official-sensitive" for finding in findings):
        raise BulletinError(
            f"{item.id} is marked OFFICIAL-SENSITIVE, so nothing of it is put into an e-mail",
            "ring its author, and delete the item",
        )


def _shown_on(item: Item, day: date) -> date:
    """Give the day an item is shown as of: that day, or its last if it is over or closed by then."""
    ends = [
        one
        for one in (
            item.when.end if item.is_over(day) else None,
            item.closes.end if item.is_closed(day) else None,
        )
        if one
    ]
    return min([day, *ends])
