"""`bulletin approve`."""

import click

from bulletin.cli.app import App
from bulletin.cli.sending import reading


@click.command(
    epilog="""\b
Example:
  bulletin approve --by "Jo Field"
"""
)
@click.option("--by", metavar="NAME", required=True, help="Who signs it off.")
@click.pass_obj
def command(app: App, by: str) -> None:
    """Sign off the editions as built, and the people who are on the lists now.

    The sign-off is bound to their bytes: an edition changed afterwards, or somebody added to a list, needs a
    new one. People may be taken off meanwhile. It says who is new, and how many have gone, since the approval
    before.
    """
    from bulletin.pipeline.approve import approve
    from bulletin.pipeline.turnover import turnover_json, turnover_lines
    from bulletin.wording import plural

    job = app.job()
    with reading(app) as tell:
        signed = approve(job, by, tell)
    people = len(signed.addressed.recipients)
    names = [one.edition.name for one in signed.built]
    first = (
        f"{signed.approval.by} approved {plural(len(names), 'edition')} ({', '.join(names)}) "
        f"for {plural(people, 'person', 'people')}, one copy each."
    )
    lines = [first, *turnover_lines(signed.turnover, job.issue), "Next: bulletin send --plan"]
    data = {"by": signed.approval.by, "editions": dict(signed.approval.manifests), "recipients": people}
    app.result("\n".join(lines), data | turnover_json(signed.turnover))
