"""Cut what servers and mail programs put round a message: warnings, markings, "Sent from my iPhone"."""

import re

from bulletin.collect.mailfile.lines import bare, is_blank, is_ruled, paragraphs, shown

_WARNS = re.compile(
    r"(?i)\W{0,6}(?:caution|warning|attention|external|ext\b|alert|beware|note|notice|think before"
    r"|rhybudd|pwyll|this (?:e-?mail|message)"
    r"|you don['\u2019]t often|some people who received|be careful|do not click|stop\b|vorsicht|achtung"
    r"|mae['\u2019]r (?:e-?bost|neges))"
)
_OF_MAIL = re.compile(
    r"(?i)\b(?:originat(?:ed|es|ing) (?:from )?(?:outside|an? external)|external (?:sender|e-?mail"
    r"|source|message|user)"
    r"|(?:sent|came|is|was|received) from (?:outside|an? external|someone outside)"
    r"|from outside (?:of )?(?:the|our|your|this)"
    r"|don['\u2019]t often get e-?mail|outside (?:of )?(?:your|our|the|this) (?:organi[sz]ation|company"
    r"|council|network|trust|agency)"
    r"|click (?:on )?(?:any )?(?:links?|attachments?)|open (?:any )?(?:links?|attachments?)"
    r"|recogni[sz]e the sender"
    r"|tu allan i(?:'r|\u2019r)? (?:sefydliad|cyngor)|allanol|externe[rn]? absender)\b"
)
_MARKING = re.compile(
    r"(?i)(?:(?:protective )?(?:marking|classification"
    r"|security)\s*:\s*)?\W{0,3}(?:official(?:[ :-]+(?:public|commercial|personal))?"
    r"|unclassified|not protectively marked|swyddogol|public)\W{0,3}"
)
_SAID_MARKING = re.compile(r"(?i)official|classif|marking|marked|swyddogol")
_DEVICE = re.compile(
    r"(?i)(?:sent|anfonwyd) (?:from|via|using|o)(?: my| fy|'m"
    r"| the all-new)? ?(?:(?:[\w'\u2019+-]+ ){0,4})(?:i-?phone|i-?pad|i-?pod|android|blackberry"
    r"|galaxy|samsung|smartphone|phone|mobile|device|tablet|outlook|windows(?: phone| mail)?|mail|gmail"
    r"|proton ?mail|huawei|nokia|pixel|xperia"
    r"|surface|ffôn)\b(?:[\w '\u2019+-]{0,40})(?:\W{0,2}\(?https?://\S{1,300})?[.)>]{0,2}"
    r"|(?:get|download|cael) outlook (?:for|ar gyfer) (?:ios|android|mac|windows)\b.{0,300}"
    r"|outlook for (?:ios|android).{0,20}(?:beziehen|herunterladen).{0,300}"
    r"|von meinem .{1,40} gesendet|gesendet von .{1,60}|envoyé (?:de|depuis) mon .{1,40}|(?:verzonden"
    r"|verstuurd) vanaf .{1,60}|skickat från .{1,40}"
    r"|\[?virus-free\.?\]?.{0,200}"
)
_MOST_WORDS = 90


def cut_banners(lines: list[str]) -> tuple[list[str], list[str]]:
    """Cut warnings above and below the words, markings and a mail program's own line; say each."""
    kept, notes = list(lines), list[str]()
    for run in reversed(paragraphs(lines)):
        part = lines[run.start : run.end]
        warned = _warning(part)
        if warned:
            notes.append(f"a warning banner was cut: {shown(part[:warned])}")
            kept[run.start : run.start + warned] = [""] * warned
    notes.reverse()
    for at, line in enumerate(kept):
        said = "" if is_blank(line) or is_ruled(line) else bare(line)
        if said and _DEVICE.fullmatch(said):
            notes.append(f"the mail program's line was cut: {said}")
            kept[at] = ""
        elif said and _MARKING.fullmatch(said) and _SAID_MARKING.search(said):
            notes.append(f"a marking was cut: {said}")
            kept[at] = ""
    return kept, notes


def begins_with_warning(lines: list[str]) -> bool:
    """Whether the first paragraph is a server's warning about a message from outside."""
    run = next(iter(paragraphs(lines)), None)
    return run is not None and _warning(lines[run.start : run.end]) > 0


def _warning(part: list[str]) -> int:
    """Count the lines of a paragraph that are a warning about the message, from its first on."""
    said = [bare(line) for line in part]
    if not _WARNS.match(said[0]):
        return 0
    for count in range(1, len(part) + 1):
        whole = " ".join(said[:count])
        if len(whole.split()) > _MOST_WORDS:
            break
        if _OF_MAIL.search(whole):
            return _to_its_end(said, count)
    return 0


def _to_its_end(said: list[str], count: int) -> int:
    """Go on to where the warning ends: its sentence's end, and further sentences about mail."""
    while count < len(said):
        rest = " ".join(said[count:])
        if said[count - 1].endswith((".", "!", "]", "*")) and not _OF_MAIL.search(rest):
            break
        if (
            len(said[count - 1].split()) <= 8
            and not said[count - 1].endswith((",", "-"))
            and not _OF_MAIL.search(rest)
        ):
            break
        count += 1
    return count
