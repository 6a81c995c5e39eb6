"""Tell a wish to leave from a letter that only speaks of it: the whole line has to be one."""

import re
from collections.abc import Collection

_LONGEST = 120
_POLITE = (
    r"please|pls|plz|kindly|sorry|(?:could|can|would|will) you|"
    r"i(?: would|d)? (?:like|want|wish)(?: you)? to|os gwelwch yn dda|a wnewch chi"
)
_GREETING = (
    r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|helo|annwyl|bore da|prynhawn da)(?: \w+){0,3}?"
)
_THANKS = (
    r"please|thanks|thank you|many thanks|(?:thank you|thanks) (?:very|so) much|now|today|asap|immediately|"
    r"(?:kind |best )?regards|diolch(?: yn fawr)?|os gwelwch yn dda"
)
_LIST = (
    r"(?:(?:all|any|this|these|that|the|your|of) )*"
    r"(?:(?:e mail|email|mail|mailing|distribution|circulation|contact|bulletin|news|future) )*"
    r"(?:lists?|newsletters?|bulletins?|mailings?|e mails?|emails?|updates|service)"
)
_ME = (
    r"(?:me|us|my (?:name|details|(?:(?:e mail|email) )?address|e mail|email)|"
    r"this (?:(?:e mail|email) )?address)"
)
_LONGER = r"any ?(?:more|longer)"
_RHESTR = r"(?:y |eich |r |r)?rhestr(?: bostio| e bost)?"
_ACTS = (
    rf"(?:be )?unsubscribed?(?: {_ME})?(?: (?:from )?{_LIST})?",
    rf"opt (?:{_ME} )?out(?: (?:of|from) {_LIST})?",
    rf"(?:be )?removed?(?: {_ME})?(?: from {_LIST})?",
    rf"(?:delete|drop) {_ME}(?: from {_LIST})?",
    rf"(?:take|get) {_ME} (?:off|out|from)(?: of)?(?: {_LIST})?",
    rf"(?:be )?taken off {_LIST}",
    rf"(?:leave|stop)(?: {_LIST})?",
    rf"(?:cancel|end|stop) (?:my |this |the )?subscription(?: to {_LIST})?",
    rf"(?:stop|do not|dont) (?:send|e ?mail)(?:ing)? (?:me|us)(?: (?:{_LONGER}|this|these|{_LIST}))*",
    rf"no more {_LIST}",
    rf"(?:i |we )?(?:no longer|do not|dont) (?:want|wish) to (?:receive|get|be on) {_LIST}(?: {_LONGER})?",
    rf"da[dt] ?danysgrifi(?:o|wch)(?: fi)?(?: o ?{_RHESTR})?",
    rf"tynn(?:wch|u) (?:fi|fy (?:enw|nghyfeiriad|e bost))(?: i ffwrdd)? (?:oddi ar|o) ?{_RHESTR}",
    rf"gadael(?: {_RHESTR})?",
    r"stopi(?:o|wch)",
)
_WISH = re.compile(
    rf"(?:{_GREETING} )?(?:(?:{_POLITE}) )*(?:{'|'.join(_ACTS)})(?: (?:{_THANKS}))*(?: diolch)?"
)
_ONLY_GREETS = re.compile(_GREETING)
_SPEAKS = re.compile(
    r"unsubscri|subscription|danysgrifi|mailing list|distribution list|rhestr bostio|opt out"
    r"|(?:take|remove|delete) (?:me|us|my)\b|no longer (?:want|wish)|no more e ?mails"
)


def is_wish(line: str, title: str, lists: Collection[str]) -> bool:
    """Whether a line asks to leave, politely or not, in English or Welsh, and says nothing else.

    Args:
        title: the bulletin's. lists: the names of our lists, of which "unsubscribe NAME" may name one.
    """
    plain = _plain(line, title)
    if len(plain) > _LONGEST:
        return False
    named = plain.removeprefix("unsubscribe ") in {_plain(one) for one in lists}
    return named or _WISH.fullmatch(plain) is not None


def speaks_of_leaving(line: str) -> bool:
    """Whether a line has words in it that people use who want to leave."""
    return _SPEAKS.search(_plain(line)) is not None


def first_words(lines: tuple[str, ...]) -> str:
    """Give the first line of a letter that is more than a greeting, "" where there is none."""
    return next((line for line in lines if not _ONLY_GREETS.fullmatch(_plain(line))), "")


def _plain(line: str, title: str = "") -> str:
    """Give a line's words alone, in small letters; the bulletin's own name becomes "bulletin"."""
    folded = re.sub(r"['\u2019]", "", line.casefold())
    words = " ".join(re.findall(r"\w+", folded))
    name = _plain(title) if title else ""
    return re.sub(rf"\b{re.escape(name)}\b", "bulletin", words) if name else words
