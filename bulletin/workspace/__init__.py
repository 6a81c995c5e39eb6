"""Where everything lives on disk; alone reads and writes it for the stages above."""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bulletin.errors import BulletinError, UsageError
from bulletin.model.value import Value
from bulletin.settings import FILE, read_settings
from bulletin.settings.reader import is_name
from bulletin.settings.values import Settings
from bulletin.wording import did_you_mean
from bulletin.workspace.collected import Collected, read_collected, write_collected
from bulletin.workspace.files import as_text, digest, exclusive, read, read_text, regular_files, write
from bulletin.workspace.issues import read_issue
from bulletin.workspace.outline import Outline, read_outline
from bulletin.workspace.shipped import shipped

if TYPE_CHECKING:
    from bulletin.model.contribution import Change
    from bulletin.model.issue import Issue, Item

POINTER = "ledger.place"
"""The file of an issue that says where its ledger is, where that is not beside it."""


class Workspace(Value):
    """A folder with a bulletin.toml in it."""

    root: Path

    def settings(self) -> Settings:
        """Read bulletin.toml.

        Raises:
            UsageError: there is none here. MistakenFileError: it has mistakes.
        """
        text = read_text(self.root / FILE)
        if text is None:
            raise UsageError(
                f"there is no {FILE} in {self.root}",
                "go to your bulletin's folder, or name it: bulletin -C DIR ...; a new one: bulletin init DIR",
            )
        return read_settings(text)

    @property
    def drop_folder(self) -> Path:
        """Where partners' files are dropped; nothing in it is ever deleted."""
        return self.root / "contributions"

    @property
    def key(self) -> Path:
        """The file of the workspace's secret key."""
        return self.root / "workspace.key"

    def issue_folder(self, issue: str) -> Path:
        """An issue's folder."""
        return self.root / "issues" / issue

    def has_issues(self) -> bool:
        """Whether there is any issue."""
        return bool(self._issues())

    def issue_ids(self) -> tuple[str, ...]:
        """Every issue, oldest meeting first."""
        found = self._issues()
        if len(found) < 2:
            return found
        return tuple(issue for _, issue in sorted((self.meeting(issue), issue) for issue in found))

    def choose(self, wanted: str | None) -> str:
        """Give the issue that is meant: the one asked for, else the newest.

        Raises:
            UsageError: there is no such issue, or none at all.
        """
        known = self.issue_ids()
        if wanted is None and known:
            return known[-1]
        if wanted in known:
            return str(wanted)
        if wanted is None:
            raise UsageError(
                "there is no issue yet",
                "start one with its meeting date: bulletin new 2026-11 --meeting 2026-11-12",
            )
        hint = f"{did_you_mean(wanted, known)}Issues here: {', '.join(known) or 'none yet'}"
        raise UsageError(f'there is no issue "{wanted}"', hint)

    def lock(self, doing: str) -> AbstractContextManager[None]:
        """Keep other commands from changing this workspace meanwhile."""
        return exclusive(self.root / ".bulletin.lock", doing)

    def issue(self, issue: str, settings: Settings) -> "Issue":
        """Read an issue whole: its dates, its items, what collecting saw, and the items of the one before."""
        from dataclasses import replace

        from bulletin.workspace.announced import read_announced
        from bulletin.workspace.pictures import FOLDER, read_pictures

        collected = self.collected(issue)
        known = self.issue_ids()
        before = known[: known.index(issue)][-1:] if issue in known else ()
        own = self._with_items(issue, settings)
        return replace(
            own,
            files=collected.files,
            changes=tuple(one for one in collected.changes if self._is_open(issue, one)),
            previous=tuple(item for one in before for item in self._with_items(one, settings).items),
            pictures=read_pictures(self.issue_folder(issue) / FOLDER),
            announced=read_announced(self, issue),
            came=self._came(own.items),
        )

    def _came(self, items: "Iterable[Item]") -> dict[str, date]:
        """Give of items carried over the meeting of the issue each first came in."""
        from bulletin.workspace.items import first_issue

        known = self.issue_ids()
        firsts = ((item.id, first_issue(item)) for item in items)
        return {item: self.meeting(issue) for item, issue in firsts if issue in known}

    def _with_items(self, issue: str, settings: Settings) -> "Issue":
        """Read an issue's own words and its items, in the order of their files' names."""
        from bulletin.model.issue import Issue
        from bulletin.workspace.items import read_item

        fields = self.fields(issue)
        items = []
        for path in sorted((self.issue_folder(issue) / "items").glob("*.md")):
            text = as_text(read(path) or b"")
            items.append(read_item(f"issues/{issue}/items/{path.name}", text, settings, fields["meeting"]))
        return Issue(id=issue, **fields, items=tuple(items))

    def outlines(self, issue: str, settings: Settings, holds: Mapping[str, str]) -> tuple[Outline, ...]:
        """Read of every item no more than `status` needs, which is a tenth of the work."""
        found = []
        for path in sorted((self.issue_folder(issue) / "items").glob("*.md")):
            outline = read_outline(path.stem, as_text(read(path) or b""), settings)
            found.append(outline._replace(hold=outline.hold or holds.get(outline.id, "")))
        return tuple(found)

    def collected(self, issue: str) -> Collected:
        """Read what collecting has seen and written."""
        path = f"issues/{issue}/collected.json"
        return read_collected(read_text(self.root / path), path)

    def keep_collected(self, issue: str, collected: Collected) -> None:
        """Write what collecting has seen and written."""
        write(self.issue_folder(issue) / "collected.json", write_collected(collected))

    def edition_folder(self, issue: str, name: str) -> Path:
        """Where an edition's files are."""
        return self.issue_folder(issue) / "editions" / name

    def templates(self) -> Mapping[str, str]:
        """Give every template by its name: the shipped ones, and over them the officer's own."""
        found: dict[str, str] = {}
        for folder in (shipped("templates"), self.root / "templates"):
            for name, path in regular_files(folder):
                if path.suffix in (".html", ".txt", ".css", ".js", ".xml"):
                    found[name] = read_text(path) or ""
        return found

    def list_names(self) -> tuple[str, ...]:
        """Name every list; suppressed.csv is not one."""
        paths = sorted((self.root / "mailing_lists").glob("*.csv"))
        for path in paths:
            if not is_name(path.stem):
                raise BulletinError(
                    f'mailing_lists/{path.name}: "{path.stem}" cannot be the name of a list',
                    "rename the file, with small letters, digits and hyphens: parish-clerks.csv",
                )
        return tuple(path.stem for path in paths if path.stem != "suppressed")

    def suppressions(self) -> bytes | None:
        """Give suppressed.csv's bytes, None where there is none."""
        return read(self.root / "mailing_lists" / "suppressed.csv")

    def meeting(self, issue: str) -> date:
        """The date of the meeting an issue hangs on."""
        meeting: date = self.fields(issue)["meeting"]
        return meeting

    def number(self, issue: str) -> int:
        """The number of an issue."""
        number: int = self.fields(issue)["number"]
        return number

    def fields(self, issue: str) -> dict[str, Any]:
        """Read what issue.toml decides: the fields of an Issue by their names."""
        path = f"issues/{issue}/issue.toml"
        return read_issue(read_text(self.root / path) or "", path)

    def _issues(self) -> tuple[str, ...]:
        """Every issue, in no order."""
        found = [path.parent.name for path in (self.root / "issues").glob("*/issue.toml")]
        return tuple(issue for issue in found if is_name(issue))  # not "2026-11 - Copy", a safety copy

    def _is_open(self, issue: str, change: "Change") -> bool:
        """Whether nobody has edited the item since its source changed."""
        data = read(self.issue_folder(issue) / "items" / f"{change.item}.md")
        return data is not None and digest(data) == change.beside
