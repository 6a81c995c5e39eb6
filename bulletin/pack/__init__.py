"""A partner's pack: one edition as files to send, print and paste, the same bytes for the same issue."""

from collections.abc import Mapping

from bulletin.model.edition import Edition, Layout
from bulletin.model.issue import Item
from bulletin.pack.contents import contents
from bulletin.pack.draft import message_draft
from bulletin.pack.parts import parts
from bulletin.pack.word import word_document
from bulletin.pack.zipped import zipped
from bulletin.render import beside

__all__ = ["contents", "pack_files", "preview_files"]


def pack_files(
    layout: Layout,
    edition: Edition,
    items: Mapping[str, Item],
    credit: Mapping[str, str],
    colour: str,
) -> dict[str, bytes]:
    """Give every file of a pack by its path.

    items: those of the pack, by id; credit: "words" and "url" of the issue it is made from.
    """
    return {
        **preview_files(layout, edition, colour),
        "bulletin.eml": message_draft(edition),
        "parts.zip": zipped(parts(layout, edition, items, credit)),
        **{file.name: file.data for file in edition.calendar},
    }


def preview_files(layout: Layout, edition: Edition, colour: str) -> dict[str, bytes]:
    """Give the files to look at a pack with, none of which can be sent or collected by a program."""
    return {
        "bulletin.html": beside(edition.html, "images").encode(),
        "bulletin.txt": edition.text.encode(),
        "bulletin.docx": word_document(layout, edition.images, colour),
        **{f"images/{image.name}": image.data for image in edition.images},
    }
