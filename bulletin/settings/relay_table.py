"""Read [relay]: where mail goes."""

from bulletin.settings.reader import Table, did_you_mean
from bulletin.settings.values import RelaySettings

RELAYS = ("sandbox:", "folder:", "smtp://", "smtp+starttls://", "smtps://")


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
