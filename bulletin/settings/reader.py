"""Read tables of parsed TOML into values, collecting every mistake on the way."""

from collections.abc import Iterator, Mapping
from datetime import time
from enum import StrEnum
from typing import Any, TypeVar

from bulletin.model.value import Value
from bulletin.wording import did_you_mean

Choice = TypeVar("Choice", bound=StrEnum)
NAME_HINT = "use small letters, digits and hyphens, such as parish-clerks"


class Mistake(Value):
    """One thing wrong in a TOML file: the key's path, what is wrong, what is allowed."""

    key: str
    detail: str
    hint: str


class Table(Value):
    """One table being read: each method takes a key, and gives the default where the value will not do.

    `close()` says what nobody asked for; asked: the keys somebody did.
    """

    path: str
    values: Mapping[str, Any]
    mistakes: list[Mistake]
    asked: set[str]

    def key(self, key: str) -> str:
        """The key's full path, as one would type it."""
        return f"{self.path}.{key}" if self.path else key

    def wrong(self, key: str, detail: str, hint: str) -> None:
        """Record a mistake."""
        self.mistakes.append(Mistake(self.key(key), detail, hint))

    def text(self, key: str, default: str = "", *, required: bool = False) -> str:
        """Read one line of text."""
        value = self._take(key)
        if value is None and required:
            self.wrong(key, "it is missing", f'write {key} = "..." in [{self.path}]')
        if value is None:
            return default
        if not isinstance(value, str):
            self.wrong(key, f"{_shown(value)} is not text", f'put it in quotes: {key} = "..."')
            return default
        if required and not value.strip():
            self.wrong(key, "it is empty", f'write {key} = "..." in [{self.path}]')
        return value.strip() if self._is_line(key, value) else default

    def passage(self, key: str) -> str:
        """Read text that may have several lines."""
        value = self._take(key)
        if value is not None and not isinstance(value, str):
            self.wrong(key, f"{_shown(value)} is not text", f'put it in quotes: {key} = "..."')
            return ""
        return (value or "").strip()

    def address(self, key: str, *, required: bool = False) -> str:
        """Read an e-mail address: one `@`, no spaces, no name beside it."""
        value = self.text(key, required=required)
        if value and not _is_address(value):
            self.wrong(key, f'"{value}" is not an e-mail address', "write it like officer@council.example")
            return ""
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Read a list of texts."""
        value = self._take(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.wrong(key, f"{_shown(value)} is not a list of texts", f'write {key} = ["...", "..."]')
            return ()
        return tuple(one.strip() for one in value if self._is_line(key, one))

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Read true or false."""
        value = self._take(key)
        if value is None or isinstance(value, bool):
            return default if value is None else value
        self.wrong(key, f"{_shown(value)} is neither true nor false", f"write {key} = true")
        return default

    def whole(self, key: str, default: int, least: int, most: int) -> int:
        """Read a whole number between two bounds, both allowed."""
        value = self._take(key)
        if value is None:
            return default
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        self.wrong(
            key, f"{_shown(value)} is not a whole number from {least} to {most}", f"write {key} = {default}"
        )
        return default

    def clock(self, key: str, default: time) -> time:
        """Read a time of day."""
        value = self._take(key)
        if value is None or isinstance(value, time):
            return default if value is None else value
        self.wrong(key, f"{_shown(value)} is not a time of day", f"write {key} = 12:00:00, without quotes")
        return default

    def choice(self, key: str, default: Choice) -> Choice:
        """Read one word of a fixed few."""
        allowed = type(default)
        value = self._take(key)
        if value is None:
            return default
        if value in tuple(allowed):
            return allowed(value)
        known = [one.value for one in allowed]
        hint = f"{did_you_mean(str(value), known)}Write one of: {', '.join(known)}"
        self.wrong(key, f"{_shown(value)} is not allowed", hint)
        return default

    def table(self, key: str) -> "Table":
        """Read a table; an absent one is empty."""
        value = self._take(key)
        if value is not None and not isinstance(value, dict):
            self.wrong(
                key, f"{_shown(value)} is not a table", f"write [{self.key(key)}] on a line of its own"
            )
            value = None
        return Table(self.key(key), value or {}, self.mistakes, set())

    def tables(self, key: str) -> Iterator[tuple[str, "Table"]]:
        """Read a table of tables, in their order: [sections.events], [sections.news] ..."""
        parent = self.table(key)
        for name in parent.values:
            yield name, parent.table(name)

    def refuse_unknown(self, key: str, names: tuple[str, ...], known: list[str]) -> None:
        """Record each name that is none of the sections, or bodies, there are."""
        one, many = ("body", "bodies") if key == "bodies" else ("section", "sections")
        for name in names:
            if name not in known:
                hint = f"{did_you_mean(name, known)}Known {many}: {', '.join(known)}"
                self.wrong(key, f'there is no {one} "{name}"', hint)

    def close(self) -> None:
        """Report every key nobody asked for."""
        for key in self.values:
            if key not in self.asked:
                known = sorted(self.asked)
                hint = f"{did_you_mean(key, known)}Known here: {', '.join(known)}"
                self.wrong(key, "there is no such setting", hint)

    def _is_line(self, key: str, value: str) -> bool:
        """Whether a text can stand in a header or a heading, saying so where it cannot."""
        fits = value.replace("\xa0", " ").isprintable()
        if not fits:
            self.wrong(key, "it has a line break or a control character in it", "write it on one line")
        return fits

    def _take(self, key: str) -> Any:
        self.asked.add(key)
        return self.values.get(key)


def name_of(table: Table, name: str) -> str:
    """Give the name of a table of the officer's own, saying so where it cannot be one."""
    if not is_name(name):
        table.mistakes.append(Mistake(table.path, f'"{name}" cannot be a name here', NAME_HINT))
    return name


def is_name(name: str) -> bool:
    """Whether a name may be a folder's: a to z, digits, hyphens, at most 64, not a device of Windows."""
    plain = name.isascii() and name.replace("-", "").isalnum() and name == name.lower()
    devices = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(10))}
    return plain and not name.startswith("-") and 0 < len(name) <= 64 and name not in devices


def _shown(value: object) -> str:
    words = f'"{value}"' if isinstance(value, str) else str(value)
    words = {"True": "true", "False": "false"}.get(words, words)
    if "://" in words and "@" in words:
        return "an address that may hold a password"
    words = "".join(letter if letter.isprintable() else " " for letter in words)
    return words if len(words) <= 60 else f"{words[:57]}..."


def _is_address(value: str) -> bool:
    """Whether an address has the form that one of an organisation has (RFC 5321 4.1.2, without quotes)."""
    local, _, domain = value.partition("@")
    sound = all(local.split(".")) and not set(local) & set(' <>()[],;:\\"') and "=?" not in local
    return sound and all(
        label and label.strip("-") == label and all(c.isalnum() or c == "-" or not c.isascii() for c in label)
        for label in domain.split(".")
    )
