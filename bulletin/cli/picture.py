"""The picture of an issue that `bulletin status` draws, in 80 columns: bodies, balance, priorities."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from bulletin.wording import one_line, plural

if TYPE_CHECKING:
    from bulletin.model.owing import Debt, Standing
    from bulletin.pipeline.status import Status
    from bulletin.settings.values import Settings

WIDTH = 80
LONGEST_NAME = 40
DEBTS = {
    "summary": "its summary",
    "items": "news for this issue",
    "next summary": "its summary for the next meeting",
}


def picture_lines(settings: "Settings", found: "Status", today: date) -> Iterator[str]:
    """Draw the bodies with what came and what they owe, who is heard, and what serves each priority."""
    if found.bodies:
        yield ""
        yield "Who has sent something"
        width = min(LONGEST_NAME, max(len(one.body.name) for one in found.bodies))
        for one in found.bodies:
            yield from _body_lines(one, width, today)
    if found.items:
        yield ""
        held = ", without those held" if found.held else ""
        yield f"How it is balanced ({plural(len(found.items) - len(found.held), 'item')}{held})"
        yield _counts("By organisation", found.balance.organisations)
        yield _counts("By area", found.balance.areas)
        yield _counts("By audience", found.balance.audiences)
    if settings.priorities:
        yield ""
        yield "What serves our priorities"
        for priority in settings.priorities:
            count = len(found.balance.priorities[priority.id])
            yield f"  {count or 'none':>4}  {one_line(priority.name)}"


def _body_lines(one: "Standing", width: int, today: date) -> Iterator[str]:
    """Say what came from a body and, where it owes something, what, by when and whom to ask."""
    came = [plural(one.items, "item")] if one.items else []
    came += [plural(len(one.files), "file") + " not in the issue yet"] if one.files else []
    yield f"  {one_line(one.body.name):{width}}  {', '.join(came) or 'nothing yet'}"
    for debt in one.owes:
        yield f"    owes {DEBTS[debt.what]}: {_due_words(debt, today)}"
    people = ", or ".join(one_line(name) for name in (one.body.contact, one.body.deputy) if name)
    if one.owes and people:
        yield f"    ask {people}"


def _due_words(debt: "Debt", today: date) -> str:
    """Say by when in house style, and how long ago that was."""
    from bulletin.dates.house import house_date, house_time
    from bulletin.pipeline.status import days_away

    clock = f"at {house_time(debt.by.time())} on " if isinstance(debt.by, datetime) else ""
    if debt.day < today:
        return f"was due {clock}{house_date(debt.day)}, {days_away(debt.day, today)}"
    return f"due {clock}{house_date(debt.day)}"


def _counts(name: str, counts: Mapping[str, int]) -> str:
    return f"  {name}: " + ", ".join(f"{one_line(what)} {count}" for what, count in counts.items())


def wrapped(line: str) -> Iterator[str]:
    """Break a line between words where it is wider than the page, and before no number.

    What has no such place stays whole.
    """
    margin = " " * (len(line) - len(line.lstrip()) + 4)
    while len(line) > WIDTH and (cut := _place(line, len(margin) + 1)) > 0:
        yield line[:cut].rstrip()
        line = margin + line[cut:].lstrip()
    yield line


def _place(line: str, first: int) -> int:
    """Find the last space of a page's width that a line may be broken at, -1 where there is none."""
    cut = line.rfind(" ", first, WIDTH + 1)
    while cut > 0 and line[cut + 1 : cut + 2].isdigit():
        cut = line.rfind(" ", first, cut)
    return cut
