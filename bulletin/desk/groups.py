"""Findings as the officer works through them: by item, worst first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bulletin.desk.view import Proof, View
from bulletin.model.finding import Finding, Severity
from bulletin.wording import plural

RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
NOTHING = "Nothing stops this bulletin"


@dataclass(frozen=True, slots=True)
class Group:
    """The findings about one file; item: the id of the item it holds, if it holds one."""

    title: str
    path: str
    item: str
    findings: tuple[Finding, ...]


def grouped(findings: Iterable[Finding], titles: Mapping[str, str]) -> tuple[Group, ...]:
    """Group findings by file: the file with the worst finding first, then by path; inside, worst first."""
    by_path: dict[str, list[Finding]] = {}
    for finding in findings:
        by_path.setdefault(finding.path, []).append(finding)
    groups = [_group(path, found, titles) for path, found in by_path.items()]
    return tuple(sorted(groups, key=lambda group: (RANK[group.findings[0].severity], group.path)))


def verdict(view: View) -> str:
    """Say in one line whether this bulletin may go out."""
    if not view.stops:
        return NOTHING
    return f"{plural(view.stops, 'error')} {'stops' if view.stops == 1 else 'stop'} this bulletin"


def also(view: View) -> str:
    """Say how many findings are worth a look though they stop nothing, or ""."""
    counts = [
        plural(number, word)
        for severity, word in ((Severity.WARNING, "warning"), (Severity.NOTE, "note"))
        if (number := view.count(severity))
    ]
    return " and ".join(counts)


def notes_by_anchor(view: View, proof: Proof) -> dict[str, tuple[str, ...]]:
    """Give what there is to say of each item that stands in a proof, worst first, by where it stands."""
    return {
        proof.anchors[group.item]: tuple(_note(finding) for finding in group.findings)
        for group in grouped(view.pressing, view.titles)
        if group.item in proof.anchors
    }


def _note(finding: Finding) -> str:
    hint = f" {finding.hint}" if finding.hint else ""
    return f"{finding.severity.value.capitalize()}: {finding.detail.rstrip('.')}.{hint}"


def _group(path: str, findings: list[Finding], titles: Mapping[str, str]) -> Group:
    ordered = sorted(findings, key=lambda finding: (RANK[finding.severity], finding.line, finding.rule))
    name = path.rpartition("/")[2]
    return Group(titles.get(path) or name, path, name.removesuffix(".md"), tuple(ordered))
