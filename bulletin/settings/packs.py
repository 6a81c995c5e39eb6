"""Each [packs.NAME] of bulletin.toml into its value."""

from bulletin.model.partnership import Reach, Section
from bulletin.settings.reader import Table
from bulletin.settings.tables import name_of, web_address
from bulletin.settings.values import HouseStyle, PackSettings

LOGOS = (".png", ".jpg", ".jpeg", ".gif")
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
        logo=_logo(table),
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


def _logo(table: Table) -> str:
    """Read the name of the logo's file, which is no path and no address."""
    name = table.text("logo")
    plain = not set(name) & set("/\\:") and not name.startswith(".")
    if not name or (plain and name.lower().endswith(LOGOS)):
        return name
    hint = 'put a JPEG or PNG beside bulletin.toml and write its name alone: logo = "logo.png"'
    table.wrong("logo", f'"{name}" is not the name of a picture', hint)
    return ""


def _colour(table: Table) -> str:
    """Read the brand colour; one too pale for words on white, or for white words on it, is refused."""
    colour = table.text("colour").lower()
    if not colour:
        return ""
    if len(colour) != 7 or colour[0] != "#" or not set(colour[1:]) <= DIGITS:
        table.wrong(
            "colour", f'"{colour}" is not a colour', f'write it like colour = "{HouseStyle().colour}"'
        )
        return ""
    from bulletin.colours import TEXT_RATIO, WHITE, contrast, readable

    ratio = contrast(colour, WHITE)
    if ratio < TEXT_RATIO:
        found = f"{int(ratio * 10) / 10} to 1, where {TEXT_RATIO} is needed"
        better = readable(colour, WHITE, TEXT_RATIO)
        table.wrong(
            "colour",
            f'"{colour}" is too pale to be read on white: {found}',
            f'take a darker one, such as colour = "{better}"; on a dark screen a lighter one is made of it',
        )
        return ""
    return colour
