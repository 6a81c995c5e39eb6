"""Which corrections of an issue have begun to be sent, and corrections.json that says so to the archive."""

from collections.abc import Collection

from bulletin.deliver.tally import read_tally
from bulletin.errors import BulletinError
from bulletin.model.correction import Correction
from bulletin.model.partnership import Reach
from bulletin.pipeline.job import Job
from bulletin.pipeline.plan import has_begun, ledger_path
from bulletin.workspace.corrections import FOLDER, correction_id, mark_corrected, read_corrections


def job_of(job: Job, number: int) -> Job:
    """Give the job of a correction of the issue: its ledger, sign-off and copies lie in its own folder."""
    return job._replace(issue=correction_id(job.issue, number))


def named(job: Job) -> str:
    """Name what a job is of: an issue, or a correction of one."""
    issue, _, number = job.issue.partition(f"/{FOLDER}/")
    return f"correction {number} of issue {issue}" if number else f"issue {issue}"


def is_begun(job: Job, number: int, *, rehearsal: bool = False) -> bool:
    """Whether anybody was offered a correction."""
    path = ledger_path(job_of(job, number), rehearsal=rehearsal)
    if not path.exists():
        return False
    try:
        return has_begun(read_tally(path, of=()))
    except BulletinError:  # in use, or damaged: then somebody may have been
        return True


def mark_corrections(job: Job, begun: Collection[int] = ()) -> None:
    """Write corrections.json anew: the corrections that are being sent, or were.

    While the issue itself has only been rehearsed, its rehearsed corrections are there, so that all of it can
    be looked at. What is for partners alone is there only where the archive is, too.

    begun: the numbers of those that are being sent at this moment.
    """
    known = read_corrections(job.workspace, job.issue)
    rehearsed = not ledger_path(job, rehearsal=False).exists()
    may_show = [
        one for one in known if one.reach is Reach.PUBLIC or job.settings.site.reach is Reach.PARTNERS
    ]
    mark_corrected(
        job.workspace.issue_folder(job.issue),
        [one for one in may_show if one.number in begun or _counts(job, one, rehearsed=rehearsed)],
    )


def _counts(job: Job, correction: Correction, *, rehearsed: bool) -> bool:
    return is_begun(job, correction.number) or (
        rehearsed and is_begun(job, correction.number, rehearsal=True)
    )
