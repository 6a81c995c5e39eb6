"""Findings as lines, as JSON, and as the waiver to paste."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from bulletin.model.finding import Finding, Severity
from bulletin.wording import one_line, plural


def finding_lines(finding: Finding) -> Iterator[str]:
    """Give a finding as `path:line: severity: detail [rule]` and its hint."""
    place = f"{finding.path}:{finding.line}" if finding.line else finding.path
    severity = "waived" if finding.waived else finding.severity.value
    yield one_line(f"{place}: {severity}: {finding.detail} [{finding.rule}]")
    yield one_line(f"    waived because: {finding.waived}" if finding.waived else f"    hint: {finding.hint}")


def findings_total(findings: Iterable[Finding], stops: int) -> str:
    """Give the sentence that closes a list of findings."""
    counts = Counter("waived" if one.waived else one.severity.value for one in findings)
    parts = [plural(counts[severity], severity) for severity in Severity if counts[severity]]
    if counts["waived"]:
        parts.append(f"{counts['waived']} waived")
    if not parts:
        return "Nothing to say: everything is in order."
    verdict = f"{plural(stops, 'error')} must be mended before build" if stops else "Nothing here stops build"
    return f"{', '.join(parts)}. {verdict}."


def findings_json(findings: Iterable[Finding]) -> dict[str, Any]:
    """Give findings as `check --json` has them."""
    return {
        "findings": [
            {
                "rule": one.rule,
                "severity": one.severity.value,
                "path": one.path,
                "line": one.line,
                "detail": one.detail,
                "hint": one.hint,
                "waived": one.waived,
            }
            for one in findings
        ]
    }


def waiver_text(finding: Finding) -> str:
    """Give the lines of issue.toml that would let a finding pass."""
    path = json.dumps(finding.path, ensure_ascii=False)  # which is how TOML quotes as well
    return f'[[waivers]]\nrule = "{finding.rule}"\npath = {path}\nreason = ""'
