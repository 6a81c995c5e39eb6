"""How a workspace's settings say a relay is to be used."""

from collections.abc import Callable
from pathlib import Path

from bulletin.deliver.smtp.access import Access
from bulletin.pipeline.job import Job


def access(job: Job, heard: Callable[[str], None] | None = None) -> Access:
    """Give how the relay is used; the password itself is asked for when a server wants it.

    heard: told each 4yz reply, see `Access`.
    """
    relay = job.settings.relay
    usual = Access()
    return Access(
        ca_file=_path(job, relay.ca_file),
        auth=relay.auth,
        password_command=relay.password_command,
        password_file=_path(job, relay.password_file),
        success_reports=relay.success_reports,
        heard=heard or usual.heard,
    )


def _path(job: Job, written: str) -> Path | None:
    """Read a path that is relative to the workspace, or to one's home where it begins with ~."""
    if not written:
        return None
    try:
        return job.workspace.root / Path(written).expanduser()
    except RuntimeError:  # nobody knows whose home that is: the path is then said not to be there
        return job.workspace.root / written
