"""The partnership's logo as every page prints it: small, without metadata, on white."""

from functools import lru_cache

from bulletin.collect.picture import contrast_on_white, prepare
from bulletin.collect.reading import Reading
from bulletin.images import LOGO, TYPES, look_at
from bulletin.model.picture import Picture
from bulletin.workspace import Workspace
from bulletin.workspace.pictures import read_picture_file

LEAST_CONTRAST = 3.0
"""WCAG 2.2, success criterion 1.4.11: what stands for something must be told from what is around it."""


def read_logo(workspace: Workspace, name: str) -> Picture | None:
    """Read the logo bulletin.toml names, None where it names none; what cannot be printed has a trouble."""
    if not name:
        return None
    if not (workspace.root / name).exists():
        return Picture(name, trouble="there is no such file beside bulletin.toml")
    found = read_picture_file(workspace.root / name)
    return _printable(found.data) if found.data else Picture(name, trouble=found.trouble)


@lru_cache(maxsize=4)
def _printable(data: bytes) -> Picture:
    """Encode a logo anew unless it can travel as it lies, and see that it is seen on white."""
    found = look_at(LOGO, data)
    if found.trouble:
        made = prepare(data)
        if isinstance(made, Reading):
            return Picture(LOGO, trouble=made.why)
        found = look_at(LOGO, made.data)
    ratio = contrast_on_white(found.data)
    if ratio < LEAST_CONTRAST:
        return Picture(LOGO, trouble=f"on white it can hardly be seen ({ratio:.1f} to 1, where 3 is needed)")
    return Picture(
        LOGO + TYPES[found.media_type], found.data, found.media_type, found.width, found.height, found.trouble
    )
