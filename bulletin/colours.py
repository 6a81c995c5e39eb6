"""The colours of an edition, worked out from the one the partnership chose, so that all of it can be read.

The settings ask it for a contrast at every start, so what only an edition needs is loaded where it is needed.
"""

import re

from bulletin.errors import BulletinError
from bulletin.model.value import Value

WHITE, BLACK = "#ffffff", "#000000"
CARD_DARK = "#1b2225"
TEXT_RATIO = 4.5
LINK_RATIO = 5.5
DARK_LINK_RATIO = 7.0

_HEX = r"#[0-9a-fA-F]{6}"


class Palette(Value):
    """Colours as `#rrggbb`: band under white words, links and headings, a tint behind quieter passages.

    The second half is for readers whose screen is dark.
    """

    band: str
    link: str
    tint: str
    rule: str
    dark_link: str
    dark_tint: str
    dark_rule: str


def palette(brand: str) -> Palette:
    """Work out an edition's colours; every pair of them has at least the contrast WCAG 2.2 AA asks for."""
    if not re.fullmatch(_HEX, brand):
        raise BulletinError(
            f'the colour "{brand}" in bulletin.toml is not written as "#rrggbb"',
            'write it as six digits or letters from a to f after a #, for example "#1d5c4f"',
        )
    tint = mixed(brand, WHITE, 0.06)
    dark_tint = mixed(brand, CARD_DARK, 0.22)
    return Palette(
        band=readable(brand, WHITE, TEXT_RATIO),
        link=readable(brand, tint, LINK_RATIO),
        tint=tint,
        rule=mixed(brand, WHITE, 0.28),
        dark_link=readable(brand, dark_tint, DARK_LINK_RATIO),
        dark_tint=dark_tint,
        dark_rule=mixed(brand, "#8a9499", 0.35),
    )


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours, 1 to 21 (WCAG 2.2, contrast ratio)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable(colour: str, background: str, ratio: float) -> str:
    """Make a colour darker or lighter, in its own hue, until it has that contrast with its background."""
    from colorsys import hls_to_rgb, rgb_to_hls

    hue, lightness, saturation = rgb_to_hls(*(channel / 255 for channel in _channels(colour)))
    end = 0.0 if _luminance(background) > 0.18 else 1.0
    for step in range(101):
        moved = hls_to_rgb(hue, lightness + (end - lightness) * step / 100, saturation)
        found = "#" + "".join(f"{round(channel * 255):02x}" for channel in moved)
        if contrast(found, background) >= ratio:
            return found
    return BLACK if end == 0.0 else WHITE


def mixed(colour: str, other: str, share: float) -> str:
    """Mix two colours; share 1.0 is all of the first."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(one * share + two * (1 - share)):02x}" for one, two in pairs)


def _channels(colour: str) -> tuple[int, int, int]:
    """Give red, green and blue, 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    """Give the relative luminance, 0 to 1 (WCAG 2.2)."""
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in _channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
