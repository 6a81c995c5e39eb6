"""The issue as it would read now, from the files as they are."""

from bulletin.compose import lay_out
from bulletin.desk.view import Fault, Proof, View
from bulletin.errors import BulletinError
from bulletin.pipeline.check import Judgement, check
from bulletin.pipeline.job import Job
from bulletin.pipeline.pack import as_it_reads
from bulletin.settings.publisher import LOGOS
from bulletin.workspace import Workspace


def view(job: Job) -> View:
    """Compose and check the issue as it stands now, or say why that cannot be."""
    partnership = job.settings.partnership
    try:
        fresh = job._replace(settings=job.workspace.settings())
        judged = check(fresh, fresh.today)
        proofs = _proofs(fresh, judged)
        packs, packless = _packs(fresh, judged)
    except BulletinError as fault:
        return View(partnership.title, job.issue, fault=Fault(fault.detail, fault.hint))
    items = judged.issue.items
    return View(
        title=fresh.settings.partnership.title,
        issue=f"Issue {judged.issue.number}",
        day=fresh.today,
        proofs=proofs,
        packs=packs,
        packless=packless,
        findings=judged.findings,
        titles={item.path: item.title for item in items if item.title},
        held=frozenset(item.path for item in items if item.hold),
        next_step="mend the errors"
        if judged.stopping
        else "`bulletin build`, then `bulletin approve --by NAME`",
    )


def _proofs(job: Job, judged: Judgement) -> tuple[Proof, ...]:
    """Give each edition with its heading and where in it an item stands."""
    proofs = []
    for rule, edition in zip(job.settings.editions, judged.editions, strict=True):
        entries = lay_out(judged.issue, rule, job.settings, edition.day).entries
        proofs.append(
            Proof(rule.heading or rule.name, edition, {entry.id: entry.anchor for entry in entries})
        )
    return tuple(proofs)


def _packs(job: Job, judged: Judgement) -> tuple[tuple[Proof, ...], dict[str, Fault]]:
    """Give each pack as a draft of the issue as it is, and why those are missing that cannot be made."""
    packs: list[Proof] = []
    packless: dict[str, Fault] = {}
    for rule in job.settings.packs:
        try:
            made = as_it_reads(job, rule, judged.issue, judged.editions)
        except BulletinError as fault:
            packless[rule.name] = Fault(fault.detail, fault.hint)
            continue
        if made is None:
            packless[rule.name] = Fault("Nothing in this issue fits it")
            continue
        layout, edition = made
        packs.append(Proof(rule.name, edition, {one.id: one.anchor for one in layout.entries}, pack=True))
    return tuple(packs), packless


def fingerprint(workspace: Workspace, issue: str) -> str:
    """Give a text that changes with the files the issue is made of: their names, times and sizes."""
    watched = [workspace.root / "bulletin.toml", workspace.issue_folder(issue) / "issue.toml"]
    ours = (workspace.root / "templates", workspace.root / "packs")
    for folder in (*ours, workspace.issue_folder(issue) / "items"):
        watched += sorted(path for path in folder.rglob("*") if path.is_file())
    watched += sorted((workspace.issue_folder(issue) / "images").glob("*"))
    watched += [path for path in sorted(workspace.root.glob("*")) if path.suffix.lower() in LOGOS]
    watched += sorted((workspace.root / "mailing_lists").glob("*.csv"))
    parts = []
    for path in watched:
        try:
            found = path.stat()
        except OSError:
            continue
        parts.append(f"{path}:{found.st_mtime_ns}:{found.st_size}")
    return "\n".join(parts)
