"""The tables of bulletin.toml that say how collecting decides what an item is."""

from bulletin.model.partnership import Section
from bulletin.settings.reader import Table, did_you_mean
from bulletin.settings.values import CollectRules


def collect(table: Table, sections: tuple[Section, ...]) -> CollectRules:
    """Read [collect]: where goes what nothing else places."""
    found = CollectRules(table.text("default_section"))
    known = [section.id for section in sections]
    if found.default_section and found.default_section not in known:
        hint = f"known sections: {', '.join(known)}" + did_you_mean(found.default_section, known)
        table.wrong("default_section", f'there is no section "{found.default_section}"', hint)
    table.close()
    return found


def word_lists(table: Table) -> dict[str, tuple[str, ...]]:
    """Read [areas] or [audiences]: each name with the places, or the words, that point to it."""
    return {name: table.texts(name) for name in table.values}
