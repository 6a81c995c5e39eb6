"""The tag of a language by the name people write."""

import re

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
NAMES = tuple(name.title() for name in _TAGS)
"""The languages we know by name."""
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")


def language_tag(words: str) -> str:
    """Give the BCP 47 tag of a language by its English name or its tag, or "" for words we do not know."""
    words = " ".join(words.split())
    known = _TAGS.get(words.casefold())
    return known or (words if _TAG.fullmatch(words) else "")
