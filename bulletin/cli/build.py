"""`bulletin build`."""

import click

from bulletin.cli.app import App, read_day


@click.command(
    epilog="""\b
Example:
  bulletin build --date 2026-11-26      ready to go out on that day"""
)
@click.option("--date", "day", metavar="DATE", help="The day it goes out; today unless told.")
@click.pass_obj
def command(app: App, day: str | None) -> None:
    """Write every edition: HTML, plain text and a calendar file per event.

    "Closes tomorrow", what is over and what is closed are counted from the day it goes out. Errors stop it,
    and it prints the waiver to paste where you let one pass on purpose.
    """
    from bulletin.pipeline.build import build
    from bulletin.wording import plural

    job = app.job()
    judged, built = build(job, read_day(day, "--date") if day else job.today)
    lines = []
    for edition, files in zip(judged.editions, built, strict=True):
        lines += [
            f"{files.name}: {edition.subject}",
            f"  {files.html} ({len(edition.html.encode()) // 1024} KB, {plural(len(edition.items), 'item')})",
            f"  {files.text}",
            f"  {files.look}, to open in a browser",
        ]
        if files.calendar:
            lines.append(f"  {plural(len(files.calendar), 'calendar file')} beside them")
        if not edition.items:
            lines.append("  Mind: there is nothing in it. Has everything been collected?")
    lines += ["", "Next: bulletin preview, then: bulletin approve --by NAME"]
    data = {
        "editions": [
            {
                "name": one.name,
                "look": one.look,
                "html": one.html,
                "text": one.text,
                "calendar": list(one.calendar),
                "digest": one.digest,
            }
            for one in built
        ]
    }
    app.result("\n".join(lines), data)
