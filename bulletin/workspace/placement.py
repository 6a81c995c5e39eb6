"""Say where a ledger may lie: on a disk of this computer, not in a synchronised folder or on a network."""

import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bulletin.errors import BulletinError
from bulletin.workspace import POINTER
from bulletin.workspace.files import digest, make_folder, read_text, write
from bulletin.workspace.jsonfile import DAMAGE, as_json

_SERVICES = re.compile(
    r"(?i)(onedrive|dropbox|google ?drive|icloud ?drive|box sync|nextcloud|owncloud|sharepoint)\b.*"
)
_APPLE = {
    "mobile documents": "iCloud Drive",
    "com~apple~clouddocs": "iCloud Drive",
    "cloudstorage": "a cloud service",
}
_NETWORKS = {
    "nfs",
    "nfs4",
    "cifs",
    "smb",
    "smb3",
    "smbfs",
    "afpfs",
    "webdav",
    "9p",
    "afs",
    "ceph",
    "glusterfs",
}
_NETWORKS |= {"lustre", "ncpfs", "vboxsf", "virtiofs", "prl_fs", "fuse"}
_LOCAL_FUSE = {"fuse.fuse-overlayfs", "fuse.overlayfs", "fuseblk"}
_REMOTE_DRIVE = 4


class Place(NamedTuple):
    """Where a ledger is or will be; why: what keeps it from lying in the workspace, or ""."""

    path: Path
    why: str = ""


def ledger_place(root: Path, issue: str, name: str) -> Place:
    """Find the place of an issue's ledger; nothing is written.

    root: the workspace's; name: the ledger's file name.

    Raises:
        BulletinError: it is kept on another computer, or this one has no disk it may lie on.
    """
    folder = root / "issues" / issue
    told = _pointer(folder) if name == "ledger.db" else None
    if told and Path(told["path"]).exists():
        return Place(Path(told["path"]), told["why"])
    if told and told["computer"] == computer():
        raise BulletinError(
            f"the ledger of issue {issue} is not at {told['path']}, where this computer kept it; only it "
            "knows who has had their copy",
            "put the newest copy of it back there, from a backup; do not send without it. If there is none: "
            f"take out issues/{issue}/{POINTER}, then bulletin resolve",
        )
    if told:
        raise BulletinError(
            f"the ledger of issue {issue} is kept on the computer {told['computer']}, at {told['path']}; "
            "only it knows who has had their copy",
            f"send from there, or bring that folder here and take out issues/{issue}/{POINTER}",
        )
    why = unfit(folder)
    if not why:
        return Place(folder / name)
    data = user_data()
    if unfit(data):
        raise BulletinError(
            f"the ledger can lie neither in the workspace, which is {why}, nor in {data}, which is "
            f"{unfit(data)}",
            "name a folder on a disk of this computer in the environment variable BULLETIN_DATA",
        )
    mark = digest(str(root).encode())[:12]
    return Place(data / "ledgers" / f"{root.name}-{mark}" / issue / name, why)


def settle_place(root: Path, issue: str, place: Place) -> None:
    """Make the place ready: its folder, and a ledger that lies where it should not is moved there."""
    beside = root / "issues" / issue / place.path.name
    if beside == place.path:
        return
    make_folder(place.path.parent, private=True)
    for ending in ("-wal", ""):
        old, new = (path.with_name(path.name + ending) for path in (beside, place.path))
        if old.exists() and not new.exists():
            write(new, old.read_bytes(), private=True)
            old.unlink()


def point_to(root: Path, issue: str, place: Place) -> None:
    """Leave word beside the issue of where its ledger is, or another computer might begin a second."""
    folder = root / "issues" / issue
    if place.path.parent == folder:
        return
    told = {"computer": computer(), "path": str(place.path), "why": place.why}
    write(folder / POINTER, as_json(told))


def user_data() -> Path:
    """Give the folder for what this program keeps on this computer alone."""
    if named := os.environ.get("BULLETIN_DATA"):
        return Path(named)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Application Support")
    else:
        base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "bulletin"


def computer() -> str:
    """Give this computer's name."""
    import platform

    return platform.node() or "this computer"


def unfit(path: Path) -> str:
    """Say why a database may not lie in a folder ("synchronised by OneDrive"), or give ""."""
    return _synchronised(path) or _remote(path)


def _synchronised(path: Path) -> str:
    for part in path.resolve().parts:
        if match := _SERVICES.fullmatch(part):
            return f"synchronised by {match[1]}"
        if part.lower() in _APPLE:
            return f"synchronised by {_APPLE[part.lower()]}"
    for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        folder = os.environ.get(name)
        if folder and path.resolve().is_relative_to(Path(folder).resolve()):
            return "synchronised by OneDrive"
    return ""


def _remote(path: Path) -> str:
    if sys.platform == "win32":
        return _remote_on_windows(path.resolve())
    kind = kind_of(path.resolve(), _mounts())
    is_network = kind.partition(".")[0] in _NETWORKS and kind not in _LOCAL_FUSE
    return f"on a network ({kind})" if is_network else ""


def kind_of(path: Path, mounts: Iterator[tuple[str, str]]) -> str:
    """Give the kind of file system a path is on: that of the longest mount point, the last of equals."""
    longest, kind = -1, ""
    for point, its_kind in mounts:
        if path.is_relative_to(point) and len(Path(point).parts) >= longest:
            longest, kind = len(Path(point).parts), its_kind
    return kind


def _mounts() -> Iterator[tuple[str, str]]:
    """Give every mount point and its kind, none where the system does not tell."""
    if sys.platform == "darwin":
        import subprocess

        listed = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=False).stdout
        for line in listed.splitlines():
            if match := re.fullmatch(r".* on (/.*) \((\w+).*\)", line):
                yield match[1], match[2]
        return
    try:
        table = Path("/proc/self/mountinfo").read_text("utf-8", "surrogateescape")
    except OSError:
        return
    for line in table.splitlines():
        before, _, after = line.partition(" - ")
        fields, kinds = before.split(" "), after.split(" ")
        if len(fields) > 4:
            yield re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), fields[4]), kinds[0]


def _remote_on_windows(path: Path) -> str:
    import ctypes

    if path.drive.startswith("\\\\"):
        return "on a network drive"
    library = getattr(ctypes, "windll")  # noqa: B009  there on Windows alone
    return "on a network drive" if library.kernel32.GetDriveTypeW(f"{path.drive}\\") == _REMOTE_DRIVE else ""


def _pointer(folder: Path) -> dict[str, str] | None:
    text = read_text(folder / POINTER)
    if text is None:
        return None
    try:
        told = json.loads(text)
        return {key: str(told[key]) for key in ("computer", "path", "why")}
    except DAMAGE:
        raise BulletinError(
            f"{folder / POINTER} cannot be read, and only it knows where the ledger is",
            "put it back from a backup, or the folder's history",
        ) from None
