"""The tables of bulletin.toml that say what the bulletin is to do for the partnership."""

from bulletin.model.partnership import Body, Section
from bulletin.settings.reader import Table
from bulletin.settings.tables import name_of
from bulletin.settings.values import Priority


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
