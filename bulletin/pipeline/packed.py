"""What a partner's pack is made of, and that it holds nothing it may not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from bulletin.calendar import file_names
from bulletin.check import check_issue, stops
from bulletin.check.packs import Holding, pack_faults
from bulletin.compose import announcements, edition_of
from bulletin.compose.pack import as_draft, credit_of, dressed, lay_out_pack, pack_items, pack_rule
from bulletin.compose.selection import may_stay
from bulletin.errors import BulletinError
from bulletin.model.edition import Announced, Edition, Layout
from bulletin.model.issue import Issue, Item
from bulletin.model.picture import Picture
from bulletin.pack import contents, pack_files, preview_files
from bulletin.pipeline.build import StoppedError
from bulletin.pipeline.job import Job
from bulletin.pipeline.logo import read_logo
from bulletin.settings.values import PackSettings
from bulletin.workspace.announced import read_own_announced
from bulletin.workspace.packs import read_own_items

BEFORE_THE_FIRST = -1
"""The SEQUENCE of what nobody has been told: the first telling makes it 0."""


@dataclass(frozen=True, slots=True)
class Source:
    """What packs are made from: an issue, the ids of its items for one, and the day it counts from."""

    issue: Issue
    wanted: frozenset[str]
    day: date


class Made(NamedTuple):
    """A pack as it was composed; nothing of it is written.

    layout, edition: None where nothing fits it, and then there are no files.
    missing: ids bulletin.toml names that are no item of the issue, or none it may hold.
    told: what it says of the partner's own events, by the names of their calendar files.
    """

    layout: Layout | None
    edition: Edition | None
    files: Mapping[str, bytes]
    missing: tuple[str, ...]
    told: Mapping[str, Announced]


def compose_pack(job: Job, rule: PackSettings, source: Source, *, draft: bool) -> Made:
    """Make the files of one pack, and look for what may not be in them.

    Raises:
        BulletinError: a partner's own item has an error, or a file would hold what it may not.
    """
    kept, own = _kept(job, rule, source)
    missing = tuple(one for one in rule.items if one not in {item.id for item in kept.items})
    if not any(item.goes_out(source.day) for item in kept.items):
        return Made(None, None, {}, missing, {})
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
    names = {file.name for file in edition.calendar} & {name for item in own for name in file_names(item.id)}
    return Made(layout, edition, files, missing, announcements(kept, job.settings, names))


def _kept(job: Job, rule: PackSettings, source: Source) -> tuple[Issue, tuple[Item, ...]]:
    """Give the issue as the pack may hold it, with the partner's own logo and items, and those items."""
    issue = source.issue
    own = _own_items(job, rule, source)
    wanted = replace(issue, items=tuple(one for one in issue.items if one.id in source.wanted))
    told = {**issue.announced, **_announced(job, rule, own)}
    return replace(pack_items(wanted, rule, own, source.day), logo=_logo(job, rule), announced=told), own


def _announced(job: Job, rule: PackSettings, own: Iterable[Item]) -> dict[str, Announced]:
    """Give what people have of a partner's own events; two partners may call theirs the same."""
    domain = job.settings.sender.domain
    known = read_own_announced(job.workspace, job.issue, rule.name)
    names = [name for item in own for name in file_names(item.id)]
    untold = {
        name: Announced(f"{name.removesuffix('.ics')}.{rule.name}.{job.issue}@{domain}", BEFORE_THE_FIRST, "")
        for name in names
    }
    return {name: known.get(name, untold[name]) for name in names}


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


def _refuse_faults(files: Mapping[str, bytes], holding: Holding, rule: PackSettings, job: Job) -> None:
    faults = list(dict.fromkeys(pack_faults(list(contents(files)), holding, rule, job.settings)))
    if faults:
        more = f", and {len(faults) - 1} more" if len(faults) > 1 else ""
        raise BulletinError(
            f'no pack was written: "{rule.name}" would hold {faults[0]}{more}',
            f"take these words out of [packs.{rule.name}] in bulletin.toml, of packs/{rule.name}/, or of the"
            " item that repeats them; templates of your own may say them too",
        )
