"""An edition's HTML fit for a frame: pictures found, one colour scheme, links that stay shut."""

import html
import re
from enum import StrEnum
from urllib.parse import quote

from bulletin.model.edition import Edition


class Scheme(StrEnum):
    """Which of its colours an edition shows, whatever the officer's own screen is set to."""

    LIGHT = "light"
    DARK = "dark"


# Contributed text is escaped, so what starts with "<" here is the template's own.
_TAG_OR_SHEET = re.compile(r"<style\b.*?</style\s*>|<[a-z][^>]*>", re.IGNORECASE | re.DOTALL)
_MEDIA = re.compile(r"\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)", re.IGNORECASE)
_DECLARED = re.compile(r"(color-schemes?\s*:\s*)(?:only\s+)?light\s+dark", re.IGNORECASE)
_META = re.compile(r'(name="(?:supported-)?color-schemes?"\s+content=")[^"]*', re.IGNORECASE)
_CID = re.compile(r'(\bsrc=")cid:([^"]*)"', re.IGNORECASE)
_OUTWARD = re.compile(r'<a\b(?=[^>]*\shref="(?!#))', re.IGNORECASE)


def shown(edition: Edition, scheme: Scheme) -> str:
    """Give the edition's HTML as the desk's frame shows it.

    `cid:NAME` becomes the relative address `image/NAME`; media queries and `color-scheme` are settled for
    `scheme`; a link that leads out gets a target of its own, which the frame's sandbox then refuses to open.
    """
    settled = _TAG_OR_SHEET.sub(lambda tag: _settled(tag.group(), scheme), edition.html)
    pictured = _CID.sub(lambda found: f'{found[1]}image/{quote(html.unescape(found[2]), safe="")}"', settled)
    return _OUTWARD.sub('<a target="_blank"', pictured)


def _settled(tag: str, scheme: Scheme) -> str:
    def answer(query: re.Match[str]) -> str:
        return "(min-width:0)" if query[1].lower() == scheme else "(max-width:0)"

    return _META.sub(rf"\g<1>{scheme}", _DECLARED.sub(rf"\g<1>{scheme}", _MEDIA.sub(answer, tag)))
