"""`archive`: the static site of every approved issue."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from bulletin.archive import Page, site
from bulletin.compose import compose, lay_out, whole_items
from bulletin.compose.selection import may_stay
from bulletin.errors import BulletinError
from bulletin.model.issue import Issue
from bulletin.pipeline.build import sources
from bulletin.pipeline.job import Job
from bulletin.report.words import plural
from bulletin.settings.values import EditionSettings
from bulletin.workspace.approval import read_approval
from bulletin.workspace.editions import Built, read_edition
from bulletin.workspace.files import regular_files, write


def archive(job: Job) -> tuple[str, ...]:
    """Write the pages of every approved issue into archive/, and give their paths.

    What is on a page is what was approved, as far as `site.reach` lets it be seen; a page that nothing
    changed is left as it is.

    Raises:
        BulletinError: no issue is approved, or an item was edited after its issue was.
    """
    with job.workspace.lock("writing the archive"):
        approved = [
            (issue, tuple(approved_editions(job._replace(issue=issue))))
            for issue in job.workspace.issue_ids()
        ]
        pages = tuple(_page(job._replace(issue=issue), built) for issue, built in approved if built)
        if not pages:
            raise BulletinError(
                "no issue is approved, so there is nothing to archive", "run: bulletin approve --by NAME"
            )
        files = site(pages, job.settings, job.workspace.templates())
        folder = job.workspace.root / "archive"
        for name, data in files.items():
            write(folder / name, data)
        ours = {page.id for page in pages}
        for name, path in list(regular_files(folder)):
            if name not in files and PurePosixPath(name).parts[0] in ours:
                path.unlink()
        return tuple(files)


def approved_editions(job: Job) -> Iterator[Built]:
    """Give the editions of an issue as they were approved, or none if nothing was.

    Raises:
        BulletinError: one was built again since, so that what was approved is not there to show.
    """
    path = job.workspace.issue_folder(job.issue) / "approval.json"
    approval = read_approval(path, f"{job.folder}/approval.json")
    for name, manifest in approval.manifests.items() if approval else ():
        built = read_edition(job.workspace.edition_folder(job.issue, name), f"{job.folder}/editions/{name}")
        if approval and built.manifest != manifest:
            raise BulletinError(
                f'issue {job.issue}: the edition "{name}" was built again after {approval.by} approved it',
                f'look at it, then run: bulletin --issue {job.issue} approve --by "Your Name"',
            )
        yield built


def changed_since(job: Job, issue: Issue, built: Built) -> list[str]:
    """Give the files an edition was made of that are not any more as they were then."""
    now = sources(job, issue, built.edition.items)
    return sorted(path for path in {*now, *built.sources} if now.get(path) != built.sources.get(path))


def _page(job: Job, approved: tuple[Built, ...]) -> Page:
    """Compose an issue for the site from the items its approved editions hold."""
    issue = job.load()
    wanted = {item for built in approved for item in built.edition.items}
    edited = [path for built in approved for path in changed_since(job, issue, built)]
    if edited:
        day = approved[0].edition.day
        raise BulletinError(
            f"{plural(len(set(edited)), 'file was', 'files were')} edited or deleted after issue {job.issue} "
            "was approved: "
            f"{', '.join(dict.fromkeys(edited))}",
            f"look at it, then run: bulletin --issue {job.issue} build --date {day}, and approve again; "
            "nobody is sent a second copy",
        )
    reach = job.settings.site.reach
    kept = replace(
        issue, items=tuple(one for one in issue.items if one.id in wanted and may_stay(one, reach))
    )
    rule = EditionSettings("archive", reach=reach)
    here = job.settings._replace(site=job.settings.site._replace(images=False))  # they lie beside the page
    settings = whole_items(here)
    day, templates = approved[0].edition.day, job.workspace.templates()
    edition = compose(kept, rule, settings, day, templates)
    return Page(issue.id, edition, lay_out(kept, rule, settings, day))
