"""Each rule, as its prose file in tests/rules tells it."""

import pytest
from rule_prose import FOLDER, Case, cases, findings, found_lines, rewritten

from bulletin.check import ISSUE_RULES, WAIVER_RULES

CASES = cases()


@pytest.fixture(scope="session", autouse=True)
def _golden(request: pytest.FixtureRequest) -> None:
    """Write what is found now into the prose files, where `--update-golden` asks for it."""
    if request.config.getoption("--update-golden", default=False):
        for path in FOLDER.glob("*.md"):
            path.write_text(rewritten(path), encoding="utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.name}")
def test_a_rule_finds_what_its_prose_file_says_and_no_more(
    case: Case, request: pytest.FixtureRequest
) -> None:
    if not request.config.getoption("--update-golden", default=False):
        assert found_lines(case) == case.expected


def test_every_rule_for_an_issue_has_a_prose_file() -> None:
    names = {rule.name for table in (ISSUE_RULES, WAIVER_RULES) for rule in table}
    assert {path.stem for path in FOLDER.glob("*.md")} == names


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.md")), ids=lambda path: path.stem)
def test_every_prose_file_has_a_case_that_is_found_and_one_that_is_not(path: object) -> None:
    mine = [case for case in CASES if case.rule == path.stem]  # type: ignore[attr-defined]
    assert any(case.expected for case in mine)
    assert any(not case.expected for case in mine)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.name}")
def test_every_finding_says_what_is_wrong_where_and_what_to_do(case: Case) -> None:
    for finding in findings(case):
        assert finding.detail
        assert not finding.detail.endswith(".")
        assert finding.hint.rstrip(")").endswith((".", "?", "docx", "md"))
        assert finding.path
        assert "invalid" not in finding.detail + finding.hint
