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
    RelaySettings,
    Sender,
    Site,
    Term,
)

RELAYS = ("sandbox:", "folder:", "smtp://", "smtp+starttls://", "smtps://")
NAME_HINT = "use small letters, digits and hyphens, such as parish-clerks"


def name_of(table: Table, name: str) -> str:
    """Give the name of a table of the officer's own, saying so where it cannot be one."""
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
        website=web_address(table, "website"),
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
        contributions=table.address("contributions"),
    )
    table.close()
    return found


def bodies(top: Table, sections: tuple[Section, ...]) -> tuple[Body, ...]:
    """Read [bodies.ID], in their order."""
    found = []
    for name, table in top.tables("bodies"):
        usual = table.text("section")
        table.refuse_unknown("section", (usual,) if usual else (), [section.id for section in sections])
        found.append(
            Body(
                id=name_of(table, name),
                name=table.text("name", name, required=True),
                role=table.choice("role", Role.PARTNER),
                aliases=table.texts("aliases"),
                domains=table.texts("domains"),
                contact=table.text("contact"),
                email=table.address("email"),
                deputy=table.text("deputy"),
                about=table.text("about"),
                section=usual,
                area=table.text("area"),
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
        kind = table.choice("kind", default)
        found.append(Section(name_of(table, name), heading, kind, table.texts("words")))
        table.close()
    return tuple(found) or DEFAULT_SECTIONS


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


def relay(table: Table) -> RelaySettings:
    """Read [relay]; a secret in it is refused and not repeated."""
    usual = RelaySettings()
    for secret in ("password", "secret", "token"):
        if secret in table.values:
            table.asked.add(secret)
            table.wrong(
                secret, "a secret must not stand in this file", "take the line out, then change the secret"
            )
    url = table.text("url", usual.url)
    if ":" in url.partition("://")[2].rpartition("@")[0]:
        table.wrong("url", "a password must not stand in this file", "leave only smtps://user@host:465")
        url = usual.url
    elif not any(url.startswith(start) and (url > start or start == "sandbox:") for start in RELAYS):
        hint = f"write sandbox:, folder:DIR or {RELAYS[-1]}user@host:465" + did_you_mean(url, list(RELAYS))
        table.wrong("url", f'"{url}" is no relay', hint)
        url = usual.url
    found = RelaySettings(url, table.whole("connections", usual.connections, 1, 50))
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
        entry_words=table.whole("entry_words", usual.entry_words, 0, 100_000),
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
    found = Site(web_address(table, "url").rstrip("/"), table.choice("reach", Reach.PUBLIC))
    table.close()
    return found


def web_address(table: Table, key: str) -> str:
    """Read the address of a page on the web."""
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
