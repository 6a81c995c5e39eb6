"""Which corrections of an issue have begun to be sent, and corrections.json that says so to the archive."""

from collections.abc import Collection

from bulletin.deliver.record.tally import read_tally
from bulletin.errors import BulletinError
from bulletin.model.correction import Correction
from bulletin.pipeline.job import Job
from bulletin.pipeline.lost import is_lost
from bulletin.pipeline.plan import has_begun, ledger_path
from bulletin.workspace.corrections import correction_id, mark_corrected, read_corrections


def job_of(job: Job, number: int) -> Job:
    """Give the job of a correction of the issue: its ledger, sign-off and copies lie in its own folder."""
    return job._replace(issue=correction_id(job.issue, number))


def is_begun(job: Job, number: int, *, rehearsal: bool = False) -> bool:
    """Whether anybody was offered a correction; one whose ledger is lost counts so."""
    home = job_of(job, number)
    path = ledger_path(home, rehearsal=rehearsal)
    if not path.exists():
        return not rehearsal and is_lost(home)
    try:
        return has_begun(read_tally(path, of=()))
    except BulletinError:  # in use, or damaged: then somebody may have been
        return True


def mark_corrections(job: Job, begun: Collection[int] = ()) -> None:
    """Write corrections.json anew; begun: the numbers of those that are being sent at this moment."""
    mark_corrected(job.path, told(job, begun))


def told(job: Job, begun: Collection[int] = ()) -> list[Correction]:
    """Give the corrections that the archive may tell of: those that are being sent, or were.

    While the issue itself has only been rehearsed, its rehearsed corrections are among them, so that all of
    it can be looked at.
    """
    rehearsed = not ledger_path(job, rehearsal=False).exists() and not is_lost(job)
    return [
        one
        for one in read_corrections(job.workspace, job.issue)
        if one.number in begun
        or is_begun(job, one.number)
        or (rehearsed and is_begun(job, one.number, rehearsal=True))
    ]
