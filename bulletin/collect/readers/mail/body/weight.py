"""Refuse HTML that no person wrote and that would keep a parser busy for minutes."""

import re

_MOST_CHARACTERS = 5_000_000
_MOST_ELEMENTS = 60_000
_DEEPEST = 300
_CLOSED_BY_ITSELF = {
    "p",
    "br",
    "img",
    "hr",
    "meta",
    "link",
    "input",
    "col",
    "td",
    "th",
    "tr",
    "tbody",
    "thead",
    "dd",
    "dt",
    "option",
    "wbr",
    "area",
}


def too_heavy(html: str) -> str:
    """Say, a clause, why HTML is more than a person wrote and would keep a parser busy for minutes; or ""."""
    if len(html) > _MOST_CHARACTERS:
        return f"its HTML is {len(html):,} characters long"
    marks = max(html.count("<"), html.count("&"))
    if marks > _MOST_ELEMENTS:
        return f"its HTML has {marks:,} tags or entities"
    deep = deepest = 0
    for tag in re.finditer(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)", html):
        if tag[2].lower() not in _CLOSED_BY_ITSELF:
            deep = max(0, deep - 1) if tag[1] else deep + 1
            deepest = max(deep, deepest)
    return f"its HTML is nested {deepest:,} deep" if deepest > _DEEPEST else ""
