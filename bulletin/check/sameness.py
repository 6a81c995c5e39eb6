"""Rules about the same story twice: in this issue, or in the one before."""

from collections.abc import Iterator, Sequence

from bulletin.check.keys import Key, keys_of
from bulletin.check.likeness import alike, hashes, runs
from bulletin.check.rule import Remark, each_item, whole
from bulletin.check.view import Scope, View
from bulletin.model.finding import Severity
from bulletin.model.issue import Item
from bulletin.prose import normalise
from bulletin.wording import listed

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

    Two partners may have sent the same story, or one that is still open came again after it was carried over
    from the last issue. Where one of them only came late, it is a note. `bulletin merge KEEP OTHER` makes one
    item of them and loses nothing. Or put a line `Hold: duplicate` into one of them.
    """
    for view, earlier, same in _twins(_comparable(scope)):
        note = same == ["link"] or view.hold or earlier.hold
        severity = Severity.NOTE if note else Severity.WARNING
        detail = f"it has the same {listed(same)} as {_named(earlier)}"
        yield Remark(detail, _offer(view, earlier), view.item.line("title"), view.item, severity=severity)


def near_duplicate(scope: Scope) -> Iterator[Remark]:
    """Two items say much the same in other words.

    Two partners may have sent the same story. `bulletin merge KEEP OTHER` makes one item of them and loses
    nothing. Or put a line `Hold: duplicate` into one of them.
    """
    views = _comparable(scope)
    known = {view.item.id for view, _, same in _twins(views) if same != ["link"]}
    texts = alike([_text_runs(view) for view in views], TEXTS_ALIKE)
    titles = alike([_title_words(view.item) for view in views], TITLES_ALIKE)
    for at, view in enumerate(views):
        earlier, share = texts.get(at) or (None, 0.0)
        if view.item.id in known:
            continue
        if earlier is not None:
            like = views[earlier]
            detail = f"much of its text is in {_named(like)} too, {share:.0%} of the two"
            yield Remark(detail, _offer(view, like), view.item.line("text"), view.item)
        elif at in titles and _numbers(view) == _numbers(views[titles[at][0]]):
            like = views[titles[at][0]]
            detail = f"its title is much like {_named(like)}"
            yield Remark(detail, _offer(view, like), view.item.line("title"), view.item)


def told_elsewhere(scope: Scope) -> dict[str, str]:
    """Give of the items that wait those whose story one that does not wait tells: the ids of both."""
    going = [view for view in scope.views if not view.hold]
    views = [*going, *(view for view in scope.views if view.hold)]
    texts = alike([_text_runs(view) for view in views], TEXTS_ALIKE)
    titles = alike([_title_words(view.item) for view in views], TITLES_ALIKE)
    found = {view.item.id: earlier.item.id for view, earlier, same in _twins(views) if same != ["link"]}
    for at, view in enumerate(views):
        earlier = texts.get(at) or titles.get(at)
        if earlier and earlier[0] < len(going) and _numbers(view) == _numbers(views[earlier[0]]):
            found.setdefault(view.item.id, views[earlier[0]].item.id)
    kept = {view.item.id for view in going}
    return {item: other for item, other in found.items() if item not in kept and other in kept}


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


def unsettled(view: View) -> Iterator[Remark]:
    """An item was merged with another, and the two did not say the same.

    What the kept item says stands until you decide. Its line `Settle:` gives both: correct the item where the
    other was right, then delete the line.
    """
    for clause in filter(None, map(str.strip, view.item.settle.split(";"))):
        hint = "See which is right and correct the item, then delete its line `Settle:`."
        yield Remark(f"two merged items differ: {clause}", hint, view.item.line("settle"))


def _named(view: View) -> str:
    """Name an item in a sentence: its title, its file, and the issue it was carried over from."""
    over = _rolled_over(view)
    return f"{view.name} ({view.item.path}{f', {over}' if over else ''})"


def _offer(view: View, earlier: View) -> str:
    """Say how the two become one."""
    keep, other = (view, earlier) if _weight(view) > _weight(earlier) else (earlier, view)
    command = f"bulletin merge {keep.item.id} {other.item.id}"
    return f"To make one of them, losing nothing: `{command}`. {_OTHERWISE}"


def _comparable(scope: Scope) -> tuple[View, ...]:
    """Give the items that may tell one story: those that go out, and those that only came late."""
    day = scope.day
    return tuple(
        view
        for view in scope.views
        if view.goes_out
        or (
            view.hold.strip().casefold() == "late"
            and not (view.item.is_over(day) or view.item.is_closed(day))
        )
    )


def _weight(view: View) -> tuple[bool, bool, bool, bool, int]:
    """Weigh which of two to keep: one that goes out, was here before, has a known body and sure dates."""
    item = view.item
    sure = not any(when.doubts for when in (item.when, item.opens, item.closes))
    words = len(f"{item.summary} {view.words}".split())
    return not view.hold, bool(_rolled_over(view)), item.body is not None, sure, words


def _rolled_over(view: View) -> str:
    """Give the reason of an item that `new` carried over, which an edition of an earlier issue may hold."""
    return next((one for one in view.item.inferred if one.startswith("rolled over from issue")), "")


_OTHERWISE = "Or put a line `Hold: duplicate` into one of them; if they are two stories, leave them."


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
    each_item(unsettled, Severity.WARNING),
    whole(duplicate, Severity.WARNING),
    whole(near_duplicate, Severity.WARNING),
    whole(ran_last_time, Severity.WARNING),
)
