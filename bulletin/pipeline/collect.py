"""`collect`: contributions/ → items."""

from collections.abc import Callable

from bulletin.collect import collect as collect_files
from bulletin.errors import UsageError
from bulletin.model.contribution import CollectedFile
from bulletin.pipeline.job import Job
from bulletin.report.files import file_lines, files_total
from bulletin.workspace.files import write

ALL = "all"
"""What stands for every item that is gone."""
TOLD = "collected.txt"
"""The file of an issue that says what became of each contributed file, with everything that was cut."""


def collect(
    job: Job, progress: Callable[[int, int], None], restore: tuple[str, ...] = ()
) -> tuple[CollectedFile, ...]:
    """Collect for an issue; nobody else may change the workspace meanwhile.

    Args:
        restore: the ids of items to make again though their files are gone, or ALL.

    Raises:
        UsageError: an item to be restored never was or is there.
    """
    with job.workspace.lock("collecting"):
        now = job.now.replace(tzinfo=None)  # deadlines are local, like the clock on the office wall
        _forget(job, restore)
        rows = collect_files(job.workspace, job.load(), job.settings, now, progress)
        lines = [line for row in rows for line in file_lines(row)]
        folder = job.path
        write(folder / TOLD, "\n".join([*lines, "", files_total(rows), ""]).encode("utf-8", "replace"))
        return rows


def gone(job: Job) -> tuple[str, ...]:
    """Give the items that collecting made whose files are not there any more."""
    folder = job.path / "items"
    made = job.workspace.collected(job.issue).items
    return tuple(item for item in made if not (folder / f"{item}.md").exists())


def _forget(job: Job, restore: tuple[str, ...]) -> None:
    """Let an item that is gone count as never made, so that its file, if it lies here, gives it anew."""
    there = gone(job) if restore else ()
    wanted = there if ALL in restore else restore
    for item in wanted:
        if item not in there:
            known = f"gone are: {', '.join(there)}" if there else "no item of this issue is gone"
            raise UsageError(f"{item} is no item that is gone", known)
    if wanted:
        collected = job.workspace.collected(job.issue)
        root = job.workspace.root
        there_still = {item for item in wanted if (root / collected.items[item].source).exists()}
        left = {item: row for item, row in collected.items.items() if item not in there_still}
        job.workspace.keep_collected(job.issue, collected._replace(items=left))
