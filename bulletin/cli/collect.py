"""`bulletin collect`."""

import click

from bulletin.cli.app import App


@click.command(
    epilog="""\b
Example:
  bulletin collect; bulletin check

\b
Outcomes: read (all of it is in items), needs you (somebody must type or decide),
not read (nothing could be taken), ignored (no contribution, or taken by an earlier issue)."""
)
@click.pass_obj
def command(app: App) -> None:
    """Turn what lies in contributions/ into items, one line per file.

    Run it as often as you like: an item you edited is never overwritten, one you deleted stays deleted, and
    nothing in contributions/ is touched. Each item is a file in issues/ID/items/ that you may edit.
    """
    from bulletin.pipeline.collect import collect
    from bulletin.report.files import file_lines, files_json, files_total

    job = app.job()
    with app.progress("Collecting") as progress:
        rows = collect(job, progress)
    lines = []
    for row in rows:
        lines += file_lines(row)
    lines += ["", files_total(rows), "Next: bulletin check"]
    app.result("\n".join(lines), files_json(rows))
