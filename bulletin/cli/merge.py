"""`bulletin merge`."""

import click

from bulletin.cli.app import App


@click.command(
    epilog="""\b
Example:
  bulletin merge bus-review bus-review-2     bus-review stays, with what only the other one says

\b
`bulletin check` finds items that tell one story, and gives this command ready to paste."""
)
@click.argument("keep", metavar="KEEP")
@click.argument("other", metavar="OTHER")
@click.pass_obj
def command(app: App, keep: str, other: str) -> None:
    """Make one item of two that tell the same story.

    What OTHER adds goes into KEEP: labels KEEP does not have, and paragraphs that are not there. Where both
    say different things, KEEP stays as it is and a line `Settle:` in it gives both, for you to decide; only
    for how far it may travel (Share) and how long it must wait (Embargo) the stricter stands. OTHER is held
    and keeps all its words. Both count as edited, so collecting again changes neither.

    KEEP and OTHER are the names of their files in issues/ID/items/, with or without .md.
    """
    from bulletin.pipeline.merge import merge
    from bulletin.report.merged import merged_json, merged_lines

    job = app.job()
    done = merge(job, keep, other)
    lines = merged_lines(job.issue, done.keep, done.other, done.merged, done.hold)
    app.result("\n".join(lines), merged_json(job.issue, done.keep, done.other, done.merged))
