"""What a picture is by its first bytes, whether it may travel as it lies, and which one some words name.

The settings ask it for names at every start, so what only pictures need is loaded where it is needed.
"""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bulletin.model.picture import Picture

WIDEST = 1120
"""Pixels: twice the width at which a bulletin shows a picture."""
MOST_BYTES = 80 * 1024
TYPES = {"image/jpeg": ".jpg", "image/png": ".png"}
"""What an edition carries, with the ending it has there: every mail program shows both."""

LOGO = "logo"
"""The name, without its ending, that is the partnership's logo's and no other picture's."""

_NAME = r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}"
_OF_PATHS = frozenset("/\\:").union(map(chr, range(32)))
_PLAIN_CHUNKS = (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"gAMA", b"sRGB", b"pHYs")
_SIZES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_AGAIN = "it has to be encoded anew"


def look_at(name: str, data: bytes) -> "Picture":
    """Say what a file is as a picture of a bulletin; what is not ready to travel has a trouble."""
    from bulletin.model.picture import Picture

    kind, size, trouble = _measured(data)
    if not trouble and not re.fullmatch(_NAME, name):
        trouble = "its name has letters or marks that not every mail program takes"
    if not trouble and len(data) > MOST_BYTES:
        trouble = f"it has {len(data) // 1024:,} KB, and {_AGAIN}"
    if not trouble and max(size) > WIDEST:
        trouble = f"it has {size[0]:,} by {size[1]:,} pixels, and {_AGAIN}"
    return Picture(name, data, kind, *size, trouble)


def is_plain_name(words: str) -> bool:
    """Whether words may name a picture of an issue: no path, no address, nothing a system takes for one."""
    return bool(words.strip(". ").strip()) and _OF_PATHS.isdisjoint(words)


def name_key(name: str) -> str:
    """Fold a file's name without its ending, so that `Library News (2).JPG` is `library-news-2.png`."""
    import unicodedata
    from urllib.parse import unquote

    stem = re.sub(r"\.\w{1,5}$", "", unquote(name.strip()))
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")


def find_picture(words: str, names: Iterable[str]) -> str:
    """Give the one picture that words name, exactly or but for case, marks and ending; "" for none."""
    known = tuple(names)
    if words in known:
        return words
    key = name_key(words) if is_plain_name(words) else ""
    close = [name for name in known if key and name_key(name) == key]
    return close[0] if len(close) == 1 else ""


def _measured(data: bytes) -> tuple[str, tuple[int, int], str]:
    """Give a picture's media type, its width and height, and its trouble."""
    found = _png(data) if data.startswith(b"\x89PNG\r\n\x1a\n") else None
    if found:
        return "image/png", found[0], found[1]
    found = _jpeg(data) if data.startswith(b"\xff\xd8\xff") else None
    if found:
        return "image/jpeg", found[0], found[1]
    return "", (0, 0), "it is not a whole JPEG or PNG" if data else "there is nothing in it"


def _png(data: bytes) -> tuple[tuple[int, int], str] | None:
    """Walk a PNG's chunks (ISO 15948, 5): what is not the picture itself may say where it was taken."""
    size, trouble, at = None, "", 8
    while at + 12 <= len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if size is None:
            if kind != b"IHDR" or length != 13:
                return None
            size = (
                int.from_bytes(data[at + 8 : at + 12], "big"),
                int.from_bytes(data[at + 12 : at + 16], "big"),
            )
            trouble = f"parts of it are transparent, and {_AGAIN}" if data[at + 17] in (4, 6) else ""
        if kind not in _PLAIN_CHUNKS:
            trouble = trouble or f"it carries more than the picture, and {_AGAIN}"
        if kind == b"IEND":
            return (size, trouble) if min(size) > 0 and at + 12 + length == len(data) else None
        at += 12 + length
    return None


def _jpeg(data: bytes) -> tuple[tuple[int, int], str] | None:
    """Walk a JPEG's segments up to its scan (ITU-T T.81, B.1); APP1 and its like may hold a place."""
    size, trouble, at = (0, 0), "", 2
    while at + 10 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        kind, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if kind in _SIZES:
            size = (
                int.from_bytes(data[at + 7 : at + 9], "big"),
                int.from_bytes(data[at + 5 : at + 7], "big"),
            )
            if data[at + 9] == 4:
                trouble = trouble or f"its colours are a printer's, and {_AGAIN}"
        if 0xE1 <= kind <= 0xEF or kind == 0xFE:
            trouble = trouble or f"it carries more than the picture, and {_AGAIN}"
        if length < 2:
            return None
        at += 2 + length
    return (size, trouble) if min(size) > 0 and data.endswith(b"\xff\xd9") else None
