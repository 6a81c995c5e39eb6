"""The manual of rules, docs/rules.md, written from the rules themselves."""

from collections.abc import Iterable
from typing import Any

from bulletin.check.rule import Rule
from bulletin.check.tables import EDITION_RULES, ISSUE_RULES, WAIVER_RULES
from bulletin.check.waivers import UNWAIVABLE
from bulletin.model.finding import Severity

OPENING = """\
# The rules

`bulletin check` lists what it finds, worst first, with what to do about it:

- an **error** stops `bulletin build`, unless you waive it with a reason;
- a **warning** is worth a look before the bulletin goes out;
- a **note** is advice, and may be left.

To let a finding pass, put a waiver into the issue's `issue.toml`. The rule and the path are those of
the finding, and the reason is kept:

    [[waivers]]
    rule = "weekday-date"
    path = "issues/2026-11/items/christmas-gathering.md"
    reason = "The hall confirmed the Thursday by telephone"

A held item is in no edition, so its errors are shown as notes and stop nothing. Advice on English is given
on English items alone. What is counted (words, days, percentages) and the agreed terms are settings in
`bulletin.toml`.

Findings whose rule starts with `roster-` are about the lists of people in the folder `mailing_lists`: each
says which line, and what to do there.

This page is made from the program: `pytest tests/test_check_manual.py --update-golden` writes it.
"""

TEMPLATE_FAULT = """\
### template-fault

*Error. Cannot be waived.*

A template in the folder `templates` cannot be used: it does not parse, or asks for what is not there.

Correct it where the finding says, or delete it: then the one that came with the program is used.
"""


def manual() -> str:
    """Write docs/rules.md."""
    parts = [
        OPENING,
        "## About the issue\n",
        *_chapters(ISSUE_RULES),
        "## About an edition\n",
        *_chapters(EDITION_RULES),
        TEMPLATE_FAULT,
        "## About waivers\n",
        *_chapters(WAIVER_RULES),
    ]
    return "\n".join(parts)


def _chapters(rules: Iterable[Rule[Any]]) -> list[str]:
    return [f"### {rule.name}\n\n*{_standing(rule)}*\n\n{rule.about}\n" for rule in rules]


def _standing(rule: Rule[Any]) -> str:
    """Say how much a rule matters; `build` stops at an error."""
    standing = f"{rule.severity.value.capitalize()}."
    if rule.name in UNWAIVABLE:
        return f"{standing} Cannot be waived."
    return f"{standing} It stops `build`." if rule.severity is Severity.ERROR else standing
