"""One issue as the archive keeps it, and its place between the issues around it."""

from collections.abc import Iterable
from dataclasses import dataclass

from bulletin.model.edition import Edition, Layout


@dataclass(frozen=True, slots=True)
class Page:
    """A public edition for the archive.

    id: the issue's id, its stable address there. layout: what `edition` says before it is HTML or text.
    """

    id: str
    edition: Edition
    layout: Layout


def newest_first(pages: Iterable[Page]) -> tuple[Page, ...]:
    """Order pages by day; of two on one day the higher number is the newer."""
    return tuple(sorted(pages, key=lambda page: (page.layout.day, page.layout.number, page.id), reverse=True))
