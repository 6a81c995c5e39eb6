"""Contributed Markdown, which is hostile until it comes out of here as HTML, text or words."""

from bulletin.markdown.address import public_url, shown_url
from bulletin.markdown.blocks import Block, blocks
from bulletin.markdown.clean import clean, clean_line, literal
from bulletin.markdown.html import to_html, to_inline_html
from bulletin.markdown.parse import LONGEST_TEXT
from bulletin.markdown.text import TextBlock, to_text
from bulletin.markdown.words import Link, Picture, images, links, plain
from bulletin.markdown.wrap import wrap

__all__ = [
    "LONGEST_TEXT",
    "Block",
    "Link",
    "Picture",
    "TextBlock",
    "blocks",
    "clean",
    "clean_line",
    "images",
    "links",
    "literal",
    "plain",
    "public_url",
    "shown_url",
    "to_html",
    "to_inline_html",
    "to_text",
    "wrap",
]
