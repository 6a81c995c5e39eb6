"""`bulletin status`, and `bulletin` alone."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from bulletin.cli.app import App

if TYPE_CHECKING:
    from bulletin.pipeline.status import Status


@click.command(
    epilog="""\b
Example:
  bulletin -C my-bulletin status        `bulletin` alone says the same"""
)
@click.pass_obj
def command(app: App) -> None:
    """See where the issue stands: what has come, from whom, what is missing, what comes next."""
    from bulletin.pipeline.status import status

    workspace = app.workspace()
    if workspace.root.is_dir() and not (workspace.root / "bulletin.toml").exists():
        app.result("\n".join(_welcome(app.folder)), {"workspace": None, "next": "bulletin demo"})
        return
    if app.issue is None and workspace.root.is_dir() and not workspace.issue_ids():
        settings = app.settings()
        following = "bulletin new 2026-11 --meeting 2026-11-12, with your meeting's month and date"
        text = f"{settings.partnership.title}, {settings.partnership.name}: no issue yet.\nNext: {following}"
        app.result(text, {"workspace": str(workspace.root), "issue": None, "next": following})
        return
    job = app.job()
    found = status(job)
    title = f"{job.settings.partnership.title} issue {found.number} ({found.issue})"
    app.result("\n".join(_lines(title, found, job.today)), _json(found))


def _welcome(folder: str) -> list[str]:
    where = "here" if folder == "." else f"in {folder}"
    return [
        f"There is no bulletin {where}.",
        "  bulletin demo                  see the whole of it done on a sample, in seconds",
        "  bulletin init my-bulletin      make a workspace of your own",
        "  bulletin --help                every verb, in the order of an issue's life",
    ]


def _lines(title: str, found: "Status", today: date) -> Iterator[str]:
    from bulletin.report.files import outcome_words
    from bulletin.report.words import one_line

    yield f"{title}: {found.step}"
    yield ""
    yield from _deadline_lines(found, today)
    yield ""
    yield f"Items: {len(found.items)}" + (f", {len(found.held)} of them held" if found.held else "")
    for item in found.held:
        yield f"  held: {item.id} ({item.hold})"
    if found.bodies:
        yield "From: " + ", ".join(f"{body.name} {count}" for body, count in found.bodies)
    for body in found.silent:
        whom = f"; ask {body.contact}" if body.contact else ""
        deputy = f" or {body.deputy}" if body.contact and body.deputy else ""
        yield f"  nothing yet from {body.name}{whom}{deputy}"
    files = ", ".join(outcome_words(outcome, count) for outcome, count in found.files.items())
    yield f"Files: {files or 'none yet'}"
    if found.waiting:
        some = one_line(", ".join(found.waiting[:3])) + (" ..." if len(found.waiting) > 3 else "")
        yield f"  {len(found.waiting)} not collected yet: {some}"
    yield ""
    yield f"Next: {found.next}"


def _deadline_lines(found: "Status", today: date) -> Iterator[str]:
    from bulletin.dates.house import house_date, house_time
    from bulletin.pipeline.status import days_away

    for name, at in found.dates.items():
        day = at.date() if isinstance(at, datetime) else at
        clock = f"{house_time(at.time())} on " if isinstance(at, datetime) else ""
        yield f"  {name:20}{clock}{house_date(day)} ({days_away(day, today)})"


def _json(found: "Status") -> dict[str, Any]:
    return {
        "issue": found.issue,
        "number": found.number,
        "step": found.step,
        "next": found.next,
        "deadlines": {name: at.isoformat() for name, at in found.dates.items()},
        "items": [item.id for item in found.items],
        "held": {item.id: item.hold for item in found.held},
        "bodies": {body.id: count for body, count in found.bodies},
        "silent": [body.id for body in found.silent],
        "files": {outcome.value: count for outcome, count in found.files.items()},
        "waiting": list(found.waiting),
    }
