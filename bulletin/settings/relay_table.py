"""Read [relay]: where mail goes, how to sign in, what to spare."""

from bulletin.model.relay import Auth
from bulletin.settings.reader import Table
from bulletin.settings.relays import PROFILES, RelaySettings, per_second
from bulletin.wording import did_you_mean

RELAYS = ("sandbox:", "folder:", "smtp://", "smtp+starttls://", "smtps://")


def relay(table: Table) -> RelaySettings:
    """Read [relay]; a secret in it is refused and not repeated."""
    for secret in ("password", "secret", "token"):
        if secret in table.values:
            table.asked.add(secret)
            table.wrong(
                secret, "a secret must not stand in this file", "take the line out, then change the secret"
            )
    found = RelaySettings(
        url=_relay_url(table),
        connections=_optional(table, "connections", 3, 50),
        profile=_profile(table),
        rate=_rate(table),
        per_day=_optional(table, "per_day", 10_000, 100_000_000),
        ca_file=table.text("ca_file"),
        auth=table.choice("auth", Auth.AUTO),
        password_command=_command(table),
        password_file=_file(table),
        success_reports=table.flag("success_reports"),
        retry_wait=table.whole("retry_wait", 30, 0, 3600),
    )
    if found.password_command and found.password_file:
        table.wrong("password_file", "there is a password_command too", "leave one of the two")
    table.close()
    return found


def _optional(table: Table, key: str, example: int, most: int) -> int:
    """Read a whole number from 1, or give 0 where there is none."""
    found = table.whole(key, example, 1, most)
    return found if key in table.values else 0


def _relay_url(table: Table) -> str:
    """Read the relay's address; a password in it is refused and not repeated."""
    usual = RelaySettings().url
    url = table.text("url", usual)
    if ":" in url.partition("://")[2].rpartition("@")[0]:
        table.wrong("url", "a password must not stand in this file", "leave only smtps://user@host:465")
        return usual
    if any(url.startswith(start) and (url > start or start == "sandbox:") for start in RELAYS):
        return url
    hint = f"{did_you_mean(url, RELAYS)}Write sandbox:, folder:DIR or {RELAYS[-1]}user@host:465"
    table.wrong("url", f'"{url}" is no relay', hint)
    return usual


def _command(table: Table) -> tuple[str, ...]:
    """Read a program and its arguments; what is no list may be a password, and is not repeated."""
    key, value = "password_command", table.values.get("password_command", [])
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return table.texts(key)
    table.asked.add(key)
    table.wrong(key, "it is not a list of texts", f'write {key} = ["program", "argument"]')
    return ()


def _file(table: Table) -> str:
    """Read a path; what is no text may be a password, and is not repeated."""
    key = "password_file"
    if isinstance(table.values.get(key, ""), str):
        return table.text(key)
    table.asked.add(key)
    table.wrong(key, "it is not text", f'put a path in quotes: {key} = "..."')
    return ""


def _profile(table: Table) -> str:
    """Read the name of a profile."""
    name = table.text("profile")
    if name and name not in PROFILES:
        known = sorted(PROFILES)
        hint = f"{did_you_mean(name, known)}Write one of: {', '.join(known)}"
        table.wrong("profile", f'"{name}" is not allowed', hint)
        return ""
    return name


def _rate(table: Table) -> str:
    """Read `30/min` or `5/s`, "" for what the profile says."""
    words = table.text("rate")
    if not words or per_second(words):
        return words
    table.wrong("rate", f'"{words}" is not a rate', 'write it like rate = "30/min" or rate = "5/s"')
    return ""
