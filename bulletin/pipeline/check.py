"""`check`: every finding about an issue and its editions, worst first."""

from dataclasses import dataclass
from datetime import date

from bulletin.check import check_edition, check_issue, stops, waive, worst_first
from bulletin.compose import compose
from bulletin.model.edition import Edition
from bulletin.model.finding import Finding
from bulletin.model.issue import Issue
from bulletin.pipeline.addressing import read_rosters
from bulletin.pipeline.job import Job


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
    findings = [*check_issue(issue, job.settings, day), *waive(rosters.findings, issue.waivers)]
    for rule, edition in zip(job.settings.editions, editions, strict=True):
        goes_to = tuple(rosters.by_name) if rule.lists is None else rule.lists
        findings += check_edition(edition, issue, rule._replace(lists=goes_to), job.settings)
    ordered = worst_first(findings)
    return Judgement(issue, editions, ordered, stops(ordered))


def compose_all(job: Job, issue: Issue, day: date) -> tuple[Edition, ...]:
    """Compose every edition of an issue as of a day, in the order of the settings."""
    templates = job.workspace.templates()
    return tuple(compose(issue, rule, job.settings, day, templates) for rule in job.settings.editions)
