"""Pictures: as they lie in an issue's folder, and as a page shows them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of an issue, or the logo, as it lies on disk.

    name: its file's name; width, height: pixels.
    trouble: why it cannot be printed, a clause ("it is not a whole JPEG or PNG"), or "".
    """

    name: str
    data: bytes = b""
    media_type: str = ""
    width: int = 0
    height: int = 0
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture as a page shows it.

    source: `cid:NAME`, or an address of our own; name: the picture's; width, height: CSS pixels.
    """

    name: str
    source: str
    alt: str
    width: int
    height: int
