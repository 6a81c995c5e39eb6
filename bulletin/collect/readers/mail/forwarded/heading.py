"""Find where an earlier message starts inside a message: its From, Sent, To and Subject, or "On … wrote:".

A line that merely begins with "From" is never one: there have to be a sender, and two more headers of a
message, or one beside a mark such as "Forwarded message".
"""

import re
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from bulletin.collect.readers.mail.headers import read_sender
from bulletin.collect.readers.mail.letter import Sender
from bulletin.collect.readers.mail.lines import bare, depth, is_blank, is_ruled, next_line, unquoted

# English, Welsh, German, French, Dutch, Polish, Swedish.
_KINDS = {
    "from": "from|oddi wrth|o|von|de|van|od|från|fra",
    "date": "sent|date|anfonwyd|dyddiad|gesendet|datum|envoyé|date d'envoi|verzonden|wysłano|data"
    "|skickat|sendt|dato",
    "to": "to|at|i|an|à|aan|do|till|til",
    "copy": "cc|bcc|kopie|copi|kopia",
    "subject": "subject|testun|pwnc|betreff|objet|onderwerp|temat|ämne|emne",
    "other": "reply-to|importance|priority|attachments?|sensitivity|categories|resent-from|atodiadau"
    "|anlagen?",
}
_HEADERS = [(kind, re.compile(rf"(?i)(?:{names})\s{{0,2}}:(?:\s|$)")) for kind, names in _KINDS.items()]
_MARK = re.compile(
    r"(?i)-{2,}\s*(?:forwarded (?:message|by .{1,200})|original (?:message|appointment)"
    r"|neges (?:a anfonwyd ymlaen|wedi'i hanfon ymlaen|wreiddiol)"
    r"|weitergeleitete nachricht|ursprüngliche nachricht|message (?:transféré|d'origine)"
    r"|doorgestuurd bericht|oorspronkelijk bericht"
    r"|forwarded .{1,100})\s*-*$|begin forwarded message\s*:|dechrau neges a anfonwyd ymlaen\s*:"
    r"|anfang der weitergeleiteten nachricht\s*:"
    r"|début du message (?:réexpédié|transféré)\s*:"
)
_FORWARDED = re.compile(r"(?i)forward|ymlaen|weitergeleitet|transféré|réexpédié|doorgestuurd")
_STARTS = re.compile(r"(?i)(?:on|ar|am|le|op|den|el|il|dnia|w dniu|\w{2,4}\.? \d|\d{1,2}\.? \w|\d{4})\b")
_WROTE = re.compile(
    r"(?i).{5,400}\b(?:wrote|(?:ysgrifennodd|schrieb|schreef|skrev|skrifaði|napisał\S{0,3})\b.{0,200}"
    r"|a écrit|ha scritto|escribió)\s*:$"
)
_MOMENT = re.compile(r"\d{1,2}[:.]\d\d|\b\d{4}\b|@")
_LINES = 40


class Heading(NamedTuple):
    """Where an earlier message starts: the lines of its heading, from `start` to before `end`.

    forwarded: a mark says so; quoted: how many `>` its text stands behind; wrote: it is an "On … wrote:".
    """

    start: int
    end: int
    sender: Sender
    subject: str
    date: str
    forwarded: bool
    quoted: int
    wrote: bool = False


def find_heading(lines: list[str]) -> Heading | None:
    """Find the first earlier message in the lines of a message."""
    for at, line in enumerate(lines):
        if is_blank(line):
            continue
        found = _headers(lines, at) or _wrote(lines, at)
        if found:
            return found
    return None


def _kind(words: str) -> str:
    return next((kind for kind, header in _HEADERS if header.match(words)), "")


def _headers(lines: list[str], at: int) -> Heading | None:
    """Read a run of header lines; blank lines may stand between two of them, as HTML leaves them."""
    quoted = depth(lines[at])
    if not _kind(bare(unquoted(lines[at], quoted))):
        return None
    found: dict[str, str] = {}
    end, kind, here = at, "", at
    while here < min(len(lines), at + _LINES):
        said = bare(unquoted(lines[here], quoted)) if depth(lines[here]) >= quoted else ""
        new = _kind(said)
        if new and new not in found and not _is_prose(said) and (here == end or new != "other"):
            kind, end = new, here + 1
            found.setdefault(kind, said.partition(":")[2].strip())
        elif said and here == end and _goes_on(lines, here, quoted, kind):
            found[kind] += f" {said}"
            end = here + 1
        elif said or here >= end + 2:
            break
        here += 1
    start, marked, forwarded = _marked(lines, at)
    sender = read_sender(found.get("from", ""))
    if not _is_heading(found.keys(), sender, marked=marked):
        return None
    return Heading(start, end, sender, found.get("subject", ""), found.get("date", ""), forwarded, quoted)


def _is_heading(kinds: AbstractSet[str], sender: Sender, *, marked: bool) -> bool:
    """Whether some headers make a heading; `From: 10am`, `To: 4pm`, `Date: …` in a notice do not."""
    if not str(sender):
        return False
    if marked:
        return bool(kinds & {"date", "subject"})
    return "subject" in kinds and len(kinds) >= 3 and ("date" in kinds or bool(sender.address))


def _is_prose(said: str) -> bool:
    """Whether a line that starts like a header is a sentence: "To: do this, and then that."."""
    return len(said.split()) > 60


def _goes_on(lines: list[str], at: int, quoted: int, kind: str) -> bool:
    """Whether a line continues a long header: more header lines, or the blank line, follow within three."""
    if kind not in ("to", "copy", "subject", "other", "from"):
        return False
    for near in lines[at + 1 : at + 4]:
        said = bare(unquoted(near, quoted))
        if _kind(said):
            return True
        if not said:
            return kind == "subject" and len(bare(lines[at])) < 60
    return False


def _marked(lines: list[str], at: int) -> tuple[int, bool, bool]:
    """Look above the headers for a mark or a rule: its line, whether it is there, and says forwarded."""
    start, marked, forwarded = at, False, False
    for above in range(at - 1, max(-1, at - 7), -1):
        said = bare(unquoted(lines[above], 9))
        if said and not is_ruled(lines[above]) and not is_ruled(said) and not _MARK.match(said):
            break
        if said:
            start, marked = above, True
            forwarded = forwarded or bool(_FORWARDED.search(said))
    return start, marked, forwarded


def _wrote(lines: list[str], at: int) -> Heading | None:
    """Read "On 5 March 2026 at 10:00, Jo Field <jo@…> wrote:", which may run over four lines."""
    quoted = depth(lines[at])
    first = bare(unquoted(lines[at], quoted))
    if not (_STARTS.match(first) or "@" in first):
        return None
    said: list[str] = []
    for end in range(at, min(at + 4, len(lines))):
        line = bare(unquoted(lines[end], quoted))
        if not line or (said and _STARTS.match(line) and _wrote(lines, end)):
            return None
        said.append(line)
        whole = " ".join(said)
        if not whole.endswith(":"):
            continue
        after = next_line(lines, end + 1)
        deeper = depth(lines[after]) > quoted if after < len(lines) else False
        if _WROTE.match(whole) and _MOMENT.search(whole):
            return Heading(at, end + 1, _writer(whole), "", "", False, quoted + deeper, wrote=True)
        if deeper and re.search(r"<[^<>\s]{1,64}@[^<>\s]{1,255}>", whole) and re.search(r"\d", whole):
            return Heading(at, end + 1, _writer(whole), "", "", False, quoted + 1, wrote=True)
    return None


def _writer(said: str) -> Sender:
    """Read the name out of "On DATE, NAME <ADDRESS> wrote:": what follows the last number."""
    words = re.sub(
        r"(?i)\b(?:wrote|ysgrifennodd|schrieb|schreef|skrev|a écrit|ha scritto|escribió|napisał\S{0,3})\b",
        " ",
        said,
    )
    words = words.rstrip(": ")
    before = words.partition("<")[0] if "<" in words else words
    name = re.split(r"\d(?:\s?[AaPp]\.?[Mm]\b)?[,:]?\s", before)[-1]
    name = re.sub(r"(?i)^(?:uhr|at|um|gmt|bst)\b", "", name.strip())
    return Sender(read_sender(name).name, read_sender(words).address)
