"""`pack`: partners' own editions of what was approved, as files to send, print and paste."""

from dataclasses import dataclass

from bulletin.errors import BulletinError, UsageError
from bulletin.pipeline.approve import read_built
from bulletin.pipeline.archived_issue import approved_editions
from bulletin.pipeline.edited import changed_since
from bulletin.pipeline.job import Job
from bulletin.pipeline.packed import Made, Source, compose_pack
from bulletin.settings.values import PackSettings
from bulletin.wording import did_you_mean, plural
from bulletin.workspace.announced import keep_own_announced
from bulletin.workspace.editions import Built
from bulletin.workspace.packs import DRAFTS, FOLDER, remove_pack, write_pack


@dataclass(frozen=True, slots=True)
class Pack:
    """One partner's pack as it was made.

    folder: where it lies, relative to the workspace, "" where nothing fits it and nothing was made.
    missing: ids bulletin.toml names that are no item of the issue, or none it may hold.
    """

    name: str
    folder: str
    files: tuple[str, ...]
    items: tuple[str, ...]
    missing: tuple[str, ...]
    draft: bool


def pack(job: Job, name: str | None, *, draft: bool = False) -> tuple[Pack, ...]:
    """Make the pack of one partner, or of all, from what was approved; as a draft, from what is built.

    Raises:
        BulletinError: there are no packs in bulletin.toml, nothing is approved, something was edited since,
            a partner's own item has an error, or a file would hold what it may not.
    """
    chosen = _chosen(job, name)
    with job.workspace.lock("making packs"):
        source = _source(job, read_built(job) if draft else _approved(job), draft=draft)
        made = [(one, compose_pack(job, one, source, draft=draft)) for one in chosen]
        return tuple(_write(job, rule.name, one, draft=draft) for rule, one in made)


def approved_source(job: Job) -> Source:
    """Give what packs may be made from: the items of what was approved, as they were then.

    Raises:
        BulletinError: nothing is approved, or something was edited since.
    """
    return _source(job, _approved(job), draft=False)


def _chosen(job: Job, name: str | None) -> tuple[PackSettings, ...]:
    packs = job.settings.packs
    known = [one.name for one in packs]
    if not packs:
        raise BulletinError(
            "there are no packs in bulletin.toml",
            'add one: [packs.kingsbrook] on a line, and under it: publisher = "Kingsbrook Town Council"',
        )
    if name is not None and name not in known:
        hint = f"{did_you_mean(name, known)}Packs here: {', '.join(known)}"
        raise UsageError(f'there is no pack "{name}" in bulletin.toml', hint)
    return tuple(one for one in packs if name in (None, one.name))


def _approved(job: Job) -> tuple[Built, ...]:
    built = tuple(approved_editions(job))
    if not built:
        raise BulletinError(
            f"issue {job.issue} is not approved, so nothing of it may be passed on yet",
            'run: bulletin approve --by "Your Name"; to look at the packs before that: bulletin pack --draft',
        )
    return built


def _source(job: Job, built: tuple[Built, ...], *, draft: bool) -> Source:
    """Read the issue and see that its items are still as they were approved, or built."""
    issue = job.load()
    edited = sorted({path for one in built for path in changed_since(job, issue, one)})
    day = built[0].edition.day
    if edited:
        was = "built" if draft else "approved"
        raise BulletinError(
            f"{plural(len(edited), 'file was', 'files were')} edited or deleted after issue {job.issue} "
            f"was {was}: {', '.join(edited)}",
            f"look at it, then run: bulletin --issue {job.issue} build --date {day}"
            + ("" if draft else ", and approve again; nobody is sent a second copy"),
        )
    return Source(issue, frozenset(item for one in built for item in one.edition.items), day)


def _write(job: Job, name: str, made: Made, *, draft: bool) -> Pack:
    """Write a pack where it belongs; the draft of one that is approved now goes."""
    folder, kind = job.path, DRAFTS if draft else FOLDER
    if not draft:  # first: what went out without it would keep its number when it changes
        keep_own_announced(job.workspace, job.issue, name, made.told)
    if made.files:
        write_pack(folder / kind / name, made.files)
    else:
        remove_pack(folder / kind / name)
    if not draft:
        remove_pack(folder / DRAFTS / name)
    here = f"{job.folder}/{kind}/{name}" if made.files else ""
    items = made.edition.items if made.edition else ()
    return Pack(name, here, tuple(made.files), items, made.missing, draft)
