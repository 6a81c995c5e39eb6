"""Rules about dates: weekdays, order, years, what is over, what is closing, what may not be told yet."""

from collections.abc import Iterator
from datetime import time

from bulletin.check.rule import Remark, each_item
from bulletin.check.view import View
from bulletin.check.weekdays import wrong_weekdays
from bulletin.dates import house_date, house_time
from bulletin.model.finding import Severity
from bulletin.model.partnership import SectionKind
from bulletin.model.when import Doubt, DoubtKind, When
from bulletin.wording import plural, quoted, short

OFFICE_OPENS = time(6)
"""Nobody sends a bulletin before this hour, so an embargo that ends by then is over on its day."""


def weekday_date(view: View) -> Iterator[Remark]:
    """A weekday and its date do not agree.

    One of the two is wrong, and only the contributor knows which: ask, then correct it. In running text
    without a year it is a warning: the next such day is meant, or one of the last half year, or the last one
    where the text speaks of the past.
    """
    for label, when, doubt in _doubts(view, DoubtKind.WEEKDAY):
        yield Remark(f'"{when.words}": {doubt.detail}', _ask(view, "which is right"), view.item.line(label))
    for words, doubt, certain in wrong_weekdays(view):
        severity = Severity.ERROR if certain else Severity.WARNING
        detail = f'"{words}" in the text: {doubt.detail}'
        yield Remark(detail, _ask(view, "which is right"), view.line_of(words), severity=severity)


def end_before_start(view: View) -> Iterator[Remark]:
    """Something ends before it starts, or closes before it opens.

    Correct the dates or times; a contributor may have swapped them.
    """
    for label, when, doubt in _doubts(view, DoubtKind.ORDER):
        yield Remark(f'"{when.words}": {doubt.detail}', _ask(view, "what was meant"), view.item.line(label))
    opens, closes = view.item.opens.start, view.item.closes.end
    if opens and closes and closes < opens:
        detail = f"it closes on {house_date(closes)}, before it opens on {house_date(opens)}"
        yield Remark(detail, _ask(view, "what was meant"), view.item.line("closes"))


def year_assumed(view: View) -> Iterator[Remark]:
    """A date has no year, so the next such day is meant.

    Check it, and write the year into the item: then this finding goes away.
    """
    for label, when, doubt in _doubts(view, DoubtKind.YEAR):
        hint = "If that is right, write the year after it; if not, correct the date."
        yield Remark(f'"{when.words}": {doubt.detail}', hint, view.item.line(label))


def date_unread(view: View) -> Iterator[Remark]:
    """A date cannot be read, so its words are printed as they stand.

    Nothing then drops out when it is over, and there is no calendar file. Write it like `4 December 2026,
    10am to 12:30pm`.
    """
    for label, when, doubt in _doubts(view, DoubtKind.UNREAD):
        hint = "Write it like `4 December 2026, 10am to 12:30pm`. Until then its words stand as they are."
        yield Remark(f"{quoted(when.words)}: {doubt.detail}", hint, view.item.line(label))


def undated_event(view: View) -> Iterator[Remark]:
    """An event does not say when it is.

    Write a line `When: ...`; without it the event cannot stand in the table by date, nor drop out once over.
    """
    section = view.item.section
    if section and section.kind is SectionKind.EVENTS and not view.item.when:
        hint = "Write a line such as `When: 4 December 2026, 10am to midday`, or move it to another section."
        yield Remark("this event has no date", hint, view.item.line("when"))


def no_closing_date(view: View) -> Iterator[Remark]:
    """A consultation does not say when it closes.

    Write a line `Closes: ...`; without it nobody knows how long there is, and it never drops out.
    """
    section = view.item.section
    if section and section.kind is SectionKind.CONSULTATIONS and not view.item.closes:
        hint = "Write a line such as `Closes: 11:59pm on 8 January 2027`."
        yield Remark("this consultation has no closing date", hint, view.item.line("closes"))


def past_event(view: View) -> Iterator[Remark]:
    """An event is over on the day of the bulletin, so it is left out.

    Nothing needs doing, unless its date is wrong or it deserves a few words among the successes.
    """
    if view.item.is_over(view.day) and view.item.when.end:
        detail = f"it was over on {house_date(view.item.when.end)}, so it is left out"
        hint = "Correct the date if it is wrong. If it went well, tell it in another section."
        yield Remark(detail, hint, view.item.line("when"))


def closed_consultation(view: View) -> Iterator[Remark]:
    """A consultation is closed on the day of the bulletin, so it is left out.

    Nothing needs doing, unless its closing date is wrong or was put back.
    """
    if view.item.is_closed(view.day) and view.item.closes.end:
        detail = f"it closed on {house_date(view.item.closes.end)}, so it is left out"
        hint = "Correct the closing date if it is wrong or was put back; otherwise there is nothing to do."
        yield Remark(detail, hint, view.item.line("closes"))


def short_notice(view: View) -> Iterator[Remark]:
    """A consultation is open for fewer days than the partnership asks for (`calendar.notice_days`).

    Voluntary bodies and parish councils meet monthly. Tell whoever runs it, and give it a prominent place.
    """
    item, least = view.item, view.settings.calendar.notice_days
    closes = item.closes.end
    if closes is None or item.is_closed(view.day):
        return
    opens = item.opens.start or view.day
    days = (closes - opens).days
    if 0 <= days < least:
        since = "from its opening" if item.opens.start else "from this bulletin"
        are = "is" if days == 1 else "are"
        detail = f"there {are} {plural(days, 'day')} {since} to its closing, under {least}"
        hint = "Groups that meet monthly may miss it: put it early, and ask whether answers may come later."
        yield Remark(detail, hint, item.line("closes"))


def embargo(view: View) -> Iterator[Remark]:
    """An item may not be published yet, or it cannot be told when it may.

    Hold the item with a line `Hold: embargo`, send the bulletin on a later day, or ask whether the embargo
    was lifted and delete the line `Embargo: ...`. On a held item it is a note; on the embargo's last day,
    where it has an hour, a warning.
    """
    when, line = view.item.embargo, view.item.line("embargo")
    severity = Severity.NOTE if view.hold else Severity.ERROR
    if when and when.start is None:
        detail = f"it cannot be told until when it must wait: {quoted(when.words)}"
        hint = "Write the day like `Embargo: 27 November 2026`, or hold the item with a line `Hold: embargo`."
        yield Remark(detail, hint, line, severity=severity)
    elif when.start and view.day < when.start:
        hint = f"{_WAIT} Delete the embargo if it was lifted." if view.hold else f"{_HOLD} {_WAIT}"
        yield Remark(f"it may not be published before {_moment(when)}", hint, line, severity=severity)
    elif view.day == when.start and (_hour(when) or time.min) > OFFICE_OPENS:
        detail = f"it may not be published before {_moment(when)}, today"
        yield Remark(detail, "Send the bulletin after that time.", line, severity=Severity.WARNING)


_HOLD = "Hold it with a line `Hold: embargo`, or delete the embargo if it was lifted."
_WAIT = "It may go out with a bulletin of that day or later."


def _hour(when: When) -> time | None:
    return when.starts or when.ends


def _moment(when: When) -> str:
    at, day = _hour(when), house_date(when.start) if when.start else when.words
    return f"{house_time(at)} on {day}" if at else day


def _ask(view: View, what: str) -> str:
    who = view.item.contact.strip() or view.item.organisation.strip() or "the contributor"
    return f"Ask {what} ({short(who)}), then correct it in the item."


def _doubts(view: View, kind: DoubtKind) -> Iterator[tuple[str, When, Doubt]]:
    """Give each doubt of a kind with its label."""
    item = view.item
    dates = (("when", item.when), ("opens", item.opens), ("closes", item.closes), ("embargo", item.embargo))
    for label, when in dates:
        for doubt in when.doubts:
            if doubt.kind is kind:
                yield label, when, doubt


RULES = (
    each_item(weekday_date, Severity.ERROR),
    each_item(end_before_start, Severity.ERROR),
    each_item(embargo, Severity.ERROR),
    each_item(past_event, Severity.WARNING),
    each_item(closed_consultation, Severity.WARNING),
    each_item(year_assumed, Severity.WARNING),
    each_item(date_unread, Severity.WARNING),
    each_item(undated_event, Severity.WARNING),
    each_item(no_closing_date, Severity.WARNING),
    each_item(short_notice, Severity.NOTE),
)
