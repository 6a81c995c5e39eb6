"""Files this version takes nothing from: what they are, and what to ask for."""

from pathlib import PurePosixPath

from bulletin.collect.reading import Reading, not_read
from bulletin.model.contribution import FileOutcome

PASTE = "open it, copy the words into a new text file (.txt) beside it, and collect again"
ASK = "ask the sender for the words in an e-mail or a text file (.txt)"

KINDS = {
    ".docx": ("a Word document", PASTE),
    ".doc": ("a Word document of the old kind (before 2007)", "open it in Word, " + PASTE.partition(", ")[2]),
    ".odt": ("an OpenDocument text", PASTE),
    ".rtf": ("a rich text file", PASTE),
    ".eml": ("a saved e-mail", PASTE),
    ".msg": ("an e-mail saved from Outlook", PASTE),
    ".ics": ("a calendar entry", "write the event into a text file (.txt): Title, When, Where"),
    ".csv": ("a table", "write each row that matters into a text file (.txt) of its own: Title, When, Where"),
    ".xlsx": (
        "a spreadsheet",
        "write each row that matters into a text file (.txt) of its own: Title, When, Where",
    ),
    ".xls": ("a spreadsheet of the old kind", ASK),
    ".pdf": ("a PDF, which holds a picture of pages rather than text to reuse", ASK),
    ".pub": ("a Publisher document", ASK),
    ".pptx": ("a slide show", ASK),
    ".ppt": ("a slide show of the old kind", ASK),
    ".heic": ("a photograph from an iPhone", "ask the sender for it as JPEG"),
    ".zip": ("an archive of files", "unpack it into contributions/ and collect again"),
    ".7z": ("an archive of files", "unpack it into contributions/ and collect again"),
    ".rar": ("an archive of files", "unpack it into contributions/ and collect again"),
    **dict.fromkeys(
        (".jpg", ".jpeg", ".png", ".gif", ".webp", ".tif", ".tiff"),
        ("a picture", "say in the item what it shows; pictures are not printed yet"),
    ),
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


def unread(name: str, _data: bytes) -> Reading:
    """Name a file of a kind this version does not read, and say what to do about it."""
    suffix = PurePosixPath(name).suffix.lower()
    what, hint = KINDS.get(suffix, (f"a file of a kind nobody here knows ({suffix or 'no ending'})", ASK))
    return not_read(f"it is {what}, which this version does not read", hint)
