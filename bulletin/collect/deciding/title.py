"""Work out a contribution's title: its heading, its first short line, or its file's name if that says any."""

import re
from pathlib import PurePosixPath

from bulletin.collect.reading import Draft, with_label
from bulletin.markdown import plain
from bulletin.wording import clause

TITLE_WORDS = 14
TITLE_LETTERS = 150
FROM_NAME = "from the file's name"
"""How the reason ends for a title that is no contributor's."""
_NAMELESS = """
    a am article at att attachment bulletin contribution copy doc document documents docx download draft dsc
    dscf dscn e email file final form image img item mail message microsoft msg mvimg name new no noname of
    page photo pic picture pm pxl rich scan scanned screen screenshot shot snip temp test text the title
    titled tmp unnamed untitled v whatsapp with without word
"""
NAMELESS = frozenset(_NAMELESS.split())
"""Words of which programs, cameras and people in a hurry make the name of a file."""


def title_of(draft: Draft, path: str) -> Draft:
    """Give the draft with a title, the line that has become one taken out of its text."""
    if draft.labels.get("title"):
        return draft
    lines = draft.text.split("\n")
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    line, below = lines[first].strip(), "".join(lines[first + 1 : first + 2]).strip()
    for title, after, reason in (
        (_heading(line), first + 1, "its heading"),
        (_short(line) if re.fullmatch(r"\\?=+|\\?-{3,}", below) else "", first + 2, "its heading"),
        (_short(line) if re.fullmatch(r"(\*\*|__)\S.*\1:?", line) else "", first + 1, "its first bold line"),
        (_short(line) if not below else "", first + 1, "its first short line"),
    ):
        if title:
            return with_label(
                draft, "title", title, f"title from {reason}", "\n".join(lines[after:]).strip("\n")
            )
    title = _from_file_name(path)
    if _says_nothing(title):
        return draft
    return with_label(draft, "title", title, f'title "{clause(title, TITLE_LETTERS)}" {FROM_NAME}')


def _heading(line: str) -> str:
    """Give the words of a Markdown heading, or ""."""
    found = re.match(r"#{1,6}[ \t]+\S", line)
    return _words(line) if found else ""


def _short(line: str) -> str:
    """Give the words of a line that may be a title, or ""."""
    if len(line) > TITLE_LETTERS or re.match(r"[-+>|#`~]|\*(?!\*)|\d+[.)]\s", line):
        return ""
    words = _words(f"# {line}")
    return "" if len(words.split()) > TITLE_WORDS or words.endswith((".", ",", ";")) else words


def _words(heading: str) -> str:
    """Give a heading's words without marks: a title is a label's value, not Markdown."""
    return " ".join(plain(heading).split()).rstrip(":").rstrip()


def _from_file_name(path: str) -> str:
    """Read a title out of a file's name, without what people put round it: `Copy of`, `FINAL v3 (2)`."""
    stem = PurePosixPath(path).stem
    words = " ".join(stem.replace("_", " ").split())
    words = re.sub(r"(?i)^copy of ", "", words)
    words = (
        re.sub(r"(?i)(?:[ -]+(?:final|draft|copy|new|v\d+(?:\.\d+)*|\(\d+\)))+$", "", words).strip(" -")
        or stem
    )
    return words[:1].upper() + words[1:]


def _says_nothing(title: str) -> bool:
    """Whether a title out of a file's name tells nobody anything: IMG_1234, New Text Document, e."""
    words = re.findall(r"[^\W\d_]+", title.lower())
    return sum(map(len, words)) < 2 or all(word in NAMELESS for word in words)
