"""`bulletin pack`."""

import click

from bulletin.cli.app import App


@click.command(
    epilog="""\b
Examples:
  bulletin pack                  every partner's pack, from what is approved
  bulletin pack kingsbrook       one of them
  bulletin pack --draft          to look at before you approve: nothing in it can be sent"""
)
@click.argument("partner", required=False)
@click.option("--draft", is_flag=True, help="Make them from what is built, marked DRAFT, to look at.")
@click.pass_obj
def command(app: App, partner: str | None, *, draft: bool) -> None:
    """Make partners' own copies: an e-mail to edit, a Word document, and parts to paste.

    A pack is a partner's own edition, with their name, colour, introduction and choice of items: a line or
    two under [packs.NAME] in bulletin.toml. It holds nothing that is for partners alone, unless the pack is,
    and nobody's address but those the items give.
    """
    from bulletin.pipeline.pack import pack
    from bulletin.wording import one_line, plural

    made = pack(app.job(), partner, draft=draft)
    lines = []
    for one in made:
        what = (
            f"{plural(len(one.items), 'item')}: {one.folder}/" if one.folder else "nothing fits it, none made"
        )
        lines.append(f"{one.name}: {what}{' (DRAFT)' if one.draft and one.folder else ''}")
        if one.missing:
            names = ", ".join(one_line(name) for name in one.missing)
            lines.append(f"  Mind: it asks for {names}, and this issue has no such item for it")
    data = {
        "packs": [
            {
                "name": one.name,
                "folder": one.folder,
                "files": [f"{one.folder}/{name}" for name in one.files],
                "items": list(one.items),
                "missing": list(one.missing),
                "draft": one.draft,
            }
            for one in made
        ]
    }
    app.result("\n".join(lines), data)
