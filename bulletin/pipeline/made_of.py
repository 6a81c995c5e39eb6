"""The files an issue's editions are made of, and what of them was changed since; nothing heavy is loaded."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from bulletin.errors import BulletinError
from bulletin.pipeline.job import Job
from bulletin.settings import FILE
from bulletin.workspace.files import digest, read, regular_files
from bulletin.workspace.jsonfile import understood

IMAGES = "images"


def made_of(job: Job) -> dict[str, str]:
    """Give the digest of each file that has a part in an issue's editions, by its path in the workspace."""
    return {name: digest(read(job.workspace.root / name) or b"") for name in _files(job)}


def differing(then: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """Name the files that are not as they were: changed, new or gone."""
    return tuple(sorted(path for path in {*then, *now} if then.get(path) != now.get(path)))


def is_as_approved(approval: Path, built: Mapping[str, Path]) -> bool:
    """Whether the manifests are those that were signed off; `send` looks closer, and at the people."""
    signed = understood(read(approval), lambda data: dict(data["manifests"])) or {}
    return all(digest(read(path) or b"") == signed.get(name) for name, path in built.items())


def changed_since_approval(job: Job, approval: Path) -> tuple[str, ...]:
    """Name what was changed since a sign-off; only where a file was, it is composed to see if it matters."""
    then = understood(read(approval), lambda data: dict(data.get("made_of", {}))) or {}
    found = differing(then, made_of(job)) if then else ()
    if not found:
        return ()
    from bulletin.pipeline.approve import read_built
    from bulletin.pipeline.edited import edited

    try:
        return edited(job, read_built(job), then)
    except BulletinError:  # it would not even compose, or goes elsewhere: then all of it matters
        return found


def changed_while_sending(job: Job, approval: Path) -> tuple[str, ...]:
    """Name what was changed since a sign-off, if people still wait for their copy."""
    found = changed_since_approval(job, approval)
    if not found:
        return ()
    from bulletin.deliver.record.tally import read_tally
    from bulletin.pipeline.plan import ledger_path

    try:
        tally = read_tally(ledger_path(job, rehearsal=False))
    except BulletinError:  # a send is running, or the ledger is elsewhere: `send` says it
        return ()
    return found if tally.pending or tally.deferred else ()


def changed_since_built(job: Job, manifests: Iterable[Path]) -> tuple[str, ...]:
    """Name the items and pictures that were changed since the editions were built."""
    then: dict[str, str] = {}
    for path in manifests:
        sources = understood(read(path), lambda data: dict(data["sources"]))
        if sources is None:
            return ()
        then |= sources
    now = {name: digest(read(job.workspace.root / name) or b"") for name in then}
    return tuple(name for name in differing(then, now) if name != f"{job.folder}/issue.toml")


def _files(job: Job) -> Iterator[str]:
    root, folder = job.workspace.root, job.path
    yield from (FILE, f"{job.folder}/issue.toml", *filter(None, [job.settings.partnership.logo]))
    yield from (f"{job.folder}/items/{path.name}" for path in (folder / "items").glob("*.md"))
    yield from (f"{job.folder}/{IMAGES}/{name}" for name, _ in regular_files(folder / IMAGES))
    yield from (f"templates/{name}" for name, _ in regular_files(root / "templates"))
