"""What every command shares: which workspace, which issue, what day, and how to speak."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, NamedTuple

import click

from bulletin.errors import UsageError
from bulletin.pipeline.job import Job
from bulletin.workspace import Workspace

Progress = Callable[[int, int], None]


class App(NamedTuple):
    """The options before the verb.

    Results go to standard output, narration to standard error, progress to a terminal alone.
    """

    folder: str
    issue: str | None
    today: str | None
    as_json: bool

    def workspace(self) -> Workspace:
        """The workspace that was named, there or not."""
        return Workspace(Path(self.folder).resolve())

    def job(self) -> Job:
        """The issue that is meant, in its workspace, now.

        Raises:
            BulletinError: no workspace, mistaken settings, no such issue, no such day.
        """
        workspace = self.workspace()
        settings = workspace.settings()
        return Job(workspace, settings, workspace.choose(self.issue), self.now())

    def now(self) -> datetime:
        """The moment in London: this one, or 9am on the day of `--today`."""
        from zoneinfo import ZoneInfo

        london = ZoneInfo("Europe/London")
        if self.today is None:
            return datetime.now(london)
        return datetime.combine(read_day(self.today, "--today"), time(9), london)

    def clock(self) -> Callable[[], datetime]:
        """A clock for delivering: running, or standing under `--today`."""
        if self.today is None:
            return self.now
        stands = self.now()
        return lambda: stands

    def result(self, text: str, data: Any) -> None:
        """Print a result: as text, or as JSON where that was asked for."""
        click.echo(json.dumps(data, ensure_ascii=False, indent=1) if self.as_json else text)

    def say(self, text: str) -> None:
        """Narrate; programs that asked for JSON read nothing of it on standard output."""
        click.echo(text, err=True)

    @contextmanager
    def progress(self, label: str) -> Iterator[Progress]:
        """Give a callable for (done, total) that draws a bar where a person is watching."""
        if not sys.stderr.isatty():
            yield lambda _done, _total: None
            return
        with click.progressbar(length=1, label=label, file=sys.stderr, show_pos=True) as bar:

            def tick(done: int, total: int) -> None:
                bar.length = total
                bar.update(done - bar.pos)

            yield tick


def read_day(words: str, option: str) -> date:
    """Read a day given as an option.

    Raises:
        UsageError: it is not written like 2026-11-26.
    """
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise UsageError(f'{option}: "{words}" is not a day', f"write it like {option} 2026-11-26") from None
