"""An event's words: its description without what mail and meeting programs put in."""

import re
from typing import NamedTuple

import icalendar

from bulletin.charset import clean
from bulletin.collect.words.html import html_to_markdown
from bulletin.collect.words.lines import lines_to_markdown
from bulletin.markdown import public_url
from bulletin.wording import unbroken

_HTML = re.compile(r"(?i)</?(?:p|br|b|i|a|ul|ol|li|span|div|strong|em|html|html-blob|table)(?:\s[^<>]*)?/?>")
_ONLINE = re.compile(
    r"(?i)https?://[^\s<>]*(?:teams\.microsoft\.com|teams\.live\.com|zoom\.us|zoomgov\.com|meet\.google\.com"
    r"|webex\.com|livemeeting\.com|gotomeet(?:ing)?\.(?:com|me)|whereby\.com)[^\s<>]*"
)
_OPENS = re.compile(
    r"(?i)[_\-~:. ]{20,}$|\W*(?:join (?:zoom|microsoft teams|the|your|on your|with google|by)\b"
    r"|microsoft teams\b|.*inviting you to a scheduled|click here to join|zoom meeting|google meet|-::~"
    r"|meeting id\b)"
)
_DETAIL = re.compile(
    r"(?i)\W*(?:join\b|microsoft teams\b|meeting (?:id|link|number|url|options)\b|pass ?(?:code|word)\b"
    r"|one tap mobile|dial(?: |-)|find (?:your |a )?local number|or (?:call|join)\b|phone (?:conference|one)"
    r"|reset (?:dial|pin)|click here to join|download teams|need help\b|learn more\b|for organi[sz]ers"
    r"|video conference|tenant key|conference id|pin\b|privacy and security|org help|more phone numbers"
    r"|please do not edit this section|toll[ -]free|international:"
    r"|(?:participant|attendee|meeting) (?:pass|key|meeting key)|-::~|.*inviting you to a scheduled|topic:"
    r"|zoom meeting|google meet|https?://|<https?://|sip:|\d+@\S+$|\d+\.\d+\.\d+\.\d+\b"
    r"|\+?[\d ,#*().-]{6,}.{0,40}$|[_\-~:. ]{8,}$|$)"
)


class Words(NamedTuple):
    """A description in Markdown, its one web address on a line of its own or "", and what was cut."""

    text: str
    link: str
    notes: tuple[str, ...]


def describe(event: icalendar.Event) -> Words:
    """Give an event's description without joining details."""
    text, notes = clean(value(event, "DESCRIPTION").strip())
    if text and not _HTML.search(text):
        text, cut = _without_joining(text)
        text, link = _own_link(text)
        return Words(lines_to_markdown(text), link, (*notes, *cut))
    html, notes = clean(text or value(event, "X-ALT-DESC").replace("\\n", "\n"))
    markdown = html_to_markdown(re.sub(r"(?<![>\n])\n(?!\s*<)", "<br>", html))
    markdown, cut = _without_joining(markdown)
    return Words(markdown.strip(), "", (*notes, *cut))


def value(event: icalendar.Event, name: str) -> str:
    """Give a property's text, "" where there is none; of several, each on a line of its own."""
    found = event.get(name)
    several = found if isinstance(found, list) else [] if found is None else [found]
    return "\n".join(str(one).replace("\r\n", "\n").replace("\r", "\n") for one in several)


def line(event: icalendar.Event, name: str) -> str:
    """Give a property's text on one line, without what cannot be seen."""
    return unbroken(
        clean(", ".join(part.strip() for part in value(event, name).split("\n") if part.strip()))[0]
    )


def place(event: icalendar.Event) -> tuple[str, tuple[str, ...]]:
    """Give where it happens and what was cut: the address of an online meeting is for its guests."""
    where = line(event, "LOCATION")
    joining = _ONLINE.search(where)
    if not joining:
        return where, ()
    rest = " ".join(_ONLINE.sub("", where).split()).strip(" ,;()<>-")
    return rest or "Online", (f"the address to join it online was left out: {joining[0]}",)


def safe_link(address: str) -> str:
    """Give a web address that may be printed, "" for any other."""
    return public_url(address.strip()) if re.match(r"(?i)https?://", address.strip()) else ""


def _without_joining(text: str) -> tuple[str, tuple[str, ...]]:
    """Cut the lines that say how to join an online meeting, from where they begin, and no others."""
    if not _ONLINE.search(text) and not re.search(r"(?i)meeting id\b|microsoft teams", text):
        return text, ()
    kept: list[str] = []
    cut: list[str] = []
    inside = False
    for row in text.split("\n"):
        bare = row.strip()
        inside = bool(_DETAIL.match(bare)) if inside else bool(bare and _OPENS.match(bare))
        alone = _ONLINE.fullmatch(bare.strip("<>"))
        (cut if inside or alone else kept).append(row)
    said = [one.strip() for one in cut if re.search(r"\w", one)]
    if not said:
        return text, ()
    link = _ONLINE.search("\n".join(said))
    return "\n".join(kept), (f"how to join it online was cut: {link[0] if link else ' '.join(said)[:120]}",)


def _own_link(text: str) -> tuple[str, str]:
    """Take a text's only web address out of it where it stands on a line of its own."""
    if len(re.findall(r"https?://", text)) != 1:
        return text, ""
    rows = text.split("\n")
    at = next((n for n, row in enumerate(rows) if re.fullmatch(r"<?https?://\S+>?", row.strip())), None)
    link = safe_link(rows[at].strip().strip("<>")) if at is not None else ""
    return ("\n".join(rows[:at] + rows[at + 1 :]), link) if link and at is not None else (text, "")
