"""An issue's own file, issue.toml: written once by `new`, then the officer's."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from bulletin.settings import MistakenFileError, parse_toml
from bulletin.settings.reader import Mistake, Table
from bulletin.settings.values import CalendarRules

if TYPE_CHECKING:
    from bulletin.model.finding import Waiver


def deadlines(meeting: date, rules: CalendarRules) -> dict[str, date | datetime]:
    """Work out an issue's dates from its meeting; every day counts, weekends and holidays too."""
    closes = meeting + timedelta(days=rules.closes_days_after)
    return {
        "summaries_due": meeting - timedelta(days=rules.summaries_days_before),
        "closes": datetime.combine(closes, rules.closes_at),
        "due": meeting + timedelta(days=rules.due_days_after),
    }


def read_issue(text: str, path: str) -> dict[str, Any]:
    """Read issue.toml into the fields of an Issue that it decides.

    Raises:
        MistakenFileError: every mistake in it at once.
    """
    mistakes: list[Mistake] = []
    table = Table("", parse_toml(text, path), mistakes, set())
    fields = {
        "number": table.whole("number", 1, 1, 100_000),
        "meeting": _day(table, "meeting", required=True),
        "summaries_due": _day(table, "summaries_due", required=True),
        "closes": _moment(table, "closes"),
        "due": _day(table, "due", required=True),
        "next_meeting": _day(table, "next_meeting"),
        "next_summaries_due": _day(table, "next_summaries_due"),
        "introduction": _long_text(table, "introduction"),
        "order": table.texts("order"),
        "holds": _holds(table.table("holds")),
        "holidays": _holidays(table.table("holidays")),
        "waivers": _waivers(table),
    }
    table.close()
    if mistakes:
        raise MistakenFileError(path, tuple(mistakes), text)
    return fields


def _day(table: Table, key: str, *, required: bool = False) -> date | None:
    table.asked.add(key)
    value = table.values.get(key)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if value is not None:
        table.wrong(key, f'"{value}" is not a date', f"write {key} = 2026-11-12, without quotes")
    elif required:
        table.wrong(key, "it is missing", f"write {key} = 2026-11-12, without quotes")
    return None


def _moment(table: Table, key: str) -> datetime:
    value = table.values.get(key)
    if isinstance(value, datetime):
        table.asked.add(key)
        return value.replace(tzinfo=None)
    return datetime.combine(_day(table, key, required=True) or date.min, time(12))


def _long_text(table: Table, key: str) -> str:
    """Read a text of several lines."""
    table.asked.add(key)
    value = table.values.get(key, "")
    if isinstance(value, str):
        return value.strip()
    table.wrong(key, "it is not text", f'write {key} = """..."""')
    return ""


def _holds(table: Table) -> Mapping[str, str]:
    return {item: table.text(item, required=True) for item in table.values}


def _holidays(table: Table) -> Mapping[date, str]:
    """Read the names that `new` noted; they are for people, so what is no day is passed over."""
    found = {}
    for key in table.values:
        with suppress(ValueError):
            found[date.fromisoformat(key)] = table.text(key)
    return found


def _waivers(table: Table) -> "tuple[Waiver, ...]":
    table.asked.add("waivers")
    values = table.values.get("waivers", [])
    if not isinstance(values, list) or not all(isinstance(one, dict) for one in values):
        table.wrong("waivers", "it is not a list of tables", "start each waiver with a line [[waivers]]")
        return ()
    if not values:
        return ()
    from bulletin.model.finding import Waiver

    found = []
    for number, one in enumerate(values, 1):
        row = Table(f"waivers[{number}]", one, table.mistakes, set())
        found.append(
            Waiver(row.text("rule", required=True), row.text("path", required=True), row.text("reason"))
        )
        row.close()
    return tuple(found)


def write_issue(number: int, meeting: date, next_meeting: date | None, rules: CalendarRules) -> str:
    """Write a new issue.toml with its computed dates, the holidays among them, and words that teach."""
    dates: dict[str, date | datetime] = {"meeting": meeting, **deadlines(meeting, rules)}
    if next_meeting:
        dates["next_meeting"] = next_meeting
        dates["next_summaries_due"] = next_meeting - timedelta(days=rules.summaries_days_before)
    names = _holiday_names([_as_day(one) for one in dates.values()], rules.holidays)
    why = {
        "meeting": "the Core Group meeting everything hangs on",
        "summaries_due": f"{rules.summaries_days_before} days before it",
        "closes": f"{rules.closes_days_after} days after it; what comes later is late",
        "due": f"{rules.due_days_after} days after it; later is said, never blocked",
        "next_meeting": "where the loop closes",
        "next_summaries_due": "what the next issue's contributors are told",
    }
    lines = [
        f"# Issue {number}: yours to change. Dates are Europe/London.",
        f"number = {number}",
        *(
            f"{key} = {value.isoformat()}  # {_weekday(value, names)}: {why[key]}"
            for key, value in dates.items()
        ),
        "",
        "# A few lines above the first section, as Markdown; may stay empty.",
        'introduction = ""',
        "",
        "# Items that come first in their section, by the names of their files without .md.",
        "order = []",
        "",
        "# Items that wait, and why; the same as a line `Hold: reason` in the item itself.",
        '# [holds]\n# "winter-walks" = "waiting for the date"',
        "",
        "# A finding you let pass, and why, which is recorded; `bulletin build` prints it ready to paste.",
        '# [[waivers]]\n# rule = "no-section"\n# path = "issues/…/items/….md"\n# reason = ""',
    ]
    if names:
        lines += ["", "# Bank holidays among the dates above."]
        lines += ["[holidays]", *(f'{day.isoformat()} = "{name}"' for day, name in names.items())]
    return "\n".join([*lines, ""])


def _as_day(value: date | datetime) -> date:
    return value.date() if isinstance(value, datetime) else value


def _weekday(value: date | datetime, names: Mapping[date, str]) -> str:
    from bulletin.dates import house_date

    day = _as_day(value)
    holiday = f", {names[day]}" if day in names else ""
    return house_date(day).split()[0] + holiday


def _holiday_names(days: list[date], place: str) -> dict[date, str]:
    """Name the public holidays among some days; `place` is a country and its part, "GB-ENG"."""
    if not place:
        return {}
    import holidays

    country, _, part = place.partition("-")
    try:
        known = holidays.country_holidays(country, subdiv=part or None, years={day.year for day in days})
    except NotImplementedError:
        raise MistakenFileError(
            "bulletin.toml",
            (
                Mistake(
                    "calendar.holidays",
                    f'no holidays are known for "{place}"',
                    'write holidays = "GB-ENG", or ""',
                ),
            ),
        ) from None
    return {day: str(known[day]) for day in sorted(set(days)) if day in known}
