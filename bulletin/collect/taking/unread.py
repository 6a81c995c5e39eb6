"""Files this version takes nothing from: what they are, and what to ask for."""

from pathlib import PurePosixPath

from bulletin.collect.reading import Reading, not_read
from bulletin.model.contribution import FileOutcome

PASTE = "copy the words into a new text file (.txt) beside it, and collect again"
ASK = "ask the sender for the words in an e-mail or a text file (.txt)"
UNPACK = "unpack it into contributions/ and collect again"

KINDS = {
    ".doc": (
        "a Word document of the old kind (before 2007)",
        f"open it in Word and save it as .docx, or {PASTE}",
    ),
    ".odt": ("an OpenDocument text", f"open it in Word and save it as .docx, or {PASTE}"),
    ".rtf": ("a rich text file", f"open it in Word and save it as .docx, or {PASTE}"),
    ".wps": ("a document of Microsoft Works", ASK),
    ".pages": ("a document of Apple's Pages", "ask the sender to export it as a Word document (.docx)"),
    ".xls": (
        "a spreadsheet of the old kind (before 2007)",
        "open it in Excel, save it as .xlsx and collect again",
    ),
    ".ods": ("an OpenDocument spreadsheet", "open it in Excel, save it as .xlsx and collect again"),
    ".odp": ("a slide show", ASK),
    ".pub": ("a Publisher document", ASK),
    ".pptx": ("a slide show", ASK),
    ".ppt": ("a slide show of the old kind", ASK),
    ".one": ("a page of OneNote", ASK),
    ".heic": ("a photograph from an iPhone", "ask the sender for it as JPEG"),
    ".heif": ("a photograph from an iPhone", "ask the sender for it as JPEG"),
    ".mp4": ("a film", "ask the sender for a link to it, and what it shows"),
    ".mov": ("a film", "ask the sender for a link to it, and what it shows"),
    ".mp3": ("a sound recording", "ask the sender for a link to it, and what it says"),
    ".zip": ("an archive of files", UNPACK),
    ".7z": ("an archive of files", UNPACK),
    ".rar": ("an archive of files", UNPACK),
    ".gz": ("an archive of files", UNPACK),
}

CLUTTER = {
    "thumbs.db": "Windows' own list of thumbnails",
    "desktop.ini": "a settings file of Windows",
    ".ds_store": "a settings file of macOS",
    ".gitkeep": "a marker that keeps an empty folder",
    ".gitignore": "a settings file of git",
}


def clutter(name: str) -> Reading | None:
    """Recognise what is no contribution at all: lock files and what systems leave behind."""
    base = PurePosixPath(name).name
    if base.startswith("~$"):
        return Reading(FileOutcome.IGNORED, "Word's mark that somebody has the document open, not a document")
    if base.startswith((".~lock.", "._")):
        return Reading(FileOutcome.IGNORED, "a mark an office program left behind, not a document")
    what = CLUTTER.get(base.lower())
    return Reading(FileOutcome.IGNORED, f"{what}, not a contribution") if what else None


def unread(ending: str) -> Reading:
    """Name a file of a kind this version does not read, by the ending it should have, and say what to do."""
    what, hint = KINDS.get(ending, (f"a file of a kind nobody here knows ({ending or 'no ending'})", ASK))
    return not_read(f"it is {what}, which this version does not read", hint)
