"""Take one file out of the drop folder, following no link and believing no size."""

from dataclasses import dataclass
from pathlib import Path

from bulletin.collect.reading import Reading, not_read
from bulletin.errors import BulletinError
from bulletin.workspace.files import plain_size, read

MOST_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file of the drop folder: its path from the workspace, and its bytes or why it has none to read."""

    path: str
    data: bytes
    refused: Reading | None = None


def read_dropped(name: str, path: Path) -> Dropped:
    """Read a file of the drop folder, following no link."""
    shown = f"contributions/{name}"
    try:
        size = plain_size(path)
        if size is None:
            return Dropped(shown, b"", _not_a_file(path))
        if size > MOST_BYTES:
            hint = "ask the sender for a smaller version, or for a link to it"
            return Dropped(
                shown, b"", not_read(f"it is too large ({size // 1_048_576} MB; at most 20)", hint)
            )
        return Dropped(shown, read(path) or b"")
    except BulletinError as fault:
        return Dropped(shown, b"", not_read(fault.detail, fault.hint))


def _not_a_file(path: Path) -> Reading:
    if path.is_dir() and not path.is_symlink():
        return not_read("it is a folder that may not be opened", "ask whoever shares it to let you in")
    return not_read(
        "it is a link or a device, not a file of its own", "copy the file itself into contributions/"
    )
