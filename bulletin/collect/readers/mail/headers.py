"""Read header values out of real mail, whatever they hold.

The standard library's own header objects (`policy.default`) raise on some of what arrives, and take minutes
over a hostile one; so a message is parsed with `compat32`, and its raw values are read here.
"""

import binascii
import re
from base64 import b64decode
from email.message import Message
from quopri import decodestring

from bulletin.charset import clean, decode
from bulletin.collect.readers.mail.letter import Sender

_LONGEST = 20_000
_ENCODED = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_BETWEEN = re.compile(r"(=\?[^?\s]{1,60}\?[bBqQ]\?[^?]*\?=)\s+(?==\?[^?\s]{1,60}\?[bBqQ]\?)")
_ADDRESS = re.compile(r"[^\s<>()\[\]\"',;:@\\]{1,64}@[^\s<>()\[\]\"',;:@\\]{1,255}")
# What old mail calls by one name and means by another (WHATWG Encoding), and what Python knows otherwise.
_MEANT = {
    **dict.fromkeys(
        ("us-ascii", "ascii", "ansi_x3.4-1968", "iso-8859-1", "iso8859-1", "latin1", "latin-1"), "cp1252"
    ),
    **dict.fromkeys(("gb2312", "gbk"), "gb18030"),
    "ks_c_5601-1987": "cp949",
    "shift_jis": "cp932",
}


def header(message: Message, name: str) -> str:
    """Give a header's words, decoded and on one line; "" where it is missing."""
    wanted = name.lower()
    for found, value in message.raw_items():
        if found.lower() == wanted:
            return header_text(str(value))
    return ""


def header_text(value: str) -> str:
    """Decode a raw header value: 8-bit characters, encoded words (RFC 2047), folding."""
    value = value[:_LONGEST]
    if not value.isascii():
        decoded = decode(value.encode("utf-8", "surrogateescape").replace(b"\0", b""))
        value = decoded.text if decoded else ""
    joined = _BETWEEN.sub(r"\1", value)
    text, _ = clean(_decode_words(joined))
    return " ".join(text.split())


def decode_text(data: bytes, charset: str | None) -> tuple[str, str]:
    """Decode a body by its declared character set, else by what its bytes say, with a note on a guess."""
    name = (charset or "").strip().strip("\"'").lower()
    if name and name not in ("us-ascii", "ascii", "unknown-8bit", "x-unknown", "binary", "8bit"):
        try:
            return _lines(data.decode(_MEANT.get(name, name))), ""
        except (LookupError, ValueError):
            pass
    decoded = decode(data) or decode(data.replace(b"\0", b""))
    if decoded is None:
        return "", "a part that is not text was left behind"
    guessed = (
        ""
        if data.isascii() or name in ("", "utf-8", "us-ascii")
        else f'not in the character set it names, "{name[:40]}"'
    )
    return decoded.text, "; ".join(part for part in (guessed, decoded.note) if part)


def read_sender(text: str) -> Sender:
    """Read who a message is from, out of a header or a line of a forwarded one."""
    text = re.sub(r"(?i)\bmailto:", "", text)
    behalf = re.split(r"(?i)\bon behalf of\b", text)
    found = [match for part in behalf[::-1] if (match := _ADDRESS.search(part))]
    chosen = next((part for part in behalf[::-1] if _ADDRESS.search(part)), behalf[0])
    address = found[0][0].strip(".") if found else ""
    name = _ADDRESS.sub(" ", chosen) if address else chosen
    name = re.sub(r"[<>()\[\]\"“”;,\\*|]", " ", name)
    name = " ".join(name.split()).strip("' .:")
    return Sender(name[:100], address)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").removeprefix("\ufeff")


def _decode_words(text: str) -> str:
    """Decode encoded words; one character may be spread over two of them, so runs are joined first."""
    out: list[str] = []
    at, pending, charset = 0, b"", ""
    for found in _ENCODED.finditer(text):
        name = found[1].partition("*")[0].lower()
        if pending and (found.start() != at or name != charset):
            out.append(decode_text(pending, charset)[0])
            pending = b""
        out.append(text[at : found.start()])
        pending, charset, at = pending + _word_bytes(found[2], found[3]), name, found.end()
    if pending:
        out.append(decode_text(pending, charset)[0])
    return "".join([*out, text[at:]])


def _word_bytes(encoding: str, word: str) -> bytes:
    raw = word.encode("utf-8", "replace")
    if encoding in "qQ":
        return decodestring(raw, header=True)
    try:
        return b64decode(raw + b"=" * (-len(raw) % 4))
    except (binascii.Error, ValueError):
        return raw
