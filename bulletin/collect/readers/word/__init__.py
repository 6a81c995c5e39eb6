"""Read Word documents: every word that a reader of the finished document sees, and no others."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from xml.etree import ElementTree as ET

from bulletin.collect.marking import SENSITIVE, is_sensitive
from bulletin.collect.readers.container import OLE, Container, PartError, is_locked, open_container
from bulletin.collect.readers.word.blocks import parse_blocks
from bulletin.collect.readers.word.convert import plain_html, to_html
from bulletin.collect.readers.word.drafts import draft_blocks
from bulletin.collect.readers.word.notes import AsideText, left_out, questions, read_asides
from bulletin.collect.readers.word.numbers import read_signs, sign_numbers
from bulletin.collect.readers.word.package import Package, Relation, W, find_package, read_part
from bulletin.collect.readers.word.pictures import take_pictures
from bulletin.collect.readers.word.seen import Seen
from bulletin.collect.readers.word.styles import Styles, read_styles
from bulletin.collect.readers.word.tidy import tidy
from bulletin.collect.reading import ASK_AGAIN, ASK_WORDS, EMPTY, Reading, not_read
from bulletin.model.contribution import FileOutcome

__all__ = ["read_docx"]

ASK_DOCX = "ask the sender to save it as a Word document (.docx), or for the words in an e-mail"

OTHERS = {
    "spreadsheetml": ("a spreadsheet, whatever its name says", "give it the ending .xlsx and collect again"),
    "presentationml": ("a slide show, whatever its name says", ASK_WORDS),
}


def read_docx(_name: str, data: bytes) -> Reading:
    """Read a Word document (.docx, .dotx, .docm): usually one item; see `drafts` for when it is several."""
    refused = _not_a_container(data)
    if refused:
        return refused
    container = open_container(data)
    if isinstance(container, Reading):
        return container
    try:
        package = find_package(container)
        for mark, (what, hint) in OTHERS.items():
            if mark in package.kind:
                return not_read(f"it is {what}", hint)
        return _read(package)
    except PartError as fault:
        return _no_document(container, str(fault))
    except RecursionError:
        return not_read("its contents are nested too deeply", ASK_WORDS)


def _read(package: Package) -> Reading:
    """Read a document whose main part there is."""
    styles = read_styles(package.part("styles"))
    parts, links, seen = _tidied(package, styles)
    aside = read_asides(package)
    words = " ".join((*aside.words(), *parts["document"].itertext()))
    if is_sensitive("", words.encode("utf-8", "replace")):
        return SENSITIVE
    blocks, plain = _blocks(parts, links)
    drafts, notes = draft_blocks(blocks)
    return _judged(package, Reading(FileOutcome.READ, drafts=drafts, notes=tuple(notes)), seen, aside, plain)


def _judged(package: Package, reading: Reading, seen: Seen, aside: AsideText, plain: str) -> Reading:
    """Say what became of a document: whether all of it is in the drafts, and what a person must ask for."""
    notes = (*left_out(seen, aside), *reading.notes)
    asks = [(plain, "compare it with the file")] if plain else []
    pictures, left, small = take_pictures(package.container, seen.pictures)
    asks += questions(seen, left)
    notes += small
    asks += [(f"its {kind} could not be read", "compare it with the file") for kind in package.damaged()]
    if "macroEnabled" in package.kind or package.name("vbaProject"):
        asks.append(
            ("it carries macros (programs), which were left alone", "do not open it with macros switched on")
        )
    if "template" in package.kind:
        notes = ("it is a Word template; its words were taken", *notes)
    if asks:
        why = "; ".join(why for why, _ in asks)
        return replace(
            reading,
            outcome=FileOutcome.NEEDS_YOU,
            why=why,
            hint="; ".join(hint for _, hint in asks),
            notes=notes,
            pictures=pictures,
        )
    why = "" if reading.drafts else "the document is empty: it held nothing to print"
    return replace(reading, why=why, notes=notes, pictures=pictures)


def _tidied(
    package: Package, styles: Styles
) -> tuple[dict[str, ET.Element], dict[str, Mapping[str, Relation]], Seen]:
    """Give the parts that make words, tidied, what they point at, and what was seen on the way."""
    parts = {"document": read_part(package.container, package.main)}
    links: dict[str, Mapping[str, Relation]] = {"document": package.relations(package.main)}
    for kind in ("styles", "numbering", "footnotes", "endnotes"):
        found = package.part(kind)
        if found is not None:
            parts[kind] = found
            links[kind] = package.relations(package.name(kind))
    notes = {
        f"{kind} {note.get(W + 'id')}"
        for kind in ("footnote", "endnote")
        for note in parts.get(kind + "s", ET.Element("none"))
    }
    seen = tidy(parts["document"], styles, links["document"], notes)
    for kind in ("footnotes", "endnotes"):
        if kind in parts:
            seen.add(tidy(parts[kind], styles, links[kind], set()))
    return parts, links, seen


def _blocks(
    parts: Mapping[str, ET.Element], links: Mapping[str, Mapping[str, Relation]]
) -> tuple[list[ET.Element], str]:
    """Give a document's blocks, and why they are only its words where that is so."""
    try:
        sign_numbers(parts)
        blocks = read_signs(parse_blocks(to_html(parts, links)))
        if _has_all(blocks, parts["document"]):
            return blocks, ""
    except Exception:  # noqa: BLE001, S110 -- mammoth raises anything for a file that breaks the format
        pass
    why = "only its words could be taken, without headings, lists or links: something in it is out of place"
    return parse_blocks(plain_html(parts["document"])), why


def _has_all(blocks: list[ET.Element], document: ET.Element) -> bool:
    """Whether every letter of the document came through mammoth, which drops what it does not expect."""
    letters = Counter(
        letter for text in document.iter(W + "t") for letter in text.text or "" if letter.isalnum()
    )
    return letters <= Counter(letter for block in blocks for text in block.itertext() for letter in text)


def _not_a_container(data: bytes) -> Reading | None:
    """Name what is no zip container at all."""
    if not data:
        return EMPTY
    if is_locked(data):
        return not_read("it is protected with a password", "ask the sender for it without the password")
    if data.startswith(OLE):
        return not_read("it is a document of the old kind (before 2007)", ASK_DOCX)
    if data.startswith(b"{\\rtf"):
        return not_read("it is a rich text file (.rtf), which is not read here", ASK_DOCX)
    if not data.startswith(b"PK"):
        return not_read("it is no Word document, or a damaged one", ASK_AGAIN)
    return None


def _no_document(container: Container, fault: str) -> Reading:
    """Name a container without a Word document in it."""
    if "mimetype" in container and b"opendocument" in container.read("mimetype"):
        return not_read("it is an OpenDocument text, which is not read here", ASK_DOCX)
    if any(name.endswith(".iwa") for name in container.names):
        return not_read("it is an Apple Pages document", "ask the sender to export it as Word (.docx)")
    return not_read(fault, ASK_AGAIN)
