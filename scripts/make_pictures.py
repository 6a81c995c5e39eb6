"""Draw the sample's logo and pictures: flat shapes, few colours, a few KB each; needs Pillow."""

import io
import math
from collections.abc import Callable, Sequence

from PIL import Image, ImageDraw

SCALE = 4
"""Everything is drawn so many times as large, and made small again so that edges are smooth."""

SKY, HILL, FAR, WATER, DEEP, INK, CREAM, SUN, WHITE = (
    "#dcebea", "#9fc2a8", "#bfd8cb", "#7fb0c4", "#4f8aa3", "#1d5c4f", "#f6efe0", "#f2b65a", "#ffffff",
)  # fmt: skip

Points = Sequence[tuple[float, float]]
Draw = ImageDraw.ImageDraw


def logo() -> bytes:
    """Draw Avonbridge's mark: a bridge of two arches over a river."""
    return _picture((480, 240), WHITE, _logo)


def footbridge() -> bytes:
    """Draw the footbridge by the mill, with somebody crossing it on a mobility scooter."""
    return _picture((900, 540), SKY, _footbridge)


def minibus() -> bytes:
    """Draw a minibus on a lane between hills."""
    return _picture((900, 540), SKY, _minibus)


def _picture(size: tuple[int, int], ground: str, draw: Callable[[Draw], None]) -> bytes:
    large = Image.new("RGB", (size[0] * SCALE, size[1] * SCALE), ground)
    draw(ImageDraw.Draw(large))
    small = large.resize(size, Image.Resampling.BOX).quantize(48, dither=Image.Dither.NONE)
    out = io.BytesIO()
    small.save(out, "PNG", optimize=True)
    return out.getvalue()


def _scaled(points: Points) -> list[tuple[float, float]]:
    return [(x * SCALE, y * SCALE) for x, y in points]


def _shape(draw: Draw, points: Points, colour: str) -> None:
    draw.polygon(_scaled(points), fill=colour)


def _box(draw: Draw, box: tuple[float, float, float, float], colour: str, radius: float = 0) -> None:
    draw.rounded_rectangle([side * SCALE for side in box], radius * SCALE, fill=colour)


def _disc(draw: Draw, x: float, y: float, radius: float, colour: str) -> None:
    draw.ellipse([v * SCALE for v in (x - radius, y - radius, x + radius, y + radius)], fill=colour)


def _line(draw: Draw, points: Points, colour: str, width: float) -> None:
    draw.line(_scaled(points), fill=colour, width=round(width * SCALE), joint="curve")
    for x, y in (points[0], points[-1]):
        _disc(draw, x, y, width / 2, colour)


def _wave(ends: tuple[float, float], y: float, height: float, length: float, start: float = 0) -> Points:
    left, right = ends
    steps = round(right - left) // 2
    across = (left + (right - left) * step / steps for step in range(steps + 1))
    return [(x, y + height * math.sin(start + 2 * math.pi * (x - left) / length)) for x in across]


def _logo(draw: Draw) -> None:
    _shape(draw, [(30, 132), *_wave((30, 450), 92, -34, 840), (450, 132)], INK)
    for middle in (135, 345):
        draw.pieslice([v * SCALE for v in (middle - 82, 92, middle + 82, 256)], 180, 360, fill=WHITE)
    _box(draw, (0, 133, 480, 240), WHITE)
    for number, (y, colour) in enumerate(((158, DEEP), (188, WATER), (218, DEEP))):
        _line(draw, _wave((34 + 26 * number, 446 - 26 * number), y, 8, 120, number * 1.6), colour, 11)


def _land(draw: Draw, ground: float) -> None:
    _disc(draw, 735, 120, 52, SUN)
    _shape(draw, [(0, 540), *_wave((0, 900), ground - 110, 38, 900, 2.2), (900, 540)], FAR)
    _shape(draw, [(0, 540), *_wave((0, 900), ground - 20, 30, 760), (900, 540)], HILL)


def _footbridge(draw: Draw) -> None:
    _land(draw, 340)
    _shape(draw, [(0, 540), *_wave((0, 900), 430, 6, 300), (900, 540)], WATER)
    for number in range(3):
        _line(draw, _wave((90 + 210 * number, 240 + 230 * number), 468 + 24 * number, 4, 90), DEEP, 5)
    _box(draw, (70, 170, 190, 400), CREAM)
    _shape(draw, [(54, 172), (130, 104), (206, 172)], INK)
    for x, y in ((96, 200), (142, 200), (96, 262), (142, 262)):
        _box(draw, (x, y, x + 24, y + 34), DEEP)
    deck = _wave((150, 860), 380, -64, 1420)
    for at in range(10, len(deck) - 8, 28):
        x, y = deck[at]
        _line(draw, [(x, y), (x, y - 60)], INK, 5)
    _line(draw, [(x, y - 60) for x, y in deck], INK, 7)
    _line(draw, deck, INK, 16)
    for x in (300, 710):
        _box(draw, (x - 14, 352, x + 14, 460), INK)
    _scooter(draw, 505, 302)


def _scooter(draw: Draw, x: float, y: float) -> None:
    for wheel in (-34, 34):
        _disc(draw, x + wheel, y, 15, INK)
        _disc(draw, x + wheel, y, 6, CREAM)
    _box(draw, (x - 44, y - 28, x + 40, y - 12), SUN, 7)
    _line(draw, [(x + 38, y - 20), (x + 26, y - 72)], INK, 6)
    _line(draw, [(x - 26, y - 30), (x - 22, y - 74), (x + 22, y - 62)], DEEP, 20)
    _disc(draw, x - 18, y - 106, 17, "#8a5a3c")


def _minibus(draw: Draw) -> None:
    _land(draw, 330)
    _shape(draw, [(0, 452), (900, 396), (900, 540), (0, 540)], "#8d979a")
    for x in range(30, 900, 150):
        _line(draw, [(x, 498 - x * 0.055), (x + 70, 494 - x * 0.055)], CREAM, 6)
    for x, size in ((110, 46), (166, 34), (812, 40)):
        _box(draw, (x - 6, 330, x + 6, 420), "#6b4f3a")
        _disc(draw, x, 316, size, INK)
    _box(draw, (240, 212, 700, 420), WHITE, 34)
    _shape(draw, [(640, 240), (694, 300), (730, 336), (730, 420), (620, 420)], WHITE)
    _box(draw, (240, 352, 730, 384), INK)
    for x in (272, 366, 460, 554):
        _box(draw, (x, 244, x + 76, 318), WATER, 10)
    _shape(draw, [(646, 250), (688, 302), (712, 330), (646, 330)], WATER)
    for x in (346, 624):
        _disc(draw, x, 420, 44, "#2a3336")
        _disc(draw, x, 420, 18, CREAM)
    _disc(draw, 716, 366, 12, SUN)
