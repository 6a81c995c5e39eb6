"""The page in a real browser: everybody can read it, in any colours, on any screen, in any mail program."""

import base64
import re
from io import BytesIO

import pytest
from chromium import LARGER, Tab
from gate_editions import ALL, edition, made
from PIL import Image

from bulletin.model.edition import Edition

CONTRAST = ("color-contrast", "link-in-text-block")
SHEETS = re.compile(r"<style\b.*?</style>", re.DOTALL)
DARK = re.compile(
    r"@media[^{]*prefers-color-scheme[^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}|(?:supported-)?color-scheme:[^;]*;"
    r"|<meta[^>]*color-schemes?\"[^>]*>"
)


def shown(found: Edition) -> str:
    """Give the page with its pictures in it, as a mail program puts them there."""
    page = found.html
    for image in found.images:
        data = f"data:{image.media_type};base64,{base64.b64encode(image.data).decode()}"
        page = page.replace(f"cid:{image.name}", data)
    assert "cid:" not in page
    return page


@pytest.mark.parametrize("name", ALL)
def test_axe_finds_nothing_in_light_in_dark_or_without_a_sheet(tab: Tab, name: str) -> None:
    page = shown(edition(name))
    tab.show(page)
    assert tab.axe() == []
    tab.show(page, dark=True)
    assert tab.axe(*CONTRAST) == []
    tab.show(SHEETS.sub("", page))
    assert tab.axe() == []


@pytest.mark.parametrize("name", ALL)
def test_a_small_screen_or_large_text_breaks_no_word_and_has_room_for_all(tab: Tab, name: str) -> None:
    page = shown(edition(name))
    for width in (320, 280):
        for one in (page, SHEETS.sub("", page)):
            tab.show(one, width)
            assert tab.overflow() == [], width
            assert tab.run(_BROKEN) == [], width
    tab.show(page)
    tab.run(LARGER)
    assert tab.overflow() == []


@pytest.mark.parametrize("name", ALL)
def test_words_stay_readable_where_a_mail_program_turns_the_colours(tab: Tab, name: str) -> None:
    tab.show(DARK.sub("", shown(edition(name))), forced=True)
    assert faint(tab) == []


@pytest.mark.parametrize("name", ["of everything", "of odd items"])
def test_without_pictures_their_words_stand_there(tab: Tab, name: str) -> None:
    tab.show(made(name).html)
    assert tab.overflow() == []
    assert tab.axe(*CONTRAST, "image-alt") == []


def test_the_gates_see_what_is_wrong(tab: Tab) -> None:
    tab.show('<p style="color:#aaa;background:#fff;width:700px">Hard to read<img src="data:,">', 320)
    assert {line.partition(":")[0] for line in tab.axe()} >= {"color-contrast", "image-alt", "html-has-lang"}
    assert tab.overflow()
    tab.show('<p style="width:50px;word-break:break-word">Neighbourhood', 320)
    assert tab.run(_BROKEN) == ["Neighbourhood"]
    tab.show('<html lang="en"><p style="color:#777;background:#666">Hard to read', forced=True)
    assert faint(tab)


_BROKEN = """(() => {
  const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) for (const word of walk.currentNode.data.matchAll(/\\S+/g)) {
    if (word[0].length > 20 || /[-\u2013@/…]|\\.\\w/.test(word[0])) continue;
    const range = document.createRange();
    range.setStart(walk.currentNode, word.index);
    range.setEnd(walk.currentNode, word.index + word[0].length);
    const lines = [...range.getClientRects()].filter(one => one.width > 1).map(one => Math.round(one.top));
    if (new Set(lines).size > 1) found.push(word[0]);
  }
  return found;
})()"""
"""Gives the words of a page, addresses apart, that begin on one line and end on the next."""

_WORDS = """(() => {
  const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const style = getComputedStyle(walk.currentNode.parentElement), range = document.createRange();
    range.selectNodeContents(walk.currentNode);
    const box = [...range.getClientRects()].sort((a, b) => b.width - a.width)[0];
    const size = parseFloat(style.fontSize), words = walk.currentNode.data.trim();
    if (words.length < 3 || !box || box.width < 12 || style.visibility === 'hidden') continue;
    const [top, bottom] = [box.top + scrollY, box.bottom + scrollY];
    found.push([words.slice(0, 40), box.left, top, box.right, bottom, size >= 24]);
  }
  return found;
})()"""


def faint(tab: Tab) -> list[str]:
    """Give the words whose pixels are too much like those behind them; the page's own styles do not tell."""
    words = tab.run(_WORDS)
    assert words
    picture = Image.open(BytesIO(tab.picture())).convert("RGB")
    found = []
    for said, *box, is_large in words:
        ratio = contrast(picture.crop(tuple(round(side) for side in box)))  # type: ignore[arg-type]
        if ratio < (2.8 if is_large else 4.2):  # of 3 and 4.5: smoothing takes a little from a thin letter
            found.append(f"{said}: {ratio:.1f}")
    return found


def contrast(picture: Image.Image) -> float:
    """Give the contrast (WCAG 2.2) between the lightest and the darkest colour there is enough of."""
    colours = picture.getcolors(picture.width * picture.height) or []
    shades = sorted((luminance(colour), count) for count, colour in colours)  # type: ignore[arg-type]
    enough = sum(count for _, count in shades) / 200
    return (end(shades[::-1], enough) + 0.05) / (end(shades, enough) + 0.05)


def end(shades: list[tuple[float, int]], enough: float) -> float:
    for shade, count in shades:
        enough -= count
        if enough < 0:
            return shade
    return shades[-1][0]


def luminance(colour: tuple[int, int, int]) -> float:
    parts = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in colour))
    return sum(part * share for part, share in zip(parts, (0.2126, 0.7152, 0.0722), strict=True))
