"""The names of days and months."""

from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def month_number(name: str) -> int:
    """Give 1 to 12 for a month's name or abbreviation in lower case."""
    return [month[:3].lower() for month in MONTHS].index(name[:3]) + 1


def weekday_number(name: str) -> int:
    """Give 0 (Monday) to 6 for a weekday's name, plural or abbreviation in lower case."""
    return [weekday[:3].lower() for weekday in WEEKDAYS].index(name[:3])


def plain_date(day: date) -> str:
    """Write a date without its weekday: `4 December 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
