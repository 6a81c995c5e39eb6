"""`demo`: the whole sentence on the sample, with the officer's part played."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bulletin.errors import BulletinError, UsageError
from bulletin.model.contribution import FileOutcome
from bulletin.model.delivery import Tally
from bulletin.pipeline.approve import approve
from bulletin.pipeline.archive import archive
from bulletin.pipeline.build import BuiltEdition, build
from bulletin.pipeline.collect import collect
from bulletin.pipeline.job import Job
from bulletin.pipeline.new import drop_sample, make_workspace, new_issue
from bulletin.pipeline.plan import plan
from bulletin.pipeline.send import Run, send
from bulletin.report.files import files_total
from bulletin.report.findings import findings_total
from bulletin.report.tally import tally_line
from bulletin.settings import FILE
from bulletin.wording import plural
from bulletin.workspace import Workspace
from bulletin.workspace.files import read, write

ISSUE, MEETING, NEXT_MEETING = "2026-11", date(2026, 11, 12), date(2027, 2, 11)
LATE = "contributions/wrenshire-fire/Home fire safety visits.txt"
OFFICER = "Meera Holloway"
LONDON = ZoneInfo("Europe/London")
CLOSED = datetime(2026, 11, 20, 17, tzinfo=LONDON)
DUE = datetime(2026, 11, 26, 9, tzinfo=LONDON)

INTRODUCTION = (
    "The Core Group met on 12 November. Here is what it decided, what partners would like you to know, "
    "and what you can still have a say in before Christmas. Please pass it on."
)


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing the officer mends in an item, and why, in the officer's words.

    source: the contributed file, or the item's id where a file gave several.
    """

    source: str
    old: str
    new: str
    why: str


UPDATE = "contributions/kingsbrook/Kingsbrook update FINAL v3 (2).docx"

EDITS = (
    Edit(
        "contributions/harrowell/Repair cafe.txt",
        "Section: Sucesses",
        "Section: Successes",
        "a slip of the keyboard",
    ),
    Edit(
        "contributions/voluntary-action/Funding advice morning.md",
        "When: Thursday 4 December 2026",
        "When: Friday 4 December 2026",
        "rang Voluntary Action: the morning is on the Friday",
    ),
    Edit(
        "contributions/wrenshire-together/Small grants - web page.html",
        "[Click here]",
        "[Visit the grants page]",
        "so that the link says where it goes",
    ),
    Edit(
        "contributions/FW_ FW_ [EXTERNAL] Free trees for community spaces.eml",
        "From: Wrenshire County Council",
        "From: Wrenshire County Council\nSection: County partnership news",
        "an e-mail has no section of its own",
    ),
    Edit(
        UPDATE,
        "Title: Kingsbrook Area Partnership \N{EN DASH} update for Communicate",
        "Title: Kingsbrook footbridge reopens two weeks early\nSection: Key messages",
        "of its three stories this one is new",
    ),
    Edit(
        UPDATE,
        "From Graham, 18 November. Sorry about the formatting!\n\n## Footbridge reopens\n\n",
        "",
        "a greeting, and the title again",
    ),
    Edit(
        UPDATE,
        "## Dates for your diary\n\n"
        "- Thurs 4th Dec 10-12, funding advice morning, Kingsbrook Town Hall\n"
        "- Wed 9th Dec 5.30pm, Christmas gathering for all three LSPs, same place\n",
        "",
        "both are items already",
    ),
    Edit(
        UPDATE,
        "## Youth panel\n\nTen places, ages 13 to 19. Apply by 19 January 2027 at "
        "<https://www.kingsbrook.example/youth__panel> or ring Priya on 01632 960207.\n",
        "",
        "it is in Kingsbrook's key messages",
    ),
    Edit(
        "community-lunch",
        "When: 12/04/2026, 12.30",
        "When: Friday 4 December 2026, 12:30pm",
        "rang Ambleford WI: it is in December",
    ),
)

HOLDS = (
    ("contributions/bus review - please include.txt", "the same story as the county's own, which stays"),
    ("harrowell-christmas-market-2", "Harrowell's own item says more, and stays"),
)


@dataclass(frozen=True, slots=True)
class Done:
    """What the demo leaves behind."""

    workspace: Workspace
    tally: Tally
    built: tuple[BuiltEdition, ...]
    pages: int


def demo(root: Path, say: Callable[[str], None], progress: Callable[[int, int], None]) -> Done:
    """Make the sample workspace in a new folder and take issue 14 through its whole life.

    The clock is played: items close on Friday 20 November 2026, the issue is due on Thursday 26 November.
    Everything else is real: files, findings, SMTP to the built-in relay, ledger, pages.
    """
    _refuse_in_use(root)
    make_workspace(root, sample=True, without=LATE)
    workspace = Workspace(root)
    settings = workspace.settings()
    new_issue(workspace, settings, ISSUE, MEETING, NEXT_MEETING, MEETING)
    job = Job(workspace, settings, ISSUE, CLOSED)
    _collect_twice(job, say, progress)
    job = job._replace(now=DUE)
    for line in play_officer(job):
        say(f"  officer: {line}")
    judged, built = build(job, job.today)
    names = ", ".join(one.name for one in built)
    say(f"build     {plural(len(built), 'edition')}: {names}; {findings_total(judged.findings, 0)}")
    signed = approve(job, OFFICER)
    say(f"approve   by {OFFICER}, for {plural(len(signed.addressed.recipients), 'person', 'people')}")
    tally = send(job, plan(job, "", ""), Run(lambda: DUE, progress, lambda: False)).tally
    say(f"send      {tally_line(tally)}")
    pages = archive(job).files
    say(f"archive   {plural(len(pages), 'file')}")
    return Done(workspace, tally, built, len(pages))


def _refuse_in_use(root: Path) -> None:
    """Refuse a folder with anything in it: the demo mixes with nobody's files."""
    if root.exists() and not (root.is_dir() and not any(root.iterdir())):
        look = f", or look at the demo that is there: bulletin -C {root} status"
        raise UsageError(
            f"{root} is in use already, and the demo touches nothing of yours",
            "name a folder that is empty or not there yet: bulletin demo DIR"
            + (look if (root / FILE).exists() else ""),
        )


def play_officer(job: Job) -> Iterator[str]:
    """Do what the findings ask of a person, and say each thing."""
    items = {row.source: name for name, row in job.workspace.collected(job.issue).items.items()}
    folder = job.path
    for edit in EDITS:
        item = items.get(edit.source, edit.source)
        _replace(folder / "items" / f"{item}.md", edit.old, edit.new)
        change = f'"{_shown(edit.old)}" → "{_shown(edit.new)}"' if edit.new else f'cut "{_shown(edit.old)}"'
        yield f"{item}: {change} ({edit.why})"
    for source, reason in HOLDS:
        item = items.get(source, source)
        _replace(folder / "items" / f"{item}.md", "Source: ", f"Hold: {reason}\nSource: ")
        yield f"{item}: held ({reason})"
    _replace(folder / "issue.toml", 'introduction = ""', f'introduction = "{INTRODUCTION}"')
    yield "issue.toml: wrote two lines of introduction"


def _collect_twice(job: Job, say: Callable[[str], None], progress: Callable[[int, int], None]) -> None:
    """Collect after closing, drop the late file in, and collect again."""
    rows = collect(job, progress)
    say(f"collect   {files_total(rows)}")
    for row in rows:
        if row.outcome in (FileOutcome.NEEDS_YOU, FileOutcome.NOT_READ):
            say(f"  {row.outcome.value}: {row.path}: {row.why}")
    drop_sample(job.workspace.root, LATE)
    again = collect(job._replace(now=job.now.replace(day=23, hour=9)), progress)
    late = [item for row in again if row.path == LATE for item in row.items]
    say(f"collect   again, after {LATE} came in on 23 November: {', '.join(late)} is held as late")


def _shown(words: str) -> str:
    lines = [line for line in words.split("\n") if line]
    return lines[0] + " …" if len(lines) > 2 else " / ".join(lines)


def _replace(path: Path, old: str, new: str) -> None:
    text = (read(path) or b"").decode()
    if old not in text:
        raise BulletinError(f'{path} does not say "{old}", so the demo cannot go on', "")
    write(path, text.replace(old, new, 1).encode())
