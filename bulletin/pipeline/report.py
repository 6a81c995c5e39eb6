"""`report`: how an issue's deliveries stand, from its ledger."""

from collections.abc import Collection
from pathlib import Path

from bulletin.deliver.record.tally import read_tally
from bulletin.errors import BulletinError
from bulletin.model.delivery import Outcome, Tally
from bulletin.pipeline.corrected import job_of
from bulletin.pipeline.job import Job
from bulletin.pipeline.lost import named, refuse_lost
from bulletin.pipeline.plan import ledger_path


def read_report(job: Job, correction: int | None, of: Collection[Outcome]) -> Tally:
    """Count the ledger of the real relay, or before there is one that of the rehearsal.

    correction: the number of a correction of the issue, None for the issue itself. of: the outcomes whose
    people are given one by one.

    Raises:
        BulletinError: nothing was sent yet, a send is running, or the real ledger is lost.
    """
    job = job_of(job, correction) if correction else job
    refuse_lost(job, rehearsal=True)
    path, _ = begun_ledger(job)
    return read_tally(path, of)


def begun_ledger(job: Job) -> tuple[Path, bool]:
    """Find the ledger of the real relay, or before there is one that of the rehearsal, and say which.

    Raises:
        BulletinError: there is neither.
    """
    for rehearsal in (False, True):
        path = ledger_path(job, rehearsal=rehearsal)
        if path.exists():
            return path, rehearsal
    raise BulletinError(f"{named(job)} was not sent to anybody yet", "see what comes next: bulletin status")
