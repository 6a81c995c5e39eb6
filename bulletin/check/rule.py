"""What a rule is: a named function, its docstring as its documentation, and how much it matters."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from inspect import getdoc
from typing import Generic, TypeVar

from bulletin.check.view import Scope, View
from bulletin.model.finding import Finding, Severity
from bulletin.model.issue import Item

S = TypeVar("S")

RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


@dataclass(frozen=True, slots=True)
class Remark:
    """What a rule has to say: what is wrong, what to do next, and where.

    line: 1-based line in the file; 0 where the whole file is meant.
    item: the item it is about; path: the file, where it is not the item's own.
    severity: the rule's own unless given.
    """

    detail: str
    hint: str
    line: int = 0
    item: Item | None = None
    path: str = ""
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Rule(Generic[S]):
    """One row of a table of rules; about: its documentation; run: what it says of an issue or an edition."""

    name: str
    severity: Severity
    about: str
    run: Callable[[S], Iterable[Remark]]


def each_item(function: Callable[[View], Iterable[Remark]], severity: Severity) -> Rule[Scope]:
    """Make a row of a rule that looks at one item at a time."""

    def run(scope: Scope) -> Iterator[Remark]:
        for view in scope.views:
            for remark in function(view):
                yield replace(remark, item=view.item)

    return Rule(rule_name(function), severity, getdoc(function) or "", run)


def whole(function: Callable[[S], Iterable[Remark]], severity: Severity) -> Rule[S]:
    """Make a row of a rule that looks at the whole issue or edition."""
    return Rule(rule_name(function), severity, getdoc(function) or "", function)


def rule_name(function: Callable[..., object]) -> str:
    """Give a rule's name: its function's, with hyphens."""
    return function.__name__.replace("_", "-")


def findings_of(rule: Rule[S], scope: S) -> Iterator[Finding]:
    """Run a rule, and turn what it says into findings; an item's source ends the hint."""
    for remark in rule.run(scope):
        item = remark.item
        source = f" (from {item.source})" if item and item.source else ""
        yield Finding(
            rule=rule.name,
            severity=remark.severity or rule.severity,
            path=remark.path or (item.path if item else ""),
            line=remark.line,
            detail=remark.detail.rstrip("."),
            hint=f"{remark.hint}{source}",
        )


def worst_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort findings, errors first and otherwise as they come, without saying one twice."""
    return tuple(sorted(dict.fromkeys(findings), key=lambda finding: RANK[finding.severity]))
