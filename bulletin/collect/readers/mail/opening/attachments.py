"""What an e-mail carries: names made safe, logos and tracking pictures left behind, the rest handed on."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape
from mimetypes import guess_extension
from pathlib import PurePosixPath

from bulletin.charset import clean
from bulletin.collect.readers.picture import read_inside
from bulletin.collect.reading import Attached, Pictured

MOST = 50
MOST_INSIDE = 10
ENCRYPTED = "the message is encrypted or sealed, and only its reader's own mail program can open it"
_LONGEST_NAME = 120
_DEVICES = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")
_LOGO = re.compile(r"(?i)(?:image|att|outlook-|logo)\w{0,40}[\w. -]{0,40}\.(?:png|jpe?g|gif|bmp|wmz|emz)$")
_SIGNED = ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")
_CARDS = (".p7s", ".asc", ".vcf")
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
    tray = _Tray(html)
    for number, one in enumerate(enclosures, 1):
        tray.take(one, safe_name(one.name, one.kind, number))
    return tray.emptied()


@dataclass(slots=True)
class _Tray:
    """Where a message's files are put in their places, one after the other.

    shown: the text's pictures that may be news, by the names its HTML shows them by; unshown: the others.
    """

    html: str
    handed: list[Attached] = field(default_factory=list)
    pictures: list[Pictured] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    unshown: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    asks: list[tuple[str, str]] = field(default_factory=list)

    def take(self, one: Enclosure, name: str) -> None:
        """Put one file in its place, under a name that is safe."""
        if one.kind in _SIGNED or name.lower().endswith(_CARDS):
            self.notes.append(f"{name} was left behind: a signature or a visiting card, nothing to print")
        elif sealed := _sealed(one.kind, name.lower()):
            self.asks.append(sealed)
        elif _is_inside(one, self.html):
            self._show(one, name)
        else:
            self._hand_on(one, name)

    def _show(self, one: Enclosure, name: str) -> None:
        alt = _alt(one.cid, self.html)
        found = read_inside(name, one.data, alt) if len(self.pictures) < MOST_INSIDE else "too many"
        if isinstance(found, str):
            self.unshown.append(name)
        else:
            self.pictures.append(found)
            self.shown.append(one.cid)

    def _hand_on(self, one: Enclosure, name: str) -> None:
        if len(self.handed) >= MOST:
            self.asks.append((f"it carries more than {MOST} files; {name} was left behind", ""))
        elif one.data:
            self.handed.append(Attached(_unused(name, self.handed), one.data))
        else:
            self.notes.append(f"{name} was attached and is empty")

    def emptied(self) -> Sorted:
        """Give what has become of all of them."""
        left = [_pictures(self.unshown)] if self.unshown else []
        return Sorted(
            attached=tuple(self.handed),
            notes=(*self.notes, *left),
            asks=tuple(dict.fromkeys(ask for ask, _ in self.asks)),
            hint=next((hint for _, hint in self.asks if hint), ""),
            pictures=tuple(self.pictures),
            shown=tuple(self.shown),
        )


def _sealed(kind: str, name: str) -> tuple[str, str] | None:
    """Say of a file that only its reader's mail program opens what a person must see to, and how."""
    if kind in _ENCRYPTED or name.endswith(".p7m"):
        return ENCRYPTED, "open it in Outlook and copy the words, or ask the sender to send it unencrypted"
    if kind == "application/ms-tnef" or name == "winmail.dat":
        ask = "winmail.dat was left behind: what was attached is packed so that only Outlook opens it"
        return ask, "ask the sender to send as plain text or HTML, not as rich text"
    return None


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
