"""Write MIME parts: bodies in quoted-printable and base64, and multiparts of them."""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from bulletin.mail import headers

_LITERAL = re.compile(rb"[^\t -<>-~]")
_WIDTH = 76
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_+-](?:[A-Za-z0-9_+ .-]{0,48}[A-Za-z0-9_+-])?")


@dataclass(frozen=True, slots=True)
class Part:
    """One MIME entity: its header lines (CRLF each) and its body, without a final line end of its own."""

    headers: bytes
    body: bytes


def text_part(subtype: str, words: str) -> Part:
    """Give a part of UTF-8 text in quoted-printable."""
    head = headers.structured("Content-Type", f"text/{subtype};", "charset=utf-8")
    return Part(head + _encoding("quoted-printable"), quoted_printable(words))


def image_part(name: str, media_type: str, data: bytes) -> Part:
    """Give a picture that the HTML beside it shows as `cid:NAME` (RFC 2392)."""
    head = headers.structured("Content-Type", media_type)
    head += headers.structured("Content-ID", f"<{name}>")
    head += headers.structured("Content-Disposition", "inline;", *_parameter("filename", name))
    return Part(head + _encoding("base64"), _base64(data))


def calendar_part(name: str, data: bytes) -> Part:
    """Give a calendar file as an attachment, to the byte."""
    return attachment_part(name, "text/calendar; charset=utf-8", data)


def attachment_part(name: str, media_type: str, data: bytes) -> Part:
    """Give a file as an attachment, to the byte; the media type may have parameters."""
    pieces = [f"{piece};" for piece in media_type.split("; ")]
    head = headers.structured("Content-Type", *pieces, *_parameter("name", name))
    head += headers.structured("Content-Disposition", "attachment;", *_parameter("filename", name))
    return Part(head + _encoding("base64"), _base64(data))


def multipart(subtype: str, parts: Sequence[Part], boundary: str, *more: str) -> Part:
    """Wrap parts in a multipart; `more` are further parameters.

    boundary: begins with `=_`, which neither quoted-printable nor base64 can hold (RFC 2045 6.7).
    """
    quoted = f'boundary="{boundary}"'
    pieces = (f"multipart/{subtype};", *(f"{parameter};" for parameter in more), quoted)
    line = f"--{boundary}".encode()
    inner = b"".join(line + b"\r\n" + part.headers + b"\r\n" + part.body + b"\r\n" for part in parts)
    return Part(headers.structured("Content-Type", *pieces), inner + line + b"--\r\n")


def quoted_printable(words: str) -> bytes:
    """Encode text as quoted-printable (RFC 2045 6.7), CRLF between lines and at the end.

    No line begins with a full stop or with "From ", so no relay has anything to alter.
    """
    lines = words.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
    return b"\r\n".join(_quoted_line(line.encode()) for line in lines) + b"\r\n"


def _quoted_line(octets: bytes) -> bytes:
    """Encode one line, cut where it would be longer than 76 characters."""
    quoted = _LITERAL.sub(_hexadecimal, octets)
    if quoted[-1:] in (b" ", b"\t"):
        quoted = quoted[:-1] + b"=%02X" % quoted[-1]
    cuts = []
    while quoted:
        quoted = _guard_start(quoted)
        end = len(quoted) if len(quoted) <= _WIDTH else _cut(quoted)
        cuts.append(quoted[:end])
        quoted = quoted[end:]
    return b"=\r\n".join(cuts)


def _hexadecimal(match: re.Match[bytes]) -> bytes:
    return b"=%02X" % match[0][0]


def _guard_start(quoted: bytes) -> bytes:
    """Hide a first full stop and a first "From ", which some relays alter."""
    if quoted.startswith((b".", b"From ")):
        return b"=%02X" % quoted[0] + quoted[1:]
    return quoted


def _cut(quoted: bytes) -> int:
    """Find where a line ends that leaves room for `=` and splits no `=XX`."""
    end = _WIDTH - 1
    if b"=" in quoted[end - 2 : end]:
        end = quoted.index(b"=", end - 2)
    return end


def _base64(data: bytes) -> bytes:
    return base64.encodebytes(data).replace(b"\n", b"\r\n")


def _encoding(name: str) -> bytes:
    return headers.structured("Content-Transfer-Encoding", name)


def _parameter(name: str, value: str) -> list[str]:
    """Give a parameter as pieces to fold between: quoted, or in UTF-8 by parts (RFC 2231 3 and 4)."""
    if _PLAIN_NAME.fullmatch(value):
        return [f'{name}="{value}"']
    escaped = re.findall(r"(?:%..|[^%]){1,16}", "utf-8''" + quote(value, safe=""))
    last = len(escaped) - 1
    return [f"{name}*{n}*={run}" + (";" if n < last else "") for n, run in enumerate(escaped)]
