"""Text of bulletin.toml → frozen settings, with every mistake reported at once."""

import tomllib

from bulletin.errors import BulletinError
from bulletin.settings import collecting, relay_table, tables
from bulletin.settings.packs import packs
from bulletin.settings.priorities import priorities
from bulletin.settings.reader import Mistake, Table
from bulletin.settings.values import Settings

FILE = "bulletin.toml"


class MistakenFileError(BulletinError):
    """A TOML file of the officer's says things that cannot be; all of them are listed."""

    def __init__(self, file: str, mistakes: tuple[Mistake, ...], text: str = "") -> None:
        from bulletin.settings.lines import line_of

        count = "1 mistake" if len(mistakes) == 1 else f"{len(mistakes)} mistakes"
        lines = []
        for one in mistakes:
            line = line_of(text, one.key)
            place = f"line {line}, {one.key}" if line else one.key
            lines.append(f"  {place}: {one.detail}\n    hint: {one.hint}")
        super().__init__("\n".join([f"{file} has {count}:", *lines]), f"correct {file} and try again")
        self.mistakes = mistakes


def parse_toml(text: str, file: str) -> dict[str, object]:
    """Parse TOML 1.0; a file that is not TOML is one mistake, with its line."""
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as fault:  # a number of 5,000 digits, 1,000 brackets
        hint = 'text values need quotes: name = "Avonbridge"; a table starts with [its-name]'
        raise MistakenFileError(file, (Mistake("(the file)", f"it cannot be read: {fault}", hint),)) from None


def read_settings(text: str) -> Settings:
    """Read the text of bulletin.toml.

    Raises:
        MistakenFileError: one for the whole file, naming each key, what is wrong and what is allowed.
    """
    mistakes: list[Mistake] = []
    top = Table("", parse_toml(text, FILE), mistakes, set())
    sections = tables.sections(top)
    bodies = tables.bodies(top, sections)
    settings = Settings(
        partnership=tables.partnership(top.table("partnership")),
        sender=tables.sender(top.table("sender")),
        bodies=bodies,
        sections=sections,
        editions=tables.editions(top, sections),
        lists=tables.lists(top),
        packs=packs(top, sections),
        calendar=tables.calendar(top.table("calendar"), sections),
        relay=relay_table.relay(top.table("relay")),
        style=tables.style(top.table("style")),
        priorities=priorities(top, sections, bodies),
        terms=tables.terms(top.table("terms")),
        acronyms=tables.acronyms(top.table("acronyms")),
        site=tables.site(top.table("site")),
        collect=collecting.collect(top.table("collect"), sections),
        areas=collecting.word_lists(top.table("areas")),
        audiences=collecting.word_lists(top.table("audiences")),
    )
    top.close()
    if mistakes:
        raise MistakenFileError(FILE, tuple(mistakes), text)
    return settings
