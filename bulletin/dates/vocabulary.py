"""The figures and words that dates are written with; each kind is a letter, which `words` explains."""

from bulletin.dates.zones import ELSEWHERE

_LETTER = r"[^\W0-9_]"
_END = r"(?![^\W_])"
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec",
)  # fmt: skip
_MONTH = f"(?:{'|'.join(_MONTHS)})"
_WEEK = r"(?:w/(?:[cbe]|end(?:ing)?)|(?:week|wk|weekend|month) (?:commencing|beginning|starting|ending|of))"
_PLACE = "(?:rooms?|floor|suite|unit|block|flat|route|bus|platform|gate|level|studio|phase|aged?|ages|issue)"

# The first that fits is taken, so a kind stands before those that would take a part of it.
PATTERNS: tuple[tuple[str, ...], ...] = (
    ("D", r"[0-9]{4}-[0-9]{2}-[0-9]{2}t(?=[0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?![0-9:.z+-]))",
          r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![^\W_]|-[0-9])"),
    ("S", r"[0-9]{1,2}(?P<mark>[/.-])[0-9]{1,2}(?P=mark)(?:[0-9]{4}|[0-9]{2})(?![^\W_]|[/.:-][0-9])"),
    ("s", rf"[0-9]{{1,2}}(?P<dash>[-/]){_MONTH}(?:(?P=dash)(?:[0-9]{{4}}|[0-9]{{2}}))?(?![^\W_]|[/.:-])"),
    ("F", r"[0-9]+/[0-9/]*"),
    ("X", r"[£$€] ?[0-9][0-9,.]*[^\W_]*",
          r"[0-9]+(?:\.[0-9]+)?%",
          r"(?:\+44 ?|0)[0-9]{2,4} [0-9]{3,4} ?[0-9]{3,4}(?![0-9])",
          rf"{_PLACE} (?:no\.? ?)?[0-9]{{1,3}}{_LETTER}?{_END}"),
    ("T", rf"[0-9]{{1,2}}(?:[.:][0-9]{{2}})? ?[ap](?:m|\.m\.?){_END}",
          rf"(?:12 ?)?(?:noon|mid-?day|midnight){_END}",
          rf"[0-9]{{1,2}}[.:]?[0-9]{{2}} ?(?:hrs?|hours){_END}"),
    ("C", r"[0-9]{1,2}[.:][0-9]{2}(?::00)?(?![^\W_]|[.:][0-9])"),
    ("O", rf"[0-9]{{1,2}}(?:st|nd|rd|th){_END}"),
    ("Y", rf"(?:19|20)[0-9]{{2}}{_END}"),
    ("y", rf"'[0-9]{{2}}{_END}"),
    ("N", rf"[0-9]{{1,2}}{_END}"),
    ("K", rf"[0-9]{{3,4}}{_END}",
          r"[0-9]{1,4}(?:[.:][0-9]{1,2})?[ap]m[^\W_]*",
          r"[0-9]+(?:[.:][0-9]+)+"),
    ("X", r"[0-9]+[^\W_]*", rf"{_LETTER}+[0-9][^\W_]*"),
    ("d", rf"(?:every|each) day{_END}"),
    ("E", r"each(?= (?:mon|tue|wed|thu|fri|sat|sun))"),
    ("w", rf"{_WEEK}{_END}"),
    ("x", rf"(?:every (?:other|second|third|fourth)|for {_LETTER}+ (?:days|nights|weeks?|months?)){_END}"),
    ("t", rf"(?:tb[acd]|to be (?:confirmed|announced|arranged|agreed|decided)){_END}"),
    ("p", rf"(?:half|quarter) (?:past|to){_END}"),
    ("U", rf"up to(?: and including)?{_END}"),
    ("n", rf"(?:no|not) later than{_END}"),
    ("R", "-+"),
    ("A", "[&+]"),
    ("o", "@"),
)  # fmt: skip
WORD = rf"(?P<word>{_LETTER}+(?:'{_LETTER}+)*)\.?"

_WORDS = {
    "M": _MONTHS,
    "W": ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
          "mon", "tues", "tue", "weds", "wed", "thurs", "thur", "thu", "fri", "sat", "sun"),
    "P": ("mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays", "sundays"),
    "d": ("daily",),
    "E": ("every",),
    "L": ("weekly",),
    "x": ("cancelled", "canceled", "postponed", "moved", "rescheduled", "rearranged", "changed", "later",
          "earlier", "fortnightly", "monthly", "quarterly", "annually", "yearly", "alternate", "except",
          "excluding", "excl", "provisional", "provisionally", "tentative", "tentatively", "unconfirmed",
          "probably", "possibly", "perhaps", "maybe"),
    "a": ("around", "about", "circa", "approx", "approximately", "roughly"),
    "p": ("morning", "mornings", "afternoon", "afternoons", "evening", "evenings", "lunchtime",
          "teatime", "am", "pm"),
    "g": ("gmt", "bst", "utc", "cet", "cest", "eet", "eest", "est", "edt", "cst", "cdt", "mst", "mdt", "pst",
          "pdt", "ist", ELSEWHERE),
    "z": ("not", "after", "since", "previously", "formerly", "was", "without", "never"),
    "B": ("before",),
    "U": ("until", "till", "til", "by", "ends", "ending"),
    "f": ("from", "starting", "starts", "begins", "beginning", "commencing", "commences", "opens"),
    "v": ("onward", "onwards"),
    "b": ("between",),
    "A": ("and",),
    "r": ("to", "through"),
    "o": ("on", "at", "the", "of"),
}  # fmt: skip
WORDS = {word: kind for kind, words in _WORDS.items() for word in words}
