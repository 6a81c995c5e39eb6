"""The two parts of the message from one layout."""

from collections.abc import Mapping

from bulletin.colours import palette
from bulletin.model.correction import About
from bulletin.model.edition import Layout
from bulletin.render.inline import inlined
from bulletin.render.lines import tidied
from bulletin.render.templates import html_environment, render, text_environment

HTML_TEMPLATE = "email.html"
TEXT_TEMPLATE = "email.txt"
CORRECTION_HTML = "correction.html"
CORRECTION_TEXT = "correction.txt"


def email_html(layout: Layout, templates: Mapping[str, str], colour: str) -> str:
    """Render the page people see: `email.html`, with its style rules inlined.

    colour: the brand colour as `#rrggbb`. Raises BulletinError where a template is at fault.
    """
    page = render(html_environment(templates), HTML_TEMPLATE, layout=layout, colours=palette(colour))
    return inlined(page)


def email_text(layout: Layout, templates: Mapping[str, str]) -> str:
    """Render the text part: `email.txt`, which says everything the page says in the same order."""
    return tidied(render(text_environment(templates), TEXT_TEMPLATE, layout=layout))


def correction_html(
    layout: Layout, about: tuple[About, ...], templates: Mapping[str, str], colour: str
) -> str:
    """Render the page of a correction: `correction.html`, in the style of the editions.

    about: the items it corrects, to whose places in the archive it may lead.
    """
    environment = html_environment(templates)
    page = render(environment, CORRECTION_HTML, layout=layout, about=about, colours=palette(colour))
    return inlined(page)


def correction_text(layout: Layout, about: tuple[About, ...], templates: Mapping[str, str]) -> str:
    """Render the text part of a correction: `correction.txt`."""
    return tidied(render(text_environment(templates), CORRECTION_TEXT, layout=layout, about=about))
