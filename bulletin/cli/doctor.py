"""`bulletin doctor`."""

import click

from bulletin.cli.app import App, given, relay_option


@click.command(
    epilog="""\b
Examples:
  bulletin doctor                                       everything, with the relay of the settings
  bulletin doctor --relay smtp+starttls://me@mail.example:587
  bulletin doctor --offline                             what can be seen on this computer alone
  bulletin doctor --dns 9.9.9.9                         ask a public DNS server what the world sees

\b
ok needs nothing; look is worth a look; bad must be mended before a send.
The exit code is 1 if anything is bad."""
)
@relay_option("The relay to look at; the settings' unless told.")
@click.option(
    "--dns",
    metavar="SERVER",
    default="",
    callback=given,
    help="The DNS server to ask, as ADDRESS or ADDRESS:PORT; this computer's unless told.",
)
@click.option("--offline", is_flag=True, help="Ask neither the relay nor the DNS.")
@click.pass_context
def command(ctx: click.Context, *, relay: str, dns: str, offline: bool) -> None:
    """See whether everything a send depends on is in order.

    It looks at the settings, the workspace, the lists, the relay and the DNS records of your domain. Nothing
    is sent: it connects to the relay, signs in and says goodbye.
    """
    from bulletin.pipeline.doctor import Look, checkup_json, checkup_lines, examine

    app: App = ctx.obj
    job = app.house()
    issues = job.workspace.issue_ids()
    job = job._replace(issue=job.issue or (issues[-1] if issues else ""))
    with app.progress("Looking") as progress:
        found = examine(job, Look(relay, dns, offline=offline), progress)
    data = checkup_json(found)
    app.result("\n".join(checkup_lines(found)), data)
    ctx.exit(1 if data["bad"] else 0)
