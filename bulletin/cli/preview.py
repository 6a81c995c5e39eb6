"""`bulletin preview`."""

import sys
import webbrowser

import click

from bulletin.cli.app import App


@click.command(
    epilog="""\b
Example:
  bulletin preview           opens your browser; Ctrl-C here ends it"""
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    help="The port on this machine; a free one unless told.",
)
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@click.pass_obj
def command(app: App, port: int, *, no_browser: bool) -> None:
    """Look at the editions in a browser while you edit.

    HTML and plain text side by side with the findings, at desktop and phone width, light, dark, as printed or
    without pictures; partners' packs too, with their files. It reloads by itself when an item, bulletin.toml
    or a template changes. Only this machine, and only who has the address, can see it.
    """
    from bulletin.desk import serve
    from bulletin.desk.live import Packs, fingerprint, view

    def announce(address: str) -> None:
        app.result(f"Preview: {address}\nPress Ctrl-C here to end it.", {"address": address})
        sys.stdout.flush()
        if not no_browser and not app.as_json:
            webbrowser.open(address)

    job, packs = app.job(), Packs()
    serve(
        lambda: view(job, packs),
        fingerprint=lambda: fingerprint(job.workspace, job.issue),
        port=port,
        announce=announce,
    )
