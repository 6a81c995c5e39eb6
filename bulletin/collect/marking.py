"""Notice what a file says about being published: OFFICIAL-SENSITIVE, and an embargo in words."""

import re

from bulletin.collect.reading import Draft, Reading, with_label
from bulletin.model.contribution import FileOutcome
from bulletin.wording import clause

SENSITIVE = Reading(
    FileOutcome.NEEDS_YOU,
    "it is marked OFFICIAL-SENSITIVE: no item was made of it and no copy was kept",
    "ask the sender whether it may be published; if so, for a version without the marking; "
    "then take this file out of the folder",
)
"""What becomes of a file that is marked, or that holds anything marked."""

# Between the two words: a dash of any kind and encoding, blanks, a line end, HTML's tags and entities, the
# escapes of quoted-printable. No full stop or comma: "the letter is official, sensitive matters come later".
_MARKING = re.compile(
    rb"(?<![a-z])official"
    rb"(?:<[^<>]{0,200}>|&#?[a-z0-9]{1,8};|=[0-9a-f]{2}|[^a-z0-9.,;!?'\"()]){0,12}+"
    rb"sensitive(?![a-z])"
)
HEAD_LINES = 4
"""Lines at the head of a text where an embargo is looked for."""
LONGEST = 300
"""Letters of a line that are looked at."""
_RELEASE = r"(?:publication|release|broadcast|use)"
_UNTIL = rf"(?:until|till|to|before|prior to|for {_RELEASE}(?: (?:on|at|before|until))?)"
_STATEMENT = (
    r"(?:(?:strictly |is )?embargo(?:ed)?(?: (?:copy|date|time|notice|press release|news release))?"
    rf"(?:[ :\-\u2013\u2014]+{_UNTIL}\b|[ ]*[:\-\u2013\u2014]|(?=[ ]+\d)|(?=\W*$))"
    rf"|under (?:strict )?embargo\b(?: {_UNTIL}\b)?"
    rf"|(?:strictly )?not for {_RELEASE}(?:,? (?:or|and) \w+)?(?: {_UNTIL}\b|(?=\W*$)))"
)
_AT_HEAD = re.compile(
    rf"(?i)^[\W_]*(?:(?:press|news|media) release[\W_]+)?(?:this (?:press release|news|story|item) is )?"
    rf"{_STATEMENT}[ :\-\u2013\u2014]*(?P<rest>.*)$"
)
_IN_PASSING = re.compile(
    rf"(?i)\b(?:embargo(?:ed)? {_UNTIL}|under (?:strict )?embargo (?:until|till)"
    rf"|not for {_RELEASE} (?:before|until|till))\b[ :]*(?P<rest>[^;\n]*)"
)
_IN_NAME = re.compile(r"(?i)(?<![^\W_])(?:embargo(?:ed)?|not for publication)(?![^\W_]).*")
_MONTH = re.compile(
    r"(?i)\d.*\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\d{1,2}[/.]\d{1,2}[/.]\d{2}"
)
_DATED = re.compile(r"(?i)\d|day\b|tomorrow|notice|midnight|midday|noon")
# After a date something else may follow: another sentence, or a story's title behind a colon.
_END = re.compile(r"(?:(?<!\bp\.m)(?<!\ba\.m)[.!]|:|\s[|\u2013\u2014-])\s+(?=[^\W\d_])")


def is_sensitive(path: str, data: bytes) -> bool:
    """Whether a file or its name is marked OFFICIAL-SENSITIVE; UTF-16 is ASCII with NULs between."""
    letters = data.replace(b"\0", b"").lower()
    return any(_MARKING.search(words) for words in (letters, path.lower().encode("utf-8", "replace")))


def embargo_of(draft: Draft) -> Draft:
    """Give the draft with the embargo its first lines or its title state in words, without a label.

    A line that says nothing else becomes the label; one that goes on stays in the text as well.
    """
    if "embargo" in draft.labels:
        return draft
    lines = draft.text.split("\n")
    filled = [at for at, line in enumerate(lines) if line.strip()][: HEAD_LINES + 1]
    for at, following in zip(filled[:HEAD_LINES], [*filled[1:], None], strict=False):
        said = _bare(lines[at])
        found = _AT_HEAD.match(said)
        if found:
            until, rest = _split(found["rest"])
            used = [at]
            if not until and following is not None and _MONTH.search(lines[following][:60]):
                until = _bare(lines[following])
                used.append(following)
            if until and not _DATED.search(until):  # "EMBARGOED: New pool opens" is a title as well
                until, rest = said, said
            kept = draft.text if rest else _without(lines, used)
            return _embargoed(draft, until or said, f'the line "{clause(said, 80)}"', kept)
    return _titled(draft)


def _titled(draft: Draft) -> Draft:
    """Give the draft with the embargo its title states, which stays as it is."""
    title = _bare(draft.labels.get("title", ""))
    found = _AT_HEAD.match(title) or _IN_PASSING.search(title)
    if not found:
        return draft
    until = _split(found["rest"])[0]
    return _embargoed(draft, until if _DATED.search(until) else title, "its title")


def embargo_around(words: tuple[str, ...], name: str) -> tuple[str, str]:
    """Find an embargo in what was said round a file's drafts, or in its name: until when, and where from."""
    for one in words:
        found = _IN_PASSING.search(one)
        if found:
            return _split(found["rest"])[0][:100] or found[0], "the words that came with it"
    found = _IN_NAME.search(name.rpartition(".")[0].replace("_", " "))
    return (found[0].strip(), "the file's name") if found else ("", "")


def _embargoed(draft: Draft, until: str, reason: str, text: str | None = None) -> Draft:
    return with_label(draft, "embargo", until, f"embargo from {reason}", text)


def _split(rest: str) -> tuple[str, str]:
    """Part the words of a date from what goes on behind them."""
    found = _END.search(rest)
    date, after = (rest[: found.start()], rest[found.end() :]) if found else (rest, "")
    return date.strip(" \t.*_()[]"), after.strip()


def _bare(line: str) -> str:
    """Give a line without the marks of Markdown round it."""
    return line[:LONGEST].replace("*", "").replace("\\", "").strip(" \t#>_")


def _without(lines: list[str], used: list[int]) -> str:
    return "\n".join(line for at, line in enumerate(lines) if at not in used).strip("\n")
