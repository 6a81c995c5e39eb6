"""Keep contributed words from turning into Markdown marks, and their web addresses whole.

Two steps, because html2text stands between them and escapes what it sees by rules of its own: `protect` puts
a stand-in for every mark, `release` turns each into the mark, with a backslash where it needs one.
"""

import re

# Stand-ins are private-use characters, which have no business in a contribution: U+E000 and on for a mark
# that is a word's, U+E100 and on for a character that Markdown shall act on, U+E200 and on for emphasis.
_MARK = {ord(mark): chr(0xE000 + ord(mark)) for mark in "\\`*_[]<>|~&#+-=.)!"}
_LITERAL = {code: chr(0xE100 + code) for code in range(33, 127)}
_URL = re.compile(r"https?://[^\s<>\"\u201c\u201d\u2018\u2019]{1,4000}")
_ALWAYS = "\\`*_[]<>|~"
_BLOCK_START = r"[ \t>]*(?:[-*] +|\d+[.)] +)?"

STRONG = ("\ue200", "\ue201")
EMPHASIS = ("\ue202", "\ue203")
_PAIR = re.compile(r"([\ue200\ue202])([^\ue200-\ue203]*)[\ue201\ue203]")


def protect(text: str, *, link: bool = True) -> str:
    """Put a stand-in for every character that Markdown could take for a mark.

    Args:
        link: make `<https://…>` of a bare web address (not inside a link's own text).
    """
    text = re.sub("[\ue000-\ue2ff]", "", text)
    if not link:
        return text.translate(_MARK)
    out, at = [], 0
    for found in _URL.finditer(text):
        url = _without_punctuation(found[0])
        out += [text[at : found.start()].translate(_MARK), literal(f"<{url}>")]
        at = found.start() + len(url)
    return "".join([*out, text[at:].translate(_MARK)])


def literal(marks: str) -> str:
    """Put stand-ins for characters that Markdown shall see as they are."""
    return marks.translate(_LITERAL)


def in_cell(text: str) -> str:
    """Keep the `|` of an address from dividing a table's cell."""
    return text.replace(literal("|"), _standing("|"))


def release(markdown: str) -> str:
    """Turn the stand-ins into the marks they stand for, escaped where Markdown would act on them."""
    for opening, closing in (STRONG, EMPHASIS):  # Word writes one bold word in several pieces
        markdown = re.sub(rf"{closing}([ \t]*){opening}", r"\1", markdown)
    markdown = re.sub("[\ue200-\ue203]", "", _PAIR.sub(_emphasis, markdown))
    markdown = re.sub(rf"(?m)^({_BLOCK_START})([{_standing('#+-=')}])", _escape_second, markdown)
    markdown = re.sub(rf"(?m)^({_BLOCK_START}\d+)([{_standing('.)')}])(?=\s|$)", _escape_second, markdown)
    markdown = re.sub(rf"({_standing('&')})(?=[{_standing('#')}\w])", _escape, markdown)
    markdown = re.sub(rf"{_standing('!')}(?={literal('[')})", _escape, markdown)
    markdown = re.sub(f"[{_standing(_ALWAYS)}]", _escape, markdown)
    return re.sub("[\ue000-\ue1ff]", lambda found: _mark(found[0]), markdown)


def _standing(marks: str) -> str:
    return marks.translate(_MARK)


def _mark(stand_in: str) -> str:
    return chr(ord(stand_in) & 0xFF)


def _escape(found: re.Match[str]) -> str:
    return f"\\{_mark(found[0])}"


def _escape_second(found: re.Match[str]) -> str:
    return f"{found[1]}\\{_mark(found[2])}"


def _emphasis(found: re.Match[str]) -> str:
    """Write emphasis where Markdown will see it as such (CommonMark 6.2), else the words alone."""
    mark, inside = ("**" if found[1] == STRONG[0] else "*"), found[2]
    words = inside.strip()
    if not words or re.search(r"\n\s*\n", inside):
        return inside
    lead, trail = inside[: inside.index(words)], inside[inside.index(words) + len(words) :]
    before = lead or found.string[max(0, found.start() - 1) : found.start()]
    after = trail or found.string[found.end() : found.end() + 1]
    beside = "".join((before[-1:], after[:1]))
    if re.search("[\ue200-\ue203]", beside) or not (
        _flanks(before[-1:], words[0]) and _flanks(after[:1], words[-1])
    ):
        return inside
    return f"{lead}{literal(mark)}{words}{literal(mark)}{trail}"


def _flanks(outside: str, inside: str) -> bool:
    """Whether a mark between two characters counts: letters inside, or none outside."""
    return inside.isalnum() or not outside.isalnum()


def _without_punctuation(url: str) -> str:
    """Leave out what ends the sentence rather than the address."""
    while url[-1] in ".,;:!?'*_" or (url[-1] == ")" and url.count(")") > url.count("(")):
        url = url[:-1]
    return url
