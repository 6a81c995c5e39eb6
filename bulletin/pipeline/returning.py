"""`lists allow` and `lists restore`: take a suppression back, and put back those that were lost."""

from bulletin.errors import BulletinError, UsageError
from bulletin.lists import identity, read_suppressions
from bulletin.lists.edit import SUPPRESSED_HEADER, add_rows, take_out
from bulletin.lists.left import lacking, marks_of, understood
from bulletin.lists.roster import SUPPRESSED
from bulletin.pipeline.addressing import keep_leavers
from bulletin.pipeline.job import Job
from bulletin.workspace.approval import read_keys
from bulletin.workspace.rosters import keep_left, keep_list, read_left


def allow(job: Job, address: str) -> None:
    """Let somebody who had left be written to again, if they are on a list; they have asked for it.

    Raises:
        UsageError: they have not left. BulletinError: a file cannot be read or written.
    """
    with job.workspace.lock("taking a suppression back"):
        key, secrets, root = identity(address), read_keys(job.workspace.key), job.workspace.root
        marks, left = marks_of([key], secrets).keys(), read_left(root)
        data = job.workspace.suppressions() or b""
        edited = take_out(data, SUPPRESSED, lambda one: identity(one) == key or one.lower() in marks)
        if edited.data == data and left.isdisjoint(marks):
            raise UsageError(
                f"{address} is not suppressed, so there is nothing to take back",
                "see what is held about them: bulletin lists export ADDRESS",
            )
        after = read_suppressions(edited.data)
        if key in after.keys or not after.forgotten.isdisjoint(marks):
            raise BulletinError(
                f"{SUPPRESSED} names {address} in a way that cannot be taken out; nothing was changed",
                "take the line out by hand, then run the same command again",
            )
        if edited.data != data:
            keep_list(root, "suppressed", edited.data)
        keep_left(root, left - marks)


def restore(job: Job) -> int:
    """Put whoever left and is not in suppressed.csv any more back into it, by their marks; give how many.

    Raises:
        BulletinError: a file cannot be read or written.
    """
    with job.workspace.lock("restoring suppressions"):
        data, root = job.workspace.suppressions() or b"", job.workspace.root
        secrets = read_keys(job.workspace.key)
        missing = understood(lacking(read_suppressions(data), read_left(root), secrets), secrets)
        if missing:
            since = job.today.isoformat()
            rows = [{"email": one, "reason": "left before", "since": since} for one in sorted(missing)]
            edited = add_rows(data, SUPPRESSED, rows, SUPPRESSED_HEADER, widen=True)
            if not read_suppressions(edited.data).forgotten >= missing:
                raise BulletinError(
                    f"{SUPPRESSED} would not be read back as it was meant; nothing was changed",
                    "move it away, then run the same command again",
                )
            keep_list(root, "suppressed", edited.data)
            keep_leavers(job)
    return len(missing)
