"""An approved issue as the archive shows it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from bulletin.archive import Page
from bulletin.calendar import file_names, is_certain
from bulletin.compose import compose, lay_out, whole_items
from bulletin.compose.selection import may_stay
from bulletin.errors import BulletinError
from bulletin.model.issue import Issue, Item
from bulletin.model.partnership import Reach
from bulletin.pipeline.edited import changed_since
from bulletin.pipeline.job import Job
from bulletin.settings.values import EditionSettings, Settings
from bulletin.wording import plural
from bulletin.workspace.announced import NAME as ANNOUNCED
from bulletin.workspace.approval import read_approval
from bulletin.workspace.corrections import MARKS, read_marks
from bulletin.workspace.editions import MANIFEST, Built, read_edition
from bulletin.workspace.files import digest, read, regular_files


class Whole(NamedTuple):
    """An issue with what of it the archive shows, and the settings under which it is shown."""

    issue: Issue
    page: Page
    settings: Settings


def inputs(job: Job, names: Iterable[str], base: str) -> str:
    """Give one digest of everything the pages of an issue are made of.

    Args:
        names: its approved editions.
        base: the digest of what all issues have in common.
    """
    folder = job.path
    paths = [folder / name for name in ("approval.json", "issue.toml", MARKS, ANNOUNCED)]
    paths += [job.workspace.edition_folder(job.issue, name) / MANIFEST for name in names]
    paths += sorted((folder / "items").glob("*.md"))
    paths += [path for _, path in regular_files(folder / "images")]
    parts = [f"{path.relative_to(folder).as_posix()} {digest(read(path) or b'-')}" for path in paths]
    return digest("\n".join([base, job.issue, *parts]).encode())


def whole(job: Job) -> Whole:
    """Compose an issue for the site from the items its approved editions hold.

    Raises:
        BulletinError: an edition was built again, or a file edited, after it was approved.
    """
    approved = tuple(approved_editions(job))
    issue = job.load()
    _refuse_edited(job, issue, approved)
    wanted = {item for built in approved for item in built.edition.items}
    site = job.settings.site
    settings = whole_items(job.settings)._replace(
        site=site._replace(images=False)
    )  # they lie beside the page
    if not site.contacts:
        settings = _without_contacts(settings)
    items = (one for one in issue.items if one.id in wanted and may_stay(one, site.reach))
    kept = replace(issue, items=tuple(one if site.contacts else replace(one, contact="") for one in items))
    rule = EditionSettings("archive", reach=site.reach)
    day, templates = approved[0].edition.day, job.workspace.templates()
    approval = read_approval(job.workspace, job.issue)
    page = Page(
        issue.id,
        compose(kept, rule, settings, day, templates),
        lay_out(kept, rule, settings, day),
        since=issue.meeting,
        approved=datetime.fromisoformat(approval.at) if approval else None,
        corrections=tuple(
            one
            for one in read_marks(job.path / MARKS, f"{job.folder}/{MARKS}")
            if one.reach is Reach.PUBLIC or site.reach is Reach.PARTNERS
        ),
        undated={item.id: uids for item in kept.items if (uids := tuple(_undated(item, kept)))},
    )
    return Whole(issue, page, settings)


def _undated(item: Item, issue: Issue) -> Iterator[str]:
    """Give the UIDs of events that people have of an item and that it gives no certain date any more."""
    certain = (is_certain(item.when), item.closes.end is not None)
    for name, is_dated in zip(file_names(item.id), certain, strict=True):
        if name in issue.announced and not is_dated:
            yield issue.announced[name].uid


def approved_editions(job: Job) -> Iterator[Built]:
    """Give the editions of an issue as they were approved.

    Raises:
        BulletinError: one was built again since, so that what was approved is not there to show.
    """
    approval = read_approval(job.workspace, job.issue)
    for name, manifest in approval.manifests.items() if approval else ():
        built = read_edition(job.workspace.edition_folder(job.issue, name), f"{job.folder}/editions/{name}")
        if approval and built.manifest != manifest:
            raise BulletinError(
                f'issue {job.issue}: the edition "{name}" was built again after {approval.by} approved it',
                f'look at it, then run: bulletin --issue {job.issue} approve --by "Your Name"',
            )
        yield built


def _refuse_edited(job: Job, issue: Issue, approved: tuple[Built, ...]) -> None:
    edited = [path for built in approved for path in changed_since(job, issue, built)]
    if edited:
        raise BulletinError(
            f"{plural(len(set(edited)), 'file was', 'files were')} edited or deleted after issue {job.issue} "
            "was approved: "
            f"{', '.join(dict.fromkeys(edited))}",
            f"look at it, then run: bulletin --issue {job.issue} build --date {approved[0].edition.day}, and "
            "approve again; nobody is sent a second copy",
        )


def _without_contacts(settings: Settings) -> Settings:
    """Leave out whom to ask at each body; whom to ask about the bulletin stays."""
    return settings._replace(
        bodies=tuple(body._replace(contact="", email="", deputy="") for body in settings.bodies)
    )
