"""Take out what printing put round the words: page numbers, running heads, file names."""

import re

from bulletin.wording import listed

_DATE = r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}(?:,? (?:at )?\d{1,2}[:.]\d{2}(?::\d{2})?(?: ?[ap]m)?)?"
_FILE = r"(?:[A-Za-z]:\\|\\\\|file:///?|/(?=\S*/))\S.*|\S.{0,150}\.(?:docx?|dotx?|xlsx?|pptx?|pub|pdf|odt|rtf|txt)"
_CERTAIN = re.compile(
    rf"(?i)[-–—|\s]*(?:p ?a ?g ?e|pg\.?)[ |:]*\d{{1,4}}(?:\s*(?:of|/)\s*\d{{1,4}})?[-–—|.\s]*"  # noqa: RUF001
    rf"|\d{{1,4}}\s*\|\s*p ?a ?g ?e"
    rf"|(?:created|printed|last (?:saved|printed))(?: on| at|:)?\s+{_DATE}(?:[\s,|]+(?:{_FILE}))?"
    rf"|(?:[A-Za-z]:\\|\\\\)\S.{{0,200}}\.[A-Za-z]{{3,4}}(?:\s+{_DATE})?"
)
_NUMBER = re.compile(r"[-–—\s]*(\d{1,3})[-–—\s]*")  # noqa: RUF001
LONGEST_HEAD = 90
LONGEST_STAMP = 300


def without_page_furniture(text: str) -> tuple[str, tuple[str, ...]]:
    """Cut page furniture out of a text, with a note of what it was.

    "Page 3 of 12" and the name of the file it was are certain. A lone number goes where the next one comes
    on a line of its own too; a line that comes again and again, where it is the text's first line or stands
    beside furniture: its first time stays.
    """
    lines = re.sub(r"\f", "\n\f\n", text).split("\n")
    cut = {at for at, line in enumerate(lines) if line == "\f" or _is_certain(line.strip())}
    cut |= _page_numbers(lines, cut)
    cut |= _running_heads(lines, cut)
    said = dict.fromkeys(lines[at].strip() for at in sorted(cut) if lines[at].strip())
    if not cut:
        return text, ()
    kept = "\n".join("" if at in cut else line for at, line in enumerate(lines))
    shown = listed((f'"{words}"' for words in said), 6)
    return kept, (f"what a printer puts on every page was cut: {shown}",) if said else ()


def _is_certain(line: str) -> bool:
    return 0 < len(line) <= LONGEST_STAMP and _CERTAIN.fullmatch(line) is not None


def _alone(lines: list[str], at: int, cut: set[int]) -> bool:
    """Whether empty lines, furniture or the text's ends are on both sides of a line."""
    return all(
        not 0 <= beside < len(lines) or beside in cut or not lines[beside].strip()
        for beside in (at - 1, at + 1)
    )


def _page_numbers(lines: list[str], cut: set[int]) -> set[int]:
    """Give the lone numbers that count up by one, from at most 2, as pages do."""
    found = [
        (at, int(number[1]))
        for at, line in enumerate(lines)
        if (number := _NUMBER.fullmatch(line)) and _alone(lines, at, cut)
    ]
    counted = [number for _, number in found]
    counts = len(found) > 1 and counted == list(range(counted[0], counted[0] + len(found)))
    if counts and counted[0] <= 2:
        return {at for at, _ in found}
    marked = {at for at, _ in found if any(_near(lines, at, cut))}
    return marked if len(marked) > 1 else set()


def _near(lines: list[str], at: int, cut: set[int]) -> list[int]:
    """Give the furniture next to a line, empty lines passed over."""
    near = []
    for step in (-1, 1):
        beside = at + step
        while 0 <= beside < len(lines) and not lines[beside].strip() and beside not in cut:
            beside += step
        near += [beside] if beside in cut else []
    return near


def _running_heads(lines: list[str], cut: set[int]) -> set[int]:
    """Give every line but the first time that is repeated at the top or foot of pages."""
    places: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        words = " ".join(line.split())
        if at not in cut and re.search(r"\w{2}", words) and len(words) <= LONGEST_HEAD:
            places.setdefault(words.casefold(), []).append(at)
    first = next((at for at, line in enumerate(lines) if line.strip() and at not in cut), 0)
    last = next((at for at in reversed(range(len(lines))) if lines[at].strip() and at not in cut), 0)
    heads: set[int] = set()
    for found in places.values():
        again = [at for at in found[1:] if _alone(lines, at, cut) and at != last and "\t" not in lines[at]]
        beside = [at for at in again if _near(lines, at, cut)]
        if found[0] == first:
            heads.update(again)
        elif beside:
            heads.update(beside)
    return heads
