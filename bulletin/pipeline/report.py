"""`report`: how an issue's deliveries stand, from its ledger."""

from bulletin.deliver.tally import read_tally
from bulletin.errors import BulletinError
from bulletin.model.delivery import Tally
from bulletin.pipeline.job import Job
from bulletin.pipeline.plan import ledger_path


def read_report(job: Job) -> Tally:
    """Count the ledger of the real relay, or before there is one that of the rehearsal.

    Raises:
        BulletinError: nothing was sent yet, or a send is running.
    """
    for rehearsal in (False, True):
        path = ledger_path(job, rehearsal=rehearsal)
        if path.exists():
            return read_tally(path)
    raise BulletinError(
        f"issue {job.issue} was not sent to anybody yet", "see what comes next: bulletin status"
    )
