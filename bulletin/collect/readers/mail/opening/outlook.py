"""Read a .msg file: a message as Outlook saves it (MS-OXMSG, an OLE compound file of properties)."""

import re
import struct
from email.message import EmailMessage
from email.policy import SMTP
from io import BytesIO

import olefile

from bulletin.collect.readers.mail.contribution import read_letter
from bulletin.collect.readers.mail.headers import decode_text, header_text, read_sender
from bulletin.collect.readers.mail.letter import Letter, Piece, Sender
from bulletin.collect.readers.mail.opening.attachments import (
    ENCRYPTED,
    Enclosure,
    Sorted,
    sort_out,
    without_shown,
)
from bulletin.collect.readers.mail.opening.properties import Store
from bulletin.collect.readers.mail.opening.rich_text import unpack_rich_text
from bulletin.collect.reading import Reading, not_read

ASK = "ask the sender for the words in a new e-mail, or to save this one as .eml"
MOST_FILES = 60
DEEPEST = 3

SUBJECT, PLAIN, HTML, RTF, CLASS, TRANSPORT = "0037", "1000", "1013", "1009", "001A", "007D"
ADDRESSES = ("5D02", "5D01", "0065", "0C1F")
"""Where the sender's address stands, the best first: on whose behalf and who (SMTP), then the two again."""

NAMES = ("0042", "0C1A")
DATA, LONG_NAME, SHORT_NAME, DISPLAY_NAME, MIME_TYPE, CONTENT_ID = (
    "3701",
    "3707",
    "3704",
    "3001",
    "370E",
    "3712",
)

# olefile raises all of these on broken files, besides its own.
BROKEN = (
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    struct.error,
    RecursionError,
    OverflowError,
)


def read_msg(_name: str, data: bytes) -> Reading:
    """Read an e-mail saved from Outlook: its contribution, and what it carries."""
    try:
        if not olefile.isOleFile(data):
            return not_read("it is not an Outlook message, whatever its name says", ASK)
        with olefile.OleFileIO(BytesIO(data), raise_defects=olefile.DEFECT_FATAL) as ole:
            store = Store(ole, frozenset(tuple(path) for path in ole.listdir()))
            if not store.has(()):
                return not_read("it is not an Outlook message, whatever its name says", ASK)
            letter = _letter(store, ())
    except BROKEN:
        return not_read("the file is broken: Outlook's format could not be followed", ASK)
    return read_letter(letter)


def _letter(store: Store, folder: tuple[str, ...]) -> Letter:
    """Take a message out of a folder of the store."""
    plain, html = store.text(folder, PLAIN), _html(store, folder)
    enclosures, lost = _enclosures(store, folder)
    rich = unpack_rich_text(store.binary(folder, RTF)) if not (plain.strip() or html.strip()) else b""
    if rich:
        enclosures.append(Enclosure("message.rtf", "application/rtf", rich))
    carried = sort_out(enclosures, html)
    kind = store.text(folder, CLASS).strip().lower()
    return Letter(
        subject=header_text(store.text(folder, SUBJECT)),
        sender=_sender(store, folder),
        pieces=(Piece(plain, without_shown(html, carried)),),
        attached=carried.attached,
        notes=carried.notes,
        asks=(*_asks(kind), *lost, *carried.asks),
        hint=_hint(kind, carried),
        automatic=kind.startswith("report."),
        pictures=carried.pictures,
    )


def _asks(kind: str) -> tuple[str, ...]:
    if kind.startswith(("ipm.appointment", "ipm.schedule")):
        return ("it is a calendar entry saved as an Outlook message, and its date and place were not read",)
    if kind.startswith("ipm.note.smime") and "multipartsigned" not in kind:
        return (ENCRYPTED,)
    return ()


def _hint(kind: str, carried: Sorted) -> str:
    if kind.startswith(("ipm.appointment", "ipm.schedule")):
        return (
            "in Outlook, save it as iCalendar (.ics) and collect that, or write When and Where into the item"
        )
    return carried.hint or "open it in Outlook, choose Save As, HTML or Text Only, and collect that"


def _html(store: Store, folder: tuple[str, ...]) -> str:
    narrow = store.binary(folder, HTML)
    if narrow:
        declared = re.search(rb"(?i)charset=[\"']?([\w-]{1,40})", narrow[:4096])
        charset = store.code_page(folder, 0x3FDE) or (
            declared[1].decode("ascii", "replace") if declared else ""
        )
        return decode_text(narrow, charset)[0]
    return store.text(folder, HTML)


def _sender(store: Store, folder: tuple[str, ...]) -> Sender:
    """Read who sent it; an address inside an Exchange organisation is not one the world knows."""
    found = re.search(
        r"(?im)^from:[ \t]*([^\n]*(?:\n[ \t]+[^\n]*)*)", store.text(folder, TRANSPORT)[:100_000]
    )
    head = read_sender(header_text(found[1])) if found else Sender()
    names = [name for tag in NAMES if (name := read_sender(store.text(folder, tag)).name)]
    addresses = [
        text.strip()
        for tag in ADDRESSES
        if "@" in (text := store.text(folder, tag)) and not text.startswith("/")
    ]
    address = head.address or next((read_sender(text).address for text in addresses), "")
    return Sender(head.name or next(iter(names), ""), address)


def _enclosures(store: Store, folder: tuple[str, ...]) -> tuple[list[Enclosure], tuple[str, ...]]:
    """Read what a message carries, and say what could not be read of it."""
    deep = len(folder)
    folders = sorted(
        {
            path[deep]
            for path in store.paths
            if path[:deep] == folder and len(path) > deep + 1 and path[deep].startswith("__attach")
        }
    )
    found, lost = [], []
    for one in folders[:MOST_FILES]:
        where = (*folder, one)
        name = (
            store.text(where, LONG_NAME) or store.text(where, SHORT_NAME) or store.text(where, DISPLAY_NAME)
        )
        inner = (*where, f"__substg1.0_{DATA}000D")
        kind = store.text(where, MIME_TYPE).strip().lower() or _kind_of(name)
        if store.has(inner):
            if len(inner) // 2 >= DEEPEST:
                lost.append("an e-mail attached to an e-mail attached to it was left behind")
                continue
            letter = _letter(store, inner)
            found.append(
                Enclosure(f"{name or letter.subject or 'message'}.eml", "message/rfc822", _as_eml(letter))
            )
        else:
            data = store.binary(where, DATA)
            if not data and any(path[: deep + 2] == inner for path in store.paths):
                lost.append(
                    f"{name or 'something'} inside it is an object only Outlook can open, and was left behind"
                )
                continue
            found.append(Enclosure(name, kind, data, store.text(where, CONTENT_ID).strip(" <>")))
    if len(folders) > MOST_FILES:
        lost.append(f"it carries {len(folders)} files, and only the first {MOST_FILES} were read")
    return found, tuple(dict.fromkeys(lost))


def _kind_of(name: str) -> str:
    from mimetypes import guess_type

    return guess_type(name)[0] or "application/octet-stream"


def _as_eml(letter: Letter) -> bytes:
    """Write a message inside a message as an .eml, to be read in its turn."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = letter.subject
    message["X-Sender-As-Shown"] = str(letter.sender)
    piece = letter.pieces[0]
    message.set_content(piece.plain or " ")
    if piece.html:
        message.add_alternative(piece.html, subtype="html")
    carried = [(one.name, one.data) for one in letter.attached]
    carried += [(one.name, one.data) for one in letter.pictures]
    for name, data in carried:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    head = f"From: {str(letter.sender).encode('ascii', 'replace').decode()}\r\n" if str(letter.sender) else ""
    return head.encode() + message.as_bytes()
