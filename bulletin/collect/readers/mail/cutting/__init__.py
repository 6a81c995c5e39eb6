"""Cut everything round a contribution's own words, in the order in which it was put there."""

from typing import NamedTuple

from bulletin.collect.readers.mail.cutting.banners import cut_banners
from bulletin.collect.readers.mail.cutting.disclaimers import cut_disclaimers
from bulletin.collect.readers.mail.cutting.signature import cut_greeting, cut_signature
from bulletin.collect.readers.mail.letter import Sender
from bulletin.collect.readers.mail.lines import STAND_INS, is_blank, is_ruled, stripped


class Cut(NamedTuple):
    """The words that are left, and what was cut, a clause each."""

    lines: list[str]
    notes: list[str]


def cut_furniture(lines: list[str], sender: Sender) -> Cut:
    """Cut banners, the mail program's lines, disclaimers, the signature and the greeting."""
    kept, banners = cut_banners(lines)
    kept, disclaimers = cut_disclaimers(kept)
    kept, signatures = cut_signature(stripped(kept), sender)
    kept, greetings = cut_greeting(stripped(kept))
    kept = [STAND_INS.sub("", "" if is_ruled(line) else line) for line in stripped(kept)]
    return Cut(_closed_up(kept), [*banners, *greetings, *signatures, *disclaimers])


def _closed_up(lines: list[str]) -> list[str]:
    """Leave one blank line where several stand."""
    shut = ["" if is_blank(line) else line for line in lines]
    return [line for at, line in enumerate(shut) if line or (at and shut[at - 1])]
