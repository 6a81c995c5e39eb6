"""How every letter begins and ends, and how it says by when."""

import re
from collections.abc import Mapping
from datetime import date, datetime

from bulletin.dates.house import house_moment
from bulletin.mail.draft import Draft, usable
from bulletin.markdown import clean_line, literal, to_text
from bulletin.settings.values import Settings

_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"]+@[^\s<>()\[\],;:\"]+")
LONGEST_NAME = 60


def greeting(name: str) -> str:
    """Begin a letter to somebody, or to nobody known."""
    return f"Dear {literal(clean_line(name))}," if name else "Hello,"


def ending(settings: Settings) -> str:
    """End a letter with whoever may be asked, and the partnership, a line each."""
    who = clean_line(settings.partnership.contact or settings.sender.name)
    lines = ("With thanks and best wishes,", literal(who), literal(clean_line(settings.partnership.name)))
    return "\\\n".join(lines)


def moment_words(at: date | datetime, holidays: Mapping[date, str]) -> str:
    """Write a deadline in house style, with the name of the bank holiday it falls on."""
    day = at.date() if isinstance(at, datetime) else at
    holiday = f" ({holidays[day]})" if day in holidays else ""
    return f"{house_moment(at)}{holiday}"


def person_in(words: str) -> str:
    """Give the name in words such as "Jo Field, clerk, 01632 960310", or "" where they begin otherwise."""
    name = clean_line(words.partition(",")[0].partition(";")[0].partition("<")[0]).strip(" \"'")
    unfit = not name or len(name) > LONGEST_NAME or "@" in name or any(c.isdigit() for c in name)
    return "" if unfit else name


def address_in(words: str) -> str:
    """Give the first e-mail address in some words that can be written to, or ""."""
    found = (usable(one.strip(".'")) for one in _ADDRESS.findall(clean_line(words)))
    return next(filter(None, found), "")


def drafted(settings: Settings, name: str, to: str, subject: str, text: str) -> Draft:
    """Give a draft from the officer; its answer goes to where contributions go."""
    sender = settings.sender
    return Draft(
        name=clean_line(sender.name),
        address=sender.address,
        reply_to=sender.contributing,
        to_name=clean_line(name),
        to=to,
        subject=clean_line(subject),
        text=text,
    )


def as_text(markdown: str) -> str:
    """Write a letter's Markdown as plain text."""
    return "\n".join(to_text(markdown).lines)
