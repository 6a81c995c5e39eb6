"""`bulletin send`."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from bulletin.cli.app import App
from bulletin.errors import BulletinError, UsageError

if TYPE_CHECKING:
    from types import FrameType

    from bulletin.pipeline.send import Plan


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
@click.option("--relay", metavar="URL", default="", help="sandbox:, folder:DIR or smtp://localhost:PORT.")
@click.option("--confirm", type=int, metavar="N", help="The number of recipients, where no one can be asked.")
@click.option("--only", metavar="WHO", default="", help="deferred, failed, or one address.")
@click.option("--rate", metavar="N/min|N/s", default="", help="No faster than this.")
@click.option(
    "--connections", type=click.IntRange(1, 50), default=1, help="Connections at once; one in this version."
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
    connections: int,
) -> None:
    """Send everybody their copy of the approved editions, once.

    It says what it will do and asks for the number of recipients. The default relay is sandbox:, the built-in
    one, which writes what it takes into issues/ID/sandbox/ and gives nobody anything.
    """
    from bulletin.pipeline.send import Run, plan, plan_lines, send
    from bulletin.report.tally import tally_exit, tally_json, tally_line

    app: App = ctx.obj
    job, per_second = app.job(), read_rate(rate)
    if connections != 1:
        app.say("This version uses one connection at a time; going on with one.")
    planned = plan(job, relay, only)
    if only_plan:
        data = {"relay": str(planned.relay), "rehearsal": planned.rehearsal, "recipients": planned.recipients}
        chosen = {
            "to_send": len(planned.chosen),
            "suppressed": planned.suppressed,
            "editions": dict(planned.editions),
        }
        following = f"Next: bulletin send, which asks for the number {planned.count}"
        reminder = ["The archive page should be up first: bulletin archive"] if job.settings.site.url else []
        app.result("\n".join([*plan_lines(planned), *reminder, following]), {**data, **chosen})
        return
    for line in plan_lines(planned):
        app.say(line)
    if planned.chosen:
        _confirm(planned, confirm)
    with app.progress("Sending") as progress, stopping(app) as stop:
        tally = send(job, planned, Run(app.clock(), progress, stop, per_second))
    lines = [tally_line(tally)]
    if not planned.chosen:
        lines.insert(0, "There was nobody left to write to; nothing was sent.")
    lines.append(
        "Run the same command again to go on." if tally_exit(tally) == 4 else "Next: bulletin report"
    )
    app.result("\n".join(lines), tally_json(tally, people=False))
    ctx.exit(tally_exit(tally))


def _confirm(planned: "Plan", confirm: int | None) -> None:
    """Have the number of recipients typed, or given with --confirm."""
    count = planned.count
    if confirm is None and not sys.stdin.isatty():
        raise UsageError(
            "nobody can be asked here for the number of recipients", f"give it: --confirm {count}"
        )
    if confirm is None:
        confirm = click.prompt("Type the number of recipients to go on", type=int, err=True)
    if confirm != count:
        raise BulletinError(
            f"the number of recipients is {count:,}, not {confirm:,}; nothing was sent",
            "see: bulletin send --plan",
        )


def read_rate(words: str) -> float | None:
    """Read `30/min` or `5/s` as messages a second, None for no limit.

    Raises:
        UsageError: it is written otherwise.
    """
    if not words:
        return None
    number, slash, unit = words.partition("/")
    if slash and unit in ("min", "s") and number.isdigit() and int(number) > 0:
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
