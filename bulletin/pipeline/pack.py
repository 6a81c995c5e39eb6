"""`pack`: partners' own editions of what was approved, as files to send, print and paste."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from bulletin.check import check_issue, stops
from bulletin.check.packs import Holding, pack_faults
from bulletin.compose import edition_of
from bulletin.compose.pack import as_draft, credit_of, dressed, lay_out_pack, pack_items, pack_rule
from bulletin.compose.selection import may_stay
from bulletin.errors import BulletinError, UsageError
from bulletin.model.edition import Edition, Layout
from bulletin.model.issue import Issue, Item
from bulletin.model.picture import Picture
from bulletin.pack import contents, pack_files, preview_files
from bulletin.pipeline.approve import read_built
from bulletin.pipeline.archived_issue import approved_editions
from bulletin.pipeline.build import StoppedError
from bulletin.pipeline.edited import changed_since
from bulletin.pipeline.job import Job
from bulletin.pipeline.logo import read_logo
from bulletin.settings.reader import did_you_mean
from bulletin.settings.values import PackSettings
from bulletin.wording import plural
from bulletin.workspace.editions import Built
from bulletin.workspace.packs import DRAFTS, FOLDER, read_own_items, remove_pack, write_pack


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


@dataclass(frozen=True, slots=True)
class Source:
    """What packs are made from: an issue, the ids of its items for one, and the day it counts from."""

    issue: Issue
    wanted: frozenset[str]
    day: date


def pack(job: Job, name: str | None, *, draft: bool = False) -> tuple[Pack, ...]:
    """Make the pack of one partner, or of all, from what was approved; as a draft, from what is built.

    Raises:
        BulletinError: there are no packs in bulletin.toml, nothing is approved, something was edited since,
            a partner's own item has an error, or a file would hold what it may not.
    """
    chosen = _chosen(job, name)
    with job.workspace.lock("making packs"):
        source = _source(job, read_built(job) if draft else _approved(job), draft=draft)
        made = [_compose(job, one, source, draft=draft) for one in chosen]
        for one, files in made:
            _write(job, one, files)
        return tuple(one for one, _ in made)


def as_it_reads(
    job: Job, rule: PackSettings, issue: Issue, editions: Iterable[Edition]
) -> tuple[Layout, Edition] | None:
    """Compose a pack's draft from an issue and its editions as they are today; nothing is written.

    None where nothing fits it.

    Raises:
        BulletinError: a partner's own item has an error, or the pack would hold what it may not.
    """
    source = Source(issue, frozenset(item for one in editions for item in one.items), job.today)
    kept, own = _kept(job, rule, source)
    if not any(item.goes_out(source.day) for item in kept.items):
        return None
    layout = as_draft(lay_out_pack(kept, rule, job.settings, source.day, [item.id for item in own]))
    edition, _ = _rendered(job, rule, kept, layout)
    files = {"bulletin.html": edition.html.encode(), "bulletin.txt": edition.text.encode()}
    _refuse_faults(files, _holding(kept, own, source, rule), rule, job)
    return layout, edition


def _chosen(job: Job, name: str | None) -> tuple[PackSettings, ...]:
    packs = job.settings.packs
    known = [one.name for one in packs]
    if not packs:
        raise BulletinError(
            "there are no packs in bulletin.toml",
            'add one: [packs.kingsbrook] on a line, and under it: publisher = "Kingsbrook Town Council"',
        )
    if name is not None and name not in known:
        hint = f"packs here: {', '.join(known)}" + did_you_mean(name, known)
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


def _compose(job: Job, rule: PackSettings, source: Source, *, draft: bool) -> tuple[Pack, dict[str, bytes]]:
    """Make the files of one pack and look for what may not be in them; nothing is written."""
    kept, own = _kept(job, rule, source)
    missing = tuple(one for one in rule.items if one not in {item.id for item in kept.items})
    folder = f"{job.folder}/{DRAFTS if draft else FOLDER}/{rule.name}"
    if not any(item.goes_out(source.day) for item in kept.items):
        return Pack(rule.name, "", (), (), missing, draft), {}
    layout = lay_out_pack(kept, rule, job.settings, source.day, [item.id for item in own])
    layout = as_draft(layout) if draft else layout
    edition, colour = _rendered(job, rule, kept, layout)
    if draft:
        files = preview_files(layout, edition, colour)
    else:
        credit = credit_of(source.issue, rule, job.settings)
        items = {item.id: item for item in kept.items}
        named = {"words": credit.words, "url": credit.url}
        files = pack_files(layout, edition, items, named, colour)
    _refuse_faults(files, _holding(kept, own, source, rule), rule, job)
    return Pack(rule.name, folder, tuple(files), edition.items, missing, draft), files


def _kept(job: Job, rule: PackSettings, source: Source) -> tuple[Issue, tuple[Item, ...]]:
    """Give the issue as the pack may hold it, with the partner's own logo and items, and those items."""
    issue = source.issue
    own = _own_items(job, rule, source)
    wanted = replace(issue, items=tuple(one for one in issue.items if one.id in source.wanted))
    return replace(pack_items(wanted, rule, own, source.day), logo=_logo(job, rule)), own


def _rendered(job: Job, rule: PackSettings, kept: Issue, layout: Layout) -> tuple[Edition, str]:
    """Render a pack; also give its brand colour."""
    dress = dressed(job.settings, rule)
    return edition_of(layout, kept, pack_rule(rule), dress, job.workspace.templates()), dress.style.colour


def _logo(job: Job, rule: PackSettings) -> Picture | None:
    """Read the partner's own logo, never the partnership's."""
    logo = read_logo(job.workspace, rule.logo)
    if logo and logo.trouble:
        raise BulletinError(
            f'the logo of the pack "{rule.name}", {rule.logo}, cannot be printed: {logo.trouble}',
            "put a JPEG or PNG for light backgrounds beside bulletin.toml, or take the line with logo out",
        )
    return logo


def _own_items(job: Job, rule: PackSettings, source: Source) -> tuple[Item, ...]:
    """Read the partner's own items; an error in one stops the pack as it would stop a build."""
    taken = {item.id for item in source.issue.items}
    own = read_own_items(job.workspace.root, rule.name, job.settings, source.issue.meeting, taken)
    if not own:
        return ()
    paths = {item.path for item in own}
    alone = replace(source.issue, items=own, previous=(), changes=(), files=(), waivers=())
    stopping = stops(one for one in check_issue(alone, job.settings, source.day) if one.path in paths)
    if stopping:
        raise StoppedError(stopping, source.issue.path, ())
    return own


def _holding(kept: Issue, own: Iterable[Item], source: Source, rule: PackSettings) -> Holding:
    """Tell the issue's items apart: inside the pack, harmless to it, and forbidden in it."""
    inside = {item.id for item in kept.items}
    allowed: list[Item] = []
    forbidden: list[Item] = []
    for item in (*source.issue.items, *own):
        if item.id in inside:
            continue
        late = item.id not in source.wanted and item.goes_out(source.day)
        closed = item.hold or late or not may_stay(item, rule.reach)
        (forbidden if closed else allowed).append(item)
    return Holding(kept.items, tuple(allowed), tuple(forbidden))


def _refuse_faults(files: dict[str, bytes], holding: Holding, rule: PackSettings, job: Job) -> None:
    faults = list(dict.fromkeys(pack_faults(list(contents(files)), holding, rule, job.settings)))
    if faults:
        more = f", and {len(faults) - 1} more" if len(faults) > 1 else ""
        raise BulletinError(
            f'no pack was written: "{rule.name}" would hold {faults[0]}{more}',
            f"take these words out of [packs.{rule.name}] in bulletin.toml, of packs/{rule.name}/, or of the"
            " item that repeats them; templates of your own may say them too",
        )


def _write(job: Job, made: Pack, files: dict[str, bytes]) -> None:
    """Write a pack where it belongs; the draft of one that is approved now goes."""
    folder = job.workspace.issue_folder(job.issue)
    here = folder / (DRAFTS if made.draft else FOLDER) / made.name
    if files:
        write_pack(here, files)
    else:
        remove_pack(here)
    if not made.draft:
        remove_pack(folder / DRAFTS / made.name)
