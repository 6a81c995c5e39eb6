"""What `send` and `correct` share: how it goes out, the number that is typed, Ctrl-C."""

import os
import re
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from bulletin.cli.app import App, Progress, given, relay_option
from bulletin.errors import BulletinError, UsageError

if TYPE_CHECKING:
    from types import FrameType

    from bulletin.pipeline.plan import Plan
    from bulletin.pipeline.send import Run


_HANGS_UP = tuple(
    signal.Signals[name] for name in ("SIGHUP", "SIGBREAK") if name in signal.Signals.__members__
)
"""What says that the terminal is closed: SIGHUP, and SIGBREAK on Windows."""


_LONG = 1.0
"""Seconds after which whoever watches is told what takes so long."""


@dataclass(frozen=True, slots=True)
class Way:
    """How it is to go out: through which relay, how fast, and the number of recipients where it was given.

    rate: messages a second; connections: how many at once; None leaves either to the settings.
    """

    relay: str
    confirm: int | None
    rate: float | None
    connections: int | None


_OPTIONS = (
    relay_option(
        "sandbox:, folder:DIR, smtp://localhost:PORT, smtp+starttls://USER@HOST:587 or smtps://USER@HOST:465."
    ),
    click.option(
        "--confirm", type=int, metavar="N", help="The number of recipients, where no one can be asked."
    ),
    click.option("--rate", metavar="N/min|N/s", default="", callback=given, help="No faster than this."),
    click.option(
        "--connections", type=click.IntRange(1, 50), help="Connections at once; the settings' unless told."
    ),
)


def sending(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of a send, which reach it as one argument, `way`."""

    @wraps(command)
    def gathered(*, relay: str, confirm: int | None, rate: str, connections: int | None, **own: Any) -> None:
        command(way=Way(relay, confirm, _read_rate(rate), connections), **own)

    for option in reversed(_OPTIONS):
        gathered = option(gathered)
    return gathered


def _read_rate(words: str) -> float | None:
    """Read `30/min` or `5/s` as messages a second, None for no limit.

    Raises:
        UsageError: it is written otherwise.
    """
    if not words:
        return None
    number, _, unit = words.partition("/")
    if unit in ("min", "s") and re.fullmatch("[0-9]{1,6}", number) and int(number) > 0:
        return int(number) / (60 if unit == "min" else 1)
    raise UsageError(f'--rate: "{words}" is not a rate', "write it like --rate 30/min or --rate 5/s")


def confirm_count(planned: "Plan", confirm: int | None) -> None:
    """Have the number of recipients typed, or given with --confirm; with none of them it is not asked for."""
    count = planned.count
    if not planned.chosen:
        return
    if confirm is None and not sys.stdin.isatty():
        raise UsageError(
            "nobody can be asked here for the number of recipients", f"give it: --confirm {count}"
        )
    if confirm is None:
        try:
            confirm = click.prompt("Type the number of recipients to go on", value_proc=_number, err=True)
        except click.Abort:
            more = "more " if planned.before and planned.before.accepted else ""
            raise BulletinError(f"stopped; nothing {more}was sent") from None
    if confirm != count:
        raise BulletinError(
            f"the number of recipients is {count:,}, not {confirm:,}; nothing was sent",
            "see the same with --plan",
        )


def _number(words: str) -> int:
    """Read a number as somebody types it, 1,200 too."""
    digits = words.strip().replace(",", "")
    if re.fullmatch("[0-9]{1,9}", digits):
        return int(digits)
    raise click.UsageError("that is not a number; Ctrl-C stops, and nothing is sent")


def reading(app: App) -> AbstractContextManager[Progress]:
    """Give what draws a bar while long lists are read, where a person is watching."""
    return app.progress("Reading the lists", after=_LONG)


@contextmanager
def running(app: App, way: Way) -> "Iterator[Run]":
    """Give a send its surroundings: a clock, a bar where a person is watching, and an end with Ctrl-C."""
    from bulletin.pipeline.send import Run

    with (
        app.progress("Writing the ledger", after=_LONG) as enrolling,
        app.progress("Sending", after=0) as progress,
        _stopping(app) as stop,
    ):

        def enrol(done: int, total: int) -> None:
            enrolling(done, total)
            if done == total:
                progress(0, total)

        yield Run(app.clock(), progress, stop, way.rate, way.connections, enrol)


@contextmanager
def _stopping(app: App) -> Iterator[Callable[[], bool]]:
    """Let the first Ctrl-C finish what is in flight; the second one ends at once.

    A terminal that is closed says so as well, perhaps twice, and there is nobody to read anything any more.
    """
    asked: list[int] = []
    shown = [stream.fileno() for stream in (sys.stdout, sys.stderr) if stream.isatty()]

    def ask(number: int, _frame: "FrameType | None") -> None:
        if number in _HANGS_UP:
            _speak_to_nobody(shown)
        elif asked:
            raise KeyboardInterrupt
        asked.append(number)
        app.say("\nStopping after the message in hand; press Ctrl-C again to stop at once.")

    ignored = [one for one in _HANGS_UP if signal.getsignal(one) is signal.SIG_IGN]  # as under nohup
    ends = [one for one in (signal.SIGINT, signal.SIGTERM, *_HANGS_UP) if one not in ignored]
    before = {one: signal.signal(one, ask) for one in ends}
    try:
        yield lambda: bool(asked)
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _speak_to_nobody(shown: Iterable[int]) -> None:
    """Let what would be shown on a terminal that is gone go nowhere, since writing there fails."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for one in shown:
        os.dup2(nowhere, one)
    os.close(nowhere)
