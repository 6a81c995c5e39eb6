"""A question back to whoever sent an item: what is unclear, and their item as it would be printed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from bulletin.calendar import MAILBOX_FACT
from bulletin.colours import palette
from bulletin.compose import lay_out
from bulletin.dates import house_date
from bulletin.letters.questions import questions_of
from bulletin.letters.words import as_text, drafted, ending, greeting, moment_words
from bulletin.mail.draft import Draft
from bulletin.markdown import clean_line, literal
from bulletin.model.edition import Entry, Group, Layout
from bulletin.model.finding import Finding
from bulletin.model.issue import Issue, Item
from bulletin.model.partnership import Reach
from bulletin.render.lines import tidied
from bulletin.render.templates import html_environment, render, text_environment
from bulletin.settings.values import EditionSettings, Settings, Site

__all__ = ["Asking", "question", "questions_of"]

HTML_TEMPLATE, TEXT_TEMPLATE = "letter.html", "letter.txt"


@dataclass(frozen=True, slots=True)
class Asking:
    """An item somebody is asked about: what there is to say of it, and who they are.

    to: their address, "" where nobody knows it; name: theirs, or "".
    day: the day the item is shown as of.
    """

    item: Item
    findings: tuple[Finding, ...]
    to: str
    name: str
    day: date


def question(
    asking: Asking, issue: Issue, settings: Settings, today: date, templates: Mapping[str, str]
) -> Draft:
    """Write to whoever sent an item: questions, and a rendering of it, of nobody else's and of no list.

    templates: names to texts. Raises BulletinError where one of them is at fault.
    """
    item = asking.item
    asked = questions_of(asking.findings, item, settings)
    title = clean_line(item.title) or item.id
    opening = "\n\n".join(_passages(asking, asked, issue, settings, today))
    layout, group, entry = _shown(asking, issue, settings)
    values = {"opening": opening, "layout": layout, "group": group, "entry": entry}
    draft = drafted(settings, asking.name, asking.to, _subject(title, asked, settings), "")
    html = render(
        html_environment(templates),
        HTML_TEMPLATE,
        subject=draft.subject,
        colours=palette(settings.style.colour),
        **values,
    )
    text = render(text_environment(templates), TEXT_TEMPLATE, letter=as_text(opening), **values)
    return replace(draft, text=tidied(text), html=html)


def _subject(title: str, asked: tuple[str, ...], settings: Settings) -> str:
    what = {0: "how it will look"}.get(len(asked), "a question" if len(asked) == 1 else "some questions")
    return f'{settings.partnership.title}: "{title}", {what}'


def _passages(
    asking: Asking, asked: tuple[str, ...], issue: Issue, settings: Settings, today: date
) -> Iterator[str]:
    """Give the letter's paragraphs as Markdown."""
    title = literal(clean_line(asking.item.title) or asking.item.id)
    bulletin = f"issue {issue.number} of {literal(clean_line(settings.partnership.title))}"
    yield greeting(asking.name)
    yield f'Thank you for your item "{title}" for {bulletin}.'
    if asked:
        yield (
            "Before it goes out, could you help me with this?"
            if len(asked) == 1
            else ("Before it goes out, could you help me with these?")
        )
        yield "\n".join(f"{number}. {literal(words)}" for number, words in enumerate(asked, 1))
        yield f"Please answer this e-mail {_until(issue, today)}. A few words are enough."
        yield "Below is your item as it would be printed. If anything else is wrong there, tell me that too."
    else:
        yield "Below it stands as it would be printed."
        yield (
            f"If something is wrong, please answer this e-mail {_until(issue, today)}. "
            "If all is well, there is nothing to do."
        )
    yield ending(settings)


def _until(issue: Issue, today: date) -> str:
    """Say by when an answer is wanted: before items close, else before the issue is due."""
    if today <= issue.closes.date():
        return f"by {moment_words(issue.closes, issue.holidays)}"
    if today < issue.due:
        return f"as soon as you can: the issue is due on {house_date(issue.due)}"
    return "as soon as you can"


def _shown(asking: Asking, issue: Issue, settings: Settings) -> tuple[Layout, Group, Entry]:
    """Lay the item out alone, whole and as if nothing held it, for its own contributor.

    Pages and calendar files of the issue are not there yet, so nothing leads to them.
    """
    item = replace(asking.item, hold="")
    alone = replace(issue, items=(item,), holds={}, order=(), introduction="")
    rule = EditionSettings("query", reach=Reach.PARTNERS)
    layout = lay_out(alone, rule, settings._replace(site=Site()), asking.day)
    group = next(one for one in layout.groups if one.entries)
    entry = group.entries[0]
    facts = tuple(fact for fact in entry.facts if fact.name != MAILBOX_FACT)
    return layout, group, replace(entry, facts=facts)
