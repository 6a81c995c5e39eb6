"""The language of a passage as HTML wants it named, and which way it runs."""

from bulletin.languages import language_tag
from bulletin.settings.values import Settings

_RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"}
_RIGHT_TO_LEFT_SCRIPTS = {"arab", "hebr", "syrc", "thaa", "nkoo", "adlm", "rohg"}


def own_language(settings: Settings) -> str:
    """Give the tag of the bulletin's own language."""
    return language_tag(settings.partnership.language) or "en-GB"


def direction(tag: str) -> str:
    """Give "rtl" for a language written from right to left, else "ltr"."""
    first, *rest = tag.lower().split("-")
    scripts = [part for part in rest if len(part) == 4]
    if scripts:
        return "rtl" if scripts[0] in _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if first in _RIGHT_TO_LEFT else "ltr"
