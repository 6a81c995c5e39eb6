"""The command line: the verbs of an issue's life, each in a module that is loaded when it is asked for."""

import os
import sys
from contextlib import suppress
from importlib import import_module
from io import TextIOWrapper

import click

from bulletin import __version__
from bulletin.errors import BulletinError

STAGES: dict[str, dict[str, str]] = {
    "Begin": {
        "demo": "See the whole sentence done on the sample.",
        "init": "Make a new workspace.",
        "new": "Start an issue from its meeting date.",
    },
    "Collect and check": {
        "collect": "Turn what lies in contributions/ into items.",
        "status": "See what has come, from whom, and what is missing.",
        "chase": "Write reminders, as drafts, to whoever owes something.",
        "query": "Write a question, as a draft, to an item's contributor.",
        "check": "List everything that needs a person, worst first.",
        "merge": "Make one item of two that tell the same story.",
    },
    "Compose": {
        "build": "Write the editions: HTML, text and calendar files.",
        "preview": "Look at the editions in a browser while you edit.",
        "approve": "Sign off the editions and who gets them.",
    },
    "Deliver and archive": {
        "doctor": "See whether relay, DNS and workspace are ready to send.",
        "test": "Send one copy, marked TEST, to anybody.",
        "send": "Send everybody their copy, once.",
        "report": "See who got it, who did not, and why.",
        "resolve": "Settle whom nobody knows about, from the relay's log or your word.",
        "correct": "Send a correction to those the issue reached.",
        "pack": "Make partners' own copies, and parts to paste.",
        "archive": "Write the web pages of all approved issues.",
    },
    "Look after the lists": {
        "lists": "See, check and change who is on the mailing lists.",
        "bounces": "Take off whoever left or is not there any more.",
        "backup": "Copy the whole workspace, also while sending.",
    },
}
"""The verbs in the order of an issue's life, with the line each has in `--help`."""

VERBS = {verb: line for stage in STAGES.values() for verb, line in stage.items()}

EPILOG = """\b
The life of an issue:
  bulletin init my-bulletin; cd my-bulletin
  bulletin new 2026-11 --meeting 2026-11-12
  bulletin collect; bulletin check; bulletin build; bulletin preview
  bulletin approve --by "Jo Field"
  bulletin send --plan; bulletin send
  bulletin report; bulletin archive

\b
Exit codes: 0 done, 1 refused, 2 typed wrongly, 3 only people whose outcome is unknown are left,
4 somebody is deferred or pending (run it again), 5 stopped by the relay."""


class Verbs(click.Group):
    """A group whose commands are modules of this package, imported when they run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give every verb, in the order of an issue's life."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one verb."""
        if cmd_name not in VERBS:
            return None
        command: click.Command = import_module(f"bulletin.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb, or say which one may have been meant."""
        if args and args[0] not in VERBS:
            from bulletin.wording import did_you_mean

            hint = did_you_mean(args[0], VERBS) or f"the verbs are: {', '.join(VERBS)}"
            raise click.UsageError(f'there is no verb "{args[0]}": {hint.rstrip()}', ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the verbs by stage, importing none of them."""
        for stage, verbs in STAGES.items():
            with formatter.section(stage):
                formatter.write_dl(list(verbs.items()))


@click.group(
    cls=Verbs,
    invoke_without_command=True,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "-C", "folder", metavar="WORKSPACE", default=".", help="The bulletin's folder; this one unless told."
)
@click.option("--issue", metavar="ID", help="The issue, like 2026-11; the newest unless told.")
@click.option(
    "--today", metavar="DATE", help="Rehearse another day, like 2026-11-26: the clock stands at 9am."
)
@click.option("--json", "as_json", is_flag=True, help="Print results as JSON, for programs.")
@click.version_option(__version__, prog_name="bulletin")
@click.pass_context
def cli(ctx: click.Context, folder: str, issue: str | None, today: str | None, *, as_json: bool) -> None:
    """Turn what partners drop into a folder into an e-mail bulletin, and send it.

    Alone, it says where the issue stands and which command comes next.
    """
    from bulletin.cli.app import App

    if not folder.strip():  # a script whose variable is not set would work in whatever folder it stands in
        raise click.BadParameter("it is empty; leave it out, or name a folder", ctx, param_hint="-C")
    ctx.obj = App(folder, issue, today, as_json=as_json)
    if os.environ.get("NO_COLOR"):  # click does not honour it by itself
        ctx.color = False
    if ctx.invoked_subcommand is None:
        ctx.invoke(import_module("bulletin.cli.status").alone)


def main() -> None:
    """Run the command line and leave with the contract's code; only our own bugs give a traceback."""
    for stream in (sys.stdout, sys.stderr):  # no console is so old that a letter of a name stops the work
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    code = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except OSError:  # whoever read our output has had enough, or its disk is full
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    # All is written and closed by now; taking the interpreter apart would be a tenth of what `status` takes.
    os._exit(code)


def run(args: list[str]) -> int:
    """Run one command and give its exit code."""
    try:
        code = cli.main(args, prog_name="bulletin", standalone_mode=False)
    except click.UsageError as fault:
        return _fail(args, _usage(fault), f"see: {_path(fault)} --help", 2)
    except click.ClickException as fault:
        return _fail(args, fault.format_message(), "", fault.exit_code)
    except BulletinError as fault:
        return _fail(args, fault.detail, fault.hint, fault.exit_code)
    except (click.Abort, KeyboardInterrupt):
        return _fail(args, "stopped before it was done", "run the same command again when you like", 130)
    except OSError as fault:  # the disk, the folder, the memory: the surroundings, not a bug of ours
        place = f"{fault.filename}: " if fault.filename else ""
        return _fail(args, f"{place}{fault.strerror or fault}", _SURROUNDINGS, 1)
    return code if isinstance(code, int) else 0


_SURROUNDINGS = "see that it is there, that you may write to it and that the disk has room, then try again"
_FIRST = {"-C": "-C WORKSPACE", "--issue": "--issue ID", "--today": "--today DATE", "--json": "--json"}
"""The options that stand before the verb, as they are written."""


def _usage(fault: click.UsageError) -> str:
    if isinstance(fault, click.NoSuchOption) and fault.option_name in _FIRST and fault.ctx:
        option = _FIRST[fault.option_name]
        return f"{fault.option_name} goes before the verb: bulletin {option} {fault.ctx.info_name}"
    return fault.format_message()


def _path(fault: click.UsageError) -> str:
    """Give the command as it was typed, as far as click knows it."""
    return fault.ctx.command_path if fault.ctx else "bulletin"


def _fail(args: list[str], detail: str, hint: str, code: int) -> int:
    if "--json" in args:
        from bulletin.cli.app import json_text, show

        with suppress(OSError):  # where not even this can be printed, the words below say so
            show(json_text({"error": {"detail": detail, "hint": hint}}))
            return code
    from bulletin.wording import printable

    click.echo(printable(f"bulletin: {detail}"), err=True)
    for number, line in enumerate(hint.split("\n") if hint else ()):
        click.echo(printable(f"  {line}" if number else f"  hint: {line}"), err=True)
    return code
