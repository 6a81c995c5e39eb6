"""Take out of contributed words what nobody can see and what Markdown would make of them."""

import re

# Overrides and isolates that reverse what is read, zero-width characters that hide in words and addresses,
# and control characters, whose C1 half makes Gmail clip even a short message.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udfff]",
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# Joiners spell words in Arabic and Indic scripts and hold emoji together; elsewhere they only hide.
_STRAY_JOINER = re.compile("(?<![\u0600-\u0dff\U0001f000-\U0001faff\u2640\u2642\ufe0f])[\u200c\u200d]")
# Tags spell the flags of England, Scotland and Wales after a black flag; elsewhere they are unseen letters.
_TAGS = re.compile("(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0000-\U000e007f]+")
# No language needs more than a few marks on one letter; a heap of them covers the lines around it.
_HEAP = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{6})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_MARKS = re.compile(r"([\\`*_\[\]<>#&|~!])")
_BLOCK_START = re.compile(r"^([^\S\n]*)([-+=]|\d+(?=[.)]))", re.MULTILINE)


def clean(words: str) -> str:
    """Remove invisible, reversing and control characters; line ends become LF."""
    words = words.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    if words.isascii():
        return _CONTROL.sub("", words)
    words = _TAGS.sub("", _UNSEEN.sub("", _CONTROL.sub("", words)))
    return _HEAP.sub(r"\1", _STRAY_JOINER.sub("", words))


def clean_line(words: str) -> str:
    """Do the same for a title or a label's value, on one line with single spaces."""
    return " ".join(clean(words).split())


def literal(words: str) -> str:
    """Write plain words as Markdown that reads exactly as they do."""
    escaped = _MARKS.sub(r"\\\1", words)
    return _BLOCK_START.sub(_escape_start, escaped)


def _escape_start(match: re.Match[str]) -> str:
    """Keep a dash or a number at the start of a line from opening a list."""
    space, mark = match.groups()
    return f"{space}{mark}\\" if mark.isdigit() else f"{space}\\{mark}"
