"""Rules about what an item must have: a title, a section, words, somebody to ask."""

import re
from collections.abc import Iterator
from functools import cache

from bulletin.check.rule import Remark, each_item
from bulletin.check.view import View
from bulletin.languages import NAMES, language_tag
from bulletin.lists.typos import suspicious
from bulletin.model.delivery import Member
from bulletin.model.finding import Severity
from bulletin.model.partnership import SectionKind, Share
from bulletin.wording import did_you_mean, listed

NAMES_ALIKE = 0.82
"""How alike two names of organisations are where one may be the other mistyped."""


def no_title(view: View) -> Iterator[Remark]:
    """An item has no title.

    Readers find their way by titles, and so do the contents list and the archive. Write a line
    `Title: ...` at the top of the item.
    """
    if not view.item.title.strip():
        hint = "Write a line such as `Title: Library opens on Sundays` at the top of the item."
        yield Remark("this item has no title", hint, view.item.line("title"))


def no_section(view: View) -> Iterator[Remark]:
    """An item does not say which section it belongs in, and nothing in it tells.

    Write a line `Section: ...` at the top of the item. Sections are listed in bulletin.toml.
    """
    if view.item.section is None and not view.item.section_words.strip():
        headings = listed(section.heading for section in view.settings.sections)
        hint = f"Write a line `Section: ...` at the top of the item with one of these: {headings}."
        yield Remark("this item is in no section", hint, view.item.line("section"))


def unknown_section(view: View) -> Iterator[Remark]:
    """An item names a section that the bulletin does not have.

    Correct the line `Section: ...`, or add the section to bulletin.toml.
    """
    words = view.item.section_words.strip()
    if view.item.section is None and words:
        sections = view.settings.sections
        names = [name for section in sections for name in (section.id, section.heading)]
        hint = did_you_mean(words, names) or f"choose from {listed(one.heading for one in sections)}. "
        detail = f'there is no section called "{words}"'
        yield Remark(detail, f"{hint}Sections are listed in bulletin.toml.", view.item.line("section"))


def unknown_share(view: View) -> Iterator[Remark]:
    """The label `Share` says something else than public, partners or no.

    Until it is clear, the item is kept as close as can be: in partners' editions only.
    """
    words = view.item.share_words.strip()
    allowed = [share.value for share in Share]
    if words and words.casefold() not in allowed:
        guess = did_you_mean(words, allowed)
        hint = (
            f"{guess}Write `Share: public` for everybody, `Share: partners` for partners, who may pass "
            "it on to other partners, or `Share: no` if nobody may pass it on. Until then it "
            "is treated as no."
        )
        yield Remark(f'"{words}" does not say how far this item may travel', hint, view.item.line("share"))


def unknown_from(view: View) -> Iterator[Remark]:
    """The organisation an item is from is not one of those in bulletin.toml.

    That is no fault: the name is printed as it is written. Add it to bulletin.toml if it will come again.
    """
    words = view.item.organisation.strip()
    if words and view.item.body is None:
        names = [name for body in view.settings.bodies for name in (body.name, *body.aliases)]
        hint = f"{did_you_mean(words, names, NAMES_ALIKE)}Leave it as it is, or add it under [bodies]"
        detail = f'"{words}" is not among the organisations in bulletin.toml'
        yield Remark(detail, f"{hint} in bulletin.toml.", view.item.line("from"))


def odd_contact(view: View) -> Iterator[Remark]:
    """The e-mail address in the line `Contact: ...` cannot be right, so nobody can write to it.

    Ask for the right one: it has one `@`, and behind it a name with a full stop in it.
    """
    for word in re.split(r"[\s<>()\[\],;:\"]+", view.item.contact):
        if "@" not in word:
            continue
        address = word.rstrip(".!?")
        near = [meant for _, meant in suspicious([Member(address)])] if _address().fullmatch(address) else []
        if near or not (_address().fullmatch(address) or re.fullmatch(r"@\w+", address)):
            guess = f"did you mean {near[0]}? " if near else ""
            hint = f"{guess}Ask for the right address; it looks like jo.field@council.example."
            yield Remark(f'"{address}" is not an e-mail address that works', hint, view.item.line("contact"))


def unknown_language(view: View) -> Iterator[Remark]:
    """The label `Language` names no language we know, so screen readers and browsers are told nothing.

    Write its English name (`Language: Welsh`) or its tag (`Language: cy`).
    """
    words = view.item.language.strip()
    if words and not language_tag(words):
        guess = did_you_mean(words, NAMES)
        hint = f"{guess}Write its name in English, such as Welsh or Polish, or its tag, such as cy."
        yield Remark(f'"{words}" is no language we know', hint, view.item.line("language"))


def no_from(view: View) -> Iterator[Remark]:
    """Nobody is named as the organisation an item is from.

    Contributors like to see their name on their news. Write a line `From: ...` at the top of the item.
    """
    if not view.item.organisation.strip():
        hint = "Write a line `From: ...` with the organisation's name at the top of the item."
        yield Remark("it does not say which organisation this is from", hint, view.item.line("from"))


def no_text(view: View) -> Iterator[Remark]:
    """An item has a title and labels and nothing to read.

    An event with a date and a place may be complete like this; anything else needs a sentence or two.
    """
    item = view.item
    table_row = (
        item.section is not None and item.section.kind is SectionKind.EVENTS and (item.when or item.where)
    )
    if not (view.words.strip() or item.summary.strip() or table_row):
        hint = "Write a sentence or two below the labels, or delete the file if it is not wanted."
        yield Remark("this item has no text", hint, item.line("text"))


def missing_link(view: View) -> Iterator[Remark]:
    """An item gives no web address where more can be read; for a consultation it is a warning.

    The bulletin promises "web links to sources of more detailed information". Write a line `Link:
    https://...` at the top of the item.
    """
    item = view.item
    if item.link.strip() or any(link.url.lower().startswith(("http:", "https:")) for link in view.links):
        return
    replies = item.section is not None and item.section.kind is SectionKind.CONSULTATIONS
    purpose = "people can answer" if replies else "more can be read"
    hint = f"Write a line `Link: https://...` with the page where {purpose}, or leave it if there is none."
    severity = Severity.WARNING if replies else Severity.NOTE
    yield Remark("there is no link to more detail", hint, item.line("title"), severity=severity)


def missing_contact(view: View) -> Iterator[Remark]:
    """An event, a consultation or an item without a link names nobody to ask.

    Write a line `Contact: name, telephone or e-mail` at the top of the item.
    """
    item = view.item
    asked = item.section is not None and item.section.kind is not SectionKind.ITEMS
    if item.contact.strip() or (view.links and not asked) or (item.link and not asked) or _reaches(view):
        return
    hint = "Write a line `Contact: ...` with a name and a telephone number or an e-mail address."
    yield Remark("it does not say whom to ask", hint, item.line("title"))


def _reaches(view: View) -> bool:
    """Whether the text gives an e-mail address or a telephone number."""
    if any(link.url.lower().startswith(("mailto:", "tel:")) for link in view.links):
        return True
    return _reachable().search(view.words) is not None


@cache
def _reachable() -> re.Pattern[str]:
    return re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.|(?<!\d)\(?(?:\+44|0)[\d )-]{8,16}\d")


@cache
def _address() -> re.Pattern[str]:
    return re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:\w[\w-]{0,62}\.){1,8}[^\W\d_][\w-]{1,62}")


RULES = (
    each_item(no_title, Severity.ERROR),
    each_item(no_section, Severity.ERROR),
    each_item(unknown_section, Severity.ERROR),
    each_item(unknown_share, Severity.WARNING),
    each_item(unknown_from, Severity.NOTE),
    each_item(odd_contact, Severity.WARNING),
    each_item(unknown_language, Severity.WARNING),
    each_item(no_from, Severity.NOTE),
    each_item(no_text, Severity.WARNING),
    each_item(missing_link, Severity.NOTE),
    each_item(missing_contact, Severity.NOTE),
)
