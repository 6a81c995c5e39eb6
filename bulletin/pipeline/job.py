"""What every verb is given: the workspace, its settings, which issue, and what time it is."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin.model.value import Value
from bulletin.settings.values import Settings
from bulletin.workspace import Workspace

if TYPE_CHECKING:
    from bulletin.model.issue import Issue


class Job(Value):
    """One run of a verb.

    issue: the id of the issue that is meant.
    now: the moment, with its Europe/London offset; under `--today` it stands at 9am.
    """

    workspace: Workspace
    settings: Settings
    issue: str
    now: datetime

    @property
    def today(self) -> date:
        """The day it is in London."""
        return self.now.date()

    @property
    def folder(self) -> str:
        """The issue's folder, relative to the workspace."""
        return f"issues/{self.issue}"

    @property
    def path(self) -> Path:
        """Where the issue's folder is."""
        return self.workspace.issue_folder(self.issue)

    def shown(self, path: Path) -> str:
        """Give a path as the officer reads it: from the workspace, where it lies in there."""
        root = self.workspace.root
        return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)

    def load(self) -> "Issue":
        """Read the issue as it stands on disk, and the logo it is printed with."""
        issue = self.workspace.issue(self.issue, self.settings)
        if not self.settings.partnership.logo:
            return issue
        from dataclasses import replace

        from bulletin.pipeline.logo import read_logo

        return replace(issue, logo=read_logo(self.workspace, self.settings.partnership.logo))
