"""Read an .eml file: a message as it went over the wire (RFC 5322, MIME)."""

import re
from dataclasses import dataclass, field
from email.errors import CloseBoundaryNotFoundDefect, MessageError
from email.message import Message
from email.parser import BytesParser
from email.policy import Compat32

from bulletin.charset import decode
from bulletin.collect.mailfile.attachments import Enclosure, sort_out, without_shown
from bulletin.collect.mailfile.contribution import read_letter
from bulletin.collect.mailfile.flowed import reflow
from bulletin.collect.mailfile.headers import decode_text, header, header_text, read_sender
from bulletin.collect.mailfile.letter import Letter, Piece, Sender
from bulletin.collect.reading import Reading, not_read

HEADERS = {
    "from",
    "to",
    "subject",
    "date",
    "received",
    "message-id",
    "mime-version",
    "content-type",
    "sender",
    "return-path",
}
DEEPEST = 25
MOST_PARTS = 500
LONGEST_HEADER = 20_000
LONGEST_PARAMETERS = 4_000
ASK = "ask the sender for the words in a new e-mail or a text file (.txt)"
# The library's parser and decoders raise all of these on broken mail, some only in some versions of Python.
BROKEN = (
    ValueError,
    LookupError,
    AttributeError,
    TypeError,
    AssertionError,
    RecursionError,
    OSError,
    MessageError,
)


class _Bounded(Compat32):
    """Cut headers off where no honest one goes on, since the library takes minutes over its parameters.

    Written again, a header is what it was: the library refuses some that it has read.
    """

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[: LONGEST_PARAMETERS if name.lower().startswith("content-") else LONGEST_HEADER]

    def header_fetch_parse(self, name: str, value: str) -> str:  # noqa: ARG002 -- as the library calls it
        """Give 8-bit characters as they came, for `header_text`: the library shows each byte as U+FFFD."""
        return value

    def fold_binary(self, name: str, value: str) -> bytes:
        return f"{name}: {value}\n".encode("utf-8", "surrogateescape")


def read_eml(_name: str, data: bytes) -> Reading:
    """Read a saved e-mail: its contribution, and what it carries."""
    try:
        return read_letter(open_eml(data))
    except RecursionError:
        return not_read("its parts are nested too deep to be an honest e-mail", ASK)


def open_eml(data: bytes) -> Letter:
    """Take a message out of its bytes; what has no headers at all is taken as the message's words."""
    data = re.sub(rb"\A[\x01-\x20]*(?:\d{1,10}\s*\n)?(?:>?From [^\n]*\n)?", b"", _narrow(data), count=1)
    message = BytesParser(policy=_Bounded()).parsebytes(data)
    if not HEADERS & {name.lower() for name in message}:
        return _without_headers(data)
    parts = _Parts()
    parts.take(message, 0)
    carried = sort_out(parts.enclosures, "".join(piece.html for piece in parts.pieces))
    return Letter(
        subject=header(message, "subject"),
        sender=read_sender(header(message, "from") or header(message, "sender")),
        pieces=tuple(Piece(one.plain, without_shown(one.html, carried)) for one in parts.pieces),
        attached=carried.attached,
        notes=(*_cut_short(message), *dict.fromkeys(parts.notes), *carried.notes),
        asks=(*dict.fromkeys(parts.asks), *carried.asks),
        hint=carried.hint or (ASK if parts.asks else ""),
        automatic=_is_automatic(message),
        pictures=carried.pictures,
    )


@dataclass
class _Parts:
    """What a walk through a message's parts has found."""

    pieces: list[Piece] = field(default_factory=list)
    enclosures: list[Enclosure] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    asks: list[str] = field(default_factory=list)
    count: int = 0

    def take(self, part: Message, deep: int) -> None:
        """Take a part and what is in it."""
        self.count += 1
        if deep > DEEPEST or self.count > MOST_PARTS:
            self.asks.append("it has more parts than an honest e-mail, and not all were read")
            return
        kind = part.get_content_type()
        if kind == "message/rfc822":
            self._enclose_message(part)
        elif part.is_multipart():
            self._take_all(part, kind, deep)
        elif _is_body(part, kind):
            self._take_text(part, kind)
        else:
            self.enclosures.append(_enclosure(part, kind))

    def _take_all(self, part: Message, kind: str, deep: int) -> None:
        if kind == "multipart/encrypted":
            self.enclosures.append(Enclosure("encrypted", "application/pgp-encrypted", b""))
            return
        before = len(self.pieces)
        for child in _children(part):
            self.take(child, deep + 1)
        if kind == "multipart/alternative":
            both = self.pieces[before:]
            plain = "\n\n".join(piece.plain for piece in both if piece.plain.strip())
            html = "\n".join(piece.html for piece in both if piece.html.strip())
            self.pieces[before:] = [Piece(plain, html)]

    def _take_text(self, part: Message, kind: str) -> None:
        data = _payload(part)
        charset = _parameter(part, "charset", "content-type")
        if kind == "text/html" and not charset:
            found = re.search(rb"(?i)<meta[^>]{0,200}charset=[\"']?([\w-]{1,40})", data[:4096])
            charset = found[1].decode("ascii", "replace") if found else ""
        text, note = decode_text(data, charset)
        if note:
            self.notes.append(note)
        if kind == "text/html":
            self.pieces.append(Piece(html=text))
            return
        if kind.startswith("multipart/"):
            self.notes.append("its parts could not be told apart: it was read as plain text")
        if _parameter(part, "format", "content-type").lower() == "flowed":
            text = reflow(text, delsp=_parameter(part, "delsp", "content-type").lower() == "yes")
        self.pieces.append(Piece(plain=text))

    def _enclose_message(self, part: Message) -> None:
        inner = next(iter(_children(part)), None)
        try:
            data = inner.as_bytes() if inner else _payload(part)
        except BROKEN:
            self.asks.append("an e-mail attached to it is broken, and was left behind")
            return
        name = _file_name(part) or (header(inner, "subject")[:80] if inner else "")
        name = name if name.lower().endswith(".eml") else f"{name or 'message'}.eml"
        self.enclosures.append(Enclosure(name, "message/rfc822", data))


def _narrow(data: bytes) -> bytes:
    """Give a message as bytes of ASCII, where an editor saved it as UTF-16 or with a byte order mark."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace").encode()
    for codec, at in (("utf-16-le", 1), ("utf-16-be", 0)):
        if (
            len(data) >= 16
            and data[at:64:2].count(0) == len(data[at:64:2])
            and 0 not in data[1 - at : 64 : 2]
        ):
            return data.decode(codec, "replace").encode()
    return data.removeprefix(b"\xef\xbb\xbf")


def _without_headers(data: bytes) -> Letter:
    decoded = decode(data)
    if decoded is None:
        ask = "it is not an e-mail, whatever its name says"
        return Letter(
            "", Sender(), (), asks=(ask,), hint="see what it really is, then ask the sender for the words"
        )
    notes = tuple(note for note in ("it has no e-mail headers: it was read as text", decoded.note) if note)
    return Letter("", Sender(), (Piece(plain=decoded.text),), notes=notes if decoded.text.strip() else ())


def _is_body(part: Message, kind: str) -> bool:
    if kind.startswith("multipart/"):
        return True
    if kind == "message/delivery-status" or kind not in ("text/plain", "text/html", "text/enriched"):
        return False
    return not _file_name(part) and "attachment" not in str(part.get("content-disposition", "")).lower()[:40]


def _payload(part: Message) -> bytes:
    try:
        data = part.get_payload(decode=True)
    except BROKEN:
        del part["content-transfer-encoding"]
        data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _children(part: Message) -> list[Message]:
    """Give the parts of a part; asking one that has none for its payload would decode it, and may raise."""
    inside = part.get_payload() if part.is_multipart() else []
    return [child for child in inside if isinstance(child, Message)]


def _parameter(part: Message, name: str, of: str) -> str:
    try:
        value = part.get_param(name, "", header=of)
        return header_text(value[2] if isinstance(value, tuple) else str(value or ""))
    except BROKEN:
        return ""


def _file_name(part: Message) -> str:
    try:
        return header_text(part.get_filename() or "")
    except BROKEN:
        return "attachment"


def _enclosure(part: Message, kind: str) -> Enclosure:
    where = str(part.get("content-disposition", "")).strip().lower()
    cid = str(part.get("content-id", "")).strip(" <>")[:200]
    return Enclosure(_file_name(part), kind, _payload(part), cid, where.startswith("attachment"))


def _cut_short(message: Message) -> tuple[str, ...]:
    missing = any(isinstance(defect, CloseBoundaryNotFoundDefect) for defect in message.defects)
    return ("its end is missing: the file may have been cut short",) if missing else ()


def _is_automatic(message: Message) -> bool:
    said = header(message, "auto-submitted").lower()
    return said.startswith("auto-replied") or message.get_content_type() == "multipart/report"
