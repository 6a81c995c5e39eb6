"""Read the prose files in tests/rules: a rule each, in cases of files and what is found in them.

A case is a `##` heading, words for people, files (a name on its own line, then its lines indented by four)
and what the rule finds: lines that start with `>`, or none. Names: `NAME.md` is an item, `previous/NAME.md`
one of the issue before, `changed/NAME.md` what a changed source would now give, `bulletin.toml` and
`issue.toml` add to the usual ones, `contributions` has a line for each file: path, outcome, why, hint, with
` | ` between, as `images` and `logo` have for each picture: name, width, height, trouble. A heading that ends
in a date, `(on 2026-12-09)`, is checked as of that day, not 26 November.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from bulletin.check import check_issue
from bulletin.model.contribution import Change, CollectedFile, FileOutcome
from bulletin.model.finding import Finding, Waiver
from bulletin.model.issue import Issue, Item
from bulletin.model.picture import Picture
from bulletin.settings import read_settings
from bulletin.settings.values import Settings
from bulletin.workspace.items import read_item

FOLDER = Path(__file__).parent / "rules"
DAY = date(2026, 11, 26)
MEETING = date(2026, 11, 12)
ITEMS = "issues/2026-11/items/"

USUAL = """
[partnership]
name = "Avonbridge Partnership"

[sender]
name = "Avonbridge Partnership"
address = "bulletin@avonbridge.example"

[bodies.avonbridge]
name = "Avonbridge District Council"
role = "district-council"

[bodies.library]
name = "Wrenshire Libraries"
aliases = ["Library service"]

[terms]
"area partnership" = ["Market Town Partnership"]

[acronyms]
LSP = "local strategic partnership"
"""


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a rule: its files by name, the day, and the lines that say what is found."""

    rule: str
    name: str
    day: date
    files: dict[str, str]
    expected: tuple[str, ...]


def cases() -> list[Case]:
    return [case for path in sorted(FOLDER.glob("*.md")) for case in read_cases(path)]


def read_cases(path: Path) -> list[Case]:
    chapters = re.split(r"(?m)^## ", path.read_text(encoding="utf-8"))[1:]
    return [_case(path.stem, *chapter.split("\n", 1)) for chapter in chapters]


def found_lines(case: Case) -> tuple[str, ...]:
    """Check a case's issue, and give what its rule says as its prose file has it."""
    lines: list[str] = []
    for finding in findings(case):
        if finding.rule == case.rule:
            place = finding.path.removeprefix(ITEMS) + (f":{finding.line}" if finding.line else "")
            lines += [f"> {place}: {finding.severity}: {finding.detail}", f">     {finding.hint}"]
    return tuple(lines)


def findings(case: Case) -> tuple[Finding, ...]:
    return check_issue(issue(case), settings(case), case.day)


def settings(case: Case) -> Settings:
    return read_settings(USUAL + case.files.get("bulletin.toml", ""))


def issue(case: Case) -> Issue:
    own = tomllib.loads(case.files.get("issue.toml", ""))
    return Issue(
        id="2026-11",
        number=14,
        meeting=MEETING,
        summaries_due=date(2026, 11, 2),
        closes=datetime(2026, 11, 20, 12, 0),  # noqa: DTZ001 -- local, as the model has it
        due=DAY,
        order=tuple(own.get("order", ())),
        holds=own.get("holds", {}),
        waivers=tuple(Waiver(**one) for one in own.get("waivers", ())),
        items=_items(case, ""),
        files=tuple(_files(case.files.get("contributions", ""))),
        changes=tuple(_changes(case)),
        previous=_items(case, "previous/"),
        pictures={one.name: one for one in _pictures(case, "images")},
        logo=next(_pictures(case, "logo"), None),
    )


def rewritten(path: Path) -> str:
    """Give a prose file with what is found now."""
    head, *chapters = re.split(r"(?m)^(?=## )", path.read_text(encoding="utf-8"))
    parts = [head]
    for chapter, case in zip(chapters, read_cases(path), strict=True):
        prose = "\n".join(line for line in chapter.split("\n") if not line.startswith(">")).rstrip("\n")
        parts.append("\n".join([prose, *([""] if found_lines(case) else []), *found_lines(case), "", ""]))
    return "".join(parts).rstrip("\n") + "\n"


def _case(rule: str, heading: str, body: str) -> Case:
    day = re.search(r"\(on (\S+)\)$", heading)
    expected = tuple(line for line in body.split("\n") if line.startswith(">"))
    return Case(rule, heading, date.fromisoformat(day[1]) if day else DAY, _blocks(body), expected)


def _blocks(body: str) -> dict[str, str]:
    """Give the files of a case: a name, then an indented block."""
    found = re.finditer(r"(?m)^([\w./-]+)\n\n((?:    .*\n|\n)*)", body + "\n")
    return {one[1]: re.sub(r"(?m)^    ", "", one[2]).strip("\n") + "\n" for one in found if one[2].strip()}


def _items(case: Case, folder: str) -> tuple[Item, ...]:
    chosen = {name: text for name, text in case.files.items() if name.rpartition("/")[0] == folder.strip("/")}
    return tuple(
        read_item(f"{ITEMS}{name.rpartition('/')[2]}", text, settings(case), MEETING)
        for name, text in chosen.items()
        if name.endswith(".md")
    )


def _files(rows: str) -> list[CollectedFile]:
    table = [[cell.strip() for cell in row.split("|")] for row in rows.splitlines() if row.strip()]
    return [CollectedFile(path, "0" * 64, FileOutcome(outcome), *more) for path, outcome, *more in table]


def _pictures(case: Case, block: str) -> Iterator[Picture]:
    for row in case.files.get(block, "").splitlines():
        name, width, height, *trouble = [cell.strip() for cell in row.split(" | ")]
        if name:
            yield Picture(name, b"", "", int(width), int(height), *trouble)


def _changes(case: Case) -> list[Change]:
    changed = {name: text for name, text in case.files.items() if name.startswith("changed/")}
    return [
        Change(name[len("changed/") : -len(".md")], "contributions/Library news.docx", text, "0" * 64)
        for name, text in changed.items()
    ]
