"""Cut the legal text under a message, and a mailing list's or newsletter's footer."""

import re

from bulletin.collect.mailfile.lines import bare, is_ruled, paragraphs, shown

_MAIL = re.compile(r"(?i)\b(?:e-?mails?|messages?|communications?|transmission|attachments?|e-?bost|neges|nachricht|information contained|contents)\b")
_LEGAL = re.compile(
    r"(?i)\b(?:intended (?:solely |only |exclusively |purely )?(?:for|to|recipient)|intended recipients?|addressees?|(?:received|sent) (?:it |this |to you )?.{0,30}in error"
    r"|legally privileged|is confidential|are confidential|may contain confidential|confidential information|strictly prohibited"
    r"|free (?:from|of) (?:any )?(?:virus|error|malware)|(?:scanned|checked|swept) (?:for|by)|computer virus|contains? (?:software )?virus"
    r"|(?:does|do|may) not (?:necessarily )?(?:represent|reflect)|not (?:necessarily )?(?:those|the views?) of|data protection act"
    r"|freedom of information|(?:monitor|intercept|record)(?:ed|s|ing)? (?:all |any |our |incoming |outgoing |and |the |of )*(?:e-?mails?|messages?|communications?)"
    r"|(?:e-?mails?|messages?|communications?) (?:may|will|can|are|is)(?: also)?(?: be)? (?:monitor|intercept|record|scan)"
    r"|cyfrinachol|bwriadwyd|vertraulich|unbefugte|not guaranteed to be secure|no liability|accepts? no (?:liability|responsibility))"
)
_ALONE = re.compile(
    r"(?i)\W{0,4}(?:(?:please )?(?:consider|think (?:of|about)) the environment.{0,120}"
    r"|(?:please )?(?:do not|don['’]t|think before you|only|consider whether you (?:really )?need to) print.{0,150}"
    r"|save paper.{0,100}|help save (?:paper|trees).{0,100}|(?:legal |e-?mail |confidentiality )?(?:disclaimer|notice|confidentiality)\s?:?|ymwadiad\s?:?"
    r"|this (?:e-?mail|message) (?:has been|was) (?:scanned|checked|swept).{0,300}|meddyliwch am yr amgylchedd.{0,120}"
    r"|(?:we )?welcome (?:correspondence|calls|phone calls|emails?).{0,60}(?:welsh|english).{0,200}|croes[ao]w[nu].{0,60}gohebiaeth.{0,250})"
)
_LIST = re.compile(
    r"(?i)\bunsubscribe\b|\bmailing list\b|/listinfo/|\b(?:view|read|open) (?:this|it)?.{0,30}\bin (?:your|a|the) (?:web )?browser\b"
    r"|you(?: are|['’]re) receiving this|you received this (?:e-?mail|message) because|update (?:your )?(?:e-?mail )?preferences|manage (?:your )?subscriptions?"
    r"|reply to this e-?mail directly"
)
_WEAK = re.compile(r"(?i)\b(?:e-?mails?|messages?|recipients?|senders?|communications?|confidential|liab\w+|virus\w*|legal\w*|disclos\w+|copyright|privileged|unlawful|archiv\w+|privacy|registered)\b")
_MOST_WORDS_OF_A_FOOTER = 45


def cut_disclaimers(lines: list[str]) -> tuple[list[str], list[str]]:
    """Cut what is legal text or a list's footer, a paragraph at a time; say each."""
    kept, notes = list(lines), list[str]()
    legal_above = False
    runs = paragraphs(lines)
    for number, run in enumerate(runs):
        said = " ".join(bare(line) for line in lines[run.start : run.end])[:4_000]
        if _ALONE.fullmatch(said) or (_MAIL.search(said) and _is_legal(said)):
            what, legal_above = "a disclaimer", True
        elif legal_above and len({word.lower() for word in _WEAK.findall(said)}) >= 3:
            what = "a disclaimer"
        elif _is_footer(said, lines, run.start, first=number == 0, last=number >= len(runs) - 3):
            what = "a mailing list's footer"
        else:
            continue
        if number == 0 and len(runs) == 1 and what != "a disclaimer":
            continue
        notes.append(f"{what} was cut: {shown(lines[run.start : run.end])}")
        kept[run.start : run.end] = [""] * (run.end - run.start)
    return kept, notes


def _is_legal(said: str) -> bool:
    """Whether a paragraph about a message is legal: two of its phrases, or one in a text that starts with the message."""
    phrases = {found.lower() for found in _LEGAL.findall(said)}
    starts = re.match(r"(?i)\W{0,4}(?:this|the (?:information|contents?)|if you|any|all|e-?mail|mae['’]r|diese|confidential|disclaimer|internet|unless|please)\b", said)
    return len(phrases) >= 2 or (bool(phrases) and bool(starts))


def _is_footer(said: str, lines: list[str], at: int, *, first: bool, last: bool) -> bool:
    """Whether a short paragraph belongs to a list or a newsletter, at the start, at the end or under a rule."""
    ruled = at > 0 and is_ruled(lines[at - 1])
    return (first or last or ruled) and bool(_LIST.search(said)) and len(said.split()) <= _MOST_WORDS_OF_A_FOOTER
