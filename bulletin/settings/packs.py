"""Each [packs.NAME] of bulletin.toml into its value."""

from bulletin.model.partnership import Reach, Section
from bulletin.settings.house import legible
from bulletin.settings.publisher import logo_name, web_address
from bulletin.settings.reader import Table, name_of
from bulletin.settings.values import HouseStyle, PackSettings

DIGITS = frozenset("0123456789abcdef")


def packs(top: Table, sections: tuple[Section, ...]) -> tuple[PackSettings, ...]:
    """Read [packs.NAME], in their order: the partners that get a copy of their own."""
    return tuple(_pack(table, name_of(table, name), sections) for name, table in top.tables("packs"))


def _pack(table: Table, name: str, sections: tuple[Section, ...]) -> PackSettings:
    found = PackSettings(
        name=name,
        publisher=table.text("publisher", required=True),
        title=table.text("title"),
        strapline=table.text("strapline"),
        logo=logo_name(table),
        logo_alt=table.text("logo_alt"),
        colour=_colour(table),
        introduction=table.passage("introduction"),
        contact=table.text("contact"),
        website=web_address(table, "website"),
        reach=table.choice("reach", Reach.PUBLIC),
        sections=table.texts("sections"),
        areas=table.texts("areas"),
        audience=table.texts("audience"),
        items=table.texts("items"),
    )
    table.refuse_unknown("sections", found.sections, [section.id for section in sections])
    table.close()
    return found


def _colour(table: Table) -> str:
    """Read the brand colour; one too pale for words on white, or for white words on it, is refused."""
    colour = table.text("colour").lower()
    if not colour:
        return ""
    if len(colour) != 7 or colour[0] != "#" or not set(colour[1:]) <= DIGITS:
        hint = f'write it like colour = "{HouseStyle().colour}"'
        table.wrong("colour", f'"{colour}" is not a colour', hint)
        return ""
    return legible(table, colour, "")
