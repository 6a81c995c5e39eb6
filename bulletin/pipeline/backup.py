"""`backup`: the whole workspace in a new folder, safe while sending."""

from pathlib import Path

from bulletin.deliver.record.past import snapshot
from bulletin.pipeline.held import ledgers
from bulletin.pipeline.job import Job
from bulletin.workspace.backup import copy_workspace


def back_up(job: Job, into: Path) -> int:
    """Copy the workspace into a folder that is not there yet, and give the number of files.

    Raises:
        UsageError: the folder is there, or inside the workspace. BulletinError: it cannot be written.
    """
    root = job.workspace.root
    elsewhere = {name: path for name, path in ledgers(job) if not path.is_relative_to(root)}
    return copy_workspace(root, into, snapshot, elsewhere)
