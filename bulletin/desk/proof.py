"""An edition's HTML fit for a frame: pictures found, one colour scheme, links that stay shut."""

import re
from enum import StrEnum

from bulletin.model.edition import Edition
from bulletin.render import beside


class Scheme(StrEnum):
    """Which of its colours an edition shows, whatever the officer's own screen is set to."""

    LIGHT = "light"
    DARK = "dark"


# Contributed text is escaped, so what starts with "<" here is the template's own.
_TAG_OR_SHEET = re.compile(r"<style\b.*?</style\s*>|<[a-z][^>]*>", re.IGNORECASE | re.DOTALL)
_MEDIA = re.compile(r"\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)", re.IGNORECASE)
_DECLARED = re.compile(r"(color-schemes?\s*:\s*)(?:only\s+)?light\s+dark", re.IGNORECASE)
_META = re.compile(r'(name="(?:supported-)?color-schemes?"\s+content=")[^"]*', re.IGNORECASE)
_OUTWARD = re.compile(r'<a\b(?=[^>]*\shref="(?!#))', re.IGNORECASE)


def shown(edition: Edition, scheme: Scheme) -> str:
    """Give the edition's HTML as the desk's frame shows it.

    A picture gets the relative address `image/NAME`, wherever a mail program would find it; media queries and
    `color-scheme` are settled for `scheme`; a link that leads out gets a target of its own, which the frame's
    sandbox then refuses to open.
    """
    settled = _TAG_OR_SHEET.sub(lambda tag: _settled(tag.group(), scheme), edition.html)
    pictured = beside(settled, "image", {image.name for image in edition.images})
    return _OUTWARD.sub('<a target="_blank"', pictured)


def _settled(tag: str, scheme: Scheme) -> str:
    def answer(query: re.Match[str]) -> str:
        return "(min-width:0)" if query[1].lower() == scheme else "(max-width:0)"

    return _META.sub(rf"\g<1>{scheme}", _DECLARED.sub(rf"\g<1>{scheme}", _MEDIA.sub(answer, tag)))
