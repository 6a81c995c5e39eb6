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
@click.option(
    "--restore", metavar="ITEM", multiple=True, help="Make an item again that was deleted; all: every one."
)
@click.pass_obj
def command(app: App, restore: tuple[str, ...]) -> None:
    """Turn what lies in contributions/ into items, one line per file.

    Run it as often as you like: an item you edited is never overwritten, one you deleted stays deleted, and
    nothing in contributions/ is touched. Each item is a file in issues/ID/items/ that you may edit. All that
    was cut or changed on the way is written into issues/ID/collected.txt.
    """
    from bulletin.pipeline.collect import TOLD, collect, gone
    from bulletin.report.files import file_lines, files_json, files_total

    job = app.job()
    with app.progress("Collecting") as progress:
        rows = collect(job, progress, restore)
    lines = []
    for row in rows:
        lines += file_lines(row, f"issues/{job.issue}/{TOLD}")
    missing, items = gone(job), {item for row in rows for item in row.items}
    if missing and not items:
        lines += ["", *_all_gone(job.issue, len(missing))]
    lines += ["", files_total(rows), *_still_gone(job.issue, restore, missing), "Next: bulletin check"]
    app.result("\n".join(lines), files_json(rows))


def _all_gone(issue: str, count: int) -> list[str]:
    from bulletin.wording import plural

    return [
        f"Nothing is left of {plural(count, 'item')} made before: issues/{issue}/items/ has none of them.",
        "If nobody deleted them on purpose, bring them back with your edits from a backup,",
        "or as they were sent: bulletin collect --restore all",
    ]


def _still_gone(issue: str, restore: tuple[str, ...], missing: tuple[str, ...]) -> list[str]:
    """Say which items could not be made again, since their files lie in contributions/ no more."""
    from bulletin.pipeline.collect import ALL

    return [
        f"{item} could not be made: bring its file back into contributions/, from issues/{issue}/originals/"
        for item in missing
        if item in restore or ALL in restore
    ]
