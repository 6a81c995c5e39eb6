"""`check`: every finding about an issue and its editions, worst first."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from bulletin.check import check_edition, check_issue, stops, waive, worst_first
from bulletin.compose import compose
from bulletin.model.edition import Edition
from bulletin.model.finding import Finding, Severity
from bulletin.model.issue import Issue
from bulletin.pipeline.addressing import about_rosters, read_rosters
from bulletin.pipeline.job import Job
from bulletin.settings import FILE
from bulletin.wording import did_you_mean


@dataclass(frozen=True, slots=True)
class Judgement:
    """An issue, its editions as they would read on a day, and what there is to say about them.

    findings: worst first; stopping: those among them that stop `build`.
    """

    issue: Issue
    editions: tuple[Edition, ...]
    findings: tuple[Finding, ...]
    stopping: tuple[Finding, ...]


def check(job: Job, day: date) -> Judgement:
    """Compose every edition as of a day and check it all; nothing is written."""
    issue = job.load()
    editions = compose_all(job, issue, day)
    rosters = read_rosters(job)
    about_lists = (*about_rosters(job, rosters), *_missing_lists(job, rosters))
    findings = [*check_issue(issue, job.settings, day), *waive(about_lists, issue.waivers)]
    for rule, edition in zip(job.settings.editions, editions, strict=True):
        goes_to = tuple(rosters) if rule.lists is None else rule.lists
        findings += check_edition(edition, issue, rule._replace(lists=goes_to), job.settings)
    ordered = worst_first(findings)
    return Judgement(issue, editions, ordered, stops(ordered))


def _missing_lists(job: Job, known: Collection[str]) -> Iterator[Finding]:
    """Say which lists an edition goes to are not there; `send` refuses then."""
    for rule in job.settings.editions:
        for name in rule.lists or ():
            if name not in known:
                detail = f'the edition "{rule.name}" goes to the list "{name}", which is not there'
                guess = did_you_mean(name, known)
                hint = f"{guess}Put mailing_lists/{name}.csv there, or correct `lists` of that edition."
                yield Finding("roster-missing", Severity.WARNING, FILE, 0, detail, hint)


def compose_all(job: Job, issue: Issue, day: date) -> tuple[Edition, ...]:
    """Compose every edition of an issue as of a day, in the order of the settings."""
    templates = job.workspace.templates()
    return tuple(compose(issue, rule, job.settings, day, templates) for rule in job.settings.editions)
