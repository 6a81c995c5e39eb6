"""`bulletin send`."""

import re
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from bulletin.cli.app import App, given
from bulletin.errors import BulletinError, UsageError

if TYPE_CHECKING:
    from types import FrameType

    from bulletin.deliver.run import Sent
    from bulletin.pipeline.job import Job
    from bulletin.pipeline.plan import Plan


@click.command(
    epilog="""\b
Examples:
  bulletin send --plan                         say what it would do, and stop
  bulletin send                                rehearse into issues/ID/sandbox/, or send for real
  bulletin send --relay smtp://localhost:25    through the relay on this machine
  bulletin send --only deferred                those the relay put off

\b
The same command again goes on where it stopped. Nobody gets a second copy."""
)
@click.option("--plan", "only_plan", is_flag=True, help="Say what it would do, and stop there.")
@click.option(
    "--relay",
    metavar="URL",
    default="",
    callback=given,
    help="sandbox:, folder:DIR or smtp://localhost:PORT.",
)
@click.option("--confirm", type=int, metavar="N", help="The number of recipients, where no one can be asked.")
@click.option("--only", metavar="WHO", default="", callback=given, help="deferred, failed, or one address.")
@click.option("--rate", metavar="N/min|N/s", default="", callback=given, help="No faster than this.")
@click.option(
    "--connections", type=click.IntRange(1, 50), help="Connections at once; the settings' unless told."
)
@click.pass_context
def command(  # noqa: PLR0913 -- one parameter an option
    ctx: click.Context,
    *,
    only_plan: bool,
    relay: str,
    confirm: int | None,
    only: str,
    rate: str,
    connections: int | None,
) -> None:
    """Send everybody their copy of the approved editions, once.

    It says what it will do and asks for the number of recipients. The default relay is sandbox:, the built-in
    one, which writes what it takes into issues/ID/sandbox/ and gives nobody anything.
    """
    from bulletin.pipeline.plan import plan
    from bulletin.pipeline.plan_words import plan_json, plan_lines
    from bulletin.pipeline.send import Run, send
    from bulletin.report.tally import tally_exit, tally_json

    app: App = ctx.obj
    job, per_second = app.job(), read_rate(rate)
    planned = plan(job, relay, only)
    if only_plan:
        app.result("\n".join([*plan_lines(planned), *_next(planned, job)]), plan_json(planned))
        return
    for line in plan_lines(planned):
        app.say(line)
    if planned.chosen:
        confirm_count(planned, confirm)
    with app.progress("Sending") as progress, stopping(app) as stop:
        sent = send(job, planned, Run(app.clock(), progress, stop, per_second, connections))
    app.result("\n".join(_closing(planned, sent, job)), tally_json(sent.tally, people=False))
    ctx.exit(tally_exit(sent.tally))


def _closing(planned: "Plan", sent: "Sent", job: "Job") -> Iterator[str]:
    """Say how everything stands after a send, and what comes next."""
    from bulletin.dates.house import house_date, house_time
    from bulletin.dates.london import in_london
    from bulletin.report.tally import tally_exit, tally_line

    tally = sent.tally
    if not planned.chosen:
        yield "There was nobody left to write to; nothing was sent."
    yield tally_line(tally)
    if sent.next_at:
        at = in_london(sent.next_at)
        yield (
            "The relay takes no more in these 24 hours; it begins to take more at "
            f"{house_time(at.time())} on {house_date(at.date())}."
        )
    if str(planned.relay) == "sandbox:":
        yield f"Nobody got anything: the copies lie in {job.folder}/sandbox/, to open and look at."
    if tally_exit(tally) != 4:
        yield "Next: bulletin report"
    elif planned.everybody:
        yield "Run the same command again to go on."
    else:
        yield "Others still wait: the same command without --only goes on with them."


def _next(planned: "Plan", job: "Job") -> Iterator[str]:
    """Say what comes after a plan."""
    if not planned.chosen:
        yield "There is nobody left to write to. Next: bulletin report"
        return
    if job.settings.site.url and not planned.rehearsal:
        yield "The archive page should be up first: bulletin archive"
    yield f"Next: the same without --plan, which asks for the number {planned.count}"


def confirm_count(planned: "Plan", confirm: int | None) -> None:
    """Have the number of recipients typed, or given with --confirm."""
    count = planned.count
    if confirm is None and not sys.stdin.isatty():
        raise UsageError(
            "nobody can be asked here for the number of recipients", f"give it: --confirm {count}"
        )
    if confirm is None:
        confirm = click.prompt("Type the number of recipients to go on", value_proc=_number, err=True)
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


def read_rate(words: str) -> float | None:
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


@contextmanager
def stopping(app: App) -> Iterator[Callable[[], bool]]:
    """Let the first Ctrl-C finish what is in flight; the second one ends at once."""
    asked: list[int] = []

    def ask(number: int, _frame: "FrameType | None") -> None:
        if asked:
            raise KeyboardInterrupt
        asked.append(number)
        app.say("\nStopping after the message in hand; press Ctrl-C again to stop at once.")

    before = {one: signal.signal(one, ask) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: bool(asked)
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
