"""Look into a PDF so that an officer sees what it is: its words are help, and never go straight to print."""

import logging
import re
from collections.abc import Iterator
from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError

from bulletin.charset import clean
from bulletin.collect.reading import Reading, not_read
from bulletin.markdown import public_url
from bulletin.model.contribution import FileOutcome
from bulletin.wording import listed, plural, quoted, unbroken

ASK = "ask the sender for the words in an e-mail or a Word document"
MOST_LOOKED_AT = 10  # pages
ENOUGH = 600  # characters of text, with which the looking ends
LARGEST_PAGE = 5_000_000  # bytes of a page's drawing: a map or a plan, whose text takes minutes
_SHOWN = 6  # lines

logging.getLogger("pypdf").addHandler(logging.NullHandler())
logging.getLogger("pypdf").propagate = False


def read_pdf(_name: str, data: bytes) -> Reading:
    """Say how many pages a PDF has, how it begins, and that somebody must type it."""
    if b"%PDF-" not in data[:1024]:
        return not_read("it is not a PDF, whatever its name says", ASK)
    try:
        reader = PdfReader(BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return not_read(
                "it is a PDF locked with a password", "ask the sender for it without the password"
            )
        pages = len(reader.pages)
    except (DependencyError, FileNotDecryptedError, NotImplementedError):
        return not_read("it is a PDF that is encrypted", "open it and print it to a new PDF, or " + ASK)
    except Exception:  # noqa: BLE001 - whatever the library raises, the file is damaged
        why = "it is a PDF, but damaged: part of it was lost or changed on the way"
        return not_read(why, f"ask the sender to send it again, or {ASK.removeprefix('ask the sender ')}")
    if not pages:
        return not_read("it is a PDF without pages", ASK)
    return _seen(reader, pages)


def _seen(reader: PdfReader, pages: int) -> Reading:
    text, failed = _text(reader, pages)
    long = plural(pages, "page")
    notes = [*_title(reader), *([f"{plural(failed, 'page')} could not be looked into"] if failed else [])]
    if not re.search(r"\w{2}", text):
        looked = "" if pages <= MOST_LOOKED_AT else f" (of the first {MOST_LOOKED_AT})"
        why = f"it needs typing: a PDF of {long}, and there is no text in it{looked}, only pictures of pages"
        return Reading(FileOutcome.NEEDS_YOU, why, f"{ASK}, or type what matters", notes=tuple(notes))
    lines = [unbroken(line) for line in text.split("\n") if re.search(r"\w", line)][:_SHOWN]
    notes.insert(0, f"it begins: {quoted(' / '.join(lines), 500)}")
    notes += _links(reader, pages)
    hint = f"{ASK}, or copy what matters out of it into a text file (.txt)"
    return Reading(FileOutcome.NEEDS_YOU, f"it needs typing: a PDF of {long}", hint, notes=tuple(notes))


def _text(reader: PdfReader, pages: int) -> tuple[str, int]:
    """Give the words of the first pages that have some, and how many pages failed."""
    found, failed = "", 0
    for number in range(min(pages, MOST_LOOKED_AT)):
        try:
            page = reader.pages[number]
            contents = page.get_contents()
            if contents is not None and len(contents.get_data()) > LARGEST_PAGE:
                failed += 1
                continue
            found += clean(page.extract_text())[0] + "\n"
        except Exception:  # noqa: BLE001 - one page that breaks the library leaves the others
            failed += 1
        if len(found) >= ENOUGH:
            break
    return found, failed


def _title(reader: PdfReader) -> list[str]:
    try:
        title = str(reader.metadata.title or "") if reader.metadata else ""
    except Exception:  # noqa: BLE001 - a title that cannot be read is none
        return []
    title = unbroken(clean(title)[0])
    return [f"it calls itself {quoted(title)}"] if title and not title.lower().startswith("untitled") else []


def _links(reader: PdfReader, pages: int) -> list[str]:
    """Name the web addresses of the first pages, which cannot be read off a printed page."""
    found: dict[str, None] = {}
    try:
        for number in range(min(pages, MOST_LOOKED_AT)):
            found |= dict.fromkeys(_addresses(reader.pages[number]))
    except Exception:  # noqa: BLE001 - links are a help; broken ones are none
        return []
    return [f"it links to {listed(found, 5)}"] if found else []


def _addresses(page: object) -> Iterator[str]:
    for one in (page.get("/Annots") or [])[:200]:  # type: ignore[attr-defined]
        action = one.get_object().get("/A")
        uri = str((action.get_object() if action else {}).get("/URI", ""))
        if re.match(r"(?i)https?://", uri) and public_url(uri):
            yield public_url(uri)
