"""Move a page's style rules into style attributes, since mail clients drop the rules."""

import logging
import re
import sys
from functools import cache
from types import ModuleType

from bulletin.errors import BulletinError

LONG = 60_000
"""Bytes of a page with every rule in its elements; one that would be longer keeps some in `<style>`."""

_OFTEN = "<style data-often>"
_KEPT = '<style data-premailer="ignore">'
_TAG = re.compile(r"<[a-z][^<>]*>", re.IGNORECASE)
_STYLE = re.compile(r"""(?<= style=)("[^"]*"|'[^']*')""")
_CLASS = re.compile(r' class="([^"]*)"')
_SHEET = re.compile(r"<style\b[^>]*>(.*?)</style>", re.IGNORECASE | re.DOTALL)
_NAMED = re.compile(r"\.([A-Za-z_][\w-]*)")


def inlined(page: str) -> str:
    """Write the rules of `<style>` into the elements they are for and leave the rest of the page as it is.

    Blocks marked `data-premailer="ignore"` stay: rules for narrow screens, dark mode and print. The defaults
    would strip their `!important`, set widths in per cent and fetch what is linked. In a long page the block
    marked `data-often` stays too: said again at every paragraph and link, its rules take a quarter of it, and
    Gmail cuts off what is long. A short one keeps its looks where `<style>` is dropped, as when forwarded.
    Raises BulletinError for a page or a style sheet that cannot be read.
    """
    try:
        return _fitting(page)
    except Exception as fault:  # the libraries fail in many ways, and only a template can make them
        raise BulletinError(
            f"the styles of email.css cannot be written into the page of email.html: {fault}",
            "the page may not be empty, nor one @media rule stand inside another. Look at what you changed"
            " last in the templates folder, or delete the file there to use the shipped one again",
        ) from fault


def _fitting(page: str) -> str:
    if _size(page) <= LONG:
        shown = _tightened(_inlined(page))
        if _size(shown) <= LONG:
            return shown
    return _tightened(_inlined(page.replace(_OFTEN, _KEPT, 1)))


def _size(page: str) -> int:
    return len(page.encode())


@cache
def _premailer() -> type:
    """Load premailer without `requests`, for which an empty module stands in meanwhile.

    Nothing may ever be fetched here, so premailer is not given what it would fetch with; and loading it would
    be half of what loading premailer costs.
    """
    already = "requests" in sys.modules
    sys.modules.setdefault("requests", ModuleType("requests"))
    try:
        from premailer import Premailer
    finally:
        if not already:
            del sys.modules["requests"]
    inliner: type = Premailer
    return inliner


def _tightened(page: str) -> str:
    """Leave out what no mail program needs: a space in a style, a class of which no kept rule speaks.

    What contributors wrote is escaped, so that between `<` and `>` there are only our own tags.
    """
    kept = {name for sheet in _SHEET.findall(page) for name in _NAMED.findall(sheet)}

    def named(found: re.Match[str]) -> str:
        names = [name for name in found[1].split() if name in kept]
        return f' class="{" ".join(names)}"' if names else ""

    def tag(found: re.Match[str]) -> str:
        styled = _STYLE.sub(lambda style: style[0].replace("; ", ";"), found[0])
        return _CLASS.sub(named, styled)

    return _TAG.sub(tag, page)


def _inlined(page: str) -> str:
    return str(
        _premailer()(
            page,
            strip_important=False,
            keep_style_tags=False,
            allow_network=False,
            allow_loading_external_files=False,
            disable_link_rewrites=True,
            align_floating_images=False,
            disable_validation=True,
            cssutils_logging_level=logging.CRITICAL,
            disable_basic_attributes=["width", "height", "align", "valign", "bgcolor"],
        ).transform(pretty_print=False),
    )
