"""Rules about the same story twice: in this issue, or in the one before."""

from collections.abc import Iterator, Sequence

from bulletin.check.keys import Key, keys_of
from bulletin.check.likeness import alike, hashes, runs
from bulletin.check.rule import Remark, whole
from bulletin.check.view import Scope, View
from bulletin.check.words import listed
from bulletin.model.finding import Severity
from bulletin.model.issue import Item
from bulletin.prose import normalise

TEXTS_ALIKE = 0.4
TITLES_ALIKE = 0.7
_SMALL = """
    a an and are as at be by for from have has how in is it its new of on or our the their this to up we what
    when where will with you your
"""
SMALL_WORDS = frozenset(_SMALL.split())
"""Words of a title that tell nothing."""


def duplicate(scope: Scope) -> Iterator[Remark]:
    """Two items have the same text, title or link, or are at the same time and place.

    Two partners may have sent the same story. Keep the better one, name both organisations in it, and put a
    line `Hold: duplicate` into the other or delete its file.
    """
    for view, earlier, same in _twins(scope.published):
        link_alone = same == ["link"]
        hint = f"{_SETTLE} If they are two stories, leave them." if link_alone else _SETTLE
        severity = Severity.NOTE if link_alone else Severity.WARNING
        detail = f"it has the same {listed(same)} as {earlier.name} ({earlier.item.path})"
        yield Remark(detail, hint, view.item.line("title"), view.item, severity=severity)


def near_duplicate(scope: Scope) -> Iterator[Remark]:
    """Two items say much the same in other words.

    Two partners may have sent the same story. Keep the better one, name both organisations in it, and put a
    line `Hold: duplicate` into the other or delete its file.
    """
    views = scope.published
    known = {view.item.id for view, _, same in _twins(views) if same != ["link"]}
    texts = alike([_text_runs(view) for view in views], TEXTS_ALIKE)
    titles = alike([_title_words(view.item) for view in views], TITLES_ALIKE)
    for at, view in enumerate(views):
        earlier, share = texts.get(at) or (None, 0.0)
        if view.item.id in known:
            continue
        if earlier is not None:
            like = views[earlier]
            detail = f"much of its text is in {like.name} too ({like.item.path}), {share:.0%} of the two"
            yield Remark(detail, _SETTLE, view.item.line("text"), view.item)
        elif at in titles and _numbers(view) == _numbers(views[titles[at][0]]):
            like = views[titles[at][0]]
            detail = f"its title is much like {like.name} ({like.item.path})"
            yield Remark(detail, _SETTLE, view.item.line("title"), view.item)


def ran_last_time(scope: Scope) -> Iterator[Remark]:
    """An item was in the issue before this one: the same text, title or link.

    A consultation that is still open is meant to repeat, and so is an event that does. Anything else is worth
    a second run only if something is new: then say in its title what.
    """
    before = {key for item in scope.issue.previous if not item.hold for key in keys_of(item)}
    for view in scope.views:
        item = view.item
        still_open = item.closes.end is not None and not item.is_closed(scope.day)
        same = [name for name, words in view.keys if (name, words) in before]
        if same and not (still_open or item.when.repeats):
            severity = Severity.NOTE if same == ["title"] else Severity.WARNING
            hint = "Leave it out with a line `Hold: ran last time`, or say what is new."
            detail = f"it ran in the last issue, with the same {listed(same)}"
            yield Remark(detail, hint, item.line("title"), item, severity=severity)


_SETTLE = "Keep the better one; hold the other with a line `Hold: duplicate`, or delete its file."


def _twins(views: Sequence[View]) -> Iterator[tuple[View, View, list[str]]]:
    """Give each item that has something in common with an earlier one: the pair, and what."""
    first: dict[Key, View] = {}
    for view in views:
        earlier = next((first[key] for key in view.keys if key in first), None)
        if earlier:
            yield view, earlier, [name for name, words in view.keys if (name, words) in earlier.keys]
        for key in view.keys:
            first.setdefault(key, view)


def _text_runs(view: View) -> frozenset[int]:
    text = next((words for name, words in view.keys if name == "text"), "")
    return runs(f"{normalise(view.item.summary)} {text}")


def _title_words(item: Item) -> frozenset[int]:
    """Hash the telling words of a title; fewer than three tell nothing."""
    telling = [word for word in normalise(item.title).split() if word not in SMALL_WORDS]
    return hashes(telling) if len(telling) > 2 else frozenset()


def _numbers(view: View) -> list[str]:
    return [word for word in normalise(view.item.title).split() if word.isdigit()]


RULES = (
    whole(duplicate, Severity.WARNING),
    whole(near_duplicate, Severity.WARNING),
    whole(ran_last_time, Severity.WARNING),
)
