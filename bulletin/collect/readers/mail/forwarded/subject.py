"""A subject line as a title: without FW:, RE:, [EXTERNAL] and what else mail programs and servers add."""

import re
from typing import NamedTuple

_ANSWERS = r"re|aw|sv|vs|antw|odp|ynghylch|atb"
_FORWARDS = r"fw|fwd|wg|tr|vb|doorst|ymlaen|yml"
_PREFIX = re.compile(rf"(?i)(?P<kind>{_ANSWERS}|{_FORWARDS})\s*(?:[\[(]\d{{1,3}}[\])])?\s*[:\uff1a]\s*")
_MARKS = (
    r"external(?: (?:e-?mail|sender|message|source))?|ext|allanol|e-?bost allanol"
    r"|official(?:[ :-]+(?:public|commercial|personal))?"
    r"|spam|bulk|suspected spam|suspicious|caution|warning|newsletter|unclassified"
    r"|not protectively marked|unverified sender"
)
_TAG = re.compile(rf"(?i)[\[({{*]{{1,3}}\s*(?:{_MARKS})\s*[\])}}*]{{1,3}}\s*[:-]?\s*")
_WORD = re.compile(r"(?:EXTERNAL|EXT|OFFICIAL|External|Official)\s*:\s+")
_LAST = re.compile(rf"(?i)\s+(?:[\[({{]\s*(?:{_MARKS})\s*[\])}}]|[-\u2013\u2014|]\s*official)\s*$")
_LONGEST = 300
_EMPTY_WORDS = {
    *(
        "communicate",
        "bulletin",
        "ebulletin",
        "newsletter",
        "newsletters",
        "item",
        "items",
        "article",
        "articles",
    ),
    *(
        "contribution",
        "contributions",
        "update",
        "updates",
        "news",
        "copy",
        "content",
        "draft",
        "test",
        "fyi",
    ),
    *("for", "the", "our", "your", "my", "a", "an", "new", "next", "latest", "please", "s", "e"),
    *("no", "subject", "untitled", "hello", "hi"),
}


class Subject(NamedTuple):
    """A subject line taken apart.

    title: its own words; taken_off: what stood round them, as it stood.
    answers, forwards: what its first prefix says the message does.
    """

    title: str
    taken_off: str
    answers: bool
    forwards: bool


def read_subject(line: str) -> Subject:
    """Take the prefixes and marks off a subject line."""
    rest = " ".join(line.split())[:2_000]
    whole, kinds = rest, list[str]()
    while found := _PREFIX.match(rest) or _TAG.match(rest) or _WORD.match(rest):
        if found.re is _PREFIX:
            kinds.append(found["kind"].lower())
        rest = rest[found.end() :]
    off = [whole[: len(whole) - len(rest)].strip()]
    while last := _LAST.search(rest):
        off.append(last[0].strip())
        rest = rest[: last.start()]
    first = kinds[0] if kinds else ""
    forwards = bool(re.fullmatch(_FORWARDS, first))
    title = rest if len(rest) <= _LONGEST else f"{rest[:_LONGEST].rsplit(' ', 1)[0]}…"
    return Subject(title, " ".join(part for part in off if part), bool(first) and not forwards, forwards)


def says_nothing(title: str) -> bool:
    """Whether a subject only says what the message is for, so that no reader could use it as a title."""
    return all(word in _EMPTY_WORDS for word in re.findall(r"[^\W_]+", title.lower()))
