"""`archive`: the static site of every approved issue."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from bulletin.archive import (
    OWN,
    Around,
    Logo,
    Press,
    Record,
    around,
    issue_files,
    newest_first,
    read_record,
    record,
    shared_files,
    write_record,
)
from bulletin.compose.figures import logo_figure
from bulletin.errors import BulletinError
from bulletin.pipeline.archived_issue import Whole, inputs, whole
from bulletin.pipeline.archived_leaks import everybody_listed, refuse_leaks, refuse_strangers
from bulletin.pipeline.job import Job
from bulletin.pipeline.logo import read_logo
from bulletin.workspace.approval import read_approval
from bulletin.workspace.archived import Archived, program, publish, read_archived, stands, write_archived
from bulletin.workspace.files import digest


class Written(NamedTuple):
    """The site's files; how many of them are new or changed, and how many of our own were taken away."""

    files: tuple[str, ...]
    changed: int
    gone: int


class _Known(NamedTuple):
    """An approved issue: what it is made of now, what was archived of it, itself if it had to be composed."""

    job: Job
    inputs: str
    record: Record
    archived: Archived | None = None
    whole: Whole | None = None


class _Made(NamedTuple):
    """The pages of an issue, and what to remember of them."""

    known: _Known
    archived: Archived
    files: dict[str, bytes]


def archive(job: Job) -> Written:
    """Write the pages of every approved issue into archive/.

    What is on a page is what was approved, as far as `site.reach` lets it be seen. An issue that nothing
    changed is not composed again, and a page that nothing changed is left as it is.

    Raises:
        BulletinError: no issue is approved, or an item was edited after its issue was.
    """
    with job.workspace.lock("writing the archive"):
        press = Press(job.settings, job.workspace.templates(), _logo(job))
        common = (program(), job.settings, sorted(press.templates.items()), press.logo)
        base = digest(repr(common).encode())
        issues = {one.job.issue: one for one in _approved(job, press, base)}
        if not issues:
            raise BulletinError(
                "no issue is approved, so there is nothing to archive", "run: bulletin approve --by NAME"
            )
        records = newest_first(one.record for one in issues.values())
        people = everybody_listed(job.workspace)
        made = [
            _made(issues[name], beside, press, people)
            for name, beside in around(records).items()
            if not _is_there(issues[name], beside)
        ]
        shared = shared_files(records, press)
        refuse_strangers("the archive", shared, (one.content for one in records), job.settings, people)
        return _publish(job, list(issues.values()), made, shared)


def _logo(job: Job) -> Logo | None:
    picture = read_logo(job.workspace, job.settings.partnership.logo)
    figure = logo_figure(picture, job.settings)
    return Logo(figure, picture.data) if picture and figure else None


def _approved(job: Job, press: Press, base: str) -> list[_Known]:
    """Give every approved issue, composing only those of which something changed."""
    found = []
    for name in job.workspace.issue_ids():
        own = job._replace(issue=name)
        approval = read_approval(own.workspace, name)
        if approval and approval.manifests:
            if name in OWN:
                raise BulletinError(
                    f'an issue called "{name}" cannot be in the archive, which has a page of that name',
                    f"give the folder issues/{name} another name, such as its year and month",
                )
            found.append(_known(own, inputs(own, approval.manifests, base), press))
    return found


def _known(job: Job, now: str, press: Press) -> _Known:
    archived = read_archived(job.path)
    if archived and archived.inputs == now:
        try:
            return _Known(job, now, read_record(archived.record), archived)
        except (KeyError, TypeError, ValueError):
            pass  # damaged: it is made again
    shown = whole(job)
    return _Known(job, now, record(shown.page, press), None, shown)


def _is_there(known: _Known, beside: Around) -> bool:
    """Whether the pages of an issue lie there as they would be made again."""
    archived = known.archived
    folder = known.job.workspace.root / "archive"
    return archived is not None and archived.around == _mark(beside) and stands(folder, archived.files)


def _made(known: _Known, beside: Around, press: Press, people: AbstractSet[str]) -> _Made:
    shown = known.whole or whole(known.job)
    files = issue_files(shown.page, beside, press)
    refuse_leaks(known.job, shown, {**files, "feed.html": known.record.content.encode()}, people)
    digests = {name: digest(data) for name, data in sorted(files.items())}
    return _Made(known, Archived(known.inputs, _mark(beside), digests, write_record(known.record)), files)


def _publish(job: Job, issues: Sequence[_Known], made: Sequence[_Made], shared: dict[str, bytes]) -> Written:
    """Write issues before what leads to them, so that a run that is stopped leaves a site that works."""
    fresh = {one.known.job.issue for one in made}
    kept = [one.archived.files for one in issues if one.archived and one.job.issue not in fresh]
    unchanged = [name for files in kept for name in files]
    changed = {name: data for one in made for name, data in one.files.items()} | shared
    written, gone = publish(job.workspace.root / "archive", changed, unchanged)
    for one in made:
        write_archived(job.workspace.issue_folder(one.known.job.issue), one.archived)
    return Written(tuple(sorted({*changed, *unchanged})), written, gone)


def _mark(beside: Around) -> str:
    return digest(repr(beside).encode())
