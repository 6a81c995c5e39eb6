"""check: everything there is to say about an issue and its editions, worst first."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date

from bulletin.check.editions import SETTINGS_FILE, EditionScope, page_path
from bulletin.check.rule import findings_of, worst_first
from bulletin.check.sameness import told_elsewhere
from bulletin.check.tables import EDITION_RULES, ISSUE_RULES, RULE_NAMES, WAIVER_RULES
from bulletin.check.view import look
from bulletin.check.waivers import NEVER, UNUSED, UNWAIVABLE, WITHOUT_REASON, Judged, waive, waived_path
from bulletin.model.edition import Edition
from bulletin.model.finding import Finding, Severity, Waiver
from bulletin.model.issue import Issue
from bulletin.settings.values import EditionSettings, Settings

__all__ = [
    "EDITION_RULES",
    "ISSUE_RULES",
    "RULE_NAMES",
    "UNWAIVABLE",
    "WAIVER_RULES",
    "check_edition",
    "check_issue",
    "stops",
    "told_twice",
    "waive",
    "worst_first",
]

EDITION_NAMES = frozenset(rule.name for rule in EDITION_RULES)
ROSTERS = "mailing_lists/"


def check_issue(issue: Issue, settings: Settings, day: date) -> tuple[Finding, ...]:
    """Say everything about an issue as of a day: errors, warnings, notes; within them in reading order."""
    scope = look(issue, settings, day)
    held = {view.item.path for view in scope.views if view.hold}
    left_out = {view.item.path for view in scope.views if not (view.hold or view.goes_out)}
    every = (finding for rule in ISSUE_RULES for finding in findings_of(rule, scope))
    found = tuple(_eased(one, held) for one in every if not _is_idle(one, left_out))
    all_waivers = Judged(issue, issue.waivers, found, RULE_NAMES)
    own_waivers = Judged(issue, _own_waivers(issue, settings), found, RULE_NAMES)
    about_waivers = [
        *findings_of(WITHOUT_REASON, all_waivers),
        *findings_of(NEVER, all_waivers),
        *findings_of(UNUSED, own_waivers),
    ]
    places = {view.item.path: at for at, view in enumerate(scope.views)}
    ordered = _in_reading_order(waive(found, issue.waivers), places)
    return worst_first((*ordered, *about_waivers))


def check_edition(
    edition: Edition, issue: Issue, edition_settings: EditionSettings, settings: Settings
) -> tuple[Finding, ...]:
    """Say everything about an edition as it would go out, worst first."""
    scope = EditionScope(edition, issue, edition_settings, settings)
    found = tuple(finding for rule in EDITION_RULES for finding in findings_of(rule, scope))
    paths = (scope.page, SETTINGS_FILE)
    own_waivers = tuple(
        one for one in issue.waivers if one.rule.strip() in EDITION_NAMES and waived_path(one) in paths
    )
    about_waivers = findings_of(UNUSED, Judged(issue, own_waivers, found, RULE_NAMES))
    return worst_first((*waive(found, issue.waivers), *about_waivers))


def told_twice(issue: Issue, settings: Settings, day: date) -> Mapping[str, str]:
    """Give of the items that wait those whose story another one tells: the ids of both."""
    return told_elsewhere(look(issue, settings, day))


def stops(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Give the findings that stop `build`: the errors nobody has waived."""
    return tuple(one for one in findings if one.severity is Severity.ERROR and not one.waived)


def _eased(finding: Finding, held: AbstractSet[str]) -> Finding:
    """Make a note of an error about an item that waits: it is in no edition, so it stops nothing."""
    if finding.severity is Severity.ERROR and finding.path in held:
        return replace(finding, severity=Severity.NOTE)
    return finding


def _is_idle(finding: Finding, left_out: AbstractSet[str]) -> bool:
    """Whether a finding is advice about an item that is over, which nobody will read."""
    return finding.severity is Severity.NOTE and finding.path in left_out


def _own_waivers(issue: Issue, settings: Settings) -> tuple[Waiver, ...]:
    """Give the waivers that only an issue's findings can meet, not those for an edition or a mailing list."""
    pages = {SETTINGS_FILE, *(page_path(issue, edition.name) for edition in settings.editions)}
    return tuple(
        one
        for one in issue.waivers
        if not waived_path(one).startswith(ROSTERS)
        and (one.rule.strip() not in EDITION_NAMES or waived_path(one) not in pages)
    )


def _in_reading_order(findings: Iterable[Finding], places: Mapping[str, int]) -> list[Finding]:
    """Sort findings by item as the bulletin has them, then by line; what is about no item comes after."""

    def place(finding: Finding) -> tuple[int, str, int]:
        return places.get(finding.path, len(places)), finding.path, finding.line

    return sorted(findings, key=place)
