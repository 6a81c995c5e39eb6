"""`bulletin chase`."""

from typing import TYPE_CHECKING, Any

import click

from bulletin.cli.app import DRAFTS, App

if TYPE_CHECKING:
    from bulletin.model.owing import Standing
    from bulletin.pipeline.chase import Chased
    from bulletin.pipeline.drafts import Drafted


@click.command(
    epilog="""\b
Examples:
  bulletin chase                        drafts in issues/ID/drafts/
  bulletin chase --drafts reminders     drafts in a folder of your choice"""
)
@DRAFTS
@click.pass_obj
def command(app: App, drafts: str) -> None:
    """Write a reminder to each body that owes something, as a draft for your mail program.

    Nothing is sent: each draft is an .eml file that Outlook opens for you to edit and send. It says what is
    missing and by when, and how to send it, with the form. A draft that you have edited is left alone.
    """
    from bulletin.pipeline.chase import chase

    done = chase(app.job(), drafts)
    app.result("\n".join(_lines(done)), _json(done))


def _lines(done: "Chased") -> list[str]:
    lines = [_line(standing, draft) for standing, draft in done.reminders]
    if not lines:
        lines.append(f"Nobody owes anything for issue {done.issue.id} now, so there is nobody to remind.")
    for standing, draft in done.reminders:
        if not draft.to:
            lines.append(
                f"  {standing.body.name} has no e-mail address that can be written to, so its draft has no "
                f"To: put one under [bodies.{standing.body.id}] in bulletin.toml, or type it in."
            )
    lines += [f"  {path} is out of date: nothing is owed there now. Delete it." for path in done.outdated]
    if done.reminders:
        lines += [
            "",
            f"The drafts lie in {done.folder}/. Open each in your mail program, read it, and send it.",
        ]
    return lines


def _line(standing: "Standing", draft: "Drafted") -> str:
    what = " and ".join(debt.what.value for debt in standing.owes)
    to = f" to {draft.to}" if draft.to else ", no address yet"
    edited = "; you have edited it, so it was left alone: delete it to have it written anew"
    ends = {"written": "", "unchanged": "; your draft was left as it was", "edited": edited}[draft.kept.value]
    return f"{standing.body.name} ({what}): {draft.path}{to}{ends}"


def _json(done: "Chased") -> dict[str, Any]:
    return {
        "issue": done.issue.id,
        "folder": done.folder,
        "drafts": [
            {
                "body": standing.body.id,
                "owes": [{"what": debt.what.value, "by": debt.by.isoformat()} for debt in standing.owes],
                "to": draft.to,
                "path": draft.path,
                "outcome": draft.kept.value,
            }
            for standing, draft in done.reminders
        ],
        "without_address": [standing.body.id for standing, draft in done.reminders if not draft.to],
        "outdated": list(done.outdated),
    }
