"""Rules about where things came from and what waits: files, changed sources, holds, markings."""

import re
from collections.abc import Iterator
from functools import cache

from bulletin.check.rule import Remark, each_item, whole
from bulletin.check.view import Scope, View
from bulletin.images import find_picture
from bulletin.labels import read_labels
from bulletin.labels.differ import differences
from bulletin.model.contribution import Change, FileOutcome
from bulletin.model.finding import Severity
from bulletin.model.issue import Item
from bulletin.wording import set_against, short


def official_sensitive(view: View) -> Iterator[Remark]:
    """An item is marked OFFICIAL-SENSITIVE. This cannot be waived.

    Whoever marked it has not meant it for a bulletin. Delete the item, and ask its author for words that may
    be published.
    """
    for words, line in _everything(view.item):
        if _marking().search(words):
            hint = (
                "Delete this item, and ask its author for words that may be published. This cannot be waived."
            )
            yield Remark("it is marked OFFICIAL-SENSITIVE", hint, line)
            return


def held(view: View) -> Iterator[Remark]:
    """An item waits, so it is in no edition, and its errors do not stop the bulletin.

    It waits because of a line `Hold: reason` at its top, or a line under [holds] in issue.toml. Delete that
    line to let it in.
    """
    if not view.hold:
        return
    item = view.item
    where = (
        "the line `Hold:` at its top"
        if "hold" in item.lines
        else f"its line under [holds] in {view.issue.path}"
    )
    why = {"late": "it came after items closed", "embargo": "it is under embargo"}
    reason = why.get(view.hold.strip().casefold(), short(view.hold))
    yield Remark(f"it is in no edition: {reason}", f"To let it in, delete {where}.", item.line("hold"))


def needs_you(scope: Scope) -> Iterator[Remark]:
    """A contributed file was understood in part, and somebody must type or decide the rest.

    The finding says what. Until then nothing of it is lost: the file stays where it is.
    """
    yield from _files(scope, FileOutcome.NEEDS_YOU, "somebody has to look at this file")


def not_read(scope: Scope) -> Iterator[Remark]:
    """Nothing could be taken from a contributed file.

    Open it and type what matters into an item, or ask for it as text in an e-mail. The file stays where it
    is.
    """
    yield from _files(scope, FileOutcome.NOT_READ, "nothing could be taken from this file")


def proposed_section(view: View) -> Iterator[Remark]:
    """An item's section is a guess, since its contributor named none.

    It was put where a word, its file's name or its organisation pointed. If that is right, leave it; if not,
    correct the line `Section: ...`, and the note goes.
    """
    item = view.item
    start = f"section {item.section.id} proposed from " if item.section else ""
    guess = next((one.removeprefix(start) for one in item.inferred if start and one.startswith(start)), "")
    if guess and item.section:
        detail = f"it is in {item.section.heading} as a guess, from {guess}"
        hint = "If that is right, leave it; if not, correct the line `Section: ...`."
        yield Remark(detail, hint, item.line("section"))


def changed_source(scope: Scope) -> Iterator[Remark]:
    """A contributor sent a file again with other words, after the item from it had been edited.

    Your edits stand. The finding shows where the two differ; copy over what you want.
    """
    by_id = {view.item.id: view.item for view in scope.views}
    for change in scope.issue.changes:
        item = by_id.get(change.item)
        if item:
            detail = f"{change.source} has changed since this item was edited; the edited words stand"
            yield Remark(detail, _both(item, change), item.line("text"), item)


def _files(scope: Scope, outcome: FileOutcome, otherwise: str) -> Iterator[Remark]:
    hint = "Open it, and type what matters into an item; or ask for it as text in an e-mail."
    shown = _shown(scope) if outcome is FileOutcome.NEEDS_YOU else frozenset()
    for file in scope.issue.files:
        if file.pictures and shown.issuperset(file.pictures):  # since it was collected an item shows it
            continue
        if file.outcome is outcome and not file.items:  # an item speaks for itself
            yield Remark(file.why or otherwise, file.hint or hint, path=file.path)


def _shown(scope: Scope) -> frozenset[str]:
    """Give the names of the pictures that items show."""
    names = scope.issue.pictures
    words = (one for view in scope.views for one in (view.item.image, *(shot.src for shot in view.pictures)))
    return frozenset(find_picture(one.strip(), names) for one in words if one.strip())


def _both(item: Item, change: Change) -> str:
    """Show where the two differ, and how to settle it."""
    theirs = read_labels(change.theirs, ("hold", "source", "inferred", "format"))
    values = {name: label.value for name, label in theirs.labels.items()}
    both = set_against(differences(values, _labels(item), theirs.text, item.text))
    return " ".join(
        (
            f"The file now says {both}." if both else "They say the same by now.",
            "Copy over what you want; this goes once the item is changed. To keep the item, waive this.",
        )
    )


def _labels(item: Item) -> dict[str, str]:
    """Give an item's labels as they are written."""
    values = {
        name: getattr(item, name) for name in ("title", "summary", "link", "contact", "area", "language")
    }
    values |= {name: getattr(item, name) for name in ("where", "image", "alt")}
    values |= {name: getattr(item, name).words for name in ("when", "opens", "closes", "embargo")}
    values |= {"from": item.organisation, "section": item.section_words, "share": item.share_words}
    return {**values, "audience": ", ".join(item.audience)}


def _everything(item: Item) -> Iterator[tuple[str, int]]:
    """Give everything an item says, each with its line."""
    labels = ("title", "summary", "section_words", "contact", "where", "area", "alt", "share_words")
    for name in labels:
        yield getattr(item, name), item.line(name.removesuffix("_words"))
    yield " ".join((item.organisation, *item.audience)), item.line("from")
    for label in item.unknown:
        yield f"{label.name}: {label.value}", label.line
    for offset, line in enumerate(item.text.split("\n")):
        yield line, item.line("text") + offset
    yield item.text, item.line("text")


@cache
def _marking() -> re.Pattern[str]:
    """OFFICIAL-SENSITIVE however it is written: any dash, a colon, a line break, Markdown's marks between."""
    return re.compile(
        r"\bofficial[\s\-\u2010-\u2015\u2212:/\\*_\u00ad\u200b-\u200d\u2060]{0,8}sensitive\b", re.IGNORECASE
    )


RULES = (
    each_item(official_sensitive, Severity.ERROR),
    whole(changed_source, Severity.WARNING),
    whole(needs_you, Severity.WARNING),
    whole(not_read, Severity.WARNING),
    each_item(held, Severity.NOTE),
    each_item(proposed_section, Severity.NOTE),
)
