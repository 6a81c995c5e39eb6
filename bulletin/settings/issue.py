"""The tables of bulletin.toml that say what an issue holds, and when: sections, calendar, collect."""

from bulletin.model.partnership import Section, SectionKind
from bulletin.settings.reader import Table, name_of
from bulletin.settings.values import DEFAULT_SECTIONS, CalendarRules, CollectRules
from bulletin.wording import did_you_mean


def sections(top: Table) -> tuple[Section, ...]:
    """Read [sections.ID], in their order, else the usual seven."""
    found = []
    for name, table in top.tables("sections"):
        heading = table.text("heading", name, required=True)
        default = next((one.kind for one in DEFAULT_SECTIONS if one.id == name), SectionKind.ITEMS)
        kind = table.choice("kind", default)
        found.append(Section(name_of(table, name), heading, kind, table.texts("words")))
        table.close()
    return tuple(found) or DEFAULT_SECTIONS


def calendar(table: Table, sections: tuple[Section, ...]) -> CalendarRules:
    """Read [calendar]: how dates follow from the meeting."""
    usual = CalendarRules()
    summaries_in = table.texts("summaries_in")
    table.refuse_unknown("summaries_in", summaries_in, [section.id for section in sections])
    found = CalendarRules(
        summaries_days_before=table.whole("summaries_days_before", usual.summaries_days_before, 0, 365),
        closes_days_after=table.whole("closes_days_after", usual.closes_days_after, 0, 365),
        closes_at=table.clock("closes_at", usual.closes_at),
        due_days_after=table.whole("due_days_after", usual.due_days_after, 0, 365),
        notice_days=table.whole("notice_days", usual.notice_days, 0, 365),
        summaries_in=summaries_in if "summaries_in" in table.values else usual.summaries_in,
        holidays=table.text("holidays", usual.holidays),
    )
    table.close()
    return found


def collect(table: Table, sections: tuple[Section, ...]) -> CollectRules:
    """Read [collect]: where goes what nothing else places."""
    found = CollectRules(table.text("default_section"))
    known = [section.id for section in sections]
    if found.default_section and found.default_section not in known:
        hint = f"{did_you_mean(found.default_section, known)}Known sections: {', '.join(known)}"
        table.wrong("default_section", f'there is no section "{found.default_section}"', hint)
    table.close()
    return found


def word_lists(table: Table) -> dict[str, tuple[str, ...]]:
    """Read [areas] or [audiences]: each name with the places, or the words, that point to it."""
    return {name: table.texts(name) for name in table.values}
