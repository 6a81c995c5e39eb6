"""`bulletin init`."""

import os
import shlex
from pathlib import Path

import click

from bulletin.cli.app import App


@click.command(
    epilog="""\b
Examples:
  bulletin init my-bulletin            a workspace of your own
  bulletin init --sample try-it        the Avonbridge sample, to play with

What is there already is never touched: run it again to make what is missing."""
)
@click.argument("folder", metavar="DIR")
@click.option("--sample", is_flag=True, help="With the Avonbridge sample in it.")
@click.pass_obj
def command(app: App, folder: str, *, sample: bool) -> None:
    """Make a new workspace in DIR that works as written.

    It holds bulletin.toml with comments that teach, the folders for contributions and mailing lists, and
    workspace.key, which belongs in every backup.
    """
    from bulletin.pipeline.new import make_workspace

    shown = os.path.normpath(Path(app.folder) / folder)
    root = Path(shown).resolve()
    made = make_workspace(root, sample=sample)
    app.result("\n".join(_lines(shown, made, sample=sample)), {"workspace": str(root), "made": list(made)})


def _lines(folder: str, made: tuple[str, ...], *, sample: bool) -> list[str]:
    where = "this folder" if folder == "." else folder
    if not made:
        return [f"{where} has everything already; nothing was changed."]
    going = [] if folder == "." else [f"  cd {shlex.quote(folder)}"]
    own = ["  open bulletin.toml and say who you are"]
    meeting = "     (your meeting's date)"
    drop = "  drop partners' files into contributions/, then: bulletin collect"
    if sample:
        own, meeting, drop = [], "", "  bulletin collect"
    return [
        f"Made in {where}: {', '.join(made)}",
        "",
        "Next:",
        *going,
        *own,
        f"  bulletin new 2026-11 --meeting 2026-11-12{meeting}",
        drop,
    ]
