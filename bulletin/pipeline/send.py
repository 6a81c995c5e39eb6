"""`send`: everybody their copy, once, on the ledger's word."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bulletin.deliver.ledger import Ledger
from bulletin.deliver.relay import open_transport
from bulletin.deliver.run import deliver
from bulletin.deliver.transport import Clock
from bulletin.errors import BulletinError
from bulletin.lists import Addressed
from bulletin.model.delivery import Outcome, Tally
from bulletin.pipeline.job import Job
from bulletin.pipeline.letters import contents, identify
from bulletin.pipeline.plan import Plan, ledger_path, standing

SANDBOX = "sandbox"
"""The folder of an issue that the built-in relay writes into."""


@dataclass(frozen=True, slots=True)
class Run:
    """The surroundings of a send: the time, what to tell of progress, when to stop, how fast to go."""

    clock: Clock
    progress: Callable[[int, int], None]
    stop: Callable[[], bool]
    rate: float | None = None


def send(job: Job, planned: Plan, run: Run) -> Tally:
    """Write to whoever the plan has chosen, each once, and give how everything stands afterwards.

    Raises:
        BulletinError: the ledger cannot be kept. RelayError: the relay stops the run.
    """
    with _open_ledger(job, planned) as ledger:
        ledger.enrol(
            contents(job, planned.signed.built),
            planned.signed.addressed.recipients,
            identify=lambda key: identify(job, key),
            first_sent_at=run.clock(),
            approval=planned.mark,
        )
        ledger.withdraw(_not_wanted(ledger, planned.signed.addressed))
        folder = job.workspace.issue_folder(job.issue) / SANDBOX
        with open_transport(planned.relay, folder, run.clock) as transport:
            return deliver(
                ledger,
                transport,
                clock=run.clock,
                progress=run.progress,
                stop=run.stop,
                rate=run.rate,
                only=None if planned.everybody else planned.chosen,
            )


def _open_ledger(job: Job, planned: Plan) -> Ledger:
    """Open the ledger; one that counts for nothing any more is taken away first, while nobody else may."""
    path = ledger_path(job, rehearsal=planned.rehearsal)
    with job.workspace.lock("beginning to send"):
        if path.exists() and standing(job, planned.relay, planned.mark) is None:
            _remove(path)
            if planned.rehearsal:
                for copy in (path.parent / SANDBOX).glob("*.eml"):
                    copy.unlink()
        begins = not path.exists()
        try:
            return Ledger.open(path, job.issue, rehearsal=planned.rehearsal)
        except BulletinError:
            if begins:  # a full disk: what it left is no ledger, and would be in the way of the next send
                _remove(path)
            raise


def _remove(ledger: Path) -> None:
    for ending in ("-wal", "-shm", "-journal", ""):
        ledger.with_name(ledger.name + ending).unlink(missing_ok=True)


def _not_wanted(ledger: Ledger, addressed: Addressed) -> frozenset[str]:
    """Give whoever is suppressed, and whoever waits in the ledger but is on no list any more."""
    wanted = {one.key for one in addressed.recipients}
    waiting = ledger.select(Outcome.PENDING, Outcome.DEFERRED)
    return waiting.difference(wanted).union(one.key for one in addressed.suppressed)
