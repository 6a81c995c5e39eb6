"""The tables of bulletin.toml that say who gets what: editions, lists."""

from bulletin.model.partnership import Reach, Section
from bulletin.settings.reader import Table, name_of
from bulletin.settings.values import EditionSettings, ListSettings


def editions(top: Table, sections: tuple[Section, ...]) -> tuple[EditionSettings, ...]:
    """Read [editions.NAME], in their order, else one for everyone."""
    known = [section.id for section in sections]
    found = []
    for name, table in top.tables("editions"):
        edition = EditionSettings(
            name=name_of(table, name),
            heading=table.text("heading"),
            lists=table.texts("lists") if "lists" in table.values else None,
            reach=table.choice("reach", Reach.PUBLIC),
            audience=table.texts("audience"),
            areas=table.texts("areas"),
            sections=table.texts("sections"),
            subject=_subject(table),
        )
        table.asked.add("lists")
        table.refuse_unknown("sections", edition.sections, known)
        found.append(edition)
        table.close()
    return tuple(found) or (EditionSettings("everyone"),)


def _subject(table: Table) -> str:
    subject = table.text("subject")
    fields = [f"{{{field}}}" for field in ("title", "number", "month", "year", "name", "stories")]
    rest = subject
    for field in fields:
        rest = rest.replace(field, "")
    if "{" in rest or "}" in rest:
        table.wrong(
            "subject", f'"{subject}" has braces that mean nothing here', f"use only {', '.join(fields)}"
        )
        return ""
    return subject


def lists(top: Table) -> tuple[ListSettings, ...]:
    """Read [lists.NAME]: how far each reaches."""
    found = []
    for name, table in top.tables("lists"):
        reach = table.choice("reach", Reach.PUBLIC)
        found.append(ListSettings(name_of(table, name), table.text("heading"), reach))
        table.close()
    return tuple(found)
