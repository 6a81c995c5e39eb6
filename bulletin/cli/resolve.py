"""`bulletin resolve`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bulletin.cli.app import CORRECTION, App

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bulletin.pipeline.resolve import Resolved


@click.command(
    epilog="""\b
Examples:
  bulletin resolve                                   who is unknown, and what to look for
  bulletin resolve --relay-log /var/log/mail.log     what the relay's log says became of them
  bulletin resolve --relay-log "Delivered.eml"       a report of arrival, saved from the mailbox
  bulletin resolve --assume-sent jo@council.example  they have it: no second copy
  bulletin resolve --resend jo@council.example       they have not: the next send writes to them"""
)
@click.option(
    "--relay-log",
    "evidence",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    metavar="F",
    help="A log of Postfix or Exim (.gz too), a delivery report as .eml, or a folder of them; give it for "
    "each part of a rotated log.",
)
@click.option("--assume-sent", multiple=True, metavar="ADDRESS", help="Count this person as reached.")
@click.option(
    "--resend", multiple=True, metavar="ADDRESS", help="Let the next send write to this person again."
)
@click.option(
    "--adopt", is_flag=True, help="This ledger is the only one now: no other copy will be sent from."
)
@CORRECTION
@click.option("--plan", "only_plan", is_flag=True, help="Say what it would settle and how, and stop there.")
@click.pass_context
def command(  # noqa: PLR0913 -- one parameter an option
    ctx: click.Context,
    *,
    evidence: tuple[Path, ...],
    assume_sent: tuple[str, ...],
    resend: tuple[str, ...],
    adopt: bool,
    correction: int | None,
    only_plan: bool,
) -> None:
    """Settle those of whom nobody knows whether they got their copy.

    Somebody is unknown when the connection broke after the whole message had gone out and before the relay
    answered. Nobody unknown is written to again by itself: the relay's log can tell, or a report of
    arrival, or you.
    """
    from bulletin.model.delivery import Outcome
    from bulletin.pipeline.corrected import job_of
    from bulletin.pipeline.resolve import Asked, resolve
    from bulletin.report.tally import tally_exit, tally_json

    app: App = ctx.obj
    job = job_of(app.job(), correction) if correction else app.job()
    resolved = resolve(job, Asked(evidence, assume_sent, resend, adopt, only_plan))
    settled = [
        {
            "address": one.address,
            "outcome": (one.outcome or Outcome.UNKNOWN).value,
            "how": one.how,
        }
        for one in resolved.people
    ]
    data = {**tally_json(resolved.tally, people=False), "plan": only_plan, "settled": settled}
    app.result("\n".join(_lines(resolved, only_plan=only_plan)), data)
    ctx.exit(tally_exit(resolved.tally))


def _lines(resolved: "Resolved", *, only_plan: bool) -> "Iterator[str]":
    """Say of everybody who was unknown what became of them, and what comes next."""
    from bulletin.report.tally import tally_line
    from bulletin.wording import one_line

    if resolved.given_up:
        yield (
            f"The lost ledger {'would be' if only_plan else 'is'} given up: the next bulletin send begins "
            "another, and writes to everybody, also to those who have had their copy."
        )
        return
    if not resolved.people:
        yield "Nobody is unknown; there is nothing to settle."
    for one in resolved.people:
        yield one_line(f"{one.outcome.value if one.outcome else 'unknown':9} {one.address}: {one.how}")
    left = sum(one.outcome is None for one in resolved.people)
    if only_plan:
        yield "Nothing was changed. The same without --plan settles it so."
    yield tally_line(resolved.tally)
    if resolved.tally.deferred or resolved.tally.pending:
        yield "Next: bulletin send, which writes to those who are pending or deferred"
    if left:
        yield (
            "Give the relay's log with --relay-log, or decide for one address at a time: "
            "--assume-sent ADDRESS or --resend ADDRESS"
        )
