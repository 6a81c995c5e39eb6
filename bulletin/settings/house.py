"""The tables of bulletin.toml that say what is asked of a bulletin: style, words, priorities."""

from bulletin.model.partnership import Body, Section
from bulletin.settings.reader import Table, name_of
from bulletin.settings.values import HouseStyle, Priority, Term


def style(table: Table) -> HouseStyle:
    """Read [style]: what `check` advises."""
    usual = HouseStyle()
    colour = table.text("colour", usual.colour)
    if not (len(colour) == 7 and colour[0] == "#" and set(colour[1:].lower()) <= set("0123456789abcdef")):
        table.wrong("colour", f'"{colour}" is not a colour', f'write it like colour = "{usual.colour}"')
        colour = usual.colour
    elif colour != usual.colour:
        colour = legible(table, colour.lower(), usual.colour)
    found = HouseStyle(
        summary_words=table.whole("summary_words", usual.summary_words, 5, 1000),
        entry_words=table.whole("entry_words", usual.entry_words, 0, 100_000),
        sentence_words=table.whole("sentence_words", usual.sentence_words, 5, 1000),
        district_share=table.whole("district_share", usual.district_share, 0, 100),
        colour=colour.lower(),
        known_acronyms=table.texts("known_acronyms"),
    )
    table.close()
    return found


def legible(table: Table, colour: str, usual: str) -> str:
    """Refuse a colour too pale for words on white; on a dark screen a lighter one is made of it."""
    from bulletin.colours import TEXT_RATIO, WHITE, contrast, readable

    ratio = contrast(colour, WHITE)
    if ratio >= TEXT_RATIO:
        return colour
    found = f"{int(ratio * 10) / 10} to 1, where {TEXT_RATIO} is needed"
    detail = f'"{colour}" is too pale to be read on white: {found}'
    hint = f'take a darker one, such as colour = "{readable(colour, WHITE, TEXT_RATIO)}"'
    table.wrong("colour", detail, hint)
    return usual


def terms(table: Table) -> tuple[Term, ...]:
    """Read [terms]: agreed words and their aliases."""
    return tuple(Term(name, table.texts(name)) for name in table.values)


def acronyms(table: Table) -> dict[str, str]:
    """Read [acronyms]: letters and what stands behind them."""
    return {name: table.text(name, required=True) for name in table.values}


def priorities(top: Table, sections: tuple[Section, ...], bodies: tuple[Body, ...]) -> tuple[Priority, ...]:
    """Read [priorities.ID], in their order: what the bulletin is to do, and what counts towards it."""
    found = []
    for name, table in top.tables("priorities"):
        priority = Priority(
            id=name_of(table, name),
            name=table.text("name", name, required=True),
            sections=table.texts("sections"),
            bodies=table.texts("bodies"),
            areas=table.texts("areas"),
            audience=table.texts("audience"),
            words=table.texts("words"),
        )
        table.refuse_unknown("sections", priority.sections, [section.id for section in sections])
        table.refuse_unknown("bodies", priority.bodies, [body.id for body in bodies])
        found.append(priority)
        table.close()
    return tuple(found)
