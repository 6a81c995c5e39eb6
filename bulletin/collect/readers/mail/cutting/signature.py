"""Cut a signature and a greeting, and only what certainly is one: a contact to print stays."""

import re

from bulletin.collect.readers.mail.letter import Sender
from bulletin.collect.readers.mail.lines import (
    SIGNATURE_ENDS,
    SIGNATURE_STARTS,
    bare,
    is_blank,
    is_ruled,
    next_line,
    shown,
    stripped,
    words,
)
from bulletin.labels import known_label

_SIGN_OFF = re.compile(
    r"(?i)(?:with )?(?:(?:very |our )?(?:kind(?:est)?|best|warm(?:est)?|many)(?: personal)? (?:regards"
    r"|wishes|thanks)|regards|rgds|kr|best|br|wishes|sincerely"
    r"|(?:many |with |and )*thanks(?: (?:again|all|everyone|very much|so much|a lot|a million"
    r"|for your help|in advance|in anticipation))?|thank you(?: (?:again|all|very much|so much"
    r"|in advance|for your help))?"
    r"|cheers|ta|all the best|all good wishes|take care|yours(?: (?:sincerely|faithfully|truly|ever"
    r"|aye))?|sincerely yours|warmly"
    r"|cofion(?: (?:cynnes|gorau|caredig))?|(?:llawer o )?ddiolch(?: yn fawr)?"
    r"|diolch(?: (?:yn fawr(?: iawn)?|o galon))?|yn gywir(?: iawn)?|yr eiddoch(?: yn gywir)?"
    r"|hwyl(?: fawr)?|pob hwyl"
    r"|mit freundlichen gr(?:ü|ue)(?:ß|ss)en|(?:viele|liebe|beste|schöne) grü(?:ß|ss)e|mfg|lg"
    r"|cordialement|bien à vous|met vriendelijke groet(?:en)?|groet(?:en|jes)?"
    r"|mvh|med vänlig(?:a)? hälsning(?:ar)?|hälsningar|pozdrawiam|z poważaniem|z powazaniem|saludos)"
    r"(?:(?:,? (?:and|&) |, )(?:best wishes|kind regards|regards|many thanks|thanks|best))?[ ,.!:)x-]{0,5}"
)
_GREETING = re.compile(
    r"(?i)(?:hi|hiya|hello|hullo|hey|dear|good (?:morning|afternoon|evening|day)|morning|afternoon"
    r"|annwyl|helo|shwmae|s'?mae|bore da|prynhawn da|hallo|liebe[rs]?"
    r"|sehr geehrte[rs]?|guten (?:tag|morgen)|bonjour|cher|chère|beste|hej|bäste)\b[^.?!:;\d]{0,60}[,!.:;]?"
)
_NAME = re.compile(
    r"(?:(?:Dr|Cllr|Councillor|Rev|Revd|Mr|Mrs|Ms|Miss|Mx|Prof|Sir|Dame)\.? )?"
    r"[^\W\d_][\w'\u2019.-]*(?: [^\W\d_a-z][\w'\u2019.-]*){0,3}"
    r"(?:,? (?:MBE|OBE|CBE|BA|BSc|MA|PhD|MP|MS)){0,3}(?: \([^()]{1,30}\))?,?(?: x{1,3})?"
)
_CONTACT = re.compile(
    r"(?i)[^\s@]+@[^\s@]+|\+?\(?\d[\d ()-]{7,}\d|\bwww\.|https?://"
    r"|\b(?:tel|mob(?:ile)?|phone|ffôn|direct|fax|e-?mail|ext)\b\W"
)
_WHEN = re.compile(
    r"(?i)\b\d{1,2}(?:[:.]\d\d)?\s?[ap]m\b|\b\d{1,2}:\d\d\b|\b(?:mon|tues?|wed(?:nes)?|thur?s?|fri"
    r"|sat(?:ur)?|sun)(?:day)?\b"
    r"|\b\d{1,2}(?:st|nd|rd|th)?\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|£\d"
)
_MOST_SIGNATURES = 4
_MOST_LINES = 16
_MOST_WORDS = 160


def cut_signature(lines: list[str], sender: Sender) -> tuple[list[str], list[str]]:
    """Cut the signatures at the end of a message, since people and programs each add one; say each."""
    notes: list[str] = []
    for _ in range(_MOST_SIGNATURES):
        part = _find(lines, sender)
        if part is None:
            break
        notes.insert(0, f"a signature was cut: {shown(lines[part.start : part.stop])}")
        lines = stripped([*lines[: part.start], "", *lines[part.stop :]])
    return lines, notes


def _find(lines: list[str], sender: Sender) -> range | None:
    """Find a signature that is not the whole message."""
    for finds in (_said_by_the_program, _delimited, _signed_off, _contact_card, _name_alone):
        start, end = finds(lines, sender)
        if shown(lines[start:end]) and stripped([*lines[:start], *lines[end:]]):
            return range(start, end)
    return None


def cut_greeting(lines: list[str]) -> tuple[list[str], list[str]]:
    """Cut a greeting that has the first line to itself; say it."""
    first = next_line(lines, 0)
    if first == len(lines) or next_line(lines, first + 1) == len(lines):
        return lines, []
    said = bare(lines[first])
    alone = first + 1 < len(lines) and is_blank(lines[first + 1])
    if (
        _GREETING.fullmatch(said)
        and len(said.split()) <= 6
        and (alone or said[-1] in ",!")
        and not lines[first].lstrip().startswith("#")
    ):
        return ["", *lines[first + 1 :]], [f"a greeting was cut: {said}"]
    return lines, []


def is_name_of(said: str, sender: Sender) -> bool:
    """Whether a line is the sender's name, or the part of it people sign with."""
    mine = {
        word.lower() for word in re.findall(r"[^\W\d_]{2,}", sender.name or sender.address.partition("@")[0])
    }
    theirs = [word.lower() for word in re.findall(r"[^\W\d_]{2,}", said)]
    return bool(theirs) and len(theirs) <= 5 and bool(_NAME.fullmatch(said)) and theirs[0] in mine


def _said_by_the_program(lines: list[str], _sender: Sender) -> tuple[int, int]:
    start = next((at for at, line in enumerate(lines) if line.strip() == SIGNATURE_STARTS), None)
    if start is None:
        return 0, 0
    end = next((at for at in range(start, len(lines)) if lines[at].strip() == SIGNATURE_ENDS), len(lines))
    return (start, end + 1) if words(lines[start:end]) <= _MOST_WORDS else (0, 0)


def _delimited(lines: list[str], _sender: Sender) -> tuple[int, int]:
    """Find `-- ` (RFC 3676, section 4.3) with no more below it than a signature has."""
    start = next((at for at in range(len(lines) - 1, -1, -1) if bare(lines[at]) in ("--", "—-")), None)
    if start is None:
        return 0, 0
    below = [line for line in lines[start:] if not is_blank(line)]
    return (start, len(lines)) if len(below) <= _MOST_LINES and words(below) <= _MOST_WORDS else (0, 0)


def _signed_off(lines: list[str], sender: Sender) -> tuple[int, int]:
    """Find "Kind regards" and the name, post and numbers below it."""
    for at, line in enumerate(lines):
        if is_blank(line) or not _SIGN_OFF.fullmatch(bare(line)):
            continue
        end = _end_of_card(lines, at + 1)
        if next_line(lines, end) == len(lines):
            return at, len(lines)
        after = next_line(lines, at + 1)
        name = after < len(lines) and is_name_of(bare(lines[after]), sender)
        later = any(_SIGN_OFF.fullmatch(bare(other)) for other in lines[at + 1 :])
        if name and not later:
            return at, after + 1
    return 0, 0


def _contact_card(lines: list[str], sender: Sender) -> tuple[int, int]:
    """Find a name, a post and numbers at the very end, where they are the sender's own."""
    filled = [at for at, line in enumerate(lines) if not is_blank(line)]
    for at in filled[-9:]:
        said = bare(lines[at])
        card = [bare(line) for line in lines[at:] if not is_blank(line)]
        if (
            len(card) < 2
            or not _NAME.fullmatch(said)
            or len(said.split()) < 2
            or next_line(lines, _end_of_card(lines, at)) < len(lines)
        ):
            continue
        above = [bare(lines[before]) for before in filled if before < at]
        ours = is_name_of(said, sender) or (
            bool(sender.address) and sender.address.lower() in " ".join(card).lower()
        )
        apart = at > 0 and is_blank(lines[at - 1])
        if (
            ours
            and apart
            and above
            and not above[-1].endswith(":")
            and any(_CONTACT.search(one) for one in card)
        ):
            return at, len(lines)
    return 0, 0


def _name_alone(lines: list[str], sender: Sender) -> tuple[int, int]:
    filled = [at for at, line in enumerate(lines) if not is_blank(line)]
    last = filled[-1] if len(filled) > 1 else None
    if last is None or not is_blank(lines[last - 1]) or bare(lines[filled[-2]]).endswith(":"):
        return 0, 0
    return (last, len(lines)) if is_name_of(bare(lines[last]), sender) else (0, 0)


def _end_of_card(lines: list[str], start: int) -> int:
    """Give the line where what can stand in a signature ends."""
    end, count = start, 0
    for at in range(start, len(lines)):
        if is_blank(lines[at]) or is_ruled(lines[at]):
            continue
        said = bare(lines[at])
        count += 1
        if count > _MOST_LINES or not _fits_a_card(lines[at], said):
            break
        end = at + 1
    return end


def _fits_a_card(line: str, said: str) -> bool:
    label = known_label(said.partition(":")[0]) if ":" in said else ""
    if label not in ("", "link", "contact") or line.lstrip().startswith(("- ", "#", ">", "* ")):
        return False
    if re.match(r"(?i)(?:p\.?\s?s|n\.?\s?b)\b", said) or _WHEN.search(said):
        return False
    sentence = said.endswith((".", "?", "!")) and len(said.split()) >= 5 and not _CONTACT.search(said)
    return len(said.split()) <= 14 and len(said) <= 110 and not sentence
