"""Rules about words: advice on plain English, never more than that."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from bulletin.check.rule import Remark, each_item, whole
from bulletin.check.view import Scope, View
from bulletin.model.finding import Severity
from bulletin.prose import acronyms, is_shouted, opening, run_together, sentences, words
from bulletin.settings.values import Settings
from bulletin.wording import plural, quoted

MOST_OF_A_KIND = 5
"""How many findings of one rule an item gets before the rest are only counted."""


def undefined_acronym(view: View) -> Iterator[Remark]:
    """An acronym is used that the item does not spell out, and that bulletin.toml does not list.

    Write it out the first time, as in "local strategic partnership (LSP)". If it will come again, add it
    under [acronyms] in bulletin.toml, where readers find it explained, or to `style.known_acronyms` if
    everybody knows it.
    """
    if not view.english:
        return
    known = (*view.settings.style.known_acronyms, *view.settings.acronyms)
    for name in acronyms(view.all_words, known)[:MOST_OF_A_KIND]:
        hint = f"Write it out the first time, then ({name}); or add it under [acronyms] in bulletin.toml."
        yield Remark(f'"{name}" is not explained', hint, view.line_of(name))


def term_alias(scope: Scope) -> Iterator[Remark]:
    """An item uses another word for something that has an agreed name.

    Terms and the other words for them are listed under [terms] in bulletin.toml. Change the word if the same
    thing is meant; nothing is changed for you.
    """
    find = _term_finder(scope.settings)
    if find is None:
        return
    agreed = {_folded(alias): term.name for term in scope.settings.terms for alias in term.aliases}
    for view in scope.views:
        if view.english:
            for alias in list(_aliases_in(view.all_words, find, agreed))[:MOST_OF_A_KIND]:
                name = agreed[_folded(alias)]
                hint = f'If the same is meant, write "{name}". Terms are listed in bulletin.toml.'
                detail = f'"{alias}" has an agreed name, "{name}"'
                yield Remark(detail, hint, view.line_of(alias), view.item)


def lost_columns(view: View) -> Iterator[Remark]:
    """A line is only names of columns, as in "Ref What When by Who": a table was pasted without its columns.

    Its words are all there. See whether each line can still be understood, and make a list or a table of it:
    the file it came from shows how it was. Then take out the line with the names.
    """
    for heads in run_together(view.item.text.splitlines()):
        hint = "See whether its lines can be understood; make a list of them, or a table, and take this out."
        yield Remark(f"{quoted(heads)} was the head of a table", hint, view.line_of(heads))


def long_summary(view: View) -> Iterator[Remark]:
    """A summary is longer than the house style asks for (`style.summary_words`).

    A chief officer reads the subject and three lines. Shorten it, and leave the rest to the text or the link.
    """
    count, most = len(words(view.item.summary)), view.settings.style.summary_words
    if count > most:
        hint = f"Shorten it to {most} words or fewer, and leave the rest to the text."
        yield Remark(f"the summary has {plural(count, 'word')}", hint, view.item.line("summary"))


def long_sentence(view: View) -> Iterator[Remark]:
    """A sentence is longer than the house style asks for (`style.sentence_words`).

    Most long sentences are two sentences. This is advice: leave it where the writer meant it so.
    """
    if not view.english:
        return
    most = view.settings.style.sentence_words
    counted = [(len(words(one)), one) for part in _parts(view) for one in sentences(part)]
    long = [(count, one) for count, one in counted if count > most]
    for count, one in long[:MOST_OF_A_KIND]:
        hint = f"Could it be two sentences? The house style is {most} words at most."
        yield Remark(f'the sentence "{opening(one)}" has {count} words', hint, view.line_of(one))
    if len(long) > MOST_OF_A_KIND:
        more = plural(len(long) - MOST_OF_A_KIND, "more sentence")
        yield Remark(
            f"{more} over {most} words",
            "A short version with a link may serve better.",
            view.line_of(long[MOST_OF_A_KIND][1]),
        )


def shout(view: View) -> Iterator[Remark]:
    """A title is written in capitals.

    Capitals are harder to read, and screen readers may spell them out. Write it as a sentence.
    """
    if view.english and is_shouted(view.item.title):
        hint = f'Write it like "{view.item.title.capitalize()}", with the capitals of names.'
        yield Remark("the title is all in capitals", hint, view.item.line("title"))


def _parts(view: View) -> Iterable[str]:
    return (view.item.summary, view.words)


def _aliases_in(text: str, find: re.Pattern[str], agreed: dict[str, str]) -> Iterable[str]:
    """Give the aliases that stand in a text, once each; a longer name that holds one hides it."""
    found: dict[str, str] = {}
    for match in find.finditer(text):
        folded = _folded(match[0])
        if folded in agreed:
            found.setdefault(folded, match[0])
    return found.values()


def _term_finder(settings: Settings) -> re.Pattern[str] | None:
    """Make the pattern of all terms, aliases and names of bodies, None where no term has an alias."""
    aliases = [alias for term in settings.terms for alias in term.aliases if alias.strip()]
    if not aliases:
        return None
    names = [term.name for term in settings.terms]
    bodies = [name for body in settings.bodies for name in (body.name, *body.aliases)]
    return _pattern(tuple(sorted({*aliases, *names, *bodies}, key=lambda name: (-len(name), name))))


@lru_cache(maxsize=8)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Match any of some names, the longest first, as whole words, perhaps in the plural."""
    any_of = "|".join(r"\s+".join(re.escape(word) for word in name.split()) for name in names if name.strip())
    return re.compile(rf"(?<!\w)(?:{any_of})(?!\w)", re.IGNORECASE)


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


RULES = (
    each_item(lost_columns, Severity.WARNING),
    each_item(undefined_acronym, Severity.WARNING),
    whole(term_alias, Severity.NOTE),
    each_item(long_summary, Severity.NOTE),
    each_item(long_sentence, Severity.NOTE),
    each_item(shout, Severity.NOTE),
)
