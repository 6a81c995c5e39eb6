"""An issue's pictures and the partnership's logo, read from disk; nothing a label says is used as a path."""

from pathlib import Path

from bulletin.errors import BulletinError
from bulletin.images import LOGO, look_at
from bulletin.model.picture import Picture
from bulletin.workspace.files import plain_size, printable, read

FOLDER = "images"
MOST_BYTES = 20 * 1024 * 1024
MOST_PICTURES = 2_000


def read_pictures(folder: Path) -> dict[str, Picture]:
    """Read every picture of an issue by its name; links are told of and not followed."""
    try:
        paths = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError:
        return {}
    found = [read_picture_file(path) for path in paths[:MOST_PICTURES] if not path.is_dir()]
    return {one.name: _own(one) for one in found}


def _own(picture: Picture) -> Picture:
    taken = picture.name.rpartition(".")[0].lower() == LOGO
    return (
        Picture(picture.name, trouble="its name is the partnership's logo's: give it another")
        if taken
        else picture
    )


def read_picture_file(path: Path) -> Picture:
    """Read one picture; whatever is there, there is a Picture, with its trouble."""
    name = printable(path.name)
    try:
        size = plain_size(path)
        if size is None:
            return Picture(name, trouble="it is a link or a device, not a file of its own")
        if size > MOST_BYTES:
            return Picture(name, trouble=f"it is too large ({size // 1_048_576} MB; at most 20)")
        return look_at(name, read(path) or b"")
    except BulletinError as fault:
        return Picture(name, trouble=fault.detail)
