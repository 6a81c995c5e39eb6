"""What every command shares: which workspace, which issue, what day, and how to speak."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, date, datetime, time
from math import inf
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar

import click

from bulletin.dates.london import daytime, in_london
from bulletin.errors import UsageError
from bulletin.model.value import Value
from bulletin.pipeline.job import Job
from bulletin.settings.values import Settings
from bulletin.wording import printable
from bulletin.workspace import Workspace

Progress = Callable[[int, int], None]
_Command = TypeVar("_Command", bound=Callable[..., Any])
_BETWEEN_DRAWINGS = 0.1
YEARS = range(2000, 2200)
"""The years a day may be in; another is a slip of the keyboard."""


class App(Value):
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

    def settings(self) -> Settings:
        """Read bulletin.toml, if the folder that was named is there at all.

        Raises:
            BulletinError: no such folder, no workspace, mistaken settings.
        """
        workspace = self.workspace()
        if not workspace.root.is_dir():
            raise UsageError(f"there is no folder {self.folder}", "see how it is spelt: -C takes a folder")
        return workspace.settings()

    def job(self) -> Job:
        """The issue that is meant, in its workspace, now.

        Raises:
            BulletinError: no workspace, mistaken settings, no such issue, no such day.
        """
        workspace = self.workspace()
        settings = self.settings()
        return Job(workspace, settings, workspace.choose(self.issue), self.now())

    def house(self) -> Job:
        """The workspace now, whatever issue there is: for what belongs to none.

        Raises:
            BulletinError: no workspace, mistaken settings, no such day, no such issue if one was named.
        """
        workspace, settings = self.workspace(), self.settings()
        return Job(workspace, settings, workspace.choose(self.issue) if self.issue else "", self.now())

    def agrees(self, question: str, *, yes: bool) -> bool:
        """Whether to go on: by --yes, or because somebody at a terminal says so; anything else is no."""
        if yes or not sys.stdin.isatty():
            return yes
        return click.confirm(question, default=False, err=True)

    def now(self) -> datetime:
        """The moment in London: this one, or 9am on the day of `--today`."""
        if self.today is None:
            return in_london(datetime.now(UTC))
        return daytime(read_day(self.today, "--today"), time(9))

    def clock(self) -> Callable[[], datetime]:
        """A clock for delivering: running, or standing under `--today`."""
        if self.today is None:
            return self.now
        stands = self.now()
        return lambda: stands

    def result(self, text: str, data: Any) -> None:
        """Print a result: as text, or as JSON where that was asked for."""
        show(json_text(data) if self.as_json else text)

    def say(self, text: str) -> None:
        """Narrate; programs that asked for JSON read nothing of it on standard output."""
        click.echo(printable(text), err=True)

    @contextmanager
    def progress(self, label: str, *, after: float | None = None) -> Iterator[Progress]:
        """Give a callable for (done, total) that draws a bar where a person is watching.

        after: draw it only when told something so many seconds later, for what is mostly quick; and end its
        line when all is done, so that another may follow.
        """
        if not sys.stderr.isatty():
            yield lambda _done, _total: None
            return
        with ExitStack() as stack:
            made = click.progressbar(length=1, label=label, file=sys.stderr, show_pos=True)
            bar = stack.enter_context(made) if after is None else None
            due = monotonic() + (after or 0)

            def tick(done: int, total: int) -> None:
                nonlocal bar, due
                if monotonic() >= due or (bar and done >= total):
                    due = monotonic() + _BETWEEN_DRAWINGS
                    with suppress(OSError):  # the terminal was closed; the work goes on
                        bar = bar or stack.enter_context(made)
                        bar.length = total
                        bar.update(min(done, total) - bar.pos)
                if after is not None and done >= total:
                    stack.close()
                    bar, due = None, inf

            yield tick


def json_text(data: Any) -> str:
    """Write a result for programs; what the console cannot show is escaped."""
    plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    return json.dumps(data, ensure_ascii=plain, indent=1)


def show(text: str) -> None:
    """Print to standard output, unless whoever read it has had enough."""
    try:
        click.echo(printable(text))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def given(context: click.Context, parameter: click.Parameter, value: str) -> str:
    """Refuse an option that was given empty, as a script does whose variable is not set.

    Raises:
        click.BadParameter: it is.
    """
    source = context.get_parameter_source(parameter.name or "")
    if not value.strip() and source is not click.core.ParameterSource.DEFAULT:
        raise click.BadParameter("it is empty; leave the option out, or say what you mean")
    return value


def relay_option(words: str) -> Callable[[_Command], _Command]:
    """Give the option that names a relay, which is explained in each command's own words."""
    return click.option("--relay", metavar="URL", default="", callback=given, help=words)


YES = click.option("--yes", is_flag=True, help="Do it without asking; needed where nobody can be asked.")
PLAN = click.option("--plan", "only_plan", is_flag=True, help="Say what it would do, and stop there.")
CORRECTION = click.option(
    "--correction", type=click.IntRange(1), metavar="N", help="Of the issue's Nth correction."
)
DRAFTS = click.option(
    "--drafts", metavar="DIR", default="", callback=given, help="Where to; issues/ID/drafts/ unless told."
)


def read_day(words: str, option: str) -> date:
    """Read a day given as an option.

    Raises:
        UsageError: it is not written like 2026-11-26.
    """
    try:
        day = date.fromisoformat(words)
    except ValueError:
        day = date.min
    if day.year not in YEARS:
        raise UsageError(f'{option}: "{words}" is not a day', f"write the day like {option} 2026-11-12")
    return day
