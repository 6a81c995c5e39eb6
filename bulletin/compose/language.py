"""The language of a passage as HTML wants it named, and which way it runs."""

import re

from bulletin.settings.values import Settings

_TAGS = {
    "arabic": "ar",
    "bengali": "bn",
    "british sign language": "bfi",
    "bulgarian": "bg",
    "chinese": "zh",
    "cornish": "kw",
    "cymraeg": "cy",
    "czech": "cs",
    "english": "en-GB",
    "farsi": "fa",
    "french": "fr",
    "gaelic": "gd",
    "german": "de",
    "greek": "el",
    "gujarati": "gu",
    "hebrew": "he",
    "hindi": "hi",
    "hungarian": "hu",
    "irish": "ga",
    "italian": "it",
    "kurdish": "ku",
    "lithuanian": "lt",
    "nepali": "ne",
    "pashto": "ps",
    "persian": "fa",
    "polish": "pl",
    "portuguese": "pt",
    "punjabi": "pa",
    "romanian": "ro",
    "russian": "ru",
    "scots": "sco",
    "slovak": "sk",
    "somali": "so",
    "spanish": "es",
    "tamil": "ta",
    "tigrinya": "ti",
    "turkish": "tr",
    "ukrainian": "uk",
    "urdu": "ur",
    "welsh": "cy",
}
_RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"}
_RIGHT_TO_LEFT_SCRIPTS = {"arab", "hebr", "syrc", "thaa", "nkoo", "adlm", "rohg"}
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")


def language_tag(words: str) -> str:
    """Give the BCP 47 tag of a language by its English name or its tag, or "" for words we do not know."""
    words = " ".join(words.split())
    known = _TAGS.get(words.casefold())
    return known or (words if _TAG.fullmatch(words) else "")


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
