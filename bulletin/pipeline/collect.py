"""`collect`: contributions/ → items."""

from collections.abc import Callable

from bulletin.collect import collect as collect_files
from bulletin.model.contribution import CollectedFile
from bulletin.pipeline.job import Job


def collect(job: Job, progress: Callable[[int, int], None]) -> tuple[CollectedFile, ...]:
    """Collect for an issue; nobody else may change the workspace meanwhile."""
    with job.workspace.lock("collecting"):
        now = job.now.replace(tzinfo=None)  # deadlines are local, like the clock on the office wall
        return collect_files(job.workspace, job.load(), job.settings, now, progress)
