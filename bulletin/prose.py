"""Look at plain words: sentences, words, acronyms, and what makes two texts the same."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

_KNOWN_TO_ALL = """
    AGM AI AM AOB ASAP BBC BSL BST BT CCTV CD CEO COVID CV DIY DJ DVD DVLA EU FAQ FC FM GB GCSE GDPR GMT
    GOV GP GPS HGV HMRC HQ HR ICT ID IQ IT ITV LED LGBT MBE MOT MP NB NHS NSPCC OBE OK OS PA PC PDF PE PIN
    PLC PM PO PR PS QC QR RAF RNLI RSPB RSPCA RSVP SMS SOS SUV TBA TBC TV UK UN URL US USA USB VAT VE VIP
    VJ WC WI WIFI
"""
_PLAIN_WORDS = """
    ALL ALSO AND ANY ARE ASK AT BE BOTH BUT BY CALL CAN CLOSED COME DATE DAY DO DONT EACH EVERY FOR FREE
    FROM FULL GET GO HAS HAVE HELP HERE IN IS JOIN LAST LATE LIVE MAY MORE MUST NEED NEVER NEW NEWS NEXT NO
    NOT NOTE NOW OF OFF ON ONE ONLY OPEN OR OUR OUT PLEASE SAVE SEE SO STOP TALK THE THIS TIME TO TODAY TWO
    UP URGENT USE WE WEEK WHAT WHEN WHO WHY WILL WITH YES YOU YOUR
"""
_SHORTENED = """
    e.g i.e etc mr mrs ms dr st rd ave no nos tel ext approx cllr rev prof hon vs cf dept inc ltd pp para fig
    jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri sat sun
"""
WELL_KNOWN = frozenset(_KNOWN_TO_ALL.split())
"""Acronyms that every reader of a bulletin knows."""
SHOUTED = frozenset(_PLAIN_WORDS.split())
"""Ordinary words somebody may write in capitals."""
ABBREVIATIONS = frozenset(_SHORTENED.split())
"""Words, without their last full stop, after which a full stop ends no sentence."""
COLUMN_NAMES = frozenset(
    {
        *(
            "ref",
            "reference",
            "no",
            "item",
            "number",
            "what",
            "action",
            "actions",
            "task",
            "issue",
            "objective",
        ),
        *("when by", "by when", "when", "date", "day", "time", "deadline", "timescale", "target date"),
        *("by whom", "who", "lead", "owner", "responsible", "lead officer", "where", "venue", "status"),
        *(
            "progress",
            "comments",
            "comment",
            "notes",
            "resource implications",
            "resources",
            "cost",
            "outcome",
        ),
    }
)
"""What columns of partners' plans and programmes are called."""
LONGEST_HEAD = 200


def run_together(lines: Iterable[str]) -> tuple[str, ...]:
    """Give the heads of tables that lost their columns: three names or more on one line, or a line each."""
    heads: dict[str, None] = {}
    single: list[str] = []
    for line in (*(" ".join(one.split()) for one in lines if one.strip() and "\t" not in one), ""):
        if line.casefold().rstrip("?:") in COLUMN_NAMES:
            single.append(line)
            continue
        if len(single) > 2:
            heads[" ".join(single)] = None
        single = []
        if len(line) <= LONGEST_HEAD and _head_line().fullmatch(line):
            heads[line] = None
    return tuple(heads)


def sentences(text: str) -> tuple[str, ...]:
    """Split plain text into sentences; a line is a paragraph or a list item, so its end ends one too."""
    return tuple(one for line in text.splitlines() for one in _sentences_of(" ".join(line.split())))


def words(text: str) -> tuple[str, ...]:
    """Give the words of a text; a web address, a number or a hyphenated word is one."""
    return tuple(_words().findall(text))


def acronyms(text: str, known: Iterable[str] = ()) -> tuple[str, ...]:
    """Give the acronyms a reader may not know, once each, singular, in the order they come.

    An acronym is 2 to 6 capitals, perhaps with a plural s (`LSPs`). Left out: what everybody knows, Roman
    numerals, postcodes, addresses, shouted words, and what the same text spells out, as in "local strategic
    partnership (LSP)" or "LSP (local strategic partnership)".

    Args:
        text: plain text.
        known: further acronyms everybody knows.
    """
    quiet = _runs_of_capitals().sub(" ", _not_prose().sub(" ", text))
    skipped = WELL_KNOWN | SHOUTED | {one.upper() for one in known}
    spelled_out = _spelled_out(text)
    found: dict[str, None] = {}
    for match in _capitals().finditer(quiet):
        name = match["name"]
        if name.upper() not in skipped and not _roman().fullmatch(name):
            found.setdefault(name)
    return tuple(name for name in found if name not in spelled_out)


def normalise(text: str) -> str:
    """Fold a text for comparing: its words alone, lower case, accents kept, one space between."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("\u2019", "'").replace("'", "")
    return " ".join(_letters().findall(folded))


def is_shouted(text: str) -> bool:
    """Whether a title is all in capitals: two words or more, or one too long for an acronym."""
    letters = [one for one in text if one.isalpha()]
    if not letters or any(one.islower() for one in letters) or not all(one.isupper() for one in letters):
        return False
    names = [word for word in normalise(text).upper().split() if word.isalpha() and word not in WELL_KNOWN]
    plain = any(len(name) > 3 or name in SHOUTED for name in names)
    return (plain and sum(len(name) > 2 for name in names) > 1) or any(len(name) > 6 for name in names)


def opening(text: str, count: int = 6) -> str:
    """Give the first words of a text, with `...` where there are more."""
    parts = text.split()
    return " ".join(parts[:count]) + ("..." if len(parts) > count else "")


def _sentences_of(line: str) -> Iterator[str]:
    start = 0
    for match in _sentence_end().finditer(line):
        before = line[start : match.start()].rpartition(" ")[2].lstrip("(\"'\u201c\u2018").lower()
        if match["mark"] == "." and (before in ABBREVIATIONS or (len(before) == 1 and before.isalpha())):
            continue
        yield line[start : match.end("mark")].strip()
        start = match.end()
    rest = line[start:].strip()
    if rest:
        yield rest


def _spelled_out(text: str) -> frozenset[str]:
    """Give the acronyms a text spells out, before them or after them in brackets, or in so many words."""
    found = {match["name"] for match in _in_words().finditer(text)}
    for match in _brackets().finditer(text):
        inside, before = (
            match["inside"],
            text[max(0, match.start() - 120) : match.start()].rpartition("\n")[2],
        )
        named = _leading_name().match(inside)
        if named and _stands_for(named["name"], before.split()[-2 * len(named["name"]) - 2 :]):
            found.add(named["name"])
        last = _leading_name().fullmatch(before.split()[-1]) if before.split() else None
        if last and _stands_for(last["name"], inside.split()):
            found.add(last["name"])
    return frozenset(found)


def _stands_for(name: str, parts: list[str]) -> bool:
    """Whether the letters of a name come, in order, in words that start with its first letter."""
    for at, part in enumerate(parts):
        if part[:1].upper() == name[0] and part != name:
            letters = iter(" ".join(parts[at:]).upper())
            if all(letter in letters for letter in name):
                return True
    return False


@cache
def _words() -> re.Pattern[str]:
    return re.compile(r"https?://\S+|[^\W_]+(?:[-'\u2019.,:/@&][^\W_]+)*")


@cache
def _letters() -> re.Pattern[str]:
    return re.compile(r"[^\W_]+")


@cache
def _sentence_end() -> re.Pattern[str]:
    """A mark, perhaps closing quotes, a space, and then a capital, a digit, a quote or the end."""
    return re.compile(
        r"(?P<mark>[.!?\u2026])(?<!\.\.)[)\"'\u201d\u2019]*\s+(?=[\"'\u201c\u2018(]?[^\W_a-z]|https?:)"
    )


@cache
def _head_line() -> re.Pattern[str]:
    names = "|".join(sorted(COLUMN_NAMES, key=lambda name: (-len(name), name)))
    return re.compile(rf"(?:(?:{names})\??(?: |$)){{3,}}", re.IGNORECASE)


@cache
def _capitals() -> re.Pattern[str]:
    return re.compile(r"(?<![\w.&/@-])(?P<name>[A-Z]{2,6})s?(?![\w&@]|-\d|\.[a-zA-Z])")


@cache
def _brackets() -> re.Pattern[str]:
    return re.compile(r"\((?P<inside>[^()\n]{2,120})\)")


@cache
def _leading_name() -> re.Pattern[str]:
    return re.compile(r"[\"'\u201c\u2018]?(?P<name>[A-Z]{2,6})s?\b\W?")


@cache
def _in_words() -> re.Pattern[str]:
    return re.compile(r"\b(?P<name>[A-Z]{2,6})s?[\"'\u201d\u2019]? (?:stands for|is short for|means) ")


@cache
def _roman() -> re.Pattern[str]:
    return re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")


@cache
def _runs_of_capitals() -> re.Pattern[str]:
    """Three words or more in capitals with nothing but spaces between: somebody shouting."""
    return re.compile(r"(?<![\w(])[A-Z]{2,}(?:[ \t]+(?:[A-Z]{2,}|[AI]))+[ \t]+[A-Z]{2,}(?![\w)])")


@cache
def _not_prose() -> re.Pattern[str]:
    """Web addresses, e-mail addresses, UK postcodes and codes such as WR9 8AB or SO/12."""
    return re.compile(
        r"(?i:https?://\S+|www\.\S+)|(?<!\S)[^\s@]{1,64}@\S+"
        r"|\b[A-Z]{1,2}\d[A-Z\d]?[ \u00a0]?\d[A-Z]{2}\b|\b[A-Z]+[/-]?\d\w*|\b\d+[A-Z]+\b"
    )
