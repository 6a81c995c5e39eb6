"""Each table of bulletin.toml into its value."""

from bulletin.model.partnership import Body, Reach, Role, Section, SectionKind
from bulletin.settings.reader import Mistake, Table, did_you_mean, is_name
from bulletin.settings.values import (
    DEFAULT_SECTIONS,
    CalendarRules,
    EditionSettings,
    HouseStyle,
    ListSettings,
    Partnership,
    Sender,
    Site,
    Term,
)

LONGEST_LOCAL = 26
"""Octets a bounce address may have before its @: of 64 (RFC 5321 4.5.3.1.1), VERP takes 38."""

NAME_HINT = "use small letters, digits and hyphens, such as parish-clerks"


def _name(table: Table, name: str) -> str:
    if not is_name(name):
        table.mistakes.append(Mistake(table.path, f'"{name}" cannot be a name here', NAME_HINT))
    return name


def partnership(table: Table) -> Partnership:
    """Read [partnership]: who publishes."""
    found = Partnership(
        name=table.text("name", required=True),
        title=table.text("title", "Communicate"),
        strapline=table.text("strapline"),
        district=table.text("district"),
        county=table.text("county"),
        contact=table.text("contact"),
        website=_url(table, "website"),
        language=table.text("language", "en-GB"),
        first_issue=table.whole("first_issue", 1, 1, 100_000),
        placeholder=table.flag("placeholder"),
    )
    table.close()
    return found


def sender(table: Table) -> Sender:
    """Read [sender]: where the bulletin comes from."""
    found = Sender(
        name=table.text("name", required=True),
        address=table.address("address", required=True),
        reply_to=table.address("reply_to"),
        bounces=table.address("bounces"),
        leave=table.address("leave"),
        verp=table.flag("verp"),
        seeds=_seeds(table),
    )
    _refuse_long_verp(table, found)
    table.close()
    return found


def _seeds(table: Table) -> tuple[str, ...]:
    """Read our own addresses that get their copies first."""
    seeds = table.texts("seeds")
    for seed in seeds:
        local, at, domain = seed.rpartition("@")
        if not (at and local and domain) or not seed.isprintable() or " " in seed:
            table.wrong(
                "seeds", f'"{seed}" is not an address', 'write them like seeds = ["it@council.example"]'
            )
            return ()
    return seeds


def _refuse_long_verp(table: Table, sender: Sender) -> None:
    """Refuse a bounce address with no room for what tells one copy from another."""
    local = sender.envelope.rpartition("@")[0]
    if sender.verp and len(local.encode()) > LONGEST_LOCAL:
        table.wrong(
            "verp",
            f"{sender.envelope} has more than {LONGEST_LOCAL} characters before its @",
            "give a shorter address: bounces = ...",
        )


def bodies(top: Table) -> tuple[Body, ...]:
    """Read [bodies.ID], in their order."""
    found = []
    for name, table in top.tables("bodies"):
        found.append(
            Body(
                id=_name(table, name),
                name=table.text("name", name, required=True),
                role=table.choice("role", Role.PARTNER),
                aliases=table.texts("aliases"),
                domains=table.texts("domains"),
                contact=table.text("contact"),
                email=table.address("email"),
                deputy=table.text("deputy"),
                about=table.text("about"),
            )
        )
        table.close()
    return tuple(found)


def sections(top: Table) -> tuple[Section, ...]:
    """Read [sections.ID], in their order, else the usual seven."""
    found = []
    for name, table in top.tables("sections"):
        heading = table.text("heading", name, required=True)
        default = next((one.kind for one in DEFAULT_SECTIONS if one.id == name), SectionKind.ITEMS)
        found.append(Section(_name(table, name), heading, table.choice("kind", default)))
        table.close()
    return tuple(found) or DEFAULT_SECTIONS


def editions(top: Table, sections: tuple[Section, ...]) -> tuple[EditionSettings, ...]:
    """Read [editions.NAME], in their order, else one for everyone."""
    known = [section.id for section in sections]
    found = []
    for name, table in top.tables("editions"):
        edition = EditionSettings(
            name=_name(table, name),
            heading=table.text("heading"),
            lists=table.texts("lists") if "lists" in table.values else None,
            reach=table.choice("reach", Reach.PUBLIC),
            audience=table.texts("audience"),
            areas=table.texts("areas"),
            sections=table.texts("sections"),
            subject=_subject(table),
        )
        table.asked.add("lists")
        for section in edition.sections:
            if section not in known:
                hint = f"known sections: {', '.join(known)}" + did_you_mean(section, known)
                table.wrong("sections", f'there is no section "{section}"', hint)
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
        found.append(ListSettings(_name(table, name), table.text("heading"), reach))
        table.close()
    return tuple(found)


def calendar(table: Table) -> CalendarRules:
    """Read [calendar]: how dates follow from the meeting."""
    usual = CalendarRules()
    found = CalendarRules(
        summaries_days_before=table.whole("summaries_days_before", usual.summaries_days_before, 0, 365),
        closes_days_after=table.whole("closes_days_after", usual.closes_days_after, 0, 365),
        closes_at=table.clock("closes_at", usual.closes_at),
        due_days_after=table.whole("due_days_after", usual.due_days_after, 0, 365),
        notice_days=table.whole("notice_days", usual.notice_days, 0, 365),
        holidays=table.text("holidays", usual.holidays),
    )
    table.close()
    return found


def style(table: Table) -> HouseStyle:
    """Read [style]: what `check` advises."""
    usual = HouseStyle()
    colour = table.text("colour", usual.colour)
    if not (len(colour) == 7 and colour[0] == "#" and set(colour[1:].lower()) <= set("0123456789abcdef")):
        table.wrong("colour", f'"{colour}" is not a colour', f'write it like colour = "{usual.colour}"')
        colour = usual.colour
    found = HouseStyle(
        summary_words=table.whole("summary_words", usual.summary_words, 5, 1000),
        sentence_words=table.whole("sentence_words", usual.sentence_words, 5, 1000),
        district_share=table.whole("district_share", usual.district_share, 0, 100),
        colour=colour.lower(),
        known_acronyms=table.texts("known_acronyms"),
    )
    table.close()
    return found


def terms(table: Table) -> tuple[Term, ...]:
    """Read [terms]: agreed words and their aliases."""
    return tuple(Term(name, table.texts(name)) for name in table.values)


def acronyms(table: Table) -> dict[str, str]:
    """Read [acronyms]: letters and what stands behind them."""
    return {name: table.text(name, required=True) for name in table.values}


def site(table: Table) -> Site:
    """Read [site]: where the archive is published."""
    found = Site(_url(table, "url").rstrip("/"), table.choice("reach", Reach.PUBLIC))
    table.close()
    return found


def _url(table: Table, key: str) -> str:
    url = table.text(key)
    if "@" in url.partition("://")[2].partition("/")[0]:
        table.wrong(
            key, "nobody's name or password belongs in a web address", "leave out what stands before the @"
        )
        return ""
    if url and (not url.startswith(("https://", "http://")) or " " in url or url.endswith("://")):
        table.wrong(
            key, f'"{url}" is not a web address', f'write it like {key} = "https://www.council.example"'
        )
        return ""
    return url
