"""Turn vCalendar 1.0, which old telephones and diaries write, into lines that iCalendar's rules read."""

import re
from contextlib import suppress
from quopri import decodestring

from bulletin.charset import decode

_VERSION = re.compile(rb"(?im)^VERSION[ \t]*:[ \t]*1\.0\b")
_QUOTED = re.compile(rb"(?im)^([A-Z-]{1,40})((?:;[^:;\r\n]{1,60}){0,9}):((?:[^\r\n]*=\r?\n)*[^\r\n]*)")
_IS_QUOTED = re.compile(rb"(?i);(?:ENCODING=)?QUOTED-PRINTABLE(?:;|$)")
_CHARSET = re.compile(rb"(?i);CHARSET=\"?([\w-]{1,40})")


def modern(data: bytes) -> bytes:
    """Give a calendar file with its quoted-printable values spelled out in UTF-8; any other as it is."""
    if not _VERSION.search(data[:4096]) or b"\0" in data:
        return data
    decoded = decode(data)
    return _QUOTED.sub(_plain, decoded.text.encode("utf-8", "replace")) if decoded else data


def _plain(found: re.Match[bytes]) -> bytes:
    if not _IS_QUOTED.search(found[2]):
        return found[0]
    raw, charset = decodestring(found[3]), _CHARSET.search(found[2])
    decoded = decode(raw)
    text = decoded.text if decoded else ""
    with suppress(LookupError, ValueError):
        text = raw.decode(charset[1].decode("ascii") if charset else "utf-8")
    text = re.sub(r"([\\;,])", r"\\\1", text.replace("\r\n", "\n").replace("\r", "\n").strip("\n"))
    return found[1] + b":" + text.replace("\n", "\\n").encode("utf-8", "replace")
