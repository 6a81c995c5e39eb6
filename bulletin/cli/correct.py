"""`bulletin correct`."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bulletin.cli.app import PLAN, App, given
from bulletin.cli.sending import Way, confirm_count, running, sending
from bulletin.errors import UsageError

if TYPE_CHECKING:
    from bulletin.deliver.sending.run import Sent
    from bulletin.pipeline.correct import Correcting


@click.command(
    epilog="""\b
Examples:
  bulletin correct --text wrong-date.md --plan              say whom it would write to, and stop
  bulletin correct --text wrong-date.md --by "Jo Field"     send it
  bulletin correct --text wrong-date.md --by "Jo Field" --item winter-walk
  bulletin --issue 2026-08 correct --text wrong-date.md --by "Jo Field"

\b
wrong-date.md is a few lines of text or Markdown:
  The winter walk is on **Saturday 12 December 2026**, not on the 5th. We are sorry.

\b
The same command again goes on where it stopped. Nobody gets a second copy."""
)
@click.option(
    "--text",
    metavar="F",
    required=True,
    callback=given,
    help="A file with what to say; - for standard input.",
)
@click.option("--item", "items", multiple=True, metavar="ID", help="An item it is about; may be given again.")
@click.option("--by", metavar="NAME", default="", callback=given, help="Who signs it.")
@PLAN
@click.option(
    "--unknown",
    type=click.Choice(["include", "leave-out"]),
    help="What to do with people of whom nobody knows whether they have the issue.",
)
@sending
@click.pass_context
def command(  # noqa: PLR0913 -- one parameter an option
    ctx: click.Context,
    *,
    text: str,
    items: tuple[str, ...],
    by: str,
    only_plan: bool,
    unknown: str | None,
    way: Way,
) -> None:
    """Send a short correction to exactly those the issue reached.

    Whoever has the issue gets it, unless they are suppressed by now; nobody else does. It has a ledger of its
    own in issues/ID/corrections/, and the archive marks the issue as corrected once the sending has begun.
    """
    from bulletin.pipeline.correct import Asked, correct, plan_correction, refuse_unsigned
    from bulletin.pipeline.correction_words import correction_json, correction_lines
    from bulletin.report.tally import tally_exit, tally_json

    app: App = ctx.obj
    include = None if unknown is None else unknown == "include"
    found = plan_correction(app.job(), Asked(_read(text), items, by, way.relay, include))
    if only_plan:
        app.result("\n".join([*correction_lines(found), *_next(found)]), correction_json(found))
        return
    refuse_unsigned(found)
    for line in correction_lines(found):
        app.say(line)
    confirm_count(found.plan, way.confirm)
    with running(app, way) as run:
        sent = correct(found, run)
    about = {"issue": found.job.issue, "correction": found.correction.number}
    app.result("\n".join(_closing(found, sent)), tally_json(sent.tally, people=False) | about)
    ctx.exit(tally_exit(sent.tally))


def _read(name: str) -> str:
    """Read the officer's text from a file, or from standard input.

    Raises:
        UsageError: it is not there, or is no text.
    """
    from bulletin.workspace.files import as_text

    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as fault:
        raise UsageError(
            f"--text: {name} cannot be read: {fault.strerror}", "save what to say as a text file, and name it"
        ) from None
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UsageError(f"--text: {name} is no text file", "save what to say as plain text (.txt or .md)")
    return as_text(data)


def _next(found: "Correcting") -> Iterator[str]:
    """Say what comes after a plan."""
    if not found.plan.chosen and not found.undecided:
        yield "There is nobody left to write to."
        return
    signing = "" if found.correction.by else ' and with --by "Your Name"'
    yield f"Next: the same without --plan{signing}, which asks for the number {found.plan.count}"


def _closing(found: "Correcting", sent: "Sent") -> Iterator[str]:
    """Say how everything stands afterwards, and what comes next."""
    from bulletin.pipeline.corrected import told
    from bulletin.report.tally import tally_exit, tally_line

    if not found.plan.chosen:
        yield "There was nobody left to write to; nothing was sent."
    yield tally_line(sent.tally)
    if str(found.plan.relay) == "sandbox:":
        yield f"Nobody got anything: the copies lie in {found.home.folder}/sandbox/, to open and look at."
    if sent.next_at:
        yield "The relay takes no more in these 24 hours."
    if sent.tally.unknown:
        yield f"Who is unknown: bulletin resolve --correction {found.correction.number}"
    if tally_exit(sent.tally) == 4:
        yield "Run the same command again to go on."
    elif found.correction.number in {one.number for one in told(found.job)}:
        yield "Next: bulletin archive, which marks the issue as corrected"
