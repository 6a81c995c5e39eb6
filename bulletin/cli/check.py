"""`bulletin check`."""

import click

from bulletin.cli.app import App


@click.command(
    epilog="""\b
Examples:
  bulletin check
  bulletin --today 2026-11-26 check     as it would read on that day

\b
A finding:
  issues/2026-11/items/library.md:4: error: there is no section called "Librray" [unknown-section]
      hint: did you mean "Library"? ..."""
)
@click.pass_context
def command(ctx: click.Context) -> None:
    """List everything that needs a person, worst first.

    Only an error stops `build`; a warning or a note is advice. Each finding says where, what, and what to do.
    Exit code 1 while an error is neither mended nor waived.
    """
    from bulletin.pipeline.check import check
    from bulletin.report.findings import finding_lines, findings_json, findings_total

    app: App = ctx.obj
    job = app.job()
    judged = check(job, job.today)
    lines = [line for finding in judged.findings for line in finding_lines(finding)]
    total = findings_total(judged.findings, len(judged.stopping))
    app.result("\n".join([*lines, *([""] if lines else []), total]), findings_json(judged.findings))
    ctx.exit(1 if judged.stopping else 0)
