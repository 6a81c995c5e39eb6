"""Keep contributed words from turning into Markdown marks, and their web addresses whole.

Two steps, because html2text stands between them and escapes what it sees by rules of its own: `protect` puts
a stand-in for every mark, `release` turns each into the mark, with a backslash where it needs one.
"""

import re

# Stand-ins are private-use characters, which have no business in a contribution: U+E000 and on for a mark
# that is a word's, U+E100 and on for a character of a web address.
_MARK = {ord(mark): chr(0xE000 + ord(mark)) for mark in "\\`*_[]<>|~&#+-=.)"}
_ADDRESS = {code: chr(0xE100 + code) for code in range(33, 127)}
_URL = re.compile(r"https?://[^\s<>\"\u201c\u201d\u2018\u2019]+")
_ALWAYS = "\\`*_[]<>|~"
_BLOCK_START = r"[ \t>]*(?:[-*] +|\d+\. +)?"


def protect(text: str, *, link: bool = True) -> str:
    """Put a stand-in for every character that Markdown could take for a mark.

    Args:
        link: make `<https://…>` of a bare web address (not inside a link's own text).
    """
    text = re.sub("[\ue000-\ue1ff]", "", text)
    if not link:
        return text.translate(_MARK)
    out, at = [], 0
    for found in _URL.finditer(text):
        url = _without_punctuation(found[0])
        out += [text[at : found.start()].translate(_MARK), f"<{url}>".translate(_ADDRESS)]
        at = found.start() + len(url)
    return "".join([*out, text[at:].translate(_MARK)])


def release(markdown: str) -> str:
    """Turn the stand-ins into the marks they stand for, escaped where Markdown would act on them."""
    markdown = re.sub(rf"(?m)^({_BLOCK_START})([{_standing('#+-=')}])", _escape_second, markdown)
    markdown = re.sub(rf"(?m)^({_BLOCK_START}\d+)([{_standing('.)')}])", _escape_second, markdown)
    markdown = re.sub(rf"({_standing('&')})(?=#?\w)", lambda found: "\\&", markdown)
    markdown = re.sub(f"[{_standing(_ALWAYS)}]", lambda found: "\\" + _mark(found[0]), markdown)
    return re.sub("[\ue000-\ue1ff]", lambda found: _mark(found[0]), markdown)


def _standing(marks: str) -> str:
    return marks.translate(_MARK)


def _mark(stand_in: str) -> str:
    return chr(ord(stand_in) & 0xFF)


def _escape_second(found: re.Match[str]) -> str:
    return f"{found[1]}\\{_mark(found[2])}"


def _without_punctuation(url: str) -> str:
    """Leave out what ends the sentence rather than the address."""
    while url[-1] in ".,;:!?'*_" or (url[-1] == ")" and url.count(")") > url.count("(")):
        url = url[:-1]
    return url
