"""A workspace with a drop folder, as the tests of collecting use it."""

from datetime import date, datetime
from pathlib import Path
from unittest.mock import patch

from bulletin.collect import collect
from bulletin.collect.taking.confine import Confined
from bulletin.model.contribution import CollectedFile
from bulletin.model.issue import Issue, Item
from bulletin.pipeline.new import new_issue
from bulletin.workspace import Workspace

SETTINGS = """
[partnership]
name = "Avon Partnership"
[sender]
name = "Avon Partnership"
address = "communicate@avon.example"
[calendar]
holidays = ""
[bodies.kingsbrook]
name = "Kingsbrook Area Partnership"
aliases = ["Kingsbrook", "Caf\u00e9 Kingsbrook"]
"""
MEETING = date(2026, 11, 12)
EARLY = datetime.fromisoformat("2026-11-16T09:00")
CLOSED = datetime.fromisoformat("2026-11-20T17:00")
LATER = datetime.fromisoformat("2026-11-23T09:00")
"""Local times, as the clock on the office wall shows them: items close on 20 November at midday."""


def no_progress(done: int, of: int) -> None:
    """Show nothing."""


class _Kept(Confined):
    """A child process that goes on from one collect to the next: starting one takes most of a test's time."""

    def __exit__(self, *_trouble: object) -> None:
        """Leave it running: it is a daemon and ends with the tests."""


_CHILD = _Kept()


class DropFolder:
    """What partners and the officer do with a workspace; ISSUE is under way."""

    issue_id = "2026-11"

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "contributions").mkdir(parents=True)
        (root / "bulletin.toml").write_text(SETTINGS, "utf-8")
        self.workspace = Workspace(root)
        self.settings = self.workspace.settings()
        self.new("2026-11", MEETING)

    def new(self, issue: str, meeting: date, today: date = MEETING) -> tuple[str, ...]:
        """Start an issue; it becomes the one that is collected for."""
        self.issue_id = issue
        return new_issue(self.workspace, self.settings, issue, meeting, None, today).items

    def drop(self, name: str, words: str | bytes) -> Path:
        """Drop a file, replacing one of that name."""
        path = self.root / "contributions" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(words.encode() if isinstance(words, str) else words)
        return path

    def collect(self, now: datetime = EARLY) -> dict[str, CollectedFile]:
        """Collect, and give every row by its path inside the drop folder."""
        with patch("bulletin.collect.run.Confined", lambda: _CHILD):
            rows = collect(self.workspace, self.issue(), self.settings, now, no_progress)
        assert len({row.path for row in rows}) == len(rows)
        return {row.path.removeprefix("contributions/"): row for row in rows}

    def issue(self) -> Issue:
        return self.workspace.issue(self.issue_id, self.settings)

    def items(self) -> dict[str, Item]:
        return {item.id: item for item in self.issue().items}

    def path(self, item: str) -> Path:
        """Where an item's file is."""
        return self.root / "issues" / self.issue_id / "items" / f"{item}.md"

    def edit(self, item: str, old: str, new: str) -> None:
        """Change an item's words, as the officer does."""
        path = self.path(item)
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    def files(self) -> dict[str, bytes]:
        """Give everything in the issue's folder, but for what names the time."""
        folder = self.root / "issues" / self.issue_id
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.name != "collected.json"
        }


def labelled(title: str = "Library opens", text: str = "Doors at ten.", **labels: str) -> str:
    """Write a contribution with labels; it is in a section unless told otherwise."""
    values = {"title": title, "section": "key-messages", **labels}
    lines = [f"{name.capitalize()}: {value}" for name, value in values.items() if value]
    return "\n".join([*lines, "", text, ""])
