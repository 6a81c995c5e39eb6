"""Rules about the issue as a whole: who is heard, who is not, and what issue.toml names."""

from collections.abc import Iterator

from bulletin.check.rule import Remark, whole
from bulletin.check.view import Scope
from bulletin.model.finding import Severity
from bulletin.model.partnership import Body, Role
from bulletin.wording import did_you_mean, plural


def no_items(scope: Scope) -> Iterator[Remark]:
    """There is nothing in the issue yet.

    Put the partners' files into the folder `contributions`, then run `bulletin collect`.
    """
    if not scope.views:
        hint = "Put the partners' files into the folder contributions, then run `bulletin collect`."
        yield Remark("there are no items in this issue yet", hint, path=scope.issue.path)


def silent_lsp(scope: Scope) -> Iterator[Remark]:
    """A local strategic partnership has nothing in the bulletin.

    It is never silently missing: ask its contact, or say in the introduction that there is nothing this time.
    """
    for body in scope.settings.bodies:
        theirs = [view for view in scope.views if view.item.body and view.item.body.id == body.id]
        if body.role is not Role.LSP or any(view.goes_out for view in theirs):
            continue
        waiting = ": what came is held, over or closed" if theirs else ""
        detail = f"{body.name} has nothing in this bulletin{waiting}"
        hint = f"Ask {_whom(body)}, or say in the introduction that there is nothing from it this time."
        yield Remark(detail, hint, path=scope.issue.path)


def district_share(scope: Scope) -> Iterator[Remark]:
    """More of the bulletin than agreed comes from the district council.

    `style.district_share` is the percentage agreed. The bulletin is the partnership's: ask other partners for
    news, or keep some of the council's for its own newsletter.
    """
    views, most = scope.published, scope.settings.style.district_share
    theirs = [view for view in views if view.item.body and view.item.body.role is Role.DISTRICT_COUNCIL]
    if len(theirs) * 100 > most * len(views):
        share = round(len(theirs) * 100 / len(views))
        detail = f"{len(theirs)} of {plural(len(views), 'item')} ({share}%) come from the district council"
        hint = f"The house style is {most}% at most: ask other partners for news, or hold some of it."
        yield Remark(detail, hint, path=scope.issue.path)


def unknown_item(scope: Scope) -> Iterator[Remark]:
    """issue.toml puts an item first, or holds one, that is not there.

    An item is named as its file is, without `.md`. Correct the name, or delete it if the item is gone.
    """
    ids = [view.item.id for view in scope.views]
    known = set(ids)
    for key, names in (("order", scope.issue.order), ("holds", tuple(scope.issue.holds))):
        for name in names:
            if name not in known:
                hint = f"{did_you_mean(name, ids)}Correct the name, or delete it if the item is gone."
                yield Remark(f'"{name}" under {key} names no item', hint, path=scope.issue.path)


def _whom(body: Body) -> str:
    """Name whom to ask at a body, with the address where it is known."""
    name = body.contact or body.deputy or body.name
    return f"{name} ({body.email})" if body.email else name


RULES = (
    whole(no_items, Severity.WARNING),
    whole(silent_lsp, Severity.WARNING),
    whole(unknown_item, Severity.WARNING),
    whole(district_share, Severity.NOTE),
)
