"""The command that goes on with a send that was not finished, through the relay it began with."""

import shlex

from bulletin.deliver.relays.relay import parse_relay
from bulletin.errors import BulletinError, UsageError
from bulletin.model.delivery import Tally
from bulletin.pipeline.job import Job
from bulletin.wording import plural


def going_on(job: Job, tally: Tally, verb: str = "send") -> str:
    """Give the command, as it is to be typed; `--relay` is in it wherever the settings name another."""
    named = "" if job.issue == job.workspace.choose(None) else f"--issue {job.issue} "
    return f"bulletin {named}{verb}{_relay(job, tally)}"


def refuse_rehearsing_instead(job: Job, real: Tally | None, correction: int = 0) -> None:
    """Refuse to rehearse by mistake: a real send is unfinished, and nobody named a relay.

    real: how the real send stands, None where none counts; correction: its number, 0 for the issue itself.

    Raises:
        BulletinError: people still wait for it.
    """
    waiting = real.pending + real.deferred if real else 0
    if real and waiting:
        what, go_on, rehearse = f"issue {job.issue}", going_on(job, real), "bulletin send --relay sandbox:"
        if correction:
            what, same = f"correction {correction} of {what}", "the same command with"
            go_on, rehearse = f"{same}{_relay(job, real)}", f"{same} --relay sandbox:"
        raise BulletinError(
            f"{plural(waiting, 'person waits', 'people wait')} for their copy of {what}, which is being sent "
            "for real; without --relay this would only be a rehearsal, so nothing was sent",
            f"to go on: {go_on}; to rehearse all the same: {rehearse}",
        )


def _relay(job: Job, tally: Tally) -> str:
    try:
        usual = str(parse_relay(job.settings.relay.url))
    except UsageError:
        usual = ""
    if tally.relay == usual:
        return ""
    return f" --relay {shlex.quote(tally.relay) if tally.relay else 'URL'}"
