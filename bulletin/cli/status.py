"""`bulletin status`, and `bulletin` alone."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from bulletin.cli.app import App
from bulletin.wording import one_line

if TYPE_CHECKING:
    from bulletin.pipeline.status import Status
    from bulletin.settings.values import Settings


@click.command(
    epilog="""\b
Example:
  bulletin -C my-bulletin status        `bulletin` alone says it in short"""
)
@click.pass_obj
def command(app: App) -> None:
    """See a picture of the issue: what has come, from whom, who owes what, what comes next.

    It shows the dates, what each body has sent or owes and whom to ask there, how organisations, areas and
    audiences are balanced, and what serves each priority of the partnership ([priorities] in bulletin.toml).
    """
    _show(app, in_full=True)


@click.command()
@click.pass_obj
def alone(app: App) -> None:
    """See in short where the issue stands, and which command comes next."""
    _show(app, in_full=False)


def _show(app: App, *, in_full: bool) -> None:
    from bulletin.pipeline.status import status

    workspace = app.workspace()
    if workspace.root.is_dir() and not (workspace.root / "bulletin.toml").exists():
        app.result("\n".join(_welcome(app.folder)), {"workspace": None, "next": "bulletin demo"})
        return
    if app.issue is None and workspace.root.is_dir() and not workspace.has_issues():
        settings = app.settings()
        following = "bulletin new 2026-11 --meeting 2026-11-12, with your meeting's month and date"
        text = f"{settings.partnership.title}, {settings.partnership.name}: no issue yet.\nNext: {following}"
        app.result(text, {"workspace": str(workspace.root), "issue": None, "next": following})
        return
    job = app.job()
    found = status(job)
    lines = list(_lines(job.settings, found, job.today, in_full=in_full))
    app.result("\n".join([*lines, "", f"Next: {found.next}"]), _json(found))


def _welcome(folder: str) -> list[str]:
    where = "here" if folder == "." else f"in {folder}"
    return [
        f"There is no bulletin {where}.",
        "  bulletin demo                  see the whole of it done on a sample, in seconds",
        "  bulletin init my-bulletin      make a workspace of your own",
        "  bulletin --help                every verb, in the order of an issue's life",
    ]


def _lines(settings: "Settings", found: "Status", today: date, *, in_full: bool) -> Iterator[str]:
    if not in_full:
        yield from _opening(settings, found, today)
        yield from _short_lines(found)
        yield from _file_lines(found)
        return
    from bulletin.cli.picture import picture_lines, wrapped

    whole = (_opening(settings, found, today), _file_lines(found), picture_lines(settings, found, today))
    for lines in whole:
        for line in lines:
            yield from wrapped(line)


def _opening(settings: "Settings", found: "Status", today: date) -> Iterator[str]:
    yield f"{settings.partnership.title} issue {found.number} ({found.issue}): {found.step}"
    yield from (one_line(f"  changed: {name}") for name in found.edited)
    yield ""
    yield from _deadline_lines(found, today)
    yield ""
    yield f"Items: {len(found.items)}" + (f", {len(found.held)} of them held" if found.held else "")
    for item in found.held:
        yield f"  held: {item.id} ({item.hold})"


def _short_lines(found: "Status") -> Iterator[str]:
    if found.bodies:
        yield "From: " + ", ".join(f"{one.body.name} {one.items}" for one in found.bodies)
    for body in found.silent:
        whom = f"; ask {body.contact}" if body.contact else ""
        deputy = f", or {body.deputy}" if body.contact and body.deputy else ""
        yield f"  nothing yet from {body.name}{whom}{deputy}"


def _file_lines(found: "Status") -> Iterator[str]:
    from bulletin.model.contribution import FileOutcome
    from bulletin.report.files import outcome_words

    files = ", ".join(
        outcome_words(outcome, found.files[outcome]) for outcome in FileOutcome if found.files.get(outcome)
    )
    yield f"Files: {files or 'none yet'}"
    if found.waiting:
        some = one_line(", ".join(found.waiting[:3])) + (" ..." if len(found.waiting) > 3 else "")
        yield f"  {len(found.waiting)} not collected yet: {some}"


def _deadline_lines(found: "Status", today: date) -> Iterator[str]:
    from bulletin.dates.house import house_moment
    from bulletin.pipeline.status import days_away

    for name, at in found.dates.items():
        day = at.date() if isinstance(at, datetime) else at
        holiday = f", {found.holidays[day]}" if day in found.holidays else ""
        yield f"  {name:20}{house_moment(at)}{holiday} ({days_away(day, today)})"


def _json(found: "Status") -> dict[str, Any]:
    return {
        "issue": found.issue,
        "number": found.number,
        "step": found.step,
        "next": found.next,
        "edited": list(found.edited),
        "deadlines": {name: at.isoformat() for name, at in found.dates.items()},
        "holidays": {day.isoformat(): name for day, name in found.holidays.items()},
        "items": [item.id for item in found.items],
        "held": {item.id: item.hold for item in found.held},
        "bodies": {one.body.id: one.items for one in found.bodies},
        "silent": [body.id for body in found.silent],
        "owes": [
            {"body": one.body.id, "what": debt.what.value, "by": debt.by.isoformat()}
            for one in found.bodies
            for debt in one.owes
        ],
        "balance": {
            "organisations": dict(found.balance.organisations),
            "areas": dict(found.balance.areas),
            "audiences": dict(found.balance.audiences),
        },
        "priorities": {name: list(items) for name, items in found.balance.priorities.items()},
        "files": {outcome.value: count for outcome, count in found.files.items()},
        "waiting": list(found.waiting),
    }
