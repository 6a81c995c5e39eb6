"""`bulletin demo`."""

from pathlib import Path

import click

from bulletin.cli.app import App


@click.command(
    epilog="""\b
Example:
  bulletin demo try-it; bulletin -C try-it report"""
)
@click.argument("folder", metavar="[DIR]", default="communicate-demo")
@click.pass_obj
def command(app: App, folder: str) -> None:
    """See the whole sentence done on the sample: collect, check, compose, deliver, archive.

    It makes DIR (communicate-demo unless told) with the Avonbridge partnership in it, plays the officer, and
    sends issue 14 through the built-in relay, which gives nobody anything.
    """
    from bulletin.pipeline.demo import demo

    root = (Path(app.folder) / folder).resolve()
    with app.progress("Demo") as progress:
        done = demo(root, app.say, progress)
    html = [f"{folder}/{one.html}" for one in done.built]
    look = [f"{folder}/{one.look}" for one in done.built]
    sent = f"{done.tally.accepted} people were sent one copy each, through the built-in relay"
    lines = [
        f"{sent}: {folder}/issues/{done.tally.issue}/sandbox/",
        f"The bulletin: {look[0]}, to open in a browser (as it is sent: {html[0]})",
        f"The archive: {folder}/archive/index.html",
    ]
    data = {
        "workspace": str(root),
        "sent": done.tally.accepted,
        "html": html,
        "look": look,
        "archive": f"{folder}/archive/index.html",
    }
    app.say("")
    app.result("\n".join(lines), data)
