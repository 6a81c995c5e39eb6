"""A list's file as lines to edit, and back into bytes as it was saved: encoding, mark and line ends."""

from codecs import BOM_UTF8
from dataclasses import dataclass

from bulletin.charset import clean, decode
from bulletin.errors import BulletinError

_AS_EXCEL = "utf-8-sig"


@dataclass(frozen=True, slots=True)
class Sheet:
    r"""The lines of a file, cleaned, and how it is saved.

    encoding: as Python names it; end: what ends a line; same: whether saving it gives the same bytes.
    """

    lines: tuple[str, ...]
    encoding: str
    end: str
    same: bool = True


def open_sheet(data: bytes, path: str) -> Sheet:
    """Read a file to edit it.

    Raises:
        BulletinError: it is no text.
    """
    decoded = decode(data)
    if decoded is None:
        raise BulletinError(f"{path} is not a text file", 'open it in Excel and save it as "CSV UTF-8"')
    lines = tuple(clean(decoded.text)[0].split("\n"))
    encoding = "utf-8-sig" if data.startswith(BOM_UTF8) else decoded.encoding
    sheet = Sheet(lines, encoding, _line_end(data, encoding))
    return Sheet(lines, encoding, sheet.end, _encoded(sheet, encoding) == data)


def save_sheet(before: Sheet, lines: tuple[str, ...]) -> tuple[bytes, tuple[str, ...]]:
    """Give the bytes of changed lines, saved as the file was, and what could not be kept as it was."""
    after = Sheet(lines, before.encoding, before.end)
    notes = () if before.same else ("its line ends and unseen characters are regular now",)
    data = _encoded(after, before.encoding)
    if data is not None:
        return data, notes
    letters = "it is saved as UTF-8 now, since Windows-1252 lacks a letter of what it holds"
    return _encoded(after, _AS_EXCEL) or b"", (*notes, letters)


def _encoded(sheet: Sheet, encoding: str) -> bytes | None:
    """Encode, or give None where the encoding lacks a letter."""
    try:
        return sheet.end.join(sheet.lines).encode(encoding)
    except UnicodeEncodeError:
        return None


def _line_end(data: bytes, encoding: str) -> str:
    if encoding == "utf-16" or b"\r\n" in data:
        return "\r\n"
    return "\r" if b"\r" in data and b"\n" not in data else "\n"
