"""`init` and `new`: a workspace, and an issue in it."""

from datetime import date
from importlib.resources import files
from pathlib import Path

from bulletin.errors import UsageError
from bulletin.model.issue import Item
from bulletin.model.partnership import SectionKind
from bulletin.settings import FILE
from bulletin.settings.reader import is_name
from bulletin.settings.values import Settings
from bulletin.workspace import Workspace
from bulletin.workspace.announced import keep_carried
from bulletin.workspace.approval import make_key
from bulletin.workspace.collected import Collected, Written
from bulletin.workspace.files import as_text, digest, make_folder, read, regular_files, write
from bulletin.workspace.issues import write_issue
from bulletin.workspace.items import carried_over
from bulletin.workspace.merging import merged_into
from bulletin.workspace.pictures import FOLDER as IMAGES
from bulletin.workspace.shipped import FORM, shipped

IGNORED = (
    "# personal data, keys and results stay out of git\n"
    "mailing_lists/\ncontributions/\nissues/\nworkspace.key\n.bulletin.lock\n"
)
YEARS = range(2000, 2200)
"""Years in which a meeting may be; another is a slip of the keyboard."""

FOLDERS = ("contributions", "mailing_lists", "templates", "issues")


def make_workspace(root: Path, *, sample: bool, without: str = "") -> tuple[str, ...]:
    """Make what a workspace needs and what is not there yet; nothing that is there is touched.

    Args:
        sample: with the Avonbridge sample in it.
        without: a file of the sample that has not come yet.

    Returns:
        What was made, relative to `root`.
    """
    if sample and any((root / name).exists() for name in (FILE, "contributions", "mailing_lists")):
        raise UsageError(f"{root} is in use already", "name a folder that is empty or not there yet")
    made = [f"{name}/" for name in FOLDERS if not (root / name).is_dir()]
    for name in FOLDERS:
        make_folder(root / name)
    wanted = (_sample_files() if sample else _empty_files()) | {FORM: shipped(FORM).read_bytes()}
    for name, data in wanted.items():
        if name != without and read(root / name) is None:
            write(root / name, data)
            made += [] if sample and "/" in name else [name]
    if read(root / "workspace.key") is None:
        make_key(root / "workspace.key")
        made.append("workspace.key")
    return tuple(made)


def new_issue(  # noqa: PLR0913, PLR0917 -- what `bulletin new` is told
    workspace: Workspace,
    settings: Settings,
    issue: str,
    meeting: date,
    next_meeting: date | None,
    today: date,
) -> tuple[str, ...]:
    """Start an issue: write its dates, and carry over what waits and what is still open.

    Returns:
        The ids of the items carried over from the issue before.
    """
    if not is_name(issue):
        raise UsageError(f'"{issue}" cannot be the name of an issue', "name it like 2026-11: year and month")
    known = workspace.issue_ids()
    if issue in known:
        raise UsageError(
            f"issue {issue} is there already", f"see how it stands: bulletin --issue {issue} status"
        )
    if next_meeting and next_meeting <= meeting:
        raise UsageError("the next meeting is not after this one", "check both dates: --meeting and --next")
    for day in (meeting, next_meeting or meeting):
        if not YEARS.start <= day.year < YEARS.stop:
            raise UsageError(
                f"there is no meeting in the year {day.year}", "check the dates: --meeting and --next"
            )
    earlier = [one for one in known if workspace.meeting(one) < meeting]
    number = max((workspace.number(one) for one in known), default=settings.partnership.first_issue - 1) + 1
    text = write_issue(number, meeting, next_meeting, settings.calendar)
    folder = workspace.issue_folder(issue)
    with workspace.lock("starting an issue"):
        make_folder(folder / "items")
        carried = _carry_over(workspace, settings, earlier[-1], issue, today) if earlier else ()
        write(folder / "issue.toml", text.encode())  # last: until it is there, so is no issue
    return carried


def _carry_over(
    workspace: Workspace, settings: Settings, previous: str, issue: str, today: date
) -> tuple[str, ...]:
    """Copy the items that waited and the consultations still open; a late one is late no more."""
    from bulletin.compose.figures import pictures_of

    before, collected = workspace.issue(previous, settings), workspace.collected(previous)
    rows: dict[str, Written] = {}
    carried = [
        item
        for item in before.items
        if (item.hold or _is_open(item, today)) and not merged_into(item.hold)  # another has its words
    ]
    pictures = {one.name: one for item in carried for one in pictures_of(item, before) if not one.trouble}
    for name, one in pictures.items():
        write(workspace.issue_folder(issue) / IMAGES / name, one.data)
    for item in carried:
        data = read(workspace.root / item.path) or b""
        copy = _carried(item, data, previous)
        write(workspace.issue_folder(issue) / "items" / f"{item.id}.md", copy)
        row = collected.items.get(item.id)
        if row:
            untouched = row.digest == digest(data)
            rows[item.id] = row._replace(digest=digest(copy)) if untouched else row
    kept = {name: collected.pictures[name] for name in pictures if name in collected.pictures}
    workspace.keep_collected(issue, Collected(items=rows, pictures=kept))
    keep_carried(workspace, issue, previous, [item.id for item in carried])
    return tuple(item.id for item in carried)


def _carried(item: Item, data: bytes, previous: str) -> bytes:
    """Give an item's file for the next issue: no longer late, and held in itself, not in issue.toml."""
    reasons = [reason.strip() for reason in item.hold.split(",")]
    staying = [reason for reason in reasons if reason.casefold() != "late"]
    was_late = len(staying) < len(reasons)
    why = f"rolled over from issue {previous}" + (", for which it was late" if was_late else "")
    return carried_over(as_text(data), item, why, hold=", ".join(staying))


def _is_open(item: Item, today: date) -> bool:
    """Whether it is a consultation that closes after today."""
    kind = item.section.kind if item.section else None
    return kind is SectionKind.CONSULTATIONS and item.closes.end is not None and item.closes.end > today


def _sample_files() -> dict[str, bytes]:
    found = {name: shipped(name).read_bytes() for name in (FILE, "logo.png")}
    found[".gitignore"] = IGNORED.encode()
    for part in ("contributions", "mailing_lists"):
        found |= {f"{part}/{name}": path.read_bytes() for name, path in regular_files(shipped(part))}
    return found


def _empty_files() -> dict[str, bytes]:
    started = files("bulletin.pipeline").joinpath("started")
    return {
        FILE: started.joinpath(FILE).read_bytes(),
        "mailing_lists/everyone.csv": b"email,name,organisation\r\n",
        ".gitignore": IGNORED.encode(),
    }


def drop_sample(root: Path, name: str) -> None:
    """Drop one file of the sample into a workspace, as its sender would."""
    write(root / name, (shipped(name.partition("/")[0]) / name.partition("/")[2]).read_bytes())
