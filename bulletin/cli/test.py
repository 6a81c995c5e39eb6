"""`bulletin test`."""

import click

from bulletin.cli.app import App


@click.command(
    epilog="""\b
Example:
  bulletin test jo.field@council.example --relay smtp://localhost:25"""
)
@click.argument("addresses", metavar="ADDRESS...", nargs=-1, required=True)
@click.option("--relay", metavar="URL", default="", help="The relay; the one in bulletin.toml unless told.")
@click.option("--edition", metavar="NAME", default="", help="One edition; all of them unless told.")
@click.pass_context
def command(ctx: click.Context, addresses: tuple[str, ...], relay: str, edition: str) -> None:
    """Send one copy of each edition, marked TEST, to each ADDRESS.

    Nothing need be approved, and no ledger knows of it: whoever tries it still gets their own copy later.
    """
    from bulletin.model.delivery import Outcome
    from bulletin.pipeline.test import send_tests

    app: App = ctx.obj
    tested = send_tests(app.job(), addresses, relay, edition, app.clock())
    lines = [
        f"{one.attempt.outcome.value:9} {one.address} ({one.edition}): {one.attempt.reply}" for one in tested
    ]
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
    ctx.exit(0 if all(one.attempt.outcome is Outcome.ACCEPTED for one in tested) else 4)
