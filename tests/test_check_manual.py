"""docs/rules.md says what the rules say."""

from pathlib import Path

import pytest
from rule_manual import manual

from bulletin.check import EDITION_RULES, ISSUE_RULES, RULE_NAMES, UNWAIVABLE, WAIVER_RULES
from bulletin.model.finding import Severity

PAGE = Path(__file__).parents[1] / "docs" / "rules.md"
RULES = [rule for table in (ISSUE_RULES, EDITION_RULES, WAIVER_RULES) for rule in table]

ERRORS = {
    "no-title",
    "no-section",
    "unknown-section",
    "weekday-date",
    "end-before-start",
    "embargo",
    "official-sensitive",
    "audience-leak",
    "edition-size",
}


def test_the_manual_of_rules_is_up_to_date(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-golden", default=False):
        PAGE.write_text(manual(), encoding="utf-8", newline="\n")
    assert PAGE.read_text(encoding="utf-8") == manual()


@pytest.mark.parametrize("name", [*RULE_NAMES, *sorted(UNWAIVABLE)])
def test_every_rule_has_its_chapter(name: str) -> None:
    assert f"\n### {name}\n" in PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_says_in_its_docstring_what_it_finds_and_what_to_do(rule: object) -> None:
    first, _, rest = rule.about.partition("\n\n")  # type: ignore[attr-defined]
    assert first.endswith(".")
    assert rest.strip()


def test_no_two_rules_have_one_name() -> None:
    assert len(set(RULE_NAMES)) == len(RULE_NAMES)


def test_these_and_no_others_are_errors() -> None:
    assert {rule.name for rule in RULES if rule.severity is Severity.ERROR} == ERRORS
