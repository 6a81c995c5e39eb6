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

    A page for each issue and each item, lists by year, dates, a glossary, a search, a feed and a calendar.
    They hold what the public may see and nobody's address; what was approved is what they show. Only what
    changed is written.
    """
    from bulletin.pipeline.archive import archive

    written = archive(app.job())
    news = f"{written.changed} new or changed, {written.gone} taken away"
    following = "Open archive/index.html, or copy the folder to your web server."
    text = f"archive/ is up to date: {len(written.files)} files ({news}).\n{following}"
    files = [f"archive/{name}" for name in written.files]
    app.result(text, {"files": files, "changed": written.changed, "gone": written.gone})
