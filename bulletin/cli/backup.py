"""`bulletin backup`."""

from pathlib import Path

import click

from bulletin.cli.app import App


@click.command(
    epilog="""\b
Example:
  bulletin backup ../my-bulletin-2026-11-26"""
)
@click.argument("folder", metavar="FOLDER")
@click.pass_obj
def command(app: App, folder: str) -> None:
    """Copy the whole workspace into FOLDER, which must not be there yet.

    It may run while a send is running: each ledger is copied as it stands at one moment, and checked.
    workspace.key and everybody's data are in it, so keep it where your organisation keeps such data.
    """
    from bulletin.pipeline.backup import back_up
    from bulletin.wording import plural

    into = Path(folder)
    count = back_up(app.house(), into)
    text = f"{folder} is a copy of the workspace: {plural(count, 'file')}, workspace.key among them."
    app.result(text, {"folder": str(into.resolve()), "files": count})
