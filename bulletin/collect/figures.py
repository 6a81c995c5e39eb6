"""Keep raised and lowered figures what they are: `10<sup>2</sup>` is 10², and not 102."""

import re

_PLAIN = "0123456789+-=()"
_RAISED = str.maketrans(_PLAIN, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾")
_LOWERED = str.maketrans(_PLAIN, "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_TAGGED = re.compile(r"(?i)<(su[pb])\b[^<>]{0,200}>\s{0,9}([0-9+=()\u2212-]{1,9})\s{0,9}</\1\s{0,9}>")


def set_off(words: str, *, raised: bool) -> str:
    """Write figures with Unicode's own raised or lowered signs; words that are no figures stay."""
    figures = words.replace("\u2212", "-")
    if not figures.strip() or set(figures) - set(_PLAIN):
        return words
    return figures.translate(_RAISED if raised else _LOWERED)


def figures_in_html(html: str) -> str:
    """Do so for `<sup>` and `<sub>`, which the sanitiser would take away."""
    return _TAGGED.sub(lambda found: set_off(found[2], raised=found[1].lower() == "sup"), html)
