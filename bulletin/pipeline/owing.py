"""What each body of the partnership owes an issue, and what has come from it; loads nothing heavy."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from bulletin.model.contribution import CollectedFile, FileOutcome
from bulletin.model.owing import Debt, Owed, Standing
from bulletin.model.partnership import Body, Role
from bulletin.pipeline.job import Job
from bulletin.workspace.outline import Outline, find_body

EXPECTED = (Role.CORE_GROUP, Role.LSP, Role.COUNTY)
"""From these something is expected in every issue."""

AHEAD = timedelta(days=28)
"""So long before the next summaries are due is an area partnership told of them."""


def standings(
    job: Job,
    fields: Mapping[str, Any],
    items: Iterable[Outline],
    files: Iterable[CollectedFile],
    waiting: Iterable[str],
) -> tuple[Standing, ...]:
    """Say of every body something is expected from what it owes.

    Args:
        fields: what issue.toml decides, by name.
        files: what the last collect saw; waiting: paths it has not seen.
    """
    sections = {section.id for section in job.settings.sections}
    enough = set(job.settings.calendar.summaries_in) & sections or sections
    theirs: dict[str, list[str]] = {}
    for item in items:
        if item.body:
            theirs.setdefault(item.body.id, []).append(item.section.id if item.section else "")
    lying: dict[str, list[str]] = {}
    for path, owner in _lying(job.settings.bodies, files, waiting):
        lying.setdefault(owner, []).append(path)
    found = []
    for body in job.settings.bodies:
        if body.role in EXPECTED:
            came, there = theirs.get(body.id, ()), tuple(lying.get(body.id, ()))
            told = bool(there or enough.intersection(came))
            owes = tuple(_owes(body, fields, job.today, silent=not (came or there), told=told))
            found.append(Standing(body, len(came), there, owes))
    return tuple(found)


def _owes(body: Body, fields: Mapping[str, Any], today: date, *, silent: bool, told: bool) -> Iterator[Debt]:
    """Give what a body owes on a day.

    silent: nothing has come from it; told: its summary is, or may be, among what came.
    """
    is_lsp, following = body.role is Role.LSP, fields["next_summaries_due"]
    if today > fields["due"]:
        if is_lsp and following and following - AHEAD <= today <= (fields["next_meeting"] or following):
            yield Debt(Owed.NEXT_SUMMARY, following)
        return
    if is_lsp and not told and today <= fields["meeting"]:
        yield Debt(Owed.SUMMARY, fields["summaries_due"])
    if silent:
        yield Debt(Owed.ITEMS, fields["closes"])


def _lying(
    bodies: tuple[Body, ...], files: Iterable[CollectedFile], waiting: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """Give the files no item was made of yet, each with the id of the body it is from, where that shows."""
    senders = dict.fromkeys(waiting, "")
    for row in files:
        if not row.items and row.outcome in (FileOutcome.NEEDS_YOU, FileOutcome.NOT_READ):
            senders[row.path] = row.sender
    for path, sender in senders.items():
        folder = path.split("/")[1] if path.count("/") > 1 else ""
        body = find_body(folder, bodies) or _writing_from(sender.rpartition("@")[2], bodies)
        if body:
            yield path, body.id


def _writing_from(domain: str, bodies: Iterable[Body]) -> Body | None:
    """Find the body whose people write from a domain."""
    folded = domain.strip(" >").lower()
    return next((body for body in bodies if folded and folded in map(str.lower, body.domains)), None)
