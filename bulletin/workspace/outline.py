"""As much of an item's file as `status` needs, and whom and what its words name; loads nothing heavy."""

from collections.abc import Iterable
from functools import cache

from bulletin.labels import read_labels
from bulletin.model.partnership import Body, Section
from bulletin.model.value import Value
from bulletin.settings.values import Settings

TOOL_LABELS = ("hold", "settle", "source", "inferred", "format")
"""Labels that only an item's file has: why it waits, what to settle, its source, how gaps were filled."""


class Outline(Value):
    """An item seen from afar: its id, its title, the body it is from, why it waits, and what it is about.

    organisation: who it is from, as written; audience, area: as labelled.
    words: its title, summary and text on one line.
    """

    id: str
    title: str
    body: Body | None
    hold: str
    section: Section | None = None
    organisation: str = ""
    area: str = ""
    audience: tuple[str, ...] = ()
    words: str = ""


def read_outline(item: str, source: str, settings: Settings) -> Outline:
    """Read an item's outline from its file's text."""
    read = read_labels(source, TOOL_LABELS)
    value = read.values.get
    title, organisation = value("title", ""), value("from", "")
    return Outline(
        id=item,
        title=title,
        body=find_body(organisation, settings.bodies),
        hold=value("hold", ""),
        section=find_section(value("section", ""), settings.sections),
        organisation=organisation,
        area=value("area", ""),
        audience=names_in(value("audience", "")),
        words=" ".join(f"{title} {value('summary', '')} {read.text}".split()),
    )


def names_in(value: str) -> tuple[str, ...]:
    """Take a label's list apart: commas or semicolons stand between its words."""
    return tuple(one.strip() for one in value.replace(";", ",").split(",") if one.strip())


def find_section(words: str, sections: Iterable[Section]) -> Section | None:
    """Find the section some words name: by id or heading, whatever their case."""
    folded = _folded(words)
    for section in sections:
        if folded and folded in (_folded(section.id), _folded(section.heading)):
            return section
    return None


def find_body(words: str, bodies: Iterable[Body]) -> Body | None:
    """Find the body some words name: by id, name or alias, whatever their case."""
    folded = _folded(words)
    for body in bodies:
        if folded and folded in {_folded(name) for name in (body.id, body.name, *body.aliases)}:
            return body
    return None


@cache
def _folded(words: str) -> str:
    if not words.isascii():  # macOS writes the letters of a folder's name in two parts
        from unicodedata import normalize

        words = normalize("NFC", words)
    return " ".join(words.replace("-", " ").casefold().split())
