"""`approve`: a sign-off bound to the bytes of the editions and to the people who get them."""

from dataclasses import dataclass

from bulletin.compose import announcements
from bulletin.errors import BulletinError, UsageError
from bulletin.lists import Addressed
from bulletin.pipeline.addressing import Tell, address, keep_leavers, untold
from bulletin.pipeline.build import letterhead
from bulletin.pipeline.edited import edited
from bulletin.pipeline.guard import refuse_leaks
from bulletin.pipeline.job import Job
from bulletin.pipeline.made_of import made_of
from bulletin.pipeline.turnover import Turnover, turnover
from bulletin.wording import plural, printable
from bulletin.workspace.announced import keep_announced
from bulletin.workspace.approval import (
    Approval,
    keyed_all,
    read_approval,
    read_key,
    unapproved,
    write_approval,
)
from bulletin.workspace.editions import Built, read_edition


@dataclass(frozen=True, slots=True)
class Signed:
    """What is approved and still as it was approved: the editions on disk and who gets them.

    turnover: who came and went since the approval before, right after approving.
    """

    approval: Approval
    built: tuple[Built, ...]
    addressed: Addressed
    turnover: Turnover | None = None


def approve(job: Job, by: str, tell: Tell = untold) -> Signed:
    """Bind a sign-off to every edition on disk and to everybody on the lists now; tell: see `address`.

    Raises:
        BulletinError: nothing is built, an edition was changed since, there is nobody to send to.
    """
    by = " ".join(printable(by).split())
    if not by:
        raise UsageError("an approval needs a name", 'run: bulletin approve --by "Your Name"')
    with job.workspace.lock("approving"):
        key = read_key(job.workspace.key)
        built, addressed = read_built(job), address(job, tell)
        _refuse_outdated(job, built)
        refuse_leaks(job, built)
        if not addressed.recipients:
            raise BulletinError(
                "there is nobody to send to", "put people into mailing_lists/*.csv, then approve again"
            )
        keep_leavers(job)
        approval = Approval(
            by,
            job.now.isoformat(timespec="seconds"),
            {one.edition.name: one.manifest for one in built},
            keyed_all(key, addressed.recipients),
            made_of(job),
        )
        _keep_announced(
            job, built
        )  # first: what is approved without it would keep its number when it changes
        found = turnover(job, addressed)
        write_approval(job.workspace, job.issue, approval)
        return Signed(approval, built, addressed, found)


def _keep_announced(job: Job, built: tuple[Built, ...]) -> None:
    names = {file.name for one in built for file in one.edition.calendar}
    keep_announced(job.workspace, job.issue, announcements(job.load(), job.settings, names))


def _refuse_outdated(job: Job, built: tuple[Built, ...]) -> None:
    """Refuse to sign off an edition that what it is made of would not give any more."""
    if names := edited(job, built, {}):
        raise BulletinError(
            f"something was changed after the editions were built, so that they would read differently now: "
            f"{', '.join(names)}",
            f"run: bulletin build --date {built[0].edition.day}, look at it, then approve again",
        )


def read_signed(job: Job, tell: Tell = untold) -> Signed:
    """Read the approval and see that the editions and the people are what was approved.

    The approved people may become fewer, never more. tell: see `address`.

    Raises:
        BulletinError: nothing is approved, an edition is not what was approved, somebody was added since.
    """
    approval = read_approval(job.workspace, job.issue)
    if approval is None:
        raise BulletinError(
            f"issue {job.issue} is not approved", 'look at it, then run: bulletin approve --by "Your Name"'
        )
    key, built, addressed = read_key(job.workspace.key), read_built(job), address(job, tell)
    refuse_leaks(job, built)
    for one in built:
        if approval.manifests.get(one.edition.name) != one.manifest:
            raise BulletinError(
                f'the edition "{one.edition.name}" was built again after {approval.by} approved it',
                'look at it, then run: bulletin approve --by "Your Name"',
            )
    added = unapproved(approval, key, addressed.recipients)
    if added:
        raise BulletinError(
            f"{plural(added, 'person was', 'people were')} added to the lists, or moved to another "
            f"edition, after {approval.by} approved who gets it",
            'run: bulletin approve --by "Your Name"; whoever was sent to already is not sent to again',
        )
    return Signed(approval, built, addressed)


def read_built(job: Job) -> tuple[Built, ...]:
    """Read every edition of the settings from disk, as built.

    Raises:
        BulletinError: one is missing or changed, or the settings now say another sender or other lists.
    """
    names, found = job.workspace.list_names(), []
    for rule in job.settings.editions:
        folder = job.workspace.edition_folder(job.issue, rule.name)
        built = read_edition(folder, f"{job.folder}/editions/{rule.name}")
        now = letterhead(job.settings, rule, names)
        if (built.sender, built.reply_to, list(built.lists)) != (now["from"], now["reply_to"], now["lists"]):
            raise BulletinError(
                f'the edition "{rule.name}" was built with another sender or other lists than bulletin.toml '
                "has now",
                "run: bulletin build, then approve again",
            )
        found.append(built)
    return tuple(found)
