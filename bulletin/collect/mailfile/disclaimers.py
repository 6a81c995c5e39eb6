"""Cut the legal text under a message, and a mailing list's or newsletter's footer."""

import re

from bulletin.collect.mailfile.lines import bare, is_ruled, paragraphs, shown

_MAIL = re.compile(
    r"(?i)\b(?:e-?mails?|messages?|communications?|transmission|attachments?|e-?bost|neges|nachricht"
    r"|information contained|contents)\b"
)
_LEGAL = re.compile(
    r"(?i)\b(?:intended (?:solely |only |exclusively |purely )?(?:for|to|recipient)"
    r"|intended recipients?|addressees?|(?:received|sent) (?:it |this |to you )?.{0,30}in error"
    r"|legally privileged|is confidential|are confidential|may contain confidential"
    r"|confidential information|strictly prohibited"
    r"|free (?:from|of) (?:any )?(?:virus|error|malware)|(?:scanned|checked|swept) (?:for|by)"
    r"|computer virus|contains? (?:software )?virus"
    r"|(?:does|do|may) not (?:necessarily )?(?:represent|reflect)|not (?:necessarily )?(?:those"
    r"|the views?) of|data protection act"
    r"|freedom of information|(?:monitor|intercept|record)(?:ed|s|ing)? (?:all |any |our |incoming "
    r"|outgoing |and |the |of )*(?:e-?mails?|messages?|communications?)"
    r"|(?:e-?mails?|messages?|communications?) (?:may|will|can|are|is)(?: also)?(?: be)? (?:monitor"
    r"|intercept|record|scan)"
    r"|cyfrinachol|bwriadwyd|vertraulich|unbefugte|not guaranteed to be secure|no liability"
    r"|accepts? no (?:liability|responsibility))"
)
_ALONE = re.compile(
    r"(?i)\W{0,4}(?:(?:please )?(?:consider|think (?:of|about)) the environment.{0,120}"
    r"|(?:please )?(?:do not|don['\u2019]t|think before you|only"
    r"|consider whether you (?:really )?need to) print.{0,150}"
    r"|save paper.{0,100}|help save (?:paper|trees).{0,100}|(?:legal |e-?mail "
    r"|confidentiality )?(?:disclaimer|notice|confidentiality)\s?:?|ymwadiad\s?:?"
    r"|this (?:e-?mail|message) (?:has been|was) (?:scanned|checked|swept).{0,300}"
    r"|meddyliwch am yr amgylchedd.{0,120}"
    r"|(?:we )?welcome (?:correspondence|calls|phone calls|emails?).{0,60}(?:welsh|english).{0,200}"
    r"|croes[ao]w[nu].{0,60}gohebiaeth.{0,250})"
)
_LIST = re.compile(
    r"(?i)\bunsubscribe\b|/listinfo/"
    r"|\b(?:view|read|open) (?:this|it)?.{0,30}\bin (?:your|a|the) (?:web )?browser\b"
    r"|you(?: are|['\u2019]re) receiving this|you received this (?:e-?mail|message) because"
    r"|update (?:your )?(?:e-?mail )?preferences|manage (?:your )?subscriptions?"
    r"|reply to this e-?mail directly,? or view it"
)
_LIST_BY_NAME = re.compile(r"(?i)\bmailing list\b")
_STARTS = re.compile(
    r"(?i)\W{0,4}(?:this|the (?:information|contents?)|if you|any|all|e-?mail|mae['\u2019]r|diese"
    r"|confidential|disclaimer|internet|unless|please)\b"
)
_WEAK = re.compile(
    r"(?i)\b(?:e-?mails?|messages?|recipients?|senders?|communications?|confidential|liab\w+|virus\w*|legal\w*|disclos\w+|copyright|privileged|unlawful|archiv\w+|privacy|registered)\b"
)
_MOST_WORDS_OF_A_FOOTER = 45


def cut_disclaimers(lines: list[str]) -> tuple[list[str], list[str]]:
    """Cut what is legal text or a list's footer, a paragraph at a time; say each."""
    kept, notes = list(lines), list[str]()
    legal_above = False
    runs = paragraphs(lines)
    for number, run in enumerate(runs):
        said = " ".join(bare(line) for line in lines[run.start : run.end])[:4_000]
        outside = number == 0 or number >= min(len(runs) - 3, len(runs) * 2 // 3)
        if _ALONE.fullmatch(said) or _is_legal(said) or (legal_above and _goes_on(said)):
            what, legal_above = "a disclaimer", True
        elif len(runs) > 1 and _is_footer(
            said, outside, ruled=run.start > 0 and is_ruled(lines[run.start - 1])
        ):
            what = "a mailing list's footer"
        else:
            continue
        notes.append(f"{what} was cut: {shown(lines[run.start : run.end])}")
        kept[run.start : run.end] = [""] * (run.end - run.start)
    return kept, notes


def ends_in_legal_text(lines: list[str]) -> bool:
    """Whether one of the last two paragraphs is what is put under a message, and words stand above it."""
    runs = paragraphs(lines)
    ends = (" ".join(bare(line) for line in lines[run.start : run.end]) for run in runs[1:][-2:])
    return any(_is_legal(said[:4_000]) for said in ends)


def _is_legal(said: str) -> bool:
    """Whether a paragraph is legal text about a message: two phrases of it, or one and the way it starts."""
    phrases = {found.lower() for found in _LEGAL.findall(said)}
    return bool(_MAIL.search(said)) and (len(phrases) >= 2 or (bool(phrases) and bool(_STARTS.match(said))))


def _goes_on(said: str) -> bool:
    """Whether a paragraph below legal text is more of it."""
    return len({word.lower() for word in _WEAK.findall(said)}) >= 3


def _is_footer(said: str, outside: bool, *, ruled: bool) -> bool:
    """Whether a short paragraph, at the start, near the end or under a rule, is a list's footer."""
    if len(said.split()) > _MOST_WORDS_OF_A_FOOTER:
        return False
    return bool((outside or ruled) and _LIST.search(said)) or bool(ruled and _LIST_BY_NAME.search(said))
