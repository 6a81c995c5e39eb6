"""The issue as it would read now, from the files as they are."""

import logging
from dataclasses import dataclass, field
from functools import partial
from threading import Lock

from bulletin.compose import lay_out
from bulletin.desk.view import Fault, Proof, View
from bulletin.desk.watch import BROKEN
from bulletin.errors import BulletinError
from bulletin.pipeline.archived_issue import approved_editions
from bulletin.pipeline.check import Judgement, check
from bulletin.pipeline.edited import changed_since
from bulletin.pipeline.job import Job
from bulletin.pipeline.pack import approved_source
from bulletin.pipeline.packed import Source, compose_pack
from bulletin.settings.publisher import LOGOS
from bulletin.settings.values import PackSettings
from bulletin.workspace import Workspace
from bulletin.workspace.announced import NAME as ANNOUNCED
from bulletin.workspace.announced import PACKS as OWN_ANNOUNCED
from bulletin.workspace.editions import MANIFEST

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Packs:
    """Packs that were looked at, each with the state of its files then: another state makes it anew."""

    known: dict[str, tuple[str, Proof | Fault]] = field(default_factory=dict)
    making: Lock = field(default_factory=Lock)


def view(job: Job, packs: Packs) -> View:
    """Compose and check the issue as it stands now, or say why that cannot be."""
    partnership = job.settings.partnership
    try:
        fresh = job._replace(settings=job.workspace.settings())
        marks = {one.name: fingerprint(job.workspace, job.issue, one.name) for one in fresh.settings.packs}
        judged = check(fresh, fresh.today)
        proofs = _proofs(fresh, judged)
    except BulletinError as fault:
        return View(partnership.title, job.issue, fault=Fault(fault.detail, fault.hint))
    items = judged.issue.items
    return View(
        title=fresh.settings.partnership.title,
        issue=f"Issue {judged.issue.number}",
        day=fresh.today,
        proofs=proofs,
        packs={
            rule.name: partial(_pack, packs, marks[rule.name], fresh, rule, judged)
            for rule in fresh.settings.packs
        },
        findings=judged.findings,
        titles={item.path: item.title for item in items if item.title},
        held=frozenset(item.path for item in items if item.hold),
        next_step=_next_step(fresh, judged),
    )


def _next_step(job: Job, judged: Judgement) -> str:
    if judged.stopping:
        return "mend the errors"
    if _is_approved(job, judged):
        return "it is approved as its files are: `bulletin send --plan`"
    return "`bulletin build`, then `bulletin approve --by NAME`"


def _is_approved(job: Job, judged: Judgement) -> bool:
    """Whether what was approved is still what the files say."""
    try:
        built = tuple(approved_editions(job))
    except BulletinError:
        return False
    return bool(built) and not any(changed_since(job, judged.issue, one) for one in built)


def _proofs(job: Job, judged: Judgement) -> tuple[Proof, ...]:
    """Give each edition with its heading and where in it an item stands."""
    proofs = []
    for rule, edition in zip(job.settings.editions, judged.editions, strict=True):
        entries = lay_out(judged.issue, rule, job.settings, edition.day).entries
        proofs.append(
            Proof(rule.heading or rule.name, edition, {entry.id: entry.anchor for entry in entries})
        )
    return tuple(proofs)


def _pack(packs: Packs, mark: str, job: Job, rule: PackSettings, judged: Judgement) -> Proof | Fault:
    """Give a pack, composed anew where its files have changed since it was looked at last."""
    with packs.making:
        known = packs.known.get(rule.name)
        if known is None or known[0] != mark:
            known = packs.known[rule.name] = mark, _composed(job, rule, judged)
        return known[1]


def _composed(job: Job, rule: PackSettings, judged: Judgement) -> Proof | Fault:
    """Compose a pack as it was approved, or as a draft of the issue as it is, or say why that cannot be."""
    try:
        source, draft = approved_source(job), False
    except BulletinError:
        wanted = frozenset(item for one in judged.editions for item in one.items)
        source, draft = Source(judged.issue, wanted, job.today), True
    try:
        made = compose_pack(job, rule, source, draft=draft)
    except BulletinError as fault:
        return Fault(fault.detail, fault.hint)
    except Exception:
        log.exception("The pack %s could not be composed", rule.name)
        return BROKEN
    if made.layout is None or made.edition is None:
        return Fault("Nothing in this issue fits it")
    anchors = {one.id: one.anchor for one in made.layout.entries}
    return Proof(rule.name, made.edition, anchors, pack=True, files=made.files, draft=draft)


def fingerprint(workspace: Workspace, issue: str, pack: str = "") -> str:
    """Give a text that changes with the files the issue is made of: their names, times and sizes.

    pack: of that pack alone, which has no readers, and nothing of what other partners add.
    """
    root, folder = workspace.root, workspace.issue_folder(issue)
    watched = [
        root / "bulletin.toml",
        *(folder / name for name in ("issue.toml", "approval.json", ANNOUNCED)),
    ]
    for ours in (root / "templates", root / "packs" / pack, folder / "items"):
        watched += sorted(path for path in ours.rglob("*") if path.is_file())
    watched += sorted(folder.glob(f"editions/*/{MANIFEST}")) + sorted((folder / "images").glob("*"))
    watched += sorted(folder.glob(f"{OWN_ANNOUNCED}/{pack or '*'}.json"))
    watched += [path for path in sorted(root.glob("*")) if path.suffix.lower() in LOGOS]
    watched += [] if pack else sorted((root / "mailing_lists").glob("*.csv"))
    parts = []
    for path in watched:
        try:
            found = path.stat()
        except OSError:
            continue
        parts.append(f"{path}:{found.st_mtime_ns}:{found.st_size}")
    return "\n".join(parts)
