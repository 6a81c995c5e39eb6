"""`bulletin archive`."""

import click

from bulletin.cli.app import App


@click.command(
    epilog="""\b
Example:
  bulletin archive           then copy archive/ to any web server, or open archive/index.html"""
)
@click.pass_obj
def command(app: App) -> None:
    """Write the web pages of all approved issues into archive/.

    They hold what the public may see and nobody's address; what was approved is what they show.
    """
    from bulletin.pipeline.archive import archive

    files = archive(app.job())
    following = "Open archive/index.html, or copy the folder to your web server."
    text = f"archive/ is up to date: {len(files)} files.\n{following}"
    app.result(text, {"files": [f"archive/{name}" for name in files]})
