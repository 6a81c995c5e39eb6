"""The tables of bulletin.toml that say who publishes, and where: partnership, sender, bodies, site."""

from bulletin.model.partnership import Body, Reach, Role, Section
from bulletin.settings.reader import Table, name_of
from bulletin.settings.values import Partnership, Sender, Site

LOGOS = (".png", ".jpg", ".jpeg", ".gif")
LONGEST_LOCAL = 26
"""Octets a bounce address may have before its @: of 64 (RFC 5321 4.5.3.1.1), VERP takes 38."""


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
        mailbox_servers=table.texts("mailbox_servers"),
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


def site(table: Table) -> Site:
    """Read [site]: where the archive is published, and where readers leave."""
    leave = web_address(table, "leave").rstrip("/")
    if leave and not (leave.startswith("https://") and leave.isascii() and set('?#<>,"').isdisjoint(leave)):
        hint = 'write it like leave = "https://www.council.example/leave": https, and no ? or # in it'
        table.wrong("leave", f'"{leave}" cannot be the address of the leave page', hint)
        leave = ""
    url = web_address(table, "url").rstrip("/")
    shown = {"images": table.flag("images"), "contacts": table.flag("contacts", default=True)}
    found = Site(url, table.choice("reach", Reach.PUBLIC), leave=leave, **shown)
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
