"""`bulletin report`."""

import click

from bulletin.cli.app import App


@click.command(
    epilog="""\b
Examples:
  bulletin report              how many, and everybody who needs a look
  bulletin report --all        everybody
  bulletin report --correction 1   who got the first correction"""
)
@click.option("--all", "everybody", is_flag=True, help="Name everybody, not only those who need a look.")
@click.option("--correction", type=click.IntRange(1), metavar="N", help="Of the issue's Nth correction.")
@click.pass_context
def command(ctx: click.Context, *, everybody: bool, correction: int | None) -> None:
    """See who got it, who did not, and why.

    It reads the ledger of the real relay, or, before there is one, that of the rehearsal, and says which.
    Accepted means that the relay took it on; no one can know more.
    """
    from bulletin.model.delivery import Outcome
    from bulletin.pipeline.report import read_report
    from bulletin.report.tally import (
        meaning_lines,
        person_line,
        suppression_lines,
        tally_exit,
        tally_json,
        tally_line,
    )

    app: App = ctx.obj
    named = [one for one in Outcome if everybody or app.as_json or one is not Outcome.ACCEPTED]
    tally = read_report(app.job(), correction, named)
    kind = "as rehearsed (nobody got anything)" if tally.rehearsal else "as offered to the relay"
    lines = [f"Issue {tally.issue}, {kind}:", f"  {tally_line(tally)}"]
    lines += [
        f"  {person_line(one.address, one.edition, one.outcome, one.reply)}"
        for one in tally.people
        if everybody or one.outcome is not Outcome.ACCEPTED
    ]
    lines += [f"  {line}" for line in meaning_lines(tally)]
    lines += suppression_lines(tally)
    if tally.deferred or tally.pending:
        again = "correct" if correction else "send"
        lines.append(f"Next: bulletin {again}, which goes on where it stopped")
    if tally.unknown:
        lines.append(
            "Unknown means that the relay may have it. No second copy is sent by itself: bulletin resolve"
        )
    app.result("\n".join(lines), tally_json(tally, people=True))
    ctx.exit(tally_exit(tally))
