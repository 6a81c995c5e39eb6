"""An edition's HTML fit for a frame: pictures found, one medium, links that stay shut, findings if wished."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from bulletin.model.edition import Edition
from bulletin.render import beside


class Medium(StrEnum):
    """How an edition shows itself, whatever the officer's own screen is set to: its colours, or on paper."""

    LIGHT = "light"
    DARK = "dark"
    PRINT = "print"

    @property
    def scheme(self) -> str:
        """The colour scheme that holds there; paper is light."""
        return "dark" if self is Medium.DARK else "light"


# Contributed text is escaped, so what starts with "<" here is the template's own.
_TAG_OR_SHEET = re.compile(r"<style\b.*?</style\s*>|<[a-z][^>]*>", re.IGNORECASE | re.DOTALL)
_YES, _NO = "(min-width:0)", "(max-width:0)"
_MEDIA = re.compile(r"\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)", re.IGNORECASE)
_PRELUDE = re.compile(r"@media\b[^{]*|(?<=\s)media\s*=\s*(?:\"[^\"]*\"|'[^']*')", re.IGNORECASE)
_TYPE = re.compile(r"\b(print|screen)\b", re.IGNORECASE)
_DECLARED = re.compile(r"(color-schemes?\s*:\s*)(?:only\s+)?light\s+dark", re.IGNORECASE)
_META = re.compile(r'(name="(?:supported-)?color-schemes?"\s+content=")[^"]*', re.IGNORECASE)
_OUTWARD = re.compile(r'<a\b(?=[^>]*\shref="(?!#))', re.IGNORECASE)


_HEAD_ENDS = re.compile(r"</head\s*>", re.IGNORECASE)
_NOTE = (
    "display:block;white-space:pre-line;margin:0 0 8px;padding:6px 10px;border:2px solid #7a4b00;"
    "background:#fff6e3;color:#1b2421;font:400 14px/1.4 system-ui,sans-serif;text-align:start"
)


def shown(edition: Edition, medium: Medium, notes: Mapping[str, Iterable[str]] = MappingProxyType({})) -> str:
    """Give the edition's HTML as the desk's frame shows it.

    A picture gets the relative address `image/NAME`, wherever a mail program would find it; media queries and
    `color-scheme` are settled for `medium`; a link that leads out gets a target of its own, which the frame's
    sandbox then refuses to open.
    notes: what to say of the item that stands at an anchor; shown above it by a sheet of the desk's own.
    """
    settled = _TAG_OR_SHEET.sub(lambda tag: _settled(tag.group(), medium), edition.html)
    pictured = beside(settled, "image", {image.name for image in edition.images})
    return _with(_sheet(notes), _OUTWARD.sub('<a target="_blank"', pictured))


def _settled(tag: str, medium: Medium) -> str:
    scheme = medium.scheme

    def answer(query: re.Match[str]) -> str:
        return _YES if query[1].lower() == scheme else _NO

    if medium is Medium.PRINT:
        tag = _PRELUDE.sub(lambda prelude: _TYPE.sub(_on_paper, prelude.group()), tag)
    return _META.sub(rf"\g<1>{scheme}", _DECLARED.sub(rf"\g<1>{scheme}", _MEDIA.sub(answer, tag)))


def _on_paper(kind: re.Match[str]) -> str:
    """Answer a media type as paper does, so that `not`, `only` and what follows by `and` keep their sense."""
    return f"all and {_YES if kind[1].lower() == 'print' else _NO}"


def _sheet(notes: Mapping[str, Iterable[str]]) -> str:
    rules = [
        f'[id="{_escaped(anchor)}"]::before{{content:"{_escaped(chr(10).join(said))}";{_NOTE}}}'
        for anchor, said in notes.items()
    ]
    return f"<style>{''.join(rules)}</style>" if rules else ""


def _escaped(words: str) -> str:
    """Write words so that nothing in them can end a CSS string or its sheet (CSS Syntax, 4.3.7)."""
    return "".join(one if one.isascii() and one.isalnum() else f"\\{ord(one):06x}" for one in words)


def _with(sheet: str, html: str) -> str:
    """Put a sheet after the edition's own, or first where it has no head."""
    end = _HEAD_ENDS.search(html)
    place = end.start() if end else 0
    return html[:place] + sheet + html[place:]
