"""Make a workspace of many past issues, approved, to try and measure the archive on.

python scripts/make_archive.py DIR [ISSUES] makes one a month, 300 unless told otherwise, of 18 items each;
the 300th is of November 2026. Run again with a larger number, it adds the issues that come after.
"""

import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import replace
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

from generated import Story, as_item, stories

from bulletin import cli

ITEMS = 18
LAST = (2026, 11)
PARTNERS_ONLY = "only-for-partners"


def main() -> int:
    """Make the workspace named on the command line."""
    if len(sys.argv) not in (2, 3):
        print(__doc__)
        return 2
    make(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) == 3 else 300)
    return 0


def make(folder: Path, count: int) -> None:
    """Make as many issues as are missing, the first of them 299 months before the last of 300."""
    if not (folder / "bulletin.toml").exists():
        run("init", str(folder))
        (folder / "mailing_lists" / "everyone.csv").write_text("email\nreader@parish.example\n", "utf-8")
    drawn = stories(count * ITEMS)
    for number, meeting in enumerate(meetings(count)):
        issue = f"{meeting:%Y-%m}"
        if not (folder / "issues" / issue / "approval.json").exists():
            make_issue(folder, issue, meeting, drawn[number * ITEMS : (number + 1) * ITEMS])


def meetings(count: int) -> Iterator[date]:
    """Give the second Thursday of so many months, the 300th of them November 2026."""
    first = LAST[0] * 12 + LAST[1] - 300
    for month in range(first, first + count):
        start = date(month // 12, month % 12 + 1, 1)
        yield start + timedelta(days=(3 - start.weekday()) % 7 + 7)


def make_issue(folder: Path, issue: str, meeting: date, items: list[Story]) -> None:
    """Start an issue, write its items, build it on the day it is due, and approve it."""
    due = meeting + timedelta(days=14)
    at = ("-C", str(folder), "--today", str(due), "--issue", issue)
    run("-C", str(folder), "--today", str(meeting), "new", issue, "--meeting", str(meeting))
    for path in (folder / "issues" / issue / "items").glob("*.md"):
        path.unlink()  # what was carried over from the issue before
    (folder / "issues" / issue / "announced.json").unlink(missing_ok=True)  # nor are its events the same
    for place, story in enumerate(items):
        name, text = written(place, story, due)
        path = folder / "issues" / issue / "items" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    run(*at, "build", "--date", str(due))
    run(*at, "approve", "--by", "Jo Field")


def written(place: int, story: Story, due: date) -> tuple[str, str]:
    """Give an item's id and file: every third is a consultation, every sixth an event, one for partners."""
    closes = due + timedelta(days=20 + place) if story.closes else None
    text = as_item(replace(story, closes=closes)).replace(
        "Opens: 2026-10-01", f"Opens: {due - timedelta(30)}"
    )
    if place % 6 == 1:
        day = due + timedelta(days=3 + place)
        text = text.replace(
            "Section: county-news", f"Section: events\nWhen: {day}, 10am to 11am\nWhere: The hall"
        )
    if place == ITEMS - 2:
        return PARTNERS_ONLY, text.replace("Section:", "Share: partners\nSection:")
    return f"story-{place + 1}", text


def run(*words: str) -> None:
    """Run one of our commands, which must succeed."""
    with redirect_stdout(StringIO()):
        code = cli.run(list(words))
    if code:
        raise SystemExit(f"bulletin {' '.join(words)}: exit code {code}")


if __name__ == "__main__":
    sys.exit(main())
