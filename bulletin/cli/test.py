"""`bulletin test`."""

import click

from bulletin.cli.app import App, given, relay_option


@click.command(
    epilog="""\b
Example:
  bulletin test jo.field@council.example --relay smtp://localhost:25"""
)
@click.argument("addresses", metavar="ADDRESS...", nargs=-1, required=True)
@relay_option("The relay; the one in bulletin.toml unless told.")
@click.option(
    "--edition", metavar="NAME", default="", callback=given, help="One edition; all of them unless told."
)
@click.pass_context
def command(ctx: click.Context, addresses: tuple[str, ...], relay: str, edition: str) -> None:
    """Send one copy of each edition, marked TEST, to each ADDRESS.

    Nothing need be approved, and no ledger knows of it: whoever tries it still gets their own copy later.
    """
    from bulletin.model.delivery import Outcome
    from bulletin.pipeline.test import send_tests
    from bulletin.report.tally import person_line

    app: App = ctx.obj
    tested = send_tests(app.job(), addresses, relay, edition, app.clock())
    lines = [person_line(one.address, one.edition, one.attempt.outcome, one.attempt.reply) for one in tested]
    data = {
        "tests": [
            {
                "address": one.address,
                "edition": one.edition,
                "outcome": one.attempt.outcome.value,
                "reply": one.attempt.reply,
            }
            for one in tested
        ]
    }
    app.result("\n".join(lines), data)
    outcomes = {one.attempt.outcome for one in tested}
    again = outcomes & {Outcome.DEFERRED, Outcome.PENDING}
    ctx.exit(4 if again else 3 if Outcome.UNKNOWN in outcomes else 0)
