"""Apply the officer's waivers, and say which of them do nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bulletin.check.rule import Remark, Rule, whole
from bulletin.model.finding import Finding, Severity, Waiver
from bulletin.model.issue import Issue
from bulletin.wording import did_you_mean

UNWAIVABLE = frozenset(("audience-leak", "official-sensitive", "template-fault"))
"""What no reason lets pass; a template fault is found where editions are composed."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Waivers and what they met.

    waivers: those to look at; findings: what the rules found; known: the names of all rules.
    """

    issue: Issue
    waivers: tuple[Waiver, ...]
    findings: tuple[Finding, ...]
    known: tuple[str, ...]


def waive(findings: Iterable[Finding], waivers: Iterable[Waiver]) -> tuple[Finding, ...]:
    """Give the findings with the reason of the waiver that names their rule and path."""
    reasons = {_key(waiver): waiver.reason.strip() for waiver in waivers if waiver.reason.strip()}
    return tuple(
        finding
        if finding.rule in UNWAIVABLE
        else replace(finding, waived=reasons.get((finding.rule, finding.path), ""))
        for finding in findings
    )


def waived_path(waiver: Waiver) -> str:
    """Give a waiver's path as findings have it; on Windows people write it with backslashes."""
    return waiver.path.strip().replace("\\", "/").removeprefix("./")


def waiver_without_reason(judged: Judged) -> Iterator[Remark]:
    """A waiver gives no reason, so it does not count.

    The reason is recorded, for whoever asks later. Write it into issue.toml.
    """
    for waiver in judged.waivers:
        if not waiver.reason.strip():
            hint = "Write why it may pass, for whoever asks later; until then it does not count."
            yield Remark(f"the waiver of {_named(waiver)} gives no reason", hint, path=judged.issue.path)


def cannot_be_waived(judged: Judged) -> Iterator[Remark]:
    """A waiver names a rule that no reason lets pass: audience-leak, official-sensitive or template-fault.

    Settle what the finding says, then delete the waiver from issue.toml.
    """
    for waiver in judged.waivers:
        if waiver.rule in UNWAIVABLE:
            hint = "Settle what the finding says, then delete this waiver."
            yield Remark(f"{_named(waiver)} cannot be waived", hint, path=judged.issue.path)


def unused_waiver(judged: Judged) -> Iterator[Remark]:
    """A waiver matches no finding: its rule or path is not right, or what it let pass is settled.

    Correct it, or delete it from issue.toml.
    """
    met = {(finding.rule, finding.path) for finding in judged.findings}
    for waiver in judged.waivers:
        if _key(waiver) in met or waiver.rule in UNWAIVABLE:
            continue
        guess = "" if waiver.rule in judged.known else did_you_mean(waiver.rule, judged.known)
        hint = (
            f"{guess}Correct its rule or path, as `bulletin check` shows them, or delete it if it is settled."
        )
        yield Remark(f"the waiver of {_named(waiver)} matches no finding", hint, path=judged.issue.path)


def _key(waiver: Waiver) -> tuple[str, str]:
    return waiver.rule.strip(), waived_path(waiver)


def _named(waiver: Waiver) -> str:
    return f'"{waiver.rule}" for {waiver.path}'


WITHOUT_REASON = whole(waiver_without_reason, Severity.WARNING)
NEVER = whole(cannot_be_waived, Severity.WARNING)
UNUSED = whole(unused_waiver, Severity.NOTE)

RULES: tuple[Rule[Judged], ...] = (WITHOUT_REASON, NEVER, UNUSED)
