"""A row of a table, or a form, to a draft; what is wrong with it by row and column."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bulletin.collect.readers.table.grid import Cell
from bulletin.collect.readers.table.moment import deadline_of, doubt_in, is_serial, when_of
from bulletin.collect.reading import Draft
from bulletin.collect.words.draft import with_literal_summary
from bulletin.collect.words.lines import lines_to_markdown
from bulletin.labels import LABELS
from bulletin.markdown import public_url
from bulletin.wording import quoted, unbroken

_PLAIN = tuple(
    name for name in LABELS if name not in ("title", "when", "link", "contact", "opens", "closes", "where")
)
_WHEN = ("when", "day", "start day", "end day", "time", "start", "end", "weekday")
_UNSAFE = re.compile(r"(?i)^\W*(?:javascript|data|vbscript|file)\s*:")


class Field(NamedTuple):
    """One cell of a record with what it holds (a role, "" unknown) and its column's name as written."""

    role: str
    name: str
    cell: Cell


class Record(NamedTuple):
    """A draft, and clauses about what a person must see, each naming the column."""

    draft: Draft
    asks: tuple[str, ...]
    title: str


def read_record(fields: Sequence[Field]) -> Record:
    """Make a draft of one row."""
    by_role: dict[str, list[Field]] = {}
    for one in fields:
        if one.cell:
            by_role.setdefault(one.role, []).append(one)
    first = {role: some[0].cell for role, some in by_role.items()}
    when = when_of(first)
    labels: dict[str, str] = {
        "title": unbroken((first.get("title") or first.get("name") or Cell()).words),
        **{name: _joined(by_role.get(name, [])) for name in _PLAIN if name != "text"},
        "link": "",
        "contact": _joined(
            [*by_role.get("contact", []), *by_role.get("phone", []), *by_role.get("email", [])]
        ),
        "when": when.words,
        "where": _joined(by_role.get("where", [])),
        **{name: deadline_of(first[name]) for name in ("opens", "closes") if name in first},
    }
    link, inferred, spare = _link(by_role, fields)
    labels["link"] = link
    text = _text(by_role, when.line, [*_unused(by_role), *spare])
    asks = [
        *_asks(by_role, labels),
        *([f"{_column(by_role, _WHEN)}: {when.problem}"] if when.problem else []),
    ]
    kept = {name: labels[name] for name in LABELS if labels.get(name)}
    draft = with_literal_summary(Draft(kept, text, inferred))
    return Record(draft, tuple(dict.fromkeys(asks)), labels["title"])


def _joined(fields: Sequence[Field]) -> str:
    return ", ".join(dict.fromkeys(unbroken(one.cell.words).rstrip(",") for one in fields))


def _text(by_role: Mapping[str, list[Field]], line: str, extra: Sequence[str]) -> str:
    """Put the details first, then a line for everything that has no label of its own."""
    details = "\n".join(one.cell.words for one in by_role.get("text", []))
    lines = [f"{one.name}: {unbroken(one.cell.words)}" for one in by_role.get("", []) if one.name]
    bare = [one.cell.words for one in by_role.get("", []) if not one.name]
    return lines_to_markdown("\n".join(part for part in (details, *bare, line, *lines, *extra) if part))


def _unused(by_role: Mapping[str, list[Field]]) -> list[str]:
    """Give lines for a second date or title, which a label has no room for."""
    twice = [one for role in ("title", "closes", "opens", *_WHEN) for one in by_role.get(role, [])[1:]]
    dated = "when" in by_role and [one for role in ("day", "start day") for one in by_role.get(role, [])[:1]]
    named = by_role.get("name", [])[0 if "title" in by_role else 1 :]
    timed = by_role.get("time", [])[:1] if "start" in by_role else []
    return [f"{one.name}: {unbroken(one.cell.words)}" for one in (*twice, *(dated or ()), *named, *timed)]


def _link(
    by_role: Mapping[str, list[Field]], fields: Sequence[Field]
) -> tuple[str, tuple[str, ...], list[str]]:
    """Give the link, how it was found, and lines for further addresses: a cell's own address counts too."""
    shown = [one.cell.link or unbroken(one.cell.words) for one in by_role.get("link", [])]
    shown = [one for one in shown if not _UNSAFE.match(one)]
    under = [one for one in fields if one.cell and one.cell.link and one.role not in ("link", "email")]
    under = [one for one in under if not one.cell.link.lower().startswith(("mailto:", "tel:"))]
    if shown:
        return shown[0], (), [*shown[1:], *(one.cell.link for one in under)]
    if under:
        reason = f"link from under the words in its column {under[0].name or under[0].role}"
        return under[0].cell.link, (reason,), [one.cell.link for one in under[1:]]
    return "", (), []


def _asks(by_role: Mapping[str, list[Field]], labels: Mapping[str, str]) -> list[str]:
    asks = [] if labels["title"] else ["there is no title"]
    for name, roles in (("when", _WHEN), ("opens", ("opens",)), ("closes", ("closes",))):
        serial = next((one for role in roles for one in by_role.get(role, []) if is_serial(one.cell)), None)
        if serial:
            asks.append(f"column {serial.name}: {serial.cell.words} may be a date that lost its format")
            continue
        doubt = doubt_in(labels.get(name, ""), deadline=name != "when")
        if doubt:
            asks.append(f"{_column(by_role, roles)}: {doubt}")
    asks += [
        f"column {one.name}: {one.cell.words} has lost its first 0"
        for one in by_role.get("phone", [])
        if re.fullmatch(r"[1-37][0-9]{9}", one.cell.words)
    ]
    for one in by_role.get("link", []):
        if not one.cell.link and not public_url(unbroken(one.cell.words)):
            left = " and was left out" if _UNSAFE.match(one.cell.words) else ""
            asks.append(f"column {one.name}: {quoted(one.cell.words, 40)} is not a whole web address{left}")
    return asks


def _column(by_role: Mapping[str, list[Field]], roles: Sequence[str]) -> str:
    names = [one.name for role in roles for one in by_role.get(role, [])[:1]]
    return f"column {names[0]}" if names else "its date"
