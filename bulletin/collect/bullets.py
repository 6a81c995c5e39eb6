"""What marks the entry of a list where somebody typed or pasted it as plain text."""

import re

_OF_WORD = "\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf0e0\uf0e8\uf02d\uf06e\uf071\uf0a8"
BULLETS = f"·•▪●◦‣∙○■{_OF_WORD}–—"  # noqa: RUF001 -- dashes are bullets too
"""What Word and mail programs put where Markdown wants `-`; `o` and `*` count too.

Word's own are characters of its symbol fonts, at private-use places of Unicode.
"""

_UNMISTAKABLE = f"•▪●◦‣■{_OF_WORD}"
_MARK = re.compile(rf"(?:[{BULLETS}*-]|o(?=\s)|\d{{1,3}}[.)])\s+(?=\S)|[{_UNMISTAKABLE}]\s*(?=\S)")
_WITHIN = re.compile(rf"(?:^|(?<=\s))[{_UNMISTAKABLE}]\s+(?=\S)")
_LIST_TAG = re.compile(r"(?i)</?(?:ul|ol|li)\b[^<>\n]{0,200}>")
_RANKS = {"o": 1, "◦": 1, "○": 1, "▪": 2, "■": 2, "\uf0a7": 2}


def list_mark(line: str) -> str:
    """Give a line's bullet or number with the blanks after it, or ""."""
    found = _MARK.match(line)
    return found[0] if found else ""


def rank(mark: str) -> int:
    """Say how deep Word uses a bullet, which tells where indents are lost: a dot, an o, a square."""
    return _RANKS.get(mark[:1], 0)


def entries_within(words: str) -> tuple[str, list[str]]:
    """Take a list apart that stands on one line, "Bring: ▪ a coat ▪ a torch": what leads to it, its entries.

    Dots also part the words of an address, so only a colon, or nothing, leads to a list.
    """
    lead, *entries = (part.strip() for part in _WITHIN.split(words))
    is_list = len(entries) > 1 and (not lead or lead.endswith(":"))
    return (lead, entries) if is_list else (words, [])


def without_list_tags(text: str) -> tuple[str, tuple[str, ...]]:
    """Take out the tags of a web page's lists, with a note; the bullets beside them say what they said."""
    tags = dict.fromkeys(_LIST_TAG.findall(text))
    if not tags:
        return text, ()
    return _LIST_TAG.sub("", text), (f"the marks of a web page's list were cut: {', '.join(tags)}"[:200],)
