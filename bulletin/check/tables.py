"""The tables of rules: for an issue, for an edition, and for the waivers of both."""

from bulletin.check import (
    addresses,
    balance,
    basics,
    editions,
    labelling,
    language,
    pictures,
    sameness,
    sources,
    timing,
    waivers,
)
from bulletin.check.editions import EditionScope
from bulletin.check.rule import Rule
from bulletin.check.view import Scope
from bulletin.check.waivers import Judged

ISSUE_RULES: tuple[Rule[Scope], ...] = (
    *basics.RULES,
    *labelling.RULES,
    *pictures.RULES,
    *timing.RULES,
    *sources.RULES,
    *addresses.RULES,
    *sameness.RULES,
    *language.RULES,
    *balance.RULES,
)

EDITION_RULES: tuple[Rule[EditionScope], ...] = editions.RULES

WAIVER_RULES: tuple[Rule[Judged], ...] = waivers.RULES

RULE_NAMES = tuple(rule.name for table in (ISSUE_RULES, EDITION_RULES, WAIVER_RULES) for rule in table)
