"""`bulletin init`."""

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

    root = (Path(app.folder) / folder).resolve()
    made = make_workspace(root, sample=sample)
    app.result("\n".join(_lines(folder, made)), {"workspace": str(root), "made": list(made)})


def _lines(folder: str, made: tuple[str, ...]) -> list[str]:
    if not made:
        return [f"{folder} has everything already; nothing was changed."]
    return [
        f"Made in {folder}: {', '.join(made)}",
        "",
        "Next:",
        f"  cd {folder}",
        "  open bulletin.toml and say who you are",
        "  bulletin new 2026-11 --meeting 2026-11-12     (your meeting's date)",
        "  drop partners' files into contributions/, then: bulletin collect",
    ]
