"""What was changed after editions were built: their bytes hold the older words, which is to be said."""

from collections.abc import Iterator, Mapping

from bulletin.compose import compose
from bulletin.errors import BulletinError
from bulletin.model.issue import Issue
from bulletin.pipeline.build import sources
from bulletin.pipeline.job import Job
from bulletin.pipeline.made_of import differing, made_of
from bulletin.settings import FILE
from bulletin.workspace.approval import Approval
from bulletin.workspace.editions import Built

_ELSE = (f"{FILE}, templates/ or the program itself",)


def edited(job: Job, built: tuple[Built, ...], then: Mapping[str, str]) -> tuple[str, ...]:
    """Name what was changed since editions were built, if they would read differently now; else nothing.

    then: what `made_of` gave when they were signed off; {} where nobody noted it.

    Raises:
        BulletinError: a template or issue.toml is at fault.
    """
    issue, templates = job.load(), job.workspace.templates()
    found: set[str] = set()
    differs = False
    for one, rule in zip(built, job.settings.editions, strict=True):
        now = compose(issue, rule, job.settings, one.edition.day, templates)
        if now != one.edition:
            differs = True
            found.update(changed_since(job, issue, one))
            new = {*now.items}.difference(one.edition.items)
            found.update(item.path for item in issue.items if item.id in new)
    if differs and then:
        found.update(path for path in differing(then, made_of(job)) if not path.startswith("issues/"))
    return (tuple(sorted(found)) or _ELSE) if differs else ()


def changed_since(job: Job, issue: Issue, built: Built) -> tuple[str, ...]:
    """Give the files an edition was made of that are not any more as they were then."""
    return differing(built.sources, sources(job, issue, built.edition.items))


def refuse_edited(job: Job, built: tuple[Built, ...], approval: Approval) -> None:
    """Refuse to begin with copies that hold older words than the items and settings do now.

    Raises:
        BulletinError: something was changed after it was approved, by name.
    """
    names = edited(job, built, approval.made_of)
    if names:
        day = built[0].edition.day
        dated = "" if day == job.today else f" --date {day}"
        raise BulletinError(
            f"changed after {approval.by} approved the editions, so that their copies hold the older words: "
            f"{', '.join(names)}; nothing was sent",
            f"run: bulletin build{dated}, look at it, then approve again; "
            "or send what was approved all the same: the same command with --as-approved",
        )


def older_words(job: Job, built: tuple[Built, ...], approval: Approval) -> Iterator[str]:
    """Say what the copies do not hold, where what was approved goes out all the same."""
    try:
        names = edited(job, built, approval.made_of)
    except BulletinError as fault:  # what has begun goes on, whatever is at fault now
        names = (fault.detail,)
    if names:
        yield f"Changed after it was approved: {', '.join(names)}. The copies hold the older words."
