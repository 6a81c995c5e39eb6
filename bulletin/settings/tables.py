"""Each table of bulletin.toml into its value."""

from bulletin.model.partnership import Body, Reach, Role, Section, SectionKind
from bulletin.settings.reader import Mistake, Table, is_name
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

LOGOS = (".png", ".jpg", ".jpeg", ".gif")
LONGEST_LOCAL = 26
"""Octets a bounce address may have before its @: of 64 (RFC 5321 4.5.3.1.1), VERP takes 38."""

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
        logo=logo_name(table),
        logo_alt=table.text("logo_alt"),
    )
    table.close()
    return found


def logo_name(table: Table) -> str:
    """Read the name of the logo's file, which is no path and no address."""
    name = table.text("logo")
    if not name:
        return ""
    from bulletin.images import is_plain_name

    if is_plain_name(name) and name.lower().endswith(LOGOS):
        return name
    hint = 'put a JPEG or PNG beside bulletin.toml and write its name alone: logo = "logo.png"'
    table.wrong("logo", f'"{name}" is not the name of a picture', hint)
    return ""


def sender(table: Table) -> Sender:
    """Read [sender]: where the bulletin comes from."""
    found = Sender(
        name=table.text("name", required=True),
        address=table.address("address", required=True),
        reply_to=table.address("reply_to"),
        bounces=table.address("bounces"),
        leave=table.address("leave"),
        contributions=table.address("contributions"),
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


def site(table: Table) -> Site:
    """Read [site]: where the archive is published, and where readers leave."""
    leave = web_address(table, "leave").rstrip("/")
    if leave and not (leave.startswith("https://") and leave.isascii() and set('?#<>,"').isdisjoint(leave)):
        hint = 'write it like leave = "https://www.council.example/leave": https, and no ? or # in it'
        table.wrong("leave", f'"{leave}" cannot be the address of the leave page', hint)
        leave = ""
    url = web_address(table, "url").rstrip("/")
    found = Site(url, table.choice("reach", Reach.PUBLIC), table.flag("images"), leave)
    if found.images and not url:
        table.wrong(
            "images",
            "pictures can only be shown from the archive where it is published",
            "write its url as well, or images = false",
        )
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
