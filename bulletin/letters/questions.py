"""What a finding asks of the contributor: a kind question each, and none about style."""

from collections.abc import Callable, Iterable, Iterator

from bulletin.markdown import clean_line
from bulletin.model.finding import Finding
from bulletin.model.issue import Item
from bulletin.settings.values import Settings

GONE = ("past-event", "closed-consultation")
"""What is over or closed is asked about that alone."""

Asked = Callable[[str, Item, Settings], str]


def questions_of(findings: Iterable[Finding], item: Item, settings: Settings) -> tuple[str, ...]:
    """Give what the findings about an item ask of whoever sent it, in plain words, each question once.

    What is the officer's to settle (doubles, holds, house style, bodies nobody knows) asks nothing of them.
    """
    return tuple(dict.fromkeys(_asked(findings, item, settings)))


def _asked(findings: Iterable[Finding], item: Item, settings: Settings) -> Iterator[str]:
    ours = [one for one in findings if one.path == item.path and not one.waived]
    gone = [one for one in ours if one.rule in GONE]
    for finding in gone or ours:
        ask = QUESTIONS.get(finding.rule)
        if ask:
            detail = clean_line(finding.detail).rstrip(".")
            yield ask(detail[:1].upper() + detail[1:], item, settings)


def _plainly(words: str) -> Asked:
    """Ask in fixed words."""
    return lambda _detail, _item, _settings: words


def _after(words: str) -> Asked:
    """Say what was found, then ask."""
    return lambda detail, _item, _settings: f"{detail}. {words}"


def _sections(settings: Settings) -> str:
    """Name the sections there are to choose from."""
    *first, last = (clean_line(section.heading) for section in settings.sections)
    return f"{', '.join(first)} or {last}" if first else last


def _no_section(_detail: str, _item: Item, settings: Settings) -> str:
    return f"In which section would you like it: {_sections(settings)}?"


def _unknown_section(_detail: str, item: Item, settings: Settings) -> str:
    named = clean_line(item.section_words)
    return f'We have no section called "{named}". Which did you mean: {_sections(settings)}?'


def _embargo(detail: str, item: Item, _settings: Settings) -> str:
    known = item.embargo.start is not None
    return f"{detail}. {'Is that still so?' if known else 'From which day and hour may we publish it?'}"


def _short_notice(detail: str, _item: Item, _settings: Settings) -> str:
    return f"{detail}. Some partners, such as parish councils, meet once a month: could it stay open longer?"


def _acronym(detail: str, _item: Item, _settings: Settings) -> str:
    return f"What does {detail.removesuffix(' is not explained')} stand for?"


QUESTIONS: dict[str, Asked] = {
    "no-title": _plainly("What title would you like above it?"),
    "no-section": _no_section,
    "unknown-section": _unknown_section,
    "unknown-label": _after("What should we do with that line?"),
    "unknown-share": _after(
        "How far may it travel: to everybody (public), among partners (partners), or no further (no)?"
    ),
    "no-from": _plainly("Which organisation is it from?"),
    "no-text": _plainly("There is a title, and nothing to read under it yet. What would you like to say?"),
    "missing-link": _plainly("Is there a web page that says more? If so, what is its address?"),
    "missing-contact": _plainly("Whom may readers ask about it, and how do they reach them?"),
    "missing-alt": _plainly("What does the picture show? One sentence, for people who cannot see it."),
    "weekday-date": _after("Which is right, the day of the week or the date?"),
    "end-before-start": _after("How should it be?"),
    "embargo": _embargo,
    "past-event": _after("Is there a later date, or shall we leave it out?"),
    "closed-consultation": _after("Has it been extended, or shall we leave it out?"),
    "year-assumed": _after("Is that the year you mean?"),
    "date-unread": _after("Which day, month and year do you mean?"),
    "undated-event": _plainly("When is it? The day, the month and the year, and the time if it is known."),
    "no-closing-date": _plainly("Until when can people have their say?"),
    "short-notice": _short_notice,
    "walled-link": _after("Is there an address that everybody can open?"),
    "odd-link": _after("What is the whole address?"),
    "misleading-link": _after("Which of the two is right?"),
    "undefined-acronym": _acronym,
}
"""What each rule asks; a rule that is not here is between the officer and the house style."""
