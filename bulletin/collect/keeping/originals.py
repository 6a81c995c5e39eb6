"""Keep every contributed file as it came."""

from contextlib import suppress
from pathlib import Path, PurePosixPath

from bulletin.errors import BulletinError
from bulletin.workspace.files import digest, read, write


def keep_original(folder: Path, name: str, data: bytes) -> None:
    """Keep a file of the drop folder; one that changed is kept beside the first.

    Where a name cannot be used, too long or now a folder's, the digest is name enough.

    Args:
        name: its path, beginning with the drop folder's own name.
    """
    mark = digest(data)
    inside = PurePosixPath(name.partition("/")[2])
    changed = inside.with_name(f"{inside.stem}.{mark[:8]}{inside.suffix}")
    for path in (folder / inside, folder / changed):
        with suppress(BulletinError):
            if read(path) in (None, data):
                write(path, data)
                return
    write(folder / mark[:16], data)
