"""Text of bulletin.toml → frozen settings, with every mistake reported at once."""

import re
import tomllib

from bulletin.errors import BulletinError
from bulletin.settings import house, issue, publisher, relay_table, sending
from bulletin.settings.packs import packs
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
        place, detail = _plainly(str(fault))
        raise MistakenFileError(file, (Mistake(place, detail, hint),)) from None


_FAULTS = (
    (
        "newline or end of document after a statement",
        "something is left over there: look for a quotation mark",
    ),
    ("'=' after a key", "there is no = after the first word"),
    ("invalid value", "what stands after the = is no value"),
    ("overwrite", "it is there already: a name may stand only once"),
    ("twice", "it is there already: a name may stand only once"),
    ("string", "a text is not closed by a quotation mark"),
    ("unescaped", "a backslash must be written twice, or the text put into single quotes"),
    ("array", "a list is not closed by a square bracket"),
    ("']'", "a square bracket is missing"),
)
"""Words of the parser, lower case, and what they mean to somebody who never saw one."""


def _plainly(fault: str) -> tuple[str, str]:
    """Say in plain words where a file cannot be read, and why."""
    found = re.search(r"\(at line (\d+), column \d+\)", fault)
    place = f"line {found[1]}" if found else "its last line" if "end of document)" in fault else "(the file)"
    why = next((words for sign, words in _FAULTS if sign in fault.lower()), "this cannot be read")
    return place, why


def read_settings(text: str) -> Settings:
    """Read the text of bulletin.toml.

    Raises:
        MistakenFileError: one for the whole file, naming each key, what is wrong and what is allowed.
    """
    mistakes: list[Mistake] = []
    top = Table("", parse_toml(text, FILE), mistakes, set())
    sections = issue.sections(top)
    bodies = publisher.bodies(top, sections)
    settings = Settings(
        partnership=publisher.partnership(top.table("partnership")),
        sender=publisher.sender(top.table("sender")),
        bodies=bodies,
        sections=sections,
        editions=sending.editions(top, sections),
        lists=sending.lists(top),
        packs=packs(top, sections),
        calendar=issue.calendar(top.table("calendar"), sections),
        relay=relay_table.relay(top.table("relay")),
        style=house.style(top.table("style")),
        priorities=house.priorities(top, sections, bodies),
        terms=house.terms(top.table("terms")),
        acronyms=house.acronyms(top.table("acronyms")),
        site=publisher.site(top.table("site")),
        collect=issue.collect(top.table("collect"), sections),
        areas=issue.word_lists(top.table("areas")),
        audiences=issue.word_lists(top.table("audiences")),
    )
    top.close()
    if mistakes:
        raise MistakenFileError(FILE, tuple(mistakes), text)
    return settings
