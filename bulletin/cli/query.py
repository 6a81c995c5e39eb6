"""`bulletin query`."""

import click

from bulletin.cli.app import DRAFTS, App


@click.command(
    epilog="""\b
Examples:
  bulletin query funding-advice-morning           by the name of its file in items/, without .md
  bulletin query winter-walks --drafts questions  into a folder of your choice"""
)
@click.argument("item", metavar="ITEM")
@DRAFTS
@click.pass_obj
def command(app: App, item: str, drafts: str) -> None:
    """Write a question about ITEM back to its contributor, as a draft for your mail program.

    Nothing is sent: the draft is an .eml file that Outlook opens for you to edit and send. It asks what the
    findings ask, and shows the item as it would be printed. It goes to whoever sent it, else to the item's
    contact, else to its body's address.
    """
    from bulletin.pipeline.query import query

    done = query(app.job(), item, drafts)
    draft = done.draft
    to = f" to {draft.to} ({done.why})" if draft.to else ", no address yet"
    lines = [f"{done.item.id}: {draft.path}{to}"]
    lines += [f"  {number}. {words}" for number, words in enumerate(done.questions, 1)]
    if not done.questions:
        lines.append("  There is nothing to ask; it shows how the item will look.")
    if draft.kept.value == "edited":
        lines.append("  You have edited that draft, so it was left alone: delete it to have it written anew.")
    if not draft.to:
        lines.append(
            "  Nobody else's address is known: the draft has no To. Type one in, or give the item a Contact."
        )
    lines += ["", "Open the draft in your mail program, read it, and send it."]
    data = {
        "item": done.item.id,
        "questions": list(done.questions),
        "to": draft.to,
        "why": done.why,
        "path": draft.path,
        "outcome": draft.kept.value,
    }
    app.result("\n".join(lines), data)
