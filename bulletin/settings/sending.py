"""The tables of bulletin.toml that say who gets what, and by which server: editions, lists, relay."""

from bulletin.model.partnership import Reach, Section
from bulletin.settings.reader import Table, did_you_mean, name_of
from bulletin.settings.values import EditionSettings, ListSettings, RelaySettings

RELAYS = ("sandbox:", "folder:", "smtp://", "smtp+starttls://", "smtps://")


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
