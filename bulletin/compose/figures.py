"""Pictures as an edition shows them: how large, in which words, carried along or from the archive."""

from collections.abc import Iterable
from urllib.parse import quote

from bulletin.compose.selection import may_stay
from bulletin.images import find_picture
from bulletin.markdown import Picture as Named
from bulletin.markdown import clean_line, images
from bulletin.model.edition import Image
from bulletin.model.issue import Issue, Item
from bulletin.model.picture import Figure, Picture
from bulletin.settings.values import Settings

WIDEST, HIGHEST = 568, 426
"""CSS pixels: the column of email.html, and three quarters of it, so that no picture fills a screen."""
LOGO_WIDEST, LOGO_HIGHEST = 240, 80


def figure_of(item: Item, issue: Issue, settings: Settings) -> Figure | None:
    """Give the item's own picture, None where it has none that can be printed."""
    return _figure(item.image.strip(), item.alt, item, issue, settings)


def figures_in(item: Item, issue: Issue, settings: Settings) -> dict[str, Figure]:
    """Give the pictures the item's text shows, by how it names them."""
    named = {
        picture.src: _figure(picture.src, picture.alt, item, issue, settings) for picture in _in_text(item)
    }
    return {source: figure for source, figure in named.items() if figure}


def pictures_of(item: Item, issue: Issue) -> tuple[Picture, ...]:
    """Give the pictures an item names, by its label and in its text, as far as the issue has them."""
    words = [item.image.strip(), *(picture.src for picture in _in_text(item))]
    names = (find_picture(one, issue.pictures) for one in words if one)
    return tuple(issue.pictures[name] for name in dict.fromkeys(names) if name)


def logo_of(issue: Issue, settings: Settings) -> Figure | None:
    """Give the partnership's logo; it always travels along, since it is the first thing there is to see."""
    logo = issue.logo
    if logo is None or logo.trouble:
        return None
    width, height = _fitted(logo, LOGO_WIDEST, LOGO_HIGHEST)
    alt = clean_line(settings.partnership.logo_alt)
    return Figure(logo.name, f"cid:{logo.name}", alt, width, height)


def images_of(figures: Iterable[Figure], issue: Issue) -> tuple[Image, ...]:
    """Give the pictures themselves, each once, in reading order."""
    known = {**issue.pictures, **({issue.logo.name: issue.logo} if issue.logo else {})}
    shown = (known[name] for name in dict.fromkeys(figure.name for figure in figures))
    return tuple(Image(picture.name, picture.media_type, picture.data) for picture in shown)


def _in_text(item: Item) -> tuple[Named, ...]:
    return images(item.text) if "![" in item.text else ()


def _figure(words: str, alt: str, item: Item, issue: Issue, settings: Settings) -> Figure | None:
    name = find_picture(words, issue.pictures)
    picture = issue.pictures.get(name)
    if picture is None or picture.trouble:
        return None
    width, height = _fitted(picture, WIDEST, HIGHEST)
    return Figure(name, _source(name, item, issue, settings), clean_line(alt), width, height)


def _source(name: str, item: Item, issue: Issue, settings: Settings) -> str:
    """Say where a page finds a picture: beside itself, or in the archive where its item may be."""
    site = settings.site
    if site.images and site.url and may_stay(item, site.reach):
        return f"{site.url}/{quote(issue.id)}/images/{quote(name)}"
    return f"cid:{name}"


def _fitted(picture: Picture, widest: int, highest: int) -> tuple[int, int]:
    """Fit a picture into a box without changing its shape; a small one stays as it is."""
    scale = min(1.0, widest / picture.width, highest / picture.height)
    return max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
