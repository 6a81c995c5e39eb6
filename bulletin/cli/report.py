"""`bulletin report`."""

from typing import TYPE_CHECKING

import click

from bulletin.cli.app import CORRECTION, App

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bulletin.model.delivery import Tally
    from bulletin.pipeline.job import Job


@click.command(
    epilog="""\b
Examples:
  bulletin report              how many, and everybody who needs a look
  bulletin report --all        everybody
  bulletin report --correction 1   who got the first correction"""
)
@click.option("--all", "everybody", is_flag=True, help="Name everybody, not only those who need a look.")
@CORRECTION
@click.pass_context
def command(ctx: click.Context, *, everybody: bool, correction: int | None) -> None:
    """See who got it, who did not, and why.

    It reads the ledger of the real relay, or, before there is one, that of the rehearsal, and says which.
    Accepted means that the relay took it on; no one can know more.
    """
    from bulletin.model.delivery import Outcome
    from bulletin.pipeline.corrected import job_of
    from bulletin.pipeline.lost import named
    from bulletin.pipeline.report import read_report
    from bulletin.report.tally import (
        meaning_lines,
        people_lines,
        suppression_lines,
        tally_exit,
        tally_json,
        tally_line,
    )

    app: App = ctx.obj
    job = app.job()
    shown = [one for one in Outcome if everybody or app.as_json or one is not Outcome.ACCEPTED]
    tally = read_report(job, correction, shown)
    kind = "as rehearsed (nobody got anything)" if tally.rehearsal else "as offered to the relay"
    what = named(job_of(job, correction) if correction else job)
    lines = [f"{what[0].upper()}{what[1:]}, {kind}:", f"  {tally_line(tally)}"]
    lines += [f"  {line}" for line in people_lines(tally, everybody=everybody)]
    lines += [f"  {line}" for line in meaning_lines(tally)]
    lines += [*suppression_lines(tally), *_next(job, tally, correction)]
    app.result("\n".join(lines), tally_json(tally, people=True))
    ctx.exit(tally_exit(tally))


def _next(job: "Job", tally: "Tally", correction: int | None) -> "Iterator[str]":
    """Say what is to be done for those who have no copy, and of whom nobody knows."""
    from bulletin.pipeline.again import going_on

    if tally.unknown:
        about = f" --correction {correction}" if correction else ""
        yield "Unknown means that the relay may have it. No second copy is sent by itself."
        yield f"Next: bulletin resolve{about}, which settles who is unknown"
    if tally.deferred or tally.pending:
        again = "then" if tally.unknown else "Next"
        typed = going_on(job, tally, "correct --text F --by NAME" if correction else "send")
        yield f"{again.capitalize()}: {typed}, which goes on where it stopped"
