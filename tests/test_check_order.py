"""The order of findings, what stops a build, and waivers."""

from dataclasses import replace

import pytest
from rule_prose import DAY, ITEMS, Case, issue, settings

from bulletin.check import UNWAIVABLE, check_issue, stops
from bulletin.model.finding import Finding, Severity, Waiver

NAMELESS = "Section: Key messages\n\nNo title, and CLICK [here](https://a.example/x).\n"
EVENT = "Title: Fair\nSection: Events\nWhen: Thursday 4 December 2026\n\nStalls.\n"
FINE = "Title: Sundays\nSection: Key messages\n\nThe library opens on Sundays.\n"


def check(files: dict[str, str], *waivers: Waiver) -> tuple[Finding, ...]:
    case = Case("", "", DAY, files, ())
    return check_issue(replace(issue(case), waivers=waivers), settings(case), DAY)


def stopping(files: dict[str, str], *waivers: Waiver) -> list[str]:
    return [finding.rule for finding in stops(check(files, *waivers))]


def test_errors_come_before_warnings_before_notes() -> None:
    severities = [finding.severity for finding in check({"a.md": NAMELESS, "b.md": EVENT, "c.md": FINE})]
    assert severities == sorted(severities, key=list(Severity).index)
    assert set(severities) == set(Severity)


def test_within_a_severity_the_bulletins_order_counts_and_an_item_stays_together() -> None:
    places = [
        one.path for one in check({"events.md": EVENT, "news.md": FINE, "odd.md": "Title: Odd\n\nOdd.\n"})
    ]
    notes = [path.removeprefix(ITEMS) for path in places if path.endswith(".md")][2:]
    assert list(dict.fromkeys(notes)) == ["odd.md", "news.md", "events.md"]
    assert notes == sorted(notes, key=["odd.md", "news.md", "events.md"].index)


def test_the_officers_order_counts_within_a_section() -> None:
    files = {"a.md": NAMELESS, "b.md": NAMELESS, "issue.toml": 'order = ["b"]\n'}
    errors = [one.path for one in check(files) if one.rule == "no-title"]
    assert errors == [f"{ITEMS}b.md", f"{ITEMS}a.md"]


def test_lines_count_within_an_item() -> None:
    lines = [one.line for one in check({"a.md": NAMELESS}) if one.severity is Severity.WARNING]
    assert lines == sorted(lines)


def test_errors_alone_stop_a_build() -> None:
    assert stopping({"a.md": NAMELESS, "b.md": EVENT}) == ["no-title", "weekday-date"]
    assert stopping({"c.md": FINE}) == []


@pytest.mark.parametrize("hold", ["Hold: late\n", ""])
def test_a_held_item_is_checked_and_stops_nothing(hold: str) -> None:
    files = {"a.md": hold + NAMELESS} | ({} if hold else {"issue.toml": '[holds]\na = "no title yet"\n'})
    assert "no-title" in [finding.rule for finding in check(files)]
    assert stopping(files) == []


def test_a_waiver_with_a_reason_lets_one_finding_pass_and_keeps_the_reason() -> None:
    waiver = Waiver("no-title", f"{ITEMS}a.md", "A poem has none")
    files = {"a.md": NAMELESS, "b.md": NAMELESS}
    waived = {one.path: one.waived for one in check(files, waiver) if one.rule == "no-title"}
    assert waived == {f"{ITEMS}a.md": "A poem has none", f"{ITEMS}b.md": ""}
    assert stopping(files, waiver) == ["no-title"]


def test_a_waiver_without_a_reason_does_not_count() -> None:
    waiver = Waiver("no-title", f"{ITEMS}a.md", "  ")
    assert stopping({"a.md": NAMELESS}, waiver) == ["no-title"]


def test_a_marking_is_never_waived() -> None:
    waiver = Waiver("official-sensitive", f"{ITEMS}a.md", "He said so")
    assert stopping({"a.md": FINE + "\nOFFICIAL-SENSITIVE\n"}, waiver) == ["official-sensitive"]
    assert {"official-sensitive", "audience-leak", "template-fault"} == UNWAIVABLE


def test_the_same_issue_is_judged_the_same_twice() -> None:
    files = {"a.md": NAMELESS, "b.md": EVENT, "c.md": FINE}
    assert check(files) == check(files)
