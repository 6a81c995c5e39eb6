"""What an e-mail carries: names made safe, logos and tracking pictures left behind, the rest handed on."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from mimetypes import guess_extension
from pathlib import PurePosixPath

from bulletin.charset import clean
from bulletin.collect.picture import read_inside
from bulletin.collect.reading import Attached, Pictured

MOST = 50
MOST_INSIDE = 10
ENCRYPTED = "the message is encrypted or sealed, and only its reader's own mail program can open it"
_LONGEST_NAME = 120
_DEVICES = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")
_LOGO = re.compile(r"(?i)(?:image|att|outlook-|logo)\w{0,40}[\w. -]{0,40}\.(?:png|jpe?g|gif|bmp|wmz|emz)$")
_SIGNED = ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")
_ENCRYPTED = ("application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted")
_ENDINGS = {"text/calendar": ".ics", "message/rfc822": ".eml", "text/plain": ".txt", "image/jpeg": ".jpg"}


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file as a message carries it.

    kind: its media type; cid: the name by which the message's HTML may show it; apart: it says that it is
    an attachment rather than part of the text.
    """

    name: str
    kind: str
    data: bytes
    cid: str = ""
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Sorted:
    """What is handed on, what is said about the rest, what a person must see to and how.

    pictures: those of the text that may be news; shown: the names by which its HTML shows them.
    """

    attached: tuple[Attached, ...]
    notes: tuple[str, ...]
    asks: tuple[str, ...]
    hint: str
    pictures: tuple[Pictured, ...] = ()
    shown: tuple[str, ...] = ()


def sort_out(enclosures: Iterable[Enclosure], html: str) -> Sorted:
    """Decide about every file a message carries.

    Args:
        html: the message's own HTML, all of it.
    """
    handed: list[Attached] = []
    inside, shown = list[Pictured](), list[str]()
    pictures, notes, asks, hints = list[str](), list[str](), list[str](), list[str]()
    for number, one in enumerate(enclosures, 1):
        name = safe_name(one.name, one.kind, number)
        if one.kind in _SIGNED or name.lower().endswith((".p7s", ".asc", ".vcf")):
            notes.append(f"{name} was left behind: a signature or a visiting card, nothing to print")
        elif one.kind in _ENCRYPTED or name.lower().endswith(".p7m"):
            asks.append(ENCRYPTED)
            hints.append("open it in Outlook and copy the words, or ask the sender to send it unencrypted")
        elif one.kind == "application/ms-tnef" or name.lower() == "winmail.dat":
            asks.append(
                "winmail.dat was left behind: what was attached is packed so that only Outlook opens it"
            )
            hints.append("ask the sender to send as plain text or HTML, not as rich text")
        elif _is_inside(one, html):
            found = (
                read_inside(name, one.data, _alt(one.cid, html)) if len(inside) < MOST_INSIDE else "too many"
            )
            if isinstance(found, str):
                pictures.append(name)
            else:
                inside.append(found)
                shown.append(one.cid)
        elif len(handed) >= MOST:
            asks.append(f"it carries more than {MOST} files; {name} was left behind")
        elif one.data:
            handed.append(Attached(_unused(name, handed), one.data))
        else:
            notes.append(f"{name} was attached and is empty")
    if pictures:
        notes.append(_pictures(pictures))
    return Sorted(
        tuple(handed),
        tuple(notes),
        tuple(dict.fromkeys(asks)),
        hints[0] if hints else "",
        tuple(inside),
        tuple(shown),
    )


def without_shown(html: str, carried: Sorted) -> str:
    """Take the pictures that are handed on out of the HTML, where they would be told of as left behind."""
    shown = "|".join(map(re.escape, carried.shown))
    return (
        re.sub(rf"<img\b[^>]{{0,2000}}\bcid:(?:{shown})[\"' >][^>]{{0,2000}}>?", " ", html) if shown else html
    )


def _alt(cid: str, html: str) -> str:
    """Give what the HTML says a picture shows."""
    tag = re.search(rf"<img\b[^>]{{0,2000}}\bcid:{re.escape(cid)}[\"' >][^>]{{0,2000}}>?", html)
    alt = (
        re.search(r"(?i)\balt\s{0,9}=\s{0,9}(?:\"([^\"]{0,500})\"|'([^']{0,500})')", tag[0]) if tag else None
    )
    return unescape(alt[1] or alt[2] or "") if alt else ""


def _is_inside(one: Enclosure, html: str) -> bool:
    """Whether a picture belongs to the text: shown by its HTML, or a signature's by its name."""
    if not (one.cid and one.kind.startswith("image/")):
        return False
    return f"cid:{one.cid}" in html or bool(_LOGO.match(one.name)) or bool(html and not one.apart)


def safe_name(name: str, kind: str, number: int) -> str:
    """Give a file name that is no path, no device and nothing but what it shows."""
    text, _ = clean(name.replace("\\", "/"))
    text = re.sub(r'[<>:"|?*\n\t\x00-\x1f\ue000-\uf8ff]', "_", text.rpartition("/")[2])
    text = " ".join(text.split()).strip(". ")
    if not re.search(r"\w", text):
        text = f"attachment {number}"
    if not PurePosixPath(text).suffix:
        text += _ENDINGS.get(kind) or guess_extension(kind) or ""
    if _DEVICES.match(text):
        text = f"_{text}"
    suffix = PurePosixPath(text).suffix[:20]
    return text if len(text) <= _LONGEST_NAME else text[: _LONGEST_NAME - len(suffix)].rstrip(". ") + suffix


def _unused(name: str, handed: list[Attached]) -> str:
    taken = {one.name.lower() for one in handed}
    path, number = PurePosixPath(name), 2
    while name.lower() in taken:
        name = f"{path.stem} ({number}){path.suffix}"
        number += 1
    return name


def _pictures(names: list[str]) -> str:
    some = ", ".join(names[:5]) + (", …" if len(names) > 5 else "")
    if len(names) == 1:
        return f"a picture inside the text was left behind: {some}"
    return f"{len(names)} pictures inside the text were left behind: {some}"
