"""`init` and `new`: a workspace, and an issue in it."""

from datetime import date
from importlib.resources import files
from pathlib import Path

from bulletin.errors import UsageError
from bulletin.pipeline.carrying import CarriedOver, carry_over
from bulletin.settings import FILE
from bulletin.settings.reader import is_name
from bulletin.settings.values import Settings
from bulletin.workspace import Workspace
from bulletin.workspace.approval import make_key
from bulletin.workspace.files import make_folder, read, regular_files, write
from bulletin.workspace.issues import write_issue
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
) -> CarriedOver:
    """Start an issue: write its dates, and carry over what waits and what is still open."""
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
        carried = carry_over(workspace, settings, earlier[-1], issue, today) if earlier else CarriedOver()
        write(folder / "issue.toml", text.encode())  # last: until it is there, so is no issue
    return carried


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
