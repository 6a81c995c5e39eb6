"""`bulletin new`."""

import click

from bulletin.cli.app import App, read_day


@click.command(
    epilog="""\b
Example:
  bulletin new 2026-11 --meeting 2026-11-12 --next 2027-02-11"""
)
@click.argument("issue", metavar="ID")
@click.option("--meeting", metavar="DATE", required=True, help="The Core Group meeting, like 2026-11-12.")
@click.option("--next", "next_meeting", metavar="DATE", help="The meeting after it, if it is known.")
@click.pass_obj
def command(app: App, issue: str, meeting: str, next_meeting: str | None) -> None:
    """Start issue ID from its meeting date.

    The deadlines that follow from the meeting are written into issues/ID/issue.toml, with the bank holidays
    among them; they are yours to change. Items that waited and consultations still open are carried over, but
    for those that are over by now and those whose story another item told.
    """
    from bulletin.pipeline.new import new_issue
    from bulletin.wording import one_line

    workspace = app.workspace()
    carried = new_issue(
        workspace,
        app.settings(),
        issue,
        read_day(meeting, "--meeting"),
        read_day(next_meeting, "--next") if next_meeting else None,
        app.now().date(),
    )
    path = f"issues/{issue}/issue.toml"
    lines = [f"Started issue {issue}: its dates are in {path}."]
    if carried.items:
        lines.append(f"Carried over from the issue before: {', '.join(carried.items)}.")
    if carried.left:
        left = ", ".join(one_line(f"{item} ({why})") for item, why in carried.left)
        lines.append(f"Held there, and left behind: {left}.")
        lines.append(
            f"To have one all the same, copy its file from {carried.folder}/ to issues/{issue}/items/."
        )
    lines.append("Next: drop partners' files into contributions/, then: bulletin collect")
    data = {"issue": issue, "path": path, "carried": list(carried.items), "left": dict(carried.left)}
    app.result("\n".join(lines), data)
