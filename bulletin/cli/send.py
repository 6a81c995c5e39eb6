"""`bulletin send`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from bulletin.cli.app import PLAN, App, given
from bulletin.cli.sending import Way, confirm_count, reading, running, sending

if TYPE_CHECKING:
    from bulletin.deliver.sending.run import Sent
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
@PLAN
@click.option("--only", metavar="WHO", default="", callback=given, help="deferred, failed, or one address.")
@click.option("--as-approved", is_flag=True, help="Send what was approved, whatever was changed since.")
@sending
@click.pass_context
def command(ctx: click.Context, *, only_plan: bool, only: str, as_approved: bool, way: Way) -> None:
    """Send everybody their copy of the approved editions, once.

    It says what it will do and asks for the number of recipients. The default relay is sandbox:, the built-in
    one, which writes what it takes into issues/ID/sandbox/ and gives nobody anything.
    """
    from bulletin.pipeline.plan import plan
    from bulletin.pipeline.plan_words import plan_json, plan_lines
    from bulletin.pipeline.send import send
    from bulletin.report.tally import tally_exit, tally_json

    app: App = ctx.obj
    job = app.job()
    with reading(app) as tell:
        planned = plan(job, way.relay, only, as_approved=as_approved, tell=tell)
    if only_plan:
        app.result("\n".join([*plan_lines(planned), *_next(planned, job)]), plan_json(planned))
        return
    for line in plan_lines(planned):
        app.say(line)
    confirm_count(planned, way.confirm)
    with running(app, way) as run:
        sent = send(job, planned, run)
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
    if tally.unknown:
        yield "Who is unknown may have a copy. Next: bulletin resolve"
    if tally_exit(tally) == 4 and planned.everybody:
        yield "Run the same command again to go on."
    elif tally_exit(tally) == 4:
        yield "Others still wait: the same command without --only goes on with them."
    elif not tally.unknown:
        yield "Next: bulletin report"


def _next(planned: "Plan", job: "Job") -> Iterator[str]:
    """Say what comes after a plan."""
    if not planned.chosen:
        yield "There is nobody left to write to. Next: bulletin report"
        return
    if job.settings.site.url and not planned.rehearsal:
        yield "The archive page should be up first: bulletin archive"
    yield f"Next: the same without --plan, which asks for the number {planned.count}"
